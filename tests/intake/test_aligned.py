"""Words of a page without ruling lines: wherever they stand, each is in the table or below it, and nothing raises."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from intake.pdf import aligned
from intake.pdf.columns import Columns, Word

LEFTS, TALL, WIDE, SPACE = (20.0, 60.0, 260.0, 380.0, 500.0), 12.0, 6.0, 3.0
HEAD = (("STT",), ("Nhiệm", "vụ"), ("Chủ", "trì"), ("Thời", "gian"), ("Sản", "phẩm"))
SAID = st.sampled_from(
    ["1", "2.", "10", "a)", "I", "II.", "Rà", "soát", "Phòng", "Kinh", "tế", "quý", "-", "TM.", "báo"]
)
FORMER = Columns((50.0, 250.0, 370.0, 490.0), 0, 1)


def word(text: str, left: float, top: float) -> Word:
    return {"text": text, "x0": left, "x1": left + WIDE * len(text), "top": top, "bottom": top + TALL}


def head() -> list[Word]:
    found: list[Word] = []
    for left, texts in zip(LEFTS, HEAD, strict=True):
        for text in texts:
            found.append(word(text, left, 100.0))
            left += WIDE * len(text) + SPACE
    return found


PLACED = st.builds(
    word,
    SAID,
    st.floats(0, 700) | st.sampled_from(LEFTS),
    st.floats(120, 500) | st.integers(8, 30).map(lambda at: at * 15.0),
)


@given(
    st.lists(PLACED, max_size=60),
    st.lists(st.floats(0, 500), max_size=6),
    st.booleans(),
    st.sampled_from([None, FORMER, Columns(FORMER.edges, 0, 1, centred=True)]),
)
def test_no_word_is_lost(below: list[Word], drawn: list[float], has_head: bool, former: Columns | None) -> None:
    words = [*(head() if has_head else []), *below]
    found = list(aligned.tables(words, sorted(drawn), former))
    for each in found:
        said: Counter[str] = Counter()
        for row in each.table.rows:
            said.update(word for cell in row.cells if not cell.across for word in cell.text.split())
        inside: list[dict[str, Any]] = [
            word for word in words if each.top <= word["top"] and word["bottom"] <= each.bottom
        ]
        # A piece of a day that a line ends with is one word with what follows; none is gone.
        lost = Counter("".join(word["text"] for word in inside)) - Counter("".join(said.elements()))
        assert not lost, (lost, said)


def test_a_number_that_ends_the_last_row_is_no_page_number() -> None:
    row = [
        word("1", 20, 120), word("Rà", 60, 120), word("Phòng", 260, 120), word("30/6/202", 380, 120),
        word("6", 380, 135), word("3", 350, 560),
    ]  # fmt: skip
    (found,) = aligned.tables([*head(), *row], (), None)
    assert [cell.text for cell in found.table.rows[1].cells] == ["1", "Rà", "Phòng", "30/6/2026", ""]
    assert found.bottom < 500
