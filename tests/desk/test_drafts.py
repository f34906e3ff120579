"""What the screen makes of a draft by itself: the words in their line, what is different between two sentences."""

from hypothesis import given
from hypothesis import strategies as st

from desk.drafts.differing import pieces
from desk.drafts.questions import Line, line_of
from desk.drafts.table import CELL_OF
from intake.draft import Doubt, Draft, Head, LeftOut, Place, TaskDraft
from intake.settled.corrected import FIELDS

TASK = TaskDraft("2d", "Khảo sát", "2", Place(line=54), lead_printed="Các thôn, Công an xã", timing="Quý I, II")
DRAFT = Draft(Head(), tasks=(TASK,), left_out=(LeftOut(Place(line=9), "1. Tỷ lệ đạt 98%", "aims"),))


def test_words_stand_in_their_line() -> None:
    found = line_of(DRAFT, Doubt("2d", "group", Place(line=54), "Các thôn"))
    assert found == Line("Khảo sát – ", "Các thôn", ", Công an xã")
    assert line_of(DRAFT, Doubt("2d", "no_time", Place(line=54), "Khảo sát")).words == "Khảo sát"
    assert line_of(DRAFT, Doubt("plan", "bare", Place(line=9), "98%")) == Line("1. Tỷ lệ đạt ", "98%", "")
    # Words that the reader made whole again stand in no line as they are: they are shown alone.
    assert line_of(DRAFT, Doubt("2d", "name", Place(line=54), "Ban quản lý")) == Line("", "Ban quản lý", "")
    assert line_of(DRAFT, Doubt("plan", "number", Place(), "")) == Line("", "", "")


def test_each_doubt_that_a_cell_settles_is_seen_in_it() -> None:
    assert {kind for kinds in FIELDS.values() for kind in kinds} == set(CELL_OF)
    assert (CELL_OF["leads"], CELL_OF["group"], CELL_OF["time"], CELL_OF["unnumbered"]) == (
        "lead", "lead", "time", "title",
    )  # fmt: skip


def test_the_words_that_differ_are_found() -> None:
    old, new = pieces("trước ngày 30/6/2020 báo cáo", "trước ngày 31/8/2020 báo cáo")
    assert [words for words, other in old if other] == ["30/6/2020"]
    assert [words for words, other in new if other] == ["31/8/2020"]
    assert pieces("như nhau", "như nhau")[0] == (("như nhau", False),)
    assert pieces("", "mới") == ((), (("mới", True),))


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_letter_is_lost_between_the_pieces(old: str, new: str) -> None:
    mine, theirs = pieces(old, new)
    assert "".join(words for words, _ in mine) == old
    assert "".join(words for words, _ in theirs) == new
    same = ["".join(words for words, other in each if not other) for each in (mine, theirs)]
    assert same[0] == same[1]
