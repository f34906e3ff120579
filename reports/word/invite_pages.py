"""A page for each agency to print and hand out: whom it invites, the link, its QR code, and what to do."""

import io
from collections.abc import Mapping, Sequence

import segno
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from progress.inviting import Link, Way
from words.message import plain
from words.office import Office

FONT, SIZE = "Times New Roman", 13
QR_SIDE, QR_CELL, TEXT_CELL = Mm(36), Mm(42), Mm(123)


def made(office: Office, links: Mapping[str, Sequence[Link]], way: Way) -> bytes:
    """The pages as .docx, agencies in the order of the plan."""
    document = _empty()
    for place, agency_id in enumerate(office.in_order(links)):
        _page(document, office, agency_id, links[agency_id], way, on_a_new_page=bool(place))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _empty() -> DocumentType:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    return document


def _page(
    document: DocumentType, office: Office, agency_id: str, links: Sequence[Link], way: Way, *, on_a_new_page: bool
) -> None:
    text = office.text
    heading, *steps = _typed_steps(office, way, qr=bool(links[0].url)) if way.is_typed else _steps(office, way)
    title = _line(document, plain(heading), size=15, bold=True, centred=True)
    title.paragraph_format.page_break_before = on_a_new_page
    _line(document, office.agency_name(agency_id), size=14, bold=True, centred=True)
    for step in steps:
        _line(document, plain(step))
    _line(document, plain(text("import.help", compiler=office.compiler_name)), italic=True)
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    # One program reads the width of a column, another that of each cell.
    for column, width in zip(table.columns, (QR_CELL, TEXT_CELL), strict=True):
        column.width = width
    for link in links:
        row = table.add_row()
        row.cells[0].width, row.cells[1].width = QR_CELL, TEXT_CELL
        # A person's code and name stay on one page.
        row._tr.get_or_add_trPr().append(row._tr.makeelement(qn("w:cantSplit"), {}))
        if link.url:
            row.cells[0].paragraphs[0].add_run().add_picture(_qr(link.url), width=QR_SIDE)
        _words(row.cells[1], office, link, large=way.is_typed)


def _steps(office: Office, way: Way) -> tuple[str, ...]:
    """The page's heading, and what to do one after the other, where an invite is a link."""
    text = office.text
    return (
        text("import.title"),
        text("import.first"),
        text("import.second", bot=f"@{way.bot}"),
        text("import.third"),
    )


def _typed_steps(office: Office, way: Way, *, qr: bool) -> tuple[str, ...]:
    """The same where it is typed."""
    text = office.text
    return (
        text("import_typed_invite.title"),
        text("import_typed_invite.first", bot=way.bot, channel=way.name, qr=qr, by_letter=way.by_letter),
        text("import_typed_invite.second", by_letter=way.by_letter),
        text("import_typed_invite.third", by_letter=way.by_letter),
    )


def _words(cell: _Cell, office: Office, link: Link, *, large: bool) -> None:
    named = plain(office.text("import.person", name=link.name, role=office.text(f"role.{link.role}")))
    first = cell.paragraphs[0]
    first.add_run(named).bold = True
    printed = cell.add_paragraph().add_run(link.printed)
    printed.font.size = Pt(20 if large else 10)
    cell.add_paragraph().add_run(plain(office.text("import.until", until=link.until))).italic = True


def _line(
    document: DocumentType,
    text: str,
    *,
    size: int = SIZE,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
) -> Paragraph:
    paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _qr(url: str) -> io.BytesIO:
    held = io.BytesIO()
    segno.make(url, error="m").save(held, kind="png", scale=8, border=4)
    held.seek(0)
    return held
