"""The same contents give the same file, whenever and wherever it is written."""

import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from openpyxl import Workbook, load_workbook

from files.package import fixed

MADE = datetime(2020, 3, 16, 1, 0, tzinfo=UTC)


def written(*, when: tuple[int, int, int, int, int, int], created: str, system: int = 3) -> bytes:
    """A package whose only differences are those of its writing."""
    out = io.BytesIO()
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d" xmlns:xsi="x"><dc:title>Báo cáo</dc:title>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{created}</dcterms:modified></cp:coreProperties>'
    )
    with zipfile.ZipFile(out, "w") as package:
        for name, text in (
            ("[Content_Types].xml", "<Types/>"),
            ("docProps/core.xml", core),
            ("word/document.xml", "…"),
        ):
            info = zipfile.ZipInfo(name, when)
            info.create_system = system
            package.writestr(info, text)
    return out.getvalue()


def test_what_only_the_writing_made_different_is_the_same() -> None:
    one = written(when=(2020, 3, 16, 8, 0, 0), created="2020-03-16T01:00:00Z")
    other = written(when=(2021, 1, 2, 9, 30, 0), created="2021-01-02T02:30:00Z", system=0)
    assert one != other
    assert fixed(one) == fixed(other)
    assert fixed(fixed(one)) == fixed(one)
    with zipfile.ZipFile(io.BytesIO(fixed(one))) as package:
        assert package.namelist() == ["[Content_Types].xml", "docProps/core.xml", "word/document.xml"]
        assert b"2020" not in package.read("docProps/core.xml")
        assert package.read("word/document.xml").decode() == "…"


def test_its_properties_say_the_moment_that_is_given() -> None:
    document, held = Document(), io.BytesIO()
    document.add_paragraph("Kết quả")
    document.save(held)
    read = Document(io.BytesIO(fixed(held.getvalue(), MADE)))
    assert read.core_properties.created == MADE == read.core_properties.modified
    assert [each.text for each in read.paragraphs] == ["Kết quả"]


def test_a_workbook_stays_one() -> None:
    book, held = Workbook(), io.BytesIO()
    book.active.append(["Nhiệm vụ"])
    book.save(held)
    read = load_workbook(io.BytesIO(fixed(held.getvalue(), MADE)))
    assert read.active["A1"].value == "Nhiệm vụ"
    assert read.properties.created == MADE.replace(tzinfo=None)
