"""What people say is read whole: no result is made of words of which only a part was understood."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from plan.status import State
from sandbox.phone import Phone
from sandbox.world import World
from store.answer_tables import Evidence, Submission, Unclear
from store.tables import Obligation

OPTIONS = ("Đang thực hiện", "Đã trình, chờ ký", "Đã xong", "Vướng mắc", "Không ghi")


def answers(world: World) -> list[tuple[str, str]]:
    """Task and words of every standing answer."""
    with world.service.store.look() as session:
        rows = session.exec(select(Submission, Obligation).join(Obligation))
        return [(row.task, said.note) for said, row in rows if said.withdrawn_at is None]


def owed(world: World, milestone: str, agency: str = "sondung") -> Obligation:
    """One obligation as it stands."""
    with world.service.store.look() as session:
        query = select(Obligation).where(Obligation.milestone == milestone, Obligation.agency_id == agency)
        return session.exec(query).one()


def typed(phone: Phone, words: str) -> None:
    """In plain words."""
    phone.says(words)


def captioned(phone: Phone, words: str) -> None:
    """Under a photo."""
    phone.sends_photo(words)


@pytest.mark.parametrize(
    ("way", "words", "first"),
    [
        (typed, "2b đã hoàn thành 80%", "Đang thực hiện – 80%"),
        (typed, "/done 2b đang trình ký", "Đã trình, chờ ký"),
        (typed, "xong 2b vào thứ sáu tới", "Đang thực hiện"),
        (typed, "2b: hoàn thành dự thảo", "Đang thực hiện"),
        (typed, "sắp xong bản nháp 2b rồi ạ", "Đang thực hiện"),
        (typed, "2b vướng mắc kinh phí", "Vướng mắc"),
        (captioned, "2b vướng mắc kinh phí", "Vướng mắc"),
        (captioned, "2b xong 3/9 thôn", "Đang thực hiện"),
        (captioned, "/done 2b chưa xong", "Đang thực hiện"),
    ],
)
def test_what_is_not_plainly_done_is_asked_with_the_likeliest_first(
    world: World, way: object, words: str, first: str
) -> None:
    lan = world.officer("Lan", "sondung")
    way(lan, words)  # type: ignore[operator]
    lan.expects("Đã giữ tin", "2b").expects_buttons(first, *(each for each in OPTIONS if not first.startswith(each)))
    lan.is_silent()
    assert answers(world) == []


def test_what_plainly_is_done_is_recorded_in_its_own_words(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("em xong 2b rồi ạ").expects("Đã ghi nhận 2b", "«em xong 2b rồi ạ»", "đúng hạn").is_silent()
    lan.says("Dạ 1e đã ban hành KH 05/KH-UBND ngày 01/01/2020 rồi ạ").expects(
        "Đã ghi nhận 1e", "05/KH-UBND"
    ).is_silent()
    assert [task for task, _ in answers(world)] == ["2b", "1e"]


def test_who_does_not_answer_loses_nothing_and_the_first_moment_counts(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 30, 9, 0)
    lan.forgets().sends_photo("2b đã hoàn thành 95%").expects("Đã giữ tin").forgets()
    lan.says("/viec").expects("đã có lời báo, đang làm rõ")
    lan.says("/vuongmac 2h").expects("nêu khó khăn")
    world.at(2020, 2, 5, 9, 0)
    boss.forgets().says("/choxuly").expects("Lời báo chưa rõ: 1", "L1", "2b", ": đã hoàn thành 95%")
    lan.forgets().says("/lamro L1").expects("Đã giữ tin", "95%").taps("Đã xong")
    lan.expects("Đã ghi nhận 2b", "09:00 ngày 30/01/2020, đúng hạn", "1 ảnh")
    boss.says("/choxuly").expects("Không có gì đang chờ")
    lan.taps("Đang thực hiện – 95%").is_told("đã được xử lý")
    assert owed(world, "2b.1").state == State.DONE


def test_an_admin_says_what_was_meant_and_it_is_the_officers_own_answer(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("2b cơ bản xong rồi").expects("Đã giữ tin")
    boss.says("/lamro L1").expects("việc 2b: «cơ bản xong rồi»").taps("Đã xong").expects("Đã ghi nhận 2b").is_silent()
    lan.expects("đã ghi nhận thay đơn vị kết quả việc 2b").is_silent()
    assert answers(world) == [("2b", "cơ bản xong rồi")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("đang thực hiện", "Đã ghi tiến độ việc 2b"),
        ("đã trình", "chờ ký từ ngày 02/01/2020"),
        ("Xong", "Đã ghi nhận 2b"),
        ("vướng mắc", "Đã ghi vướng mắc của việc 2b"),
        ("không ghi", "Không ghi gì cho việc 2b"),
    ],
)
def test_the_question_is_answered_in_words_too(world: World, words: str, says: str) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("2b xong phần 1").expects("Đã giữ tin")
    lan.says(words).expects(says).is_silent()
    with world.service.store.look() as session:
        assert all(each.settled_at for each in session.exec(select(Unclear)))


def test_what_waits_for_a_signature_stands_apart_and_is_not_done(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.forgets().says("2b đã trình đồng chí Chủ tịch hôm qua")
    lan.expects("Đã ghi việc 2b", "đã trình Chủ tịch, chờ ký từ ngày 13/01/2020", "chưa tính là hoàn thành").is_silent()
    row = owed(world, "2b.1")
    assert (row.state, str(row.signing)) == (State.OPEN, "2020-01-13")
    lan.says("/viec").expects("Đã trình, chờ ký", "đã trình, chờ ký từ 13/01/2020").forgets()
    world.at(2020, 1, 20, 7, 30)
    lan.expects("2b · còn 3 ngày làm việc; đã trình, chờ ký từ 13/01/2020")
    world.at(2020, 2, 3, 7, 30)
    boss.forgets().says("/quahan").expects("Đã trình, chờ ký: Xã Sơn Dung (từ 13/01/2020)")
    boss.says("/lichsu 2b.1 sondung").expects("Đã trình, chờ ký")
    lan.forgets().says("2b chủ tịch đã ký rồi ạ").expects("Đã ghi nhận 2b", "quá hạn")
    assert owed(world, "2b.1").signing is None


def test_what_was_handed_in_elsewhere_waits_for_who_got_it(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 2, 3, 9, 0)
    boss.forgets()
    lan.forgets().says("2b đã nộp qua iOffice ngày 29/01/2020")
    lan.expects("đã báo kết quả", "đã nộp qua iOffice ngày 29/01/2020", "chờ Phòng Nội vụ xác nhận")
    assert owed(world, "2b.1").state == State.IN_REVIEW
    boss.expects("Đề nghị xác nhận", "Báo đã nộp qua iOffice ngày 29/01/2020").taps("Xác nhận").expects("Đã xác nhận")
    row = owed(world, "2b.1")
    assert (row.state, row.done_at and row.done_at.isoformat()) == (State.DONE, "2020-01-29T10:00:00+00:00")
    lan.expects("đã được xác nhận")


def test_several_codes_are_answered_in_one_message(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("xong 2b, 1e, 2h").expects("Đã ghi nhận 2b", "Đã ghi nhận 1e", "Đã ghi nhận 2h")
    lan.expects_buttons("Báo nhầm – hủy 2b", "Báo nhầm – hủy 1e", "Báo nhầm – hủy 2h").is_silent()
    lan.taps("Báo nhầm – hủy 1e").expects("Đã hủy kết quả 1e").is_silent()
    lan.says("2h xong rồi, 1e đang làm").expects("Đã ghi tiến độ việc 1e", "đang làm").is_silent()
    assert [task for task, _ in answers(world)] == ["2b", "2h"]


def test_several_codes_of_which_one_is_not_plain_are_one_question(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("2b xong, 1e hoàn thành 80%, 4c xong").expects("2b: Đã xong", "1e: Đang thực hiện – 80%", "4c")
    lan.expects_buttons("Ghi tất cả như trên", "Chọn lại 2b", "Chọn lại 1e", "Chọn lại 4c", "Không ghi").is_silent()
    assert answers(world) == []
    lan.taps("Ghi tất cả như trên").expects("Đã ghi nhận 2b", "Đã ghi tiến độ việc 1e").is_silent()
    assert answers(world) == [("2b", "xong"), ("4c", "xong")]


def test_a_lone_word_after_one_reminder_is_confirmed_with_one_press(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.expects("2b").says("xong rồi ạ").expects("Đã giữ tin", "2b", "xong rồi ạ")
    assert answers(world) == []
    lan.taps("Đã xong").expects("Đã ghi nhận 2b").is_silent()


def test_tasks_are_offered_by_their_titles_and_never_recorded_on_likeness(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("kế hoạch rà soát, đánh giá TTHC em xong rồi ạ").expects("Đồng chí báo việc nào?", "Chưa ghi gì")
    assert answers(world) == []
    lan.taps("2b – Xây dựng").expects("Đã ghi nhận 2b", "TTHC em xong rồi ạ").is_silent()


@pytest.mark.parametrize("send", [Phone.sends_gif, Phone.sends_video_note])
def test_a_moving_picture_and_a_round_video_are_no_answer_by_themselves(
    world: World, send: Callable[..., Phone]
) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    send(lan.expects("2b"), reply_to="Tin tự động").expects("Đã giữ tin", "2b")
    assert answers(world) == []
    lan.taps("Đã xong").expects("Đã ghi nhận 2b", "1 tệp").is_silent()


def test_a_voice_says_nothing_that_can_be_read(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.expects("2b").sends_voice(reply_to="Tin tự động").expects("Đã giữ tin", "2b")
    assert answers(world) == []
    lan.taps("Đã xong").expects("Đã ghi nhận 2b", "1 tệp").is_silent()
    with world.service.store.look() as session:
        assert [each.submission_id for each in session.exec(select(Evidence))] == [1]


def test_a_bare_code_under_a_photo_is_done_only_where_the_work_has_a_day(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("2b").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    lan.sends_photo("2d").expects("Đã giữ tin", "2d").is_silent()
    assert [task for task, _ in answers(world)] == ["2b"]


def test_what_stands_under_a_photo_is_read_whole_too(world: World) -> None:
    lan = world.officer("Lan", "sondung").forgets()
    lan.sends_photo("2h đang làm, chưa xong").expects("Đã ghi tiến độ việc 2h", "chưa xong", "1 ảnh").is_silent()
    lan.sends_photo("2b vướng mắc kinh phí").expects("Đã giữ tin của đồng chí về việc 2b").forgets()
    lan.says("/lichsu 2h")
    assert "hoàn thành" not in lan.last.casefold()


@pytest.mark.parametrize("words", ["sai rồi", "báo sai ạ", "gửi sai việc", "đừng nhắn nữa", "nhắc lại sau nhé"])
def test_what_speaks_against_a_result_is_no_addition_to_it(world: World, words: str) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("xong 2b đã ban hành")
    lan.forgets().says(words, reply_to="Đã ghi nhận 2b").expects("đã được giữ", "Đồng chí muốn ghi thế nào?")
    assert answers(world) == [("2b", "đã ban hành")]


def test_a_thumb_adds_nothing_to_a_result(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("xong 2b đã ban hành")
    lan.forgets().says("👍", reply_to="Đã ghi nhận 2b").expects("đã được báo hoàn thành").is_silent()
    assert answers(world) == [("2b", "đã ban hành")]


def test_a_command_that_there_is_not_is_no_word_about_the_task_of_the_reminder(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.forgets()
    for said in ("/stop", "/khongbiet đâu ạ"):
        lan.says(said).expects(f"không có lệnh «{said.split()[0]}»", "chưa ghi gì", "/trogiup").is_silent()
    # With a code it is about that, and nobody knows what such a command says of it.
    for said in ("/lichsuu 2h", "/hoanthnah 2h đã ban hành"):
        lan.forgets().says(said).expects("2h", said[1:], "Chưa chọn thì chưa ghi là hoàn thành").is_silent()
    lan.says("hủy").forgets()
    assert answers(world) == []
    lan.says("/2b xong").expects("Đã ghi nhận 2b").is_silent()
    lan.edits("/2b xong", "/2b xong").is_silent()
    lan.says("/2b xong").expects("Việc 2b", "đã được báo hoàn thành").is_silent()
    lan.sends_photo("/xog 2h").expects("Đã giữ 1 ảnh", "của việc nào").is_silent()
    assert len(answers(world)) == 1
