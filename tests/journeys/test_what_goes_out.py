"""Before somebody else reads an answer its writer sees what goes and to whom, or may take it back for ten minutes."""

from collections.abc import Callable

from bot.questions.base import Goes, OpenQuestion
from bot.questions.registry import QUESTIONS
from plan.people import Role
from sandbox.phone import Phone, labels_of, text_of
from sandbox.world import World
from tests.conftest import MakeWorld
from tests.reports.docx_text import words as words_of

RULED = "Đinh Văn Y, Phó Chủ tịch UBND huyện, CV 15/UBND-NV 04/02/2020"
BACK = "Báo nhầm – hủy"
OFFICE, OFFICERS = "Phòng Nội vụ", "cán bộ"


class Scene:
    """An officer and an admin of whom each question is put once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.boss, self.lan = world.admin("Hoa"), world.officer("Lan", "sondung")
        world.officer("Bình", "sondung", role=Role.HEAD)

    def of(self, phone: Phone, *said: str) -> Phone:
        """The phone that was asked the question by these words."""
        for each in said:
            phone.forgets().says(each)
        return phone


# What somebody answers further down.
ANSWERED_LATER = ("reason", "cause", "extension", "comment")
# Who is asked each question that is quoted, what they answer, and who reads it.
Put = Callable[[Scene], Phone]
QUOTED: dict[str, tuple[Put, str, str]] = {
    "reason": (lambda s: s.of(s.lan, "/vuongmac 2h"), "chưa có kinh phí", OFFICE),
    "cause": (lambda s: s.of(s.lan, "/lydo 2b"), "mưa lũ chia cắt", OFFICE),
    "extension": (lambda s: s.of(s.lan, "/giahan 2h 15/05"), "chờ hướng dẫn của tỉnh", OFFICE),
    "not_ours": (lambda s: s.of(s.lan, "/khongthuoc 1e"), "xã không có bộ phận này", OFFICE),
    "comment": (lambda s: s.of(s.lan, "/ykien 2b.1"), "tin ngày 20/01 không đến", OFFICE),
    "reply": (lambda s: s.of(s.boss, "/traloi 2h sondung"), "đã bố trí trong dự toán", OFFICERS),
    "comment_reply": (lambda s: s.of(s.boss, "/traloi Y1"), "đã kiểm tra nhật ký gửi", OFFICERS),
    "inquiry_reply": (lambda s: s.of(s.boss, "/traloi H1"), "theo mẫu số 1 kèm kế hoạch", "Lan"),
    "refusal": (lambda s: s.of(s.boss, "/tuchoi R2"), "còn đủ thời gian", OFFICERS),
    "granting": (lambda s: s.of(s.boss, "/duyet R1"), RULED, "Đơn vị được báo"),
    "withdrawal": (lambda s: s.of(s.lan, "/hoantac 8b"), "báo sai kỳ", OFFICE),
    "correction": (lambda s: s.of(s.lan, "/suachua 8b"), "đã chấm 85 điểm", OFFICE),
    "return": (lambda s: s.of(s.boss, "/tralai 4c sondung"), "thiếu dấu của Chủ tịch", OFFICERS),
}


def quoted(kinds: tuple[type[OpenQuestion], ...]) -> set[str]:
    """The questions whose answer goes out at once."""
    return {each.stored_as for each in kinds if each.goes is Goes.QUOTED}


def test_every_question_has_a_rule() -> None:
    assert {each for each in QUESTIONS if not hasattr(each, "goes")} == set()
    assert quoted(QUESTIONS) == set(QUOTED), "a question whose answer goes out at once needs its scene here"


def test_what_goes_at_once_is_quoted_with_who_reads_it_and_can_be_taken_back(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 8, 0, review="all")
    scene = Scene(world)
    scene.lan.says("2h làm theo mẫu nào ạ?").taps("Gửi câu hỏi cho")
    scene.lan.says("/done 8b đã chấm điểm").says("/done 4c đã niêm yết")
    world.at(2020, 2, 5, 8, 0)
    for kind, (put, words, reader) in QUOTED.items():
        phone = put(scene)
        assert "Câu hỏi này chờ đến" in phone.last, f"{kind}: {phone.last}"
        phone.forgets().says(words)
        first = phone.unread[0]
        assert words.split(",")[0] in text_of(first), f"{kind} is not quoted: {text_of(first)}"
        assert reader.lower() in text_of(first).lower(), f"{kind}: who reads it is not said: {text_of(first)}"
        assert BACK in labels_of(first), f"{kind} cannot be taken back"
        if kind not in ANSWERED_LATER:
            phone.forgets().taps(BACK)
            assert "Đã rút" in text_of(phone.unread[0]), f"{kind}: {text_of(phone.unread[0])}"
    # What waited for the others' answers waits again, and is taken back too.
    scene.boss.forgets()
    for reference in ("R1", "R2", "Y1"):
        scene.lan.forgets().says(f"/rutlai {reference}").expects("Đã rút", reference).is_silent()
    world.later(minutes=15)
    told = "\n".join(text_of(each) for each in scene.boss.unread)
    # So many at once come in one message that names what they are about.
    assert all(f"{each} – Xã Sơn Dung" in told for each in ("2b", "2h"))
    scene.boss.says("/choxuly")
    assert not any(each in scene.boss.last for each in ("R1", "R2", "Y1"))
    scene.lan.says("/doichieu 2b.1")
    sheet = words_of(scene.lan.gets_file("phieu-doi-chieu-2b-sondung.docx"))
    assert "người gửi đã rút lại" in sheet
    assert "đã rút lại" in sheet.partition("Ý kiến của cán bộ và trả lời")[2]
