"""What people type, as they type it."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import VERBS
from words import codes
from words.grammar import PHRASES, Phrase, read

KNOWN = ("1d", "1đ", "2b", "5", "bc")


def heard(text: str) -> tuple[str | None, str | None, int | None, str]:
    """The verb, the code, the milestone's number, and what follows."""
    said = read(text, VERBS)
    typed = codes.read(said.rest, KNOWN)
    return said.verb, typed.code, typed.milestone, typed.rest


@pytest.mark.parametrize(
    "text",
    [
        "/done 2b",
        "/Done 2B",
        "/DONE 2b",
        "/done  2.b",
        "/xong 2b",
        "/xong@NhacViecBot 2b",
        "/done@bot 2 b",
        "/done_2b",
        "/done_2b@NhacViecBot",
        "/done2b",
        "xong 2b",
        "Xong 2b.",
        "xong: 2b",
        "Done 2b",
        "đã xong 2b",
        "da xong 2b",
        "đã  xong 2b",
        "Đã hoàn thành 2b",
        "đã làm xong 2b",
        "hoàn thành 2b",
        "hòan thành 2b",
        "hoan thanh 2b",
        "2b xong",
        "2B đã xong",
        "2b da xong",
        "2 b xong",
        "2.b đã hoàn thành",
        "2b - đã xong",
        "2b: hoàn thành",
        "2b hòan thành",
        "2b đã làm xong.",
        "đã xong việc 2b",
        "Hoàn thành nhiệm vụ 2b",
        "Việc 2b đã xong",
    ],
)
def test_done_in_many_spellings(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert heard(unicodedata.normalize(form, text)) == ("done", "2b", None, "")


@pytest.mark.parametrize(
    ("text", "code", "number", "rest"),
    [
        ("/done_2b_2", "2b", 2, ""),
        ("/done 2b.2 báo cáo quý", "2b", 2, "báo cáo quý"),
        ("/done2b_2", "2b", 2, ""),
        ("/done_1dd", "1đ", None, ""),
        ("/done_1dd_2", "1đ", 2, ""),
        ("/done 1đ", "1đ", None, ""),
        ("/done 1 Đ KH 05/KH-UBND", "1đ", None, "KH 05/KH-UBND"),
        ("1 đ xong", "1đ", None, ""),
        ("1 d đã xong", "1d", None, ""),
        ("xong 1d", "1d", None, ""),
        ("đã xong 2b rồi", "2b", None, "rồi"),
        ("hoàn thành 2b đã ban hành kế hoạch", "2b", None, "đã ban hành kế hoạch"),
        ("2b xong, gửi kèm ảnh", "2b", None, "gửi kèm ảnh"),
        ("xong 5", "5", None, ""),
        ("5 xong rồi", "5", None, "rồi"),
        ("xong bc", "bc", None, ""),
        ("xong", None, None, ""),
        ("/done", None, None, ""),
    ],
)
def test_done_with_what_follows(text: str, code: str | None, number: int | None, rest: str) -> None:
    assert heard(text) == ("done", code, number, rest)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "text", ["/việc", "/Việc", "/viec", "/VIEC", "/tasks", "việc", "Việc?", "viec", "Việc của tôi"]
)
def test_tasks(text: str, form: Literal["NFC", "NFD"]) -> None:
    assert read(unicodedata.normalize(form, text), VERBS).verb == "tasks"


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("/tiendo 2b 60 đang lấy ý kiến", "progress", "60 đang lấy ý kiến"),
        ("/progress_2b 60", "progress", "60"),
        ("tiến độ 2b 60", "progress", "60"),
        ("đang làm 2b", "progress", ""),
        ("/vuongmac 2b thiếu kinh phí", "blocked", "thiếu kinh phí"),
        ("vướng mắc 2b: chưa được cấp kinh phí?", "blocked", "chưa được cấp kinh phí?"),
        ("vướng mắc việc 2b thiếu kinh phí", "blocked", "thiếu kinh phí"),
    ],
)
def test_progress_and_trouble(text: str, verb: str, rest: str) -> None:
    assert heard(text) == (verb, "2b", None, rest)


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("phân công 2b cho đồng chí Lan", "assignee", "cho đồng chí Lan"),
        ("Phan cong viec 2b: @lan_sondung", "assignee", "@lan_sondung"),
        ("phân công 2b P12", "assignee", "P12"),
        # These tell how the work goes.
        ("phân công 2b đã xong từ hôm qua", None, None),
        ("phân công cán bộ làm 2b cho kịp", None, None),
        ("đã phân công 2b cho đồng chí Lan", None, None),
    ],
)
def test_who_is_to_carry_it_out(text: str, verb: str | None, rest: str | None) -> None:
    said, _, _, follows = heard(text)
    assert said == verb
    assert rest in (None, follows)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("tổng hợp", "summary"),
        ("Quá hạn.", "overdue"),
        ("trợ giúp", "help"),
        ("Hướng dẫn", "help"),
        ("hoàn tác", "undo"),
    ],
)
def test_single_words(text: str, verb: str) -> None:
    assert read(text, VERBS) == Phrase(verb, "")


@pytest.mark.parametrize(
    "text",
    [
        "2b",
        "1 đ",
        "2b chưa xong",
        "chưa xong 2b",
        "2b xong chưa?",
        "2b xong chưa ạ",
        "xong 2b chưa",
        "đã xong 2b?",
        "2b sắp xong",
        "xongxuoi 2b",
        "2b xongg",
        "2020 là năm kế hoạch",
        "Kính gửi Phòng Nội vụ",
        "",
    ],
)
def test_what_must_not_be_taken_for_an_answer(text: str) -> None:
    assert read(text, VERBS) == Phrase(None, text)


def test_an_unknown_command_is_known_as_such() -> None:
    assert read("/donate 2b", VERBS) == Phrase("unknown", "donate 2b", slash=True)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    said = read(text, VERBS)
    assert said.verb in {None, "unknown", *VERBS.values()}
    assert len(said.rest) <= len(codes.normalise(text))


@given(st.sampled_from([phrase for phrase, verb in PHRASES if verb == "done"]), st.text(max_size=30))
def test_a_note_reaches_the_record_as_it_was_typed(phrase: str, note: str) -> None:
    said = read(f"{phrase} 2b {note}.", VERBS)
    expected = codes.normalise(f"{note}.").strip()
    assert said.verb is None or said.rest.endswith(expected.lstrip(" .,:;-–\n"))
