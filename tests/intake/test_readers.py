"""What the readers of Word, Excel and PDF must not drop or double, one thing at a time."""

from datetime import date

import pytest

from intake.excel.shown import shown
from intake.gate import source
from intake.pdf.cells import cell_text
from intake.read import read
from intake.source import Line, Table
from tests.intake.cases_word import annex
from tests.intake.hostile import PLAN, word
from tests.intake.word_files import deleted, run


def lines(data: bytes) -> list[Line]:
    return [item for item in source(data).items if isinstance(item, Line)]


def test_what_was_taken_out_alone_is_asked_about_too() -> None:
    line = lines(word(PLAN, run("Thời gian: Quý I") + deleted("/2025")))[-1]
    assert (line.text, line.marks) == ("Thời gian: Quý I", frozenset(["changed"]))


def test_words_that_were_moved_away_stand_in_their_new_place_only() -> None:
    gone = f'<w:moveFrom w:id="3" w:author="a">{run("Công an xã ")}</w:moveFrom>'
    here = f'<w:moveTo w:id="4" w:author="a">{run("Phòng Kinh tế")}</w:moveTo>'
    line = lines(word(PLAN, gone + here))[-1]
    assert (line.text, line.marks) == ("Phòng Kinh tế", frozenset(["changed"]))


def test_a_paragraph_whose_end_was_taken_out_goes_on_in_the_next() -> None:
    ended = '<w:pPr><w:rPr><w:del w:id="5" w:author="a"/></w:rPr></w:pPr>'
    found = lines(word(PLAN, ended + run("Phòng "), run("Kinh tế")))
    assert found[-1].text == "Phòng Kinh tế"


def test_a_cell_merged_across_seven_columns_is_said_once() -> None:
    sections = read(annex()).sections
    assert [each.title for each in sections] == ["CẢI CÁCH THỂ CHẾ", "CÔNG KHAI"]
    table = max((each for each in source(annex()).items if isinstance(each, Table)), key=lambda each: len(each.rows))
    assert table.rows[2].words == "I. CẢI CÁCH THỂ CHẾ"


def words(*said: tuple[str, float, float, float]) -> list[dict[str, object]]:
    return [{"text": text, "x0": x0, "x1": x1, "top": top, "bottom": top + 10} for text, x0, x1, top in said]


@pytest.mark.parametrize(
    ("second", "whole"),
    [
        # «Kinh» would have had room behind «Phòng»: somebody began a new line.
        (("Kinh", 2, 22, 12), "Phòng\nKinh"),
        # «Nghiệp-vụ-rất-dài» would not.
        (("Nghiệp-vụ-rất-dài", 2, 92, 12), "Phòng Nghiệp-vụ-rất-dài"),
    ],
)
def test_a_line_that_a_column_broke_is_told_from_one_that_was_typed(
    second: tuple[str, float, float, float], whole: str
) -> None:
    assert cell_text(words(("Phòng", 2, 30, 0), second), (0, 0, 100, 40)) == whole


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1.1, "0.00", "1.10"),
        (1.1, "General", "1.1"),
        (3.0, "General", "3"),
        (7, "00", "07"),
        (0.95, "0%", "95%"),
        (date(2026, 3, 31), "dd/mm/yyyy", "31/03/2026"),
        (date(2026, 3, 1), "mm/yyyy", "03/2026"),
        (date(2026, 3, 31), "[$-42A]d mmmm yyyy", "31/03/2026"),
        ("31/6/2026", "General", "31/6/2026"),
    ],
)
def test_a_cell_is_read_as_its_sheet_shows_it(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format, struck=False) == (text, False)


def test_struck_words_are_passed_over_and_noted() -> None:
    assert shown("Phòng Tư pháp", "General", struck=True) == ("", True)
