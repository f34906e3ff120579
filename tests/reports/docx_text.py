"""Reads a .docx the way tests ask about it: its words in order, and a cell's words."""

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as DocumentType
from docx.table import Table, _Cell


def opened(data: bytes) -> DocumentType:
    """The document of some bytes."""
    return Document(io.BytesIO(data))


def words(data: bytes) -> str:
    """Every paragraph's text, those of tables in their place."""
    return "\n".join(_lines(opened(data)))


def table_with(data: bytes, head: str) -> list[list[str]]:
    """The rows of the first table whose first row has a cell of these words; merged cells come once."""
    for table in opened(data).tables:
        rows = [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]
        if head in rows[0]:
            return rows
    raise AssertionError(f"no table with «{head}» in its first row")


def _lines(holder: DocumentType | _Cell) -> Iterator[str]:
    for each in holder.iter_inner_content():
        if not isinstance(each, Table):
            yield each.text
            continue
        for row in each.rows:
            for cell in dict.fromkeys(row.cells):
                yield from _lines(cell)
