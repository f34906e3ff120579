"""What was sent as evidence comes back into the chat, to those who may see it."""

from sqlmodel import select

from sandbox.phone import PNG
from sandbox.world import World
from store.answer_tables import Blob, Evidence
from store.tables import Delivery
from store.types import EvidenceState

PDF = b"%PDF-1.4 x"


def test_files_come_back_with_who_and_when(world: World) -> None:
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sondung")
    lan.sends_file("Kế hoạch 05.pdf", PDF, "/done 2b đã ban hành").forgets()
    world.later(minutes=30)
    mai.forgets().sends_photo("/done 2b ảnh bổ sung").forgets()
    mai.says("/minhchung 2b").expects("Minh chứng việc 2b – UBND xã Sơn Dung: 2 tệp")
    mai.expects_file(
        "Kế_hoạch_05.pdf", "2b · 1/2 · Kế hoạch 05.pdf", "Lan (Xã Sơn Dung), 07:00 ngày 02/01/2020", "đã ban hành"
    )
    mai.expects_photo("2b · 2/2", "Mai (Xã Sơn Dung), 07:30 ngày 02/01/2020").is_silent()
    sent = [call for call in world.platform.calls if call.method in ("sendDocument", "sendPhoto")]
    assert len(sent) == 2


def test_others_do_not_see_them_and_admins_do(world: World) -> None:
    boss, lan, mua = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.sends_file("KH.pdf", PDF, "/done 2b")
    with world.service.store.look() as session:
        number = session.exec(select(Evidence)).one().submission_id
    mua.says("/minhchung 2b sondung").expects("Không có việc 2b của UBND xã Sơn Dung trong phạm vi").is_silent()
    mua.says(f"/minhchung #{number}").expects("không dành cho đồng chí").is_silent()
    mua.says("/minhchung 2b.1").expects("chưa có minh chứng").is_silent()
    boss.says("/minhchung 2b").expects("của đơn vị nào", "/evidence 2b").taps("Xã Sơn Dung").expects("1 tệp")
    boss.expects_file("KH.pdf", "Lan").is_silent()
    boss.says("/evidence 2b UBND xã Sơn Dung").expects("1 tệp").expects_file("KH.pdf").is_silent()
    boss.says("/minhchung 9z").expects("Chưa rõ việc «9z»").says("/minhchung").expects("Đồng chí muốn xem việc nào")


def test_ten_at_once_then_how_to_get_the_rest(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_album(10, "/done 2b").sends_photo("/done 2b").sends_photo("/done 2b").forgets()
    lan.says("/minhchung 2b.1").expects("12 tệp, từ tệp 1 đến tệp 10")
    for number in range(1, 11):
        lan.expects_photo(f"{number}/12")
    lan.expects("Còn 2 tệp").taps("Xem tiếp").expects("từ tệp 11 đến tệp 12").expects_photo("11/12").expects_photo(
        "12/12"
    )
    lan.is_silent()


def test_what_is_not_here_is_named_with_why(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_file("lớn.pdf", PDF, "/done 2b").sends_photo("/done 2b").forgets()
    with world.service.store.unit() as session:
        file = session.exec(select(Evidence)).first()
        assert file is not None
        file.state, file.sha256 = EvidenceState.TOO_BIG, None
        session.add(file)
    lan.says("/minhchung 2b").expects(
        "2 tệp", "Không có nội dung: lớn.pdf", "Lan (Xã Sơn Dung) gửi 07:00", "20 MB"
    ).expects_photo("2/2")
    lan.is_silent()


def test_a_file_that_cannot_be_fetched_is_said_and_the_words_go_out(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_file("KH.pdf", PDF, "/done 2b").forgets()
    with world.service.store.unit() as session:
        file = session.exec(select(Evidence)).one()
        file.sha256 = None
        session.add(file)
        session.flush()
        for blob in session.exec(select(Blob)):
            session.delete(blob)
    lan.says("/minhchung 2b").expects("1 tệp").expects("2b · 1/1", "không đính kèm được").is_silent()


def test_the_bytes_that_go_out_are_those_that_came(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("/done 2b").forgets().says("/minhchung 2b").expects("1 tệp").expects_photo("1/1")
    with world.service.store.look() as session:
        kept = session.exec(select(Blob)).one().data
        about = session.exec(select(Delivery.obligation_id).order_by(Delivery.id.desc())).first()  # type: ignore[union-attr]
    assert kept == PNG
    assert about is not None
