"""Files without a code are their sender's until they are placed: none is forgotten, and none is taken unasked."""

from sqlmodel import select

from sandbox.phone import PNG
from sandbox.world import GROUP, World
from store.answer_tables import Evidence, Submission, Unclear


def placed(world: World) -> list[int | None]:
    """The answer of every file, in the order in which they came."""
    with world.service.store.look() as session:
        return [each.submission_id for each in session.exec(select(Evidence).order_by(Evidence.id))]  # type: ignore[arg-type]


def test_three_single_photos_are_all_taken_by_the_code_that_follows(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo(data=PNG + b"1").expects("Đã giữ 1 ảnh.")
    world.later(minutes=1)
    lan.sends_photo(data=PNG + b"2").expects("Đã giữ 2 ảnh từ 07:00")
    world.later(minutes=1)
    lan.sends_photo(data=PNG + b"3").expects("Đã giữ 3 ảnh từ 07:00")
    lan.says("2b").expects("Đã ghi nhận 2b", "Minh chứng: 3 ảnh từ 07:00").is_silent()
    assert placed(world) == [1, 1, 1]


def test_another_question_forgets_nothing_and_another_chat_neither(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan)
    lan.sends_photo(data=PNG + b"1").expects("Đã giữ 1 ảnh").says("/vuongmac 2h").expects("nêu khó khăn")
    lan.says("2b").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    lan.sends_photo(data=PNG + b"2").expects("Đã giữ 1 ảnh")
    lan.in_chat(GROUP).says("/done@NhacViecBot 1e")
    group.expects("Đã ghi nhận 1e", "1 ảnh")
    assert placed(world) == [1, 2]


def test_the_caption_the_reply_and_the_button_take_what_came_before_too(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.forgets().sends_photo(data=PNG + b"1").forgets().sends_photo("xong 1e", data=PNG + b"2")
    lan.expects("Đã ghi nhận 1e", "2 ảnh").sends_photo(data=PNG + b"3").forgets()
    lan.says("xong", reply_to="Việc của đơn vị –").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    assert placed(world) == [1, 1, 2]


def test_a_code_of_another_day_asks_before_it_takes_an_old_photo(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo().expects("Đã giữ 1 ảnh")
    world.at(2020, 1, 3, 9, 0)
    told = ("1 ảnh gửi lúc 07:00 ngày 02/01/2020", "chưa thuộc việc nào", "Chưa có gì được ghi")
    lan.forgets().says("2b").expects(*told)
    lan.taps("Không, chỉ xem việc 2b").expects("2b", "Sản phẩm").is_silent()
    assert placed(world) == [None]
    lan.says("2b").forgets().taps("Đúng, báo xong 2b").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    assert placed(world) == [1]


def test_what_was_not_to_be_recorded_is_kept_and_taken_by_no_code(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo(data=PNG + b"1").forgets().says("hủy").expects("1 ảnh đã gửi vẫn được giữ: /minhchung")
    lan.sends_photo("2b cơ bản xong", data=PNG + b"2").forgets().taps("Không ghi").expects("1 ảnh đã gửi vẫn được giữ")
    lan.says("/done 2b").expects("Đã ghi nhận 2b")
    assert placed(world) == [None, None]


def test_what_came_with_a_word_that_is_no_answer_stays_with_it(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_album(3, "2b đang làm 60%").expects("Đã ghi tiến độ việc 2b", "3 ảnh").is_silent()
    world.later(minutes=1)
    lan.is_silent().sends_photo("1e cơ bản xong", data=PNG + b"9").expects("Đã giữ tin")
    lan.says("/done 2h").expects("Đã ghi nhận 2h").is_silent()
    assert placed(world) == [None] * 4
    lan.says("/lamro").forgets().taps("Đã xong").expects("Đã ghi nhận 1e", "1 ảnh")
    assert placed(world) == [None, None, None, 2]


def test_in_a_group_the_other_pieces_of_an_album_come_or_it_is_said_that_they_do_not(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan)
    lan.in_chat(GROUP).sends_album(3, "/done@NhacViecBot 2b")
    group.expects("Đã ghi nhận 2b", "1 ảnh", "Trong nhóm, hệ thống chỉ nhận được ảnh có lời kèm theo").is_silent()


def long_text(words: str) -> list[str]:
    """A text that a phone sends in two messages."""
    filler = "nội dung chi tiết " * 400
    whole = f"{words} {filler}"
    return [whole[:4096], whole[4096:]]


def test_a_text_that_the_phone_split_is_one_act(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    first, second = long_text("/done 2b")
    for part in (first, second):
        world.platform.say(lan.user, lan.chat, part)
    world.settle()
    lan.expects("Đã ghi nhận 2b").is_silent()
    with world.service.store.look() as session:
        note = session.exec(select(Submission)).one().note
        assert len(note) > 4500
        assert session.exec(select(Unclear)).all() == []


def test_a_long_text_alone_waits_four_seconds_and_no_longer(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    before = world.now
    lan.says(long_text("/done 2b")[0]).expects("Đã ghi nhận 2b").is_silent()
    assert 4 <= (world.now - before).total_seconds() < 10
