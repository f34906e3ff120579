"""A list of people that is made to fill the memory, or to make its author an admin."""

import resource
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from app import people_file
from app.people_file import PeopleFileError
from app.settings import Settings
from app.wiring import office_of
from plan.people import Role
from words.office import Office

MB = 1024 * 1024


@pytest.fixture(scope="module")
def office() -> Office:
    """The office of the plan of 2020."""
    return office_of(Settings(_env_file=None))


def sheet(folder: Path, *rows: tuple[str, str, str], far: str = "") -> Path:
    """A list with one more cell where `far` says."""
    book = Workbook()
    page = book.worksheets[0]
    for row in (("agency", "name", "role"), *rows):
        page.append(row)
    if far:
        page[far] = "x"
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def repacked(path: Path, member: str, content: bytes) -> Path:
    """The same file with one part replaced."""
    with zipfile.ZipFile(path) as former:
        parts = {each: former.read(each) for each in former.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | {member: content}).items():
            archive.writestr(name, data)
    return path


def test_one_cell_a_million_rows_below_costs_no_memory(tmp_path: Path, office: Office) -> None:
    path = sheet(tmp_path, ("sondung", "Lan", ""), far="XFD1048576")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(PeopleFileError, match="more than 5000 rows"):
        people_file.read(path, office)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 100 * MB


def test_a_cell_far_to_the_right_is_not_read(tmp_path: Path, office: Office) -> None:
    found = people_file.read(sheet(tmp_path, ("sondung", "Lan", ""), far="XFD3"), office)
    assert [each.name for each in found] == ["Lan"]


def test_what_unfolds_to_hundreds_of_megabytes_is_refused_before_it_does(tmp_path: Path, office: Office) -> None:
    path = repacked(sheet(tmp_path, ("sondung", "Lan", "")), "xl/media/image1.bin", bytes(300 * MB))
    assert path.stat().st_size < MB
    with pytest.raises(PeopleFileError, match="unfolds to 300 MB"):
        people_file.read(path, office)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_with_entities_of_its_own_is_refused(tmp_path: Path, office: Office, encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><sst>&d;</sst>'
    path = repacked(sheet(tmp_path, ("sondung", "Lan", "")), "xl/sharedStrings.xml", text.encode(encoding))
    with pytest.raises(PeopleFileError, match="document type"):
        people_file.read(path, office)


@pytest.mark.parametrize("role", ["admin", "tổng hợp", "Lãnh đạo"])
def test_a_row_makes_nobody_an_admin_unless_that_is_said(tmp_path: Path, office: Office, role: str) -> None:
    path = sheet(tmp_path, ("noivu", "Hoa", role))
    with pytest.raises(PeopleFileError, match=r"row 2: .* --with-admins"):
        people_file.read(path, office)
    assert {each.role for each in people_file.read(path, office, with_admins=True)} <= {Role.ADMIN, Role.LEADER}
