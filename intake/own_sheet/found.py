"""Knows the plan's own sheet again among the sheets of a workbook, and takes its rows out."""

from collections.abc import Iterator

from intake.draft import OwnSheet, SheetRow
from intake.errors import RefusedError
from intake.own_sheet.columns import BASIS, BODIES, MARK, MARKED, TASKS, VERSION
from intake.source import Row, Source, Table


def found(source: Source) -> OwnSheet | None:
    """The plan's own sheet; None for any other document.

    Raises RefusedError for one whose mark is there and whose rows are not, or that a later version of this program
    wrote.
    """
    tables = [item for item in source.items if isinstance(item, Table)]
    marks = next((_facts(each) for each in tables if each.place.sheet == MARKED and _facts(each).get(MARK)), None)
    if marks is None:
        return None
    if marks[MARK] != VERSION:
        raise RefusedError("own_sheet_later")
    tasks, bodies = _table(tables, TASKS), _table(tables, BODIES)
    if tasks is None or bodies is None or not marks.get("plan"):
        raise RefusedError("own_sheet_torn")
    return OwnSheet(
        plan=marks["plan"],
        digest=marks.get("digest", ""),
        basis=_basis(tasks),
        rows=tuple(_rows(tasks)),
        bodies=tuple(_rows(bodies)),
    )


def _facts(table: Table) -> dict[str, str]:
    pairs = ([cell.text for cell in row.cells] for row in table.rows)
    return {pair[0]: pair[1] for pair in pairs if len(pair) > 1 and pair[0]}


def _table(tables: list[Table], name: str) -> Table | None:
    """The sheet whose hidden row of keys begins with its name."""
    return next((each for each in tables if _keys(each) and _keys(each)[0] == f"#{name}"), None)


def _keys(table: Table) -> list[str]:
    return [cell.text for cell in table.rows[0].cells] if table.rows else []


def _basis(table: Table) -> str:
    """What the office wrote beside the hidden key of the basis."""
    for row in table.rows:
        texts = [cell.text for cell in row.cells if not cell.across]
        if texts and texts[0] == f"#{BASIS}":
            # The label comes first, then the cell that the office fills in.
            return next((text for text in texts[2:] if text), "")
    return ""


def _rows(table: Table) -> Iterator[SheetRow]:
    """The rows below the visible heads that say anything; those above them begin with «#»."""
    keys = _keys(table)
    keys[0] = "id"
    started = False
    for row in table.rows[1:]:
        if row.cells[0].text.startswith("#"):
            started = row.cells[0].text == "#head" or started
            continue
        cells = {key: cell.text for key, cell in zip(keys, row.cells, strict=False) if key}
        if started and any(text for key, text in cells.items() if key != "questions"):
            yield SheetRow(row.place.row, cells, _formulas(keys, row))


def _formulas(keys: list[str], row: Row) -> tuple[str, ...]:
    return tuple(key for key, cell in zip(keys, row.cells, strict=False) if {"formula", "error"} & cell.marks)
