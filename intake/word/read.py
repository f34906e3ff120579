"""Reads a Word file: paragraphs with their numbers, tables with merged cells once, and what hangs beside."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from intake.draft import Place
from intake.errors import RefusedError
from intake.letters import tidy
from intake.source import Cell, Line, Row, Source, Table
from intake.word import names as w
from intake.word.numbering import Numbering
from intake.word.paragraphs import is_joined_on, said, tag_is

MOST_PARAGRAPHS = 20_000
DEEPEST = 12


def read(data: bytes) -> Source:
    """The lines and tables of a .docx; raises RefusedError for a broken one."""
    try:
        document = Document(BytesIO(data))
        body = document.element.body
        reader = _Reader(document.part)
        items = list(reader.items(body, depth=0))
        return Source(tuple(items), tuple(reader.aside()))
    except RefusedError:
        raise
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, TypeError, LookupError, OSError) as error:
        raise RefusedError("broken") from error
    except Exception as error:
        # lxml and zlib raise classes of their own for bytes that are no XML and no zip.
        raise RefusedError("broken") from error


class _Reader:
    """Walks the body and counts paragraphs and tables, by which a place is named."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._numbering = Numbering(_related(part, "numbering"), _related(part, "styles"))
        self._paragraphs = self._tables = 0
        self._boxes: list[Line] = []
        self._joined: str = ""

    def items(self, element: Any, depth: int) -> Iterator[Line | Table]:
        """The lines and tables of a body or of what a control wraps."""
        if depth > DEEPEST:
            raise RefusedError("broken")
        for child in element:
            if child.tag == w.P:
                yield from self._lines(child)
            elif child.tag == w.TABLE:
                yield self._table(child, depth)
            elif tag_is(child, "sdt") or child.tag in (w.CONTENT, w.INSERTED) or tag_is(child, "customXml"):
                yield from self.items(child, depth + 1)

    def _lines(self, paragraph: Any) -> Iterator[Line]:
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            raise RefusedError("too_long", most=MOST_PARAGRAPHS)
        raw, marks, boxes = self._said(paragraph)
        place = Place(line=self._paragraphs)
        for number, text in enumerate(raw.split("\n")):
            words = tidy(text)
            if words:
                yield Line(words, place, "" if words == text else text, marks, broken=number > 0)
        for box in boxes:
            self._boxes += self._box(box)

    def _said(self, paragraph: Any) -> tuple[str, frozenset[Any], list[Any]]:
        found = said(paragraph)
        text = found.text
        if text.strip() and not self._joined:
            number = self._numbering.before(paragraph)
            text = f"{number} {text}" if number else text
        text, self._joined = self._joined + text, ""
        if is_joined_on(paragraph):
            # Its end was taken away by a tracked change: the next paragraph goes on in this line.
            self._joined, text = text, ""
        return text, frozenset(found.marks), found.boxes

    def _box(self, box: Any) -> Iterator[Line]:
        """The lines of a text box, or of letters that are drawn."""
        if box.tag == w.TEXT_PATH:
            words = tidy(box.get("string", ""))
            if words:
                yield Line(words, Place(line=self._paragraphs, where="box"))
            return
        for paragraph in box.iter(w.P):
            text, marks, _ = self._said(paragraph)
            for each in text.split("\n"):
                if words := tidy(each):
                    yield Line(words, Place(line=self._paragraphs, where="box"), marks=marks)

    def _table(self, table: Any, depth: int) -> Table:
        self._tables += 1
        number = self._tables
        rows: list[Row] = []
        above: dict[int, Cell] = {}
        for at, row in enumerate(_rows(table), 1):
            place = Place(table=number, row=at)
            cells = self._cells(row, above, depth)
            above = dict(enumerate(cells))
            rows.append(Row(tuple(cells), place, _row_marks(row)))
        width = max((len(row.cells) for row in rows), default=0)
        filled = [Row((*row.cells, *[Cell("")] * (width - len(row.cells))), row.place, row.marks) for row in rows]
        return Table(tuple(filled), Place(table=number))

    def _cells(self, row: Any, above: dict[int, Cell], depth: int) -> list[Cell]:
        cells: list[Cell] = [Cell("")] * _skipped(row, "gridBefore")
        for cell in _inside(row, w.CELL):
            span = min(_span(cell), 100)
            merge = cell.find(f"{w.W}tcPr/{w.W}vMerge")
            goes_on = merge is not None and merge.get(w.VALUE, "continue") == "continue"
            if goes_on and (upper := above.get(len(cells))) is not None:
                first = Cell(upper.text, down=True)
                self._text(cell, depth)
            else:
                first = self._text(cell, depth)
            cells.append(first)
            cells += [Cell(first.text, down=first.down, across=True)] * (span - 1)
        return cells

    def _text(self, cell: Any, depth: int) -> Cell:
        """A cell's lines; those of a table inside it stand among them, cell by cell."""
        if depth > DEEPEST:
            raise RefusedError("broken")
        lines: list[str] = []
        marks: set[Any] = set()
        for item in self._in_cell(cell, depth):
            if isinstance(item, Line):
                lines.append(item.text)
                marks |= item.marks
            else:
                lines += [each.text for row in item.rows for each in row.cells if each.first and each.text]
        return Cell("\n".join(lines), marks=frozenset(marks))

    def _in_cell(self, cell: Any, depth: int) -> Iterator[Line | Table]:
        counted = self._paragraphs
        yield from self.items(cell, depth + 1)
        # A place in the body counts the paragraphs outside of tables.
        self._paragraphs = counted

    def aside(self) -> Iterator[Line]:
        """Boxes, headers, footers, notes, comments: a stamp may stand there, and an abbreviation be explained."""
        yield from self._boxes
        seen: set[int] = set()
        for relation in self._part.rels.values():
            if relation.is_external:
                continue
            kind = relation.reltype.rsplit("/", 1)[-1]
            where = "header" if kind in ("header", "footer") else "note"
            if kind not in ("header", "footer", "footnotes", "endnotes", "comments"):
                continue
            root = _root(relation.target_part)
            if root is None or id(root) in seen:
                continue
            seen.add(id(root))
            yield from self._aside_lines(root, where)

    def _aside_lines(self, root: Any, where: Any) -> Iterator[Line]:
        for element in root.iter(w.P, w.TEXT_PATH):
            raw = element.get("string", "") if element.tag == w.TEXT_PATH else said(element).text
            for text in raw.split("\n"):
                if words := tidy(text):
                    yield Line(words, Place(where=where))


def _related(part: Any, kind: str) -> Any | None:
    """The root of a related part, None where there is none."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            return _root(relation.target_part)
    return None


def _root(part: Any) -> Any | None:
    """A part as a tree; python-docx parses some parts and leaves others as bytes."""
    element = getattr(part, "element", None)
    if element is not None:
        return element
    from docx.oxml.parser import parse_xml

    return parse_xml(part.blob) if part.blob else None


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """The children of a kind, also those that a control or a change wraps."""
    for child in element:
        if child.tag == tag:
            yield child
        elif tag_is(child, "sdt") or child.tag == w.CONTENT or tag_is(child, "customXml"):
            yield from _inside(child, tag)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table; one that a tracked change took away is none."""
    for row in _inside(table, w.ROW):
        if row.find(f"{w.W}trPr/{w.DELETED}") is None:
            yield row


def _row_marks(row: Any) -> frozenset[Any]:
    marks = set()
    if row.find(f"{w.W}trPr/{w.INSERTED}") is not None:
        marks.add("changed")
    return frozenset(marks)


def _span(cell: Any) -> int:
    span = cell.find(f"{w.W}tcPr/{w.W}gridSpan")
    text = span.get(w.VALUE, "1") if span is not None else "1"
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 4 and int(text) > 0 else 1


def _skipped(row: Any, name: str) -> int:
    skipped = row.find(f"{w.W}trPr/{w.W}{name}")
    text = skipped.get(w.VALUE, "0") if skipped is not None else "0"
    return min(int(text), 100) if text.isascii() and text.isdigit() and len(text) < 4 else 0
