"""Somebody writes what a sheet would compute, a page would run or a template would fill in, and it is opened."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from sandbox.phone import Phone
from sandbox.world import World
from tests.reports.docx_text import words

FORMULA = "=HYPERLINK(A1;B1)"
ACTS = f"{FORMULA} <script>alert(1)</script> {{{{ 7*7 }}}} {{% if x %}} ${{7*7}}"
NAME = '=cmd"><img src=x onerror=alert(1)>..\\..\\a.pdf'


def parts(package: bytes) -> dict[str, bytes]:
    """The members of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {each: opened.read(each) for each in opened.namelist()}


def sheets(book: bytes) -> list[tuple[object, str]]:
    """Every cell of a workbook that holds something, with the type it has."""
    opened = load_workbook(io.BytesIO(book))
    return [(cell.value, cell.data_type) for sheet in opened for row in sheet.iter_rows() for cell in row if cell.value]


@pytest.fixture
def boss(world: World) -> Phone:
    """An admin, after an officer wrote and sent what acts."""
    admin, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.sends_file(NAME, b"%PDF-1.4 x", f"/done 2h {ACTS}").expects("Đã giữ tin", FORMULA)
    lan.taps("Đã xong").expects("Đã ghi nhận 2h")
    lan.says(f"/vuongmac 2c {ACTS}").expects("vướng mắc")
    world.at(2020, 3, 16, 9, 0)
    return admin.forgets()


def test_no_paper_of_the_office_runs_it(boss: Phone) -> None:
    boss.says("/baocao quý 1").expects("dự thảo")
    word = boss.gets_file("bao-cao-2020-Q1-du-thao.docx", "bản Word")
    book = boss.gets_file("bao-cao-2020-Q1-du-thao.xlsx", "bảng tính")
    assert "{{ 7*7 }}" in words(word), "it stands there as it was written"
    assert not [each for each in parts(word) if "vba" in each.lower()]
    cells = sheets(book)
    assert any(str(value).startswith(FORMULA) for value, _ in cells)
    assert "f" not in {kind for _, kind in cells}, "nothing is computed"

    boss.forgets().says("/hoso 2h")
    name = next(each["document"]["file_name"] for each in boss.unread if "document" in each)
    package = parts(boss.gets_file(name))
    page = package["muc-luc.html"].decode()
    assert "<script" not in page
    assert "<img" not in page
    assert FORMULA in page
    assert not [each for each in package if ".." in each or "\\" in each or '"' in each or each.startswith("/")]
    assert "f" not in {kind for _, kind in sheets(package["muc-luc.xlsx"])}

    boss.forgets().says("/doichieu 2h sondung")
    proof = next(each for each in boss.unread if "document" in each)
    assert proof["document"]["file_name"].endswith((".docx", ".zip"))
