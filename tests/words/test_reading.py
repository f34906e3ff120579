"""What people say is read whole: nothing is recorded as done of which only a part was understood."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.words.measured import KNOWN, OTHERS, OWN, TODAY, measure, sentences
from words.reading import Answer, Said, read_answer

FEWEST, MOST_NEEDLESS, MOST_MISSED = 300, 0.05, 0.05
# Said beside any sentence whatever, these keep it from being a result.
AGAINST = (
    "chưa",
    "dự thảo",
    "80%",
    "3/9 thôn",
    "mai gửi",
    "đang trình ký",
    "vướng kinh phí",
    "xin gia hạn",
    "sắp",
    "cơ bản",
    "tuần sau",
    "nhưng còn thiếu",
)


def read(text: str, *, told: bool = False) -> Answer:
    """The one answer of a text."""
    found = read_answer(text, TODAY, KNOWN, own=OWN, others=OTHERS, told=told)
    assert len(found) == 1
    return found[0]


def test_the_table_of_sentences() -> None:
    found = measure()
    assert len(list(sentences())) >= FEWEST
    assert found.wrong == ()
    assert len(found.needless) < MOST_NEEDLESS * found.read
    assert len(found.missed) < MOST_MISSED * found.read


@given(st.sampled_from([each for each in sentences() if len(each.means) == 1]), st.sampled_from(AGAINST), st.booleans())
def test_one_word_against_it_is_enough(sentence: object, against: str, before: bool) -> None:
    text = sentence.text  # type: ignore[attr-defined]
    told = sentence.told  # type: ignore[attr-defined]
    found = read_answer(
        f"{against} {text}" if before else f"{text} {against}", TODAY, KNOWN, own=OWN, others=OTHERS, told=told
    )
    assert not any(each.reading.plain and each.reading.says in (Said.DONE, Said.HANDED_IN) for each in found)


@given(
    st.one_of(st.text(max_size=80), st.text(st.sampled_from("xong2bđã% /,.?\n²٣" + string.ascii_letters), max_size=80))
)
def test_any_text_is_read(text: str) -> None:
    for told in (False, True):
        assert read_answer(text, TODAY, KNOWN, told=told)


@pytest.mark.parametrize(
    ("text", "share", "part"),
    [
        ("2b được 80%", 80, None),
        ("2b 70 phần trăm", 70, None),
        ("2b xong 3/9 thôn", None, (3, 9)),
        ("2b xong", None, None),
    ],
)
def test_how_much_of_it(text: str, share: int | None, part: tuple[int, int] | None) -> None:
    assert (read(text).reading.share, read(text).reading.part) == (share, part)


@pytest.mark.parametrize(
    ("text", "day", "to"),
    [
        ("2b đã trình đồng chí Chủ tịch hôm qua", date(2020, 1, 13), "Chủ tịch"),
        ("2b trình lãnh đạo phòng ký ngày 10/01", date(2020, 1, 10), "lãnh đạo phòng"),
        ("2b em trình anh Hùng ký ạ", TODAY, "Hùng"),
        ("2b đang trình ký", TODAY, ""),
        ("da trinh chu tich hom kia", date(2020, 1, 12), "chu tich"),
    ],
)
def test_when_and_to_whom_it_was_submitted(text: str, day: date, to: str) -> None:
    found = read(text).reading
    assert (found.says, found.day, found.to) == (Said.FOR_SIGNATURE, day, to)


def test_by_which_way_and_when_it_was_handed_in() -> None:
    found = read("2b đã nộp qua iOffice ngày 10/1").reading
    assert (found.says, found.way, found.day) == (Said.HANDED_IN, "qua iOffice", date(2020, 1, 10))


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert read("2b đã gửi qua Zalo ngày 30/12").reading.day == date(2019, 12, 30)
    assert not read("2b xong ngày 15/1").reading.plain
    assert read("2b xong ngày 13/1").reading.plain


def test_the_words_of_each_code_are_its_own() -> None:
    found = read_answer("Dạ 2b xong rồi ạ, còn 4c đang làm", TODAY, KNOWN)
    assert [(each.code, each.reading.says, each.words) for each in found] == [
        ("2b", Said.DONE, "Dạ 2b xong rồi ạ"),
        ("4c", Said.PROGRESS, "đang làm"),
    ]


@pytest.mark.parametrize("text", ["2b đã nộp qua iOffice ngày 31/2", "2b đã trình chủ tịch ký ngày 30/02"])
def test_what_counts_from_a_day_that_is_none_is_unclear_and_no_days_are_made_up(text: str) -> None:
    found = read(text).reading
    assert (found.says, found.plain, found.day) == (Said.UNCLEAR, False, None)
