"""Makes Word files with what Word itself writes: automatic numbers, tracked changes, text boxes, notes, merges."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NS = nsdecls("w")
# Lists by name: the text of each level and its form.
LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "plan": (("%1.", "upperRoman"), ("%2.", "decimal"), ("%3)", "lowerLetter"), ("-", "bullet")),
    "codes": (("%1.", "upperRoman"), ("%1.%2.", "decimal"), ("%1.%2.%3.", "decimal")),
    "rows": (("%1", "decimal"),),
}


class WordFile:
    """A Word file while it is made."""

    def __init__(self) -> None:
        self.document = Document()
        self._numbering = self.document.part.numbering_part.element
        self._lists: dict[str, int] = {}

    def list_of(self, name: str, start: int | None = None, level: int = 0) -> int:
        """The number of a list, begun anew with `start` where it is given."""
        if name not in self._lists:
            self._lists[name] = 900 + len(self._lists)
            levels = "".join(
                f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
                for at, (text, form) in enumerate(LISTS[name])
            )
            abstract = f'<w:abstractNum {NS} w:abstractNumId="{self._lists[name]}">{levels}</w:abstractNum>'
            self._numbering.insert(0, parse_xml(abstract))
        own = 1000 + len(self._numbering)
        override = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
        )
        number = f'<w:num {NS} w:numId="{own}"><w:abstractNumId w:val="{self._lists[name]}"/>{override}</w:num>'
        self._numbering.append(parse_xml(number))
        return own

    def line(self, text: str, number: int | None = None, level: int = 0) -> Any:
        """A paragraph, numbered by a list where one is given."""
        paragraph = self.document.add_paragraph(text)
        if number is not None:
            paragraph._p.get_or_add_pPr().append(numbered(number, level))
        return paragraph

    def lines(self, text: str) -> None:
        for each in text.strip("\n").split("\n"):
            self.line(each)

    def raw(self, inside: str) -> None:
        """A paragraph of the given XML."""
        self.document.element.body.insert(-1, parse_xml(f"<w:p {NS}>{inside}</w:p>"))

    def table(self, rows: Sequence[Sequence[str]], merges: Iterable[tuple[int, int, int, int]] = ()) -> Any:
        """A table; each merge as (row, column) to (row, column), the words of its first cell kept."""
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    table.cell(at, column).text = text
        for top, left, last_row, last_column in merges:
            first, words = table.cell(top, left), table.cell(top, left).text
            first.merge(table.cell(last_row, last_column)).text = words
        # Word keeps a paragraph behind each table.
        self.document.add_paragraph()
        return table

    def note(self, text: str) -> None:
        """A footnote."""
        blob = (
            f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {NS}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r>'
            "</w:p></w:footnote></w:footnotes>"
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def bytes(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def numbered(number: int, level: int) -> Any:
    return parse_xml(f'<w:numPr {NS}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    gone = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="a" w:date="2026-01-01T00:00:00Z">{gone}</w:del>'


def box(text: str) -> str:
    """A text box as Word writes it: a drawing, and its repetition for old programs."""
    paragraph = f"<w:p>{run(text)}</w:p>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    return (
        f'<w:r><mc:AlternateContent {spaces}><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{paragraph}'
        f"</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{paragraph}"
        "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
