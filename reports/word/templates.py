"""Fills the Word files of data/templates: what an office changes in Word, the program only fills in.

A template is refused before anything is made of it, with the name and the place of every placeholder that is wrong.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from files.package import fixed
from plan.errors import Fault, TemplateError
from plan.model import Value
from reports.word import columns
from reports.word.placeholders import wrong
from words.names import clean
from words.render import clip

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.section import _Footer, _Header
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docxtpl import DocxTemplate, InlineImage

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
HALF = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
# docxtpl: {%p …%} stands for its whole paragraph, {%tr …%} for its row, {%tc …%} for its cell, {%r …%} for its run.
WIDE = re.compile(r"(\{[{%#])(p|tr|tc|r) ")
OPENS, CLOSES = re.compile(r"\{%-?\s*(?:if|for)\b"), re.compile(r"\{%-?\s*end(?:if|for)\b")
# What Word makes of straight quotes while somebody types, and docxtpl takes back.
QUOTES = str.maketrans("“”‘’", "\"\"''")
AROUND = 60


class Picture(Value):
    """A picture (PNG or JPEG) that a placeholder stands for; it is fitted into `width` and `height`, in millimetres."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True)
class _Place:
    """A paragraph of a template, and where a person finds it."""

    name: str
    paragraph: Paragraph


def render(template: Path, context: Value) -> bytes:
    """The filled template as .docx, the same to the byte for the same template and context.

    Values stand in it as they are, whatever they hold. Raises TemplateError where the template is not what
    `check` wants.
    """
    # Loaded where used, here and below: python-docx and lxml are 10 MB.
    from docxtpl import DocxTemplate

    if faults := check(template, type(context)):
        raise TemplateError(faults)
    document = DocxTemplate(io.BytesIO(template.read_bytes()))
    environment = _environment(document)
    try:
        document.render({name: getattr(context, name) for name in type(context).model_fields}, environment)
    except (JinjaError, TypeError, ValueError) as error:
        what, do = f"a placeholder cannot be filled in ({error})", "Compare the placeholders with docs/templates.md."
        raise TemplateError([Fault(template.name, what, do)]) from error
    for table in document.docx.tables:
        columns.fit(table)
    held = io.BytesIO()
    document.save(held)
    return fixed(held.getvalue())


def check(template: Path, given: type[Value]) -> Sequence[Fault]:
    """What is wrong with a template that is filled from `given`, each with its file, place and the words around it."""
    try:
        data = template.read_bytes()
    except OSError as error:
        what = f"the template cannot be read ({error.strerror})"
        return [Fault(str(template), what, "Put the file there, or set TEMPLATES_DIR to the folder that has it.")]
    return list(_faults(template, data, given))


# What has not changed since it was looked at is not looked at again for each document that is made of it.
@lru_cache(16)
def _faults(template: Path, data: bytes, given: type[Value]) -> tuple[Fault, ...]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(io.BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        return (Fault(template.name, "this is no Word document", "Save it as .docx in Word or LibreOffice."),)
    places = list(_places(document))
    alone = tuple(fault for place in places for fault in _alone(template, place))
    return alone or tuple(_together(template, places, given))


def _alone(template: Path, place: _Place) -> Iterator[Fault]:
    """What is wrong with a paragraph by itself."""
    text = place.paragraph.text
    tags = TAG.findall(text)
    rest = TAG.sub("", text)
    if half := HALF.search(rest):
        what = f"a «{half[0]}» without its other half"
        yield _fault(template, place, what, "Write the whole tag in one paragraph, or take the brackets out.")
    if any(tag.startswith(("{%p ", "{{p ")) for tag in tags) and (rest.strip() or len(tags) > 1):
        what = "a {%p …%} stands for its whole paragraph, and other words beside it would be lost"
        yield _fault(template, place, what, "Give the tag a paragraph of its own.")
    if any(tag.startswith(("{%tr ", "{{tr ", "{%tc ")) for tag in tags) and "cell" not in place.name:
        yield _fault(
            template, place, "a {%tr …%} or {%tc …%} outside of a table", "Put it into a row, or write {%p …%}."
        )
    inside = [tag for tag in tags if not WIDE.match(tag)]
    if sum(bool(OPENS.match(tag)) for tag in inside) != sum(bool(CLOSES.match(tag)) for tag in inside):
        what = "an «if» or «for» does not end in the paragraph in which it begins"
        yield _fault(template, place, what, "End it there, or write {%p …%} or {%tr …%} for whole paragraphs or rows.")


def _together(template: Path, places: Sequence[_Place], given: type[Value]) -> Iterator[Fault]:
    """What is wrong with the tags as one text, in which each has a line of its own: the line tells its place."""
    lines = [
        (tag.replace("\n", " ").translate(QUOTES), place)
        for place in places
        for tag in TAG.findall(place.paragraph.text)
    ]
    source = "\n".join(WIDE.sub(r"\1 ", tag) for tag, _ in lines)
    for each in wrong(source, given, _environment(None)):
        tag, place = lines[min(each.line, len(lines)) - 1]
        yield _fault(template, place, f"{each.what} in «{tag}»", each.do)


def _fault(template: Path, place: _Place, what: str, do: str) -> Fault:
    return Fault(f"{template.name}, {place.name}, at «{clip(place.paragraph.text, AROUND)}»", what, do)


def _places(document: DocumentType) -> Iterator[_Place]:
    yield from _inside(document, "")
    for number, section in enumerate(document.sections, start=1):
        for name, part in (
            ("header", section.header), ("first page's header", section.first_page_header),
            ("footer", section.footer), ("first page's footer", section.first_page_footer),
        ):  # fmt: skip
            if not part.is_linked_to_previous:
                yield from _inside(part, f"{name} of section {number}, ")


def _inside(holder: DocumentType | _Header | _Footer | _Cell, where: str) -> Iterator[_Place]:
    from docx.table import Table

    paragraphs = tables = 0
    for each in holder.iter_inner_content():
        if isinstance(each, Table):
            tables += 1
            yield from _inside_table(each, f"{where}table {tables}")
        else:
            paragraphs += 1
            yield _Place(f"{where}paragraph {paragraphs}", each)


def _inside_table(table: Table, where: str) -> Iterator[_Place]:
    for number, row in enumerate(table.rows, start=1):
        # A merged cell comes once for every column that it covers.
        cells = {id(cell._tc): cell for cell in row.cells}
        for column, cell in enumerate(cells.values(), start=1):
            yield from _inside(cell, f"{where}, row {number}, cell {column}, ")


def _environment(document: DocxTemplate | None) -> ImmutableSandboxedEnvironment:
    """How tags are read: values are escaped, a missing one is an error, and a template calls nothing of the program."""

    def shown(value: Any) -> Any:
        if isinstance(value, str):
            # What XML forbids would make Word refuse the whole file.
            return clean(value)
        return _inline(document, value) if isinstance(value, Picture) and document is not None else value

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=shown)


def _inline(document: DocxTemplate, picture: Picture) -> InlineImage:
    from docx.image.image import Image
    from docx.shared import Mm
    from docxtpl import InlineImage

    size = Image.from_blob(picture.data)
    by_height = picture.height * size.px_width > 0 and size.px_height * picture.width > picture.height * size.px_width
    held = io.BytesIO(picture.data)
    if by_height:
        return InlineImage(document, held, height=Mm(picture.height))
    return InlineImage(document, held, width=Mm(picture.width))
