"""Word templates: values come out as they are, faults have their place, the same words give the same bytes."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from PIL import Image

from files.package import fixed
from plan.errors import TemplateError
from plan.model import Value
from reports.word.templates import Picture, check, render
from tests.reports.docx_text import opened, words


class Body(Value):
    name: str
    notes: tuple[str, ...] = ()


class Words(Value):
    name: str
    late: bool = False
    bodies: tuple[Body, ...] = ()
    before: Body | None = None


def template(path: Path, *paragraphs: str) -> Path:
    """A template with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path / "own.docx"))
    return path / "own.docx"


@pytest.mark.parametrize(
    "hostile",
    [
        "A & B <x>",
        "{{ name }} {% if %} {# #}",
        "</w:t></w:r></w:p>",
        "&lt;b&gt; &amp;amp;",
        "=1+1",
        "quotes \" and '",
        "Ủy ban – «R&D»",
    ],
)
def test_a_value_is_shown_as_it_is_whatever_it_holds(tmp_path: Path, hostile: str) -> None:
    made = render(template(tmp_path, "Kính gửi {{ name }}."), Words(name=hostile))
    assert opened(made).paragraphs[0].text == f"Kính gửi {hostile}."


def test_what_xml_forbids_is_left_out(tmp_path: Path) -> None:
    made = render(template(tmp_path, "{{ name }}"), Words(name="a\x00b\x0bc\x1fd\ufffe"))
    assert words(made) == "abcd"


def test_a_line_break_is_one_line_under_the_other(tmp_path: Path) -> None:
    made = render(template(tmp_path, "{{ name }}"), Words(name="ỦY BAN NHÂN DÂN\nXÃ SƠN DUNG"))
    assert words(made) == "ỦY BAN NHÂN DÂN\nXÃ SƠN DUNG"


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ name }}")
    assert render(path, Words(name="A")) == render(path, Words(name="A"))
    assert render(path, Words(name="A")) != render(path, Words(name="B"))


def test_a_package_forgets_when_it_was_written() -> None:
    def package(year: int) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as made:
            made.writestr(zipfile.ZipInfo("a.xml", (year, 1, 1, 0, 0, 0)), "x" * 1000)
            made.writestr(zipfile.ZipInfo("b.xml", (year, 1, 1, 0, 0, 0)), "y")
        return held.getvalue()

    assert package(2020) != package(2021)
    assert fixed(package(2020)) == fixed(package(2021))
    with zipfile.ZipFile(io.BytesIO(fixed(package(2020)))) as made:
        assert made.namelist() == ["a.xml", "b.xml"]
        assert made.read("a.xml") == b"x" * 1000


def test_a_name_typed_in_several_pieces_is_one_name(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for piece, bold in (("{", False), ("{ na", True), ("me }", False), ("}", True)):
        paragraph.add_run(piece).bold = bold
    document.save(str(tmp_path / "own.docx"))
    assert words(render(tmp_path / "own.docx", Words(name="A"))) == "A"


def test_quotes_that_word_makes_round_are_taken_back(tmp_path: Path) -> None:
    assert words(render(template(tmp_path, "{{ “x” if late else ‘y’ }}"), Words(name="A"))) == "y"


def test_a_right_template_has_no_fault(tmp_path: Path) -> None:
    path = template(
        tmp_path,
        "{{ name }}{% if late %} muộn{% endif %}",
        "{%p if before %}",
        "{{ before.name }}",
        "{%p endif %}",
        "{%p for body in bodies if body.notes %}",
        "{{ loop.index }}. {{ body.name }}: {% for x in body.notes %}{{ x }}{{ ', ' if not loop.last }}{% endfor %}",
        "{%p endfor %}",
    )
    assert check(path, Words) == []
    made = words(render(path, Words(name="A", bodies=(Body(name="B", notes=("x", "y")), Body(name="C")))))
    assert made == "A\n1. B: x, y"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ông {{ nmae }}", "the name «nmae» is not known in «{{ nmae }}». Write one of: before, bodies, late, name."),
        ("{{ before.nam }}", "the name «before.nam» is not known in «{{ before.nam }}». Write one of: name, notes."),
        (
            "{{ name.first }}",
            "the name «name.first» is not known in «{{ name.first }}». Nothing stands behind a dot here",
        ),
        ("{% for b in bodies %}{{ b.nam }}{% endfor %}", "the name «b.nam» is not known"),
        ("{% if lat %}x{% endif %}", "the name «lat» is not known in «{% if lat %}»"),
        ("{{ name | nosuch }}", "a tag cannot be read (No filter named 'nosuch'.)"),
        ("{{ name + }}", "a tag cannot be read"),
        ("{% fi late %}", "a tag cannot be read"),
        ("{{ name", "a «{{» without its other half"),
        ("name }}", "a «}}» without its other half"),
        ("{% if late %} x", "an «if» or «for» does not end in the paragraph in which it begins"),
        ("{%p if late %} và chữ này", "other words beside it would be lost"),
        ("{%tr for b in bodies %}", "outside of a table"),
    ],
)
def test_a_fault_has_its_name_its_place_and_the_words_around_it(tmp_path: Path, text: str, what: str) -> None:
    faults = check(template(tmp_path, "Trước", text), Words)
    assert len(faults) == 1
    assert what in str(faults[0])
    assert str(faults[0]).startswith(f"own.docx, paragraph 2, at «{text}»: ")
    with pytest.raises(TemplateError, match=r"own\.docx, paragraph 2"):
        render(tmp_path / "own.docx", Words(name="A"))


def test_a_block_of_paragraphs_that_does_not_end_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check(template(tmp_path, "{%p if late %}", "x"), Words)
    assert "a tag cannot be read" in str(fault)


def test_the_place_of_a_fault_is_found_in_tables_and_headers(tmp_path: Path) -> None:
    document = Document()
    cell = document.add_table(rows=2, cols=3).cell(1, 2)
    cell.text = "trước"
    cell.add_paragraph("{{ nobody }}")
    document.sections[0].header.paragraphs[0].text = "{{ nothing }}"
    document.save(str(tmp_path / "own.docx"))
    assert [fault.place for fault in check(tmp_path / "own.docx", Words)] == [
        "own.docx, table 1, row 2, cell 3, paragraph 2, at «{{ nobody }}»",
        "own.docx, header of section 1, paragraph 1, at «{{ nothing }}»",
    ]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    assert len(check(template(tmp_path, "{{ one }} {{ two }}", "{{ three }}"), Words)) == 3


def test_a_file_that_is_no_template_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(b"PK\x03\x04 not a document")
    assert "this is no Word document" in str(check(tmp_path / "own.docx", Words)[0])
    assert "TEMPLATES_DIR" in str(check(tmp_path / "gone.docx", Words)[0])


def test_a_template_reaches_nothing_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(TemplateError):
        render(template(tmp_path, "{{ ''.__class__.__mro__ }}"), Words(name="A"))


class Page(Value):
    image: Picture


@pytest.mark.parametrize(("pixels", "size"), [((400, 100), (100, 25)), ((100, 400), (20, 80))])
def test_a_picture_is_fitted_into_its_room(tmp_path: Path, pixels: tuple[int, int], size: tuple[int, int]) -> None:
    held = io.BytesIO()
    Image.new("RGB", pixels).save(held, "PNG")
    page = Page(image=Picture(data=held.getvalue(), width=100, height=80))
    document: DocumentType = opened(render(template(tmp_path, "{{ image }}"), page))
    (shape,) = document.inline_shapes
    assert (round(shape.width.mm), round(shape.height.mm)) == size
