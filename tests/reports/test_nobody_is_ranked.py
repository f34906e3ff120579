"""Results are counted by agency, section and task: no figure, list or table knows whose a lateness is."""

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from reports.figures.boxes import Figures, Line
from reports.figures.record import Count, Entry, Part, Record, Row
from reports.figures.summary import Summary
from reports.tables.columns import COLUMNS
from reports.tables.workbook import COUNTS

DATA = Path(__file__).parents[2] / "data"
PERSON = re.compile(r"person|officer|people")
RANKS = re.compile(r"xếp hạng|thứ hạng|bảng vàng|đứng đầu|đứng cuối|\brank", re.IGNORECASE)
# The notice of personal data promises that nobody is.
PROMISES = frozenset({"consent.whole"})


def test_no_figure_holds_a_person() -> None:
    values = {name for each in (Record, Row, Count, Part, Entry) for name in each.model_fields}
    lines = {*Line._fields, *(field.name for each in (Figures, Summary) for field in dataclasses.fields(each))}
    columns = {column.key for column in COLUMNS} | set(COUNTS)
    assert {name for name in values | lines | columns if PERSON.search(name)} == set()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_ranks(language: str) -> None:
    table = tomllib.loads((DATA / f"texts_{language}.toml").read_text("utf-8"))
    said = {f"{part}.{name}": text for part, sentences in table.items() for name, text in sentences.items()}
    assert {key for key, text in said.items() if RANKS.search(text)} == PROMISES
