"""A document as its readers give it on: lines and tables in their order, each with its place and what was odd there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from intake.draft import Place

# What a reader saw at a place that a person should look at: "changed" (tracked), "struck", "hidden", "formula";
# or that was taken from the row above where that is not certain: "ditto", "cut"; "aligned" is a row of a table without
# lines whose ends were not certain.
Mark = Literal["changed", "struck", "hidden", "formula", "error", "ditto", "cut", "aligned"]


@dataclass(frozen=True)
class Line:
    """One line of text, made tidy; a number that Word sets by itself stands before it.

    `original` is the text before it was made tidy, "" where it is the same; `broken` says that the line may be the
    rest of the one before, because its kind of document breaks lines anywhere; `follows` that the one before reaches
    the right edge.
    """

    text: str
    place: Place
    original: str = ""
    marks: frozenset[Mark] = frozenset()
    broken: bool = False
    follows: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell, given once for each column and row that it covers; `first` is true at its upper left corner only.

    `down` says that it goes on from the row above, `across` that it goes on from the column before.
    """

    text: str
    down: bool = False
    across: bool = False
    marks: frozenset[Mark] = frozenset()
    original: str = ""

    @property
    def first(self) -> bool:
        """Whether the cell begins here."""
        return not (self.down or self.across)


@dataclass(frozen=True)
class Row:
    """A row with a cell for each column of its table."""

    cells: tuple[Cell, ...]
    place: Place
    marks: frozenset[Mark] = frozenset()

    @property
    def words(self) -> str:
        """What stands in it, each cell once."""
        return " | ".join(" ".join(cell.text.split()) for cell in self.cells if cell.text and not cell.across)


@dataclass(frozen=True)
class Table:
    """A table; `hidden_columns` count from 0; `cut` says that a page may have cut its first row from the row before."""

    rows: tuple[Row, ...]
    place: Place
    hidden_columns: frozenset[int] = frozenset()
    cut: bool = False


@dataclass(frozen=True)
class Source:
    """What was found in a document: `items` in their order, `aside` what stands in headers, notes and boxes."""

    items: tuple[Line | Table, ...]
    aside: tuple[Line, ...] = field(default=())

    def every_text(self) -> Iterator[tuple[str, Place]]:
        """Each text of the document once, with its place."""
        for item in (*self.aside, *self.items):
            if isinstance(item, Line):
                yield item.text, item.place
                continue
            for row in item.rows:
                yield from ((cell.text, row.place) for cell in row.cells if cell.first and cell.text)
