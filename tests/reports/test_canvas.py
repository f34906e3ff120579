"""What every picture is made of: measured text, looks that grey paper keeps apart, and a PNG that platforms take."""

from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reports.figures.boxes import Box
from reports.pictures.canvas import Canvas, fitted, width_of, wrapped
from reports.pictures.looks import LOOKS, Look, look_of
from reports.pictures.matrix import MARKS, UNTIMED, Mark
from reports.pictures.parts import INNER, SMALL, WIDTH, Cell, Line
from tests.reports.drawn import size_of

# What WCAG 2.1 (1.4.3) asks of text on its ground.
LEAST_CONTRAST = 4.5


def light(colour: str) -> float:
    """Relative luminance, 0 black to 1 white (WCAG 2.1)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How far two colours are apart in lightness alone, 1 to 21 (WCAG 2.1)."""
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [*LOOKS.values()], ids=lambda look: look.sign)
def test_every_sign_can_be_read_without_colour(look: Look) -> None:
    assert contrast(look.ink, look.fill) >= LEAST_CONTRAST


def test_what_is_late_is_the_only_dark_cell() -> None:
    late = LOOKS[Mark.OVERDUE].fill
    for look in LOOKS.values():
        assert look.fill == late or contrast(look.fill, late) >= LEAST_CONTRAST


def test_no_two_looks_have_the_same_sign() -> None:
    for one, other in combinations(LOOKS.values(), 2):
        assert (one.sign, one.corner) != (other.sign, other.corner)


def test_every_box_has_a_look_of_its_own_but_those_without_a_date_which_share_one() -> None:
    dated = [box for box in Box if box not in UNTIMED]
    assert set(LOOKS) == {MARKS[box] for box in Box}
    assert len({look_of(box) for box in dated}) == len(dated)
    assert {look_of(box) for box in UNTIMED} == {LOOKS[Mark.UNTIMED]}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), st.floats(90, INNER))
def test_a_fitted_text_is_no_wider_than_its_room(text: str, width: float) -> None:
    assert width_of(fitted(text, SMALL, width), SMALL) <= width


@given(st.lists(st.text("abcđ ươ", min_size=1, max_size=12), min_size=1))
def test_wrapped_lines_fit_and_lose_no_word(pieces: list[str]) -> None:
    text = " ".join(pieces)
    lines = wrapped(text, SMALL, 400)
    assert " ".join(lines).split() == text.split()
    assert all(width_of(line, SMALL) <= 400 for line in lines)


def test_measured_text_is_as_wide_as_the_drawn_one() -> None:
    canvas = Canvas()
    text = "Xây dựng, triển khai thực hiện kế hoạch"
    canvas.line(text)
    drawn = Image.open(BytesIO(canvas.png())).convert("L").point(lambda level: 255 * (level < 128))
    box = drawn.getbbox()
    assert box is not None
    assert box[2] - box[0] == pytest.approx(width_of(text, canvas.words[0].size), abs=6)


def test_the_same_layout_gives_the_same_bytes() -> None:
    def one() -> bytes:
        canvas = Canvas()
        canvas.line("Đến hạn 85 · $x$")
        canvas.cells.append(Cell(24, 200, 64, LOOKS[Mark.DONE_LATE], "1đ"))
        canvas.lines.append(Line(((24, 300), (500, 300)), dashes=(3, 5)))
        canvas.height = 400
        return canvas.png()

    assert one() == one()
    assert size_of(one()) == (WIDTH, 400)
