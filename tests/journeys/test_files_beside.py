"""Photos and files that come with something else than an answer belong to it, and are seen wherever it is read."""

import io
import zipfile

from sqlmodel import col, select

from sandbox.world import World
from store.answer_tables import Evidence
from tests.reports.docx_text import words

PDF = b"%PDF-1.4 x"
SHEET = "phieu-doi-chieu-2b-sondung.docx"


def belongings(world: World) -> list[tuple[int | None, int | None, bool]]:
    """The request and the opinion of each file, and whether it is about an obligation."""
    with world.service.store.look() as session:
        found = session.exec(select(Evidence).order_by(col(Evidence.id)))
        return [(each.request_id, each.opinion_id, each.obligation_id is not None) for each in found]


def test_what_comes_with_a_cause_belongs_to_it_however_it_comes(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 2, 5, 8, 0)
    boss.forgets(), lan.forgets()
    # An album: what follows the picture with the words goes with it.
    lan.sends_album(3, "/lydo 2b lũ cuốn cầu").expects("R1", "Ảnh, tệp gửi kèm đã được giữ cùng R1").is_silent()
    world.later(seconds=10)
    lan.is_silent()
    assert belongings(world) == [(1, None, True)] * 3
    boss.expects("Lý do chậm R1", "Có ảnh, tệp gửi kèm. Xem: /minhchung R1")
    boss.taps("Xem ảnh, tệp gửi kèm").expects("gửi kèm R1: 3 tệp")
    for number in (1, 2, 3):
        boss.expects_photo(f"2b · {number}/3", "kèm lý do chậm R1", "lũ cuốn cầu")
    # It is a slip: told anew, its photos come with it.
    lan.taps("Báo nhầm – hủy").expects("Đã rút lý do chậm R1")
    lan.says("/lydo 2b").expects("Vì sao việc 2b")
    lan.sends_file("bien-ban.pdf", PDF).expects("Đã giữ 1 tệp cho việc 2b", "viết nội dung").is_silent()
    lan.sends_photo("lũ cuốn cầu từ 28/1").expects("R2", "lũ cuốn cầu từ 28/1", "giữ cùng R2").is_silent()
    assert belongings(world) == [(2, None, True)] * 5
    # Neither is loose, and no answer takes it.
    lan.says("/minhchung").expects("Đồng chí muốn xem việc nào")
    lan.says("/done 2b đã ban hành").expects("Đã ghi nhận 2b")
    lan.forgets().says("/chitiet 2b").expects("gửi kèm tiến độ, đề nghị: 4 ảnh, 1 tệp")
    lan.says("/minhchung 2b.1").expects("5 tệp, đều không thuộc kết quả đã báo").forgets()
    assert belongings(world) == [(2, None, True)] * 5
    lan.says("/doichieu 2b.1")
    assert "bien-ban.pdf (kèm lý do chậm R2)" in words(lan.gets_file(SHEET))


def test_a_question_in_words_takes_photos_and_leaves_them_when_it_is_left(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 8, 0)
    boss.forgets(), lan.forgets()
    lan.says("/vuongmac 2b").expects("nêu khó khăn, vướng mắc").sends_album(2)
    world.later(seconds=10)
    lan.expects("Đã giữ 2 ảnh cho việc 2b").says("thôi").expects("2 ảnh").is_silent()
    assert belongings(world) == [(None, None, False)] * 2
    lan.says("/minhchung").expects("2 ảnh").forgets()
    lan.sends_photo("/giahan 2b 15/02 chờ tỉnh").expects("R1", "giữ cùng R1")
    boss.expects("Đề nghị gia hạn R1", "Có ảnh, tệp gửi kèm").forgets()
    lan.says("/ykien 2b").expects("nhiều mốc").taps("2b – ").expects("Đồng chí có ý kiến gì").sends_photo(
        "tin nhắc 02/01 tôi không nhận"
    ).expects("Y1", "giữ cùng Y1")
    boss.expects("Ý kiến Y1", "Có ảnh, tệp gửi kèm").taps("Xem ảnh, tệp gửi kèm").expects("gửi kèm Y1: 1 tệp")
    boss.expects_photo("kèm ý kiến Y1")
    assert belongings(world)[2:] == [(1, None, True), (None, 1, True)]
    mai = world.officer("Mai", "sonlong")
    mai.forgets().says("/minhchung R1").expects("không dành cho đồng chí").is_silent()


def test_files_of_progress_are_seen_and_marked_on_every_path(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 8, 0)
    boss.forgets(), lan.forgets()
    lan.sends_photo("/tiendo 2b 50 lấy ý kiến").expects("50%").forgets()
    world.later(minutes=1)
    # A photo of which it was just asked what it is: the command says it.
    lan.sends_photo().expects("1 ảnh").says("/vuongmac 2b thiếu kinh phí").expects("Đã ghi vướng mắc").forgets()
    lan.says("/minhchung 2b.1").expects("2 tệp, đều không thuộc kết quả đã báo")
    lan.expects_photo("thuộc tiến độ, chưa phải kết quả", "50% – lấy ý kiến").expects_photo("kèm vướng mắc", "thiếu")
    boss.says("/chitiet 2b").forgets()
    lan.says("/chitiet 2b").expects("gửi kèm tiến độ, đề nghị: 2 ảnh").forgets()
    lan.sends_photo("/done 2b đã ban hành").forgets()
    lan.says("/minhchung 2b.1").expects("3 tệp, trong đó 2 tệp không thuộc kết quả đã báo").forgets()
    boss.forgets().says("/hoso 2b")
    package = zipfile.ZipFile(io.BytesIO(boss.gets_file("ho-so-minh-chung-2b.zip")))
    names = [each for each in package.namelist() if "/" in each]
    assert [each.partition("/")[0] for each in names] == ["minh-chung", "gui-kem", "gui-kem"]
    page = package.read("muc-luc.html").decode()
    assert "Gửi kèm, chưa phải kết quả" in page
    assert "thuộc tiến độ, chưa phải kết quả" in page
    # What was sent by mistake goes, and it is said out of what.
    lan.forgets().says("/gotep 2b").expects("gỡ tệp nào").taps("Gỡ ảnh, 08:00").expects("thuộc tiến độ")
    lan.says("gửi nhầm").expects("Đã gỡ tệp", "việc 2b")
