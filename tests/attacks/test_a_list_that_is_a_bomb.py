"""A list of people that is made to fill the memory, or to make its author an admin."""

import resource
import zipfile
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.office_settings import office_of
from app.settings import Settings
from intake.excel import people_list
from intake.excel.people_list import Invited, PeopleFileError, Why
from plan.people import Role
from reports.figures.scope import find_agency
from words.office import Office

MB = 1024 * 1024


@pytest.fixture(scope="module")
def office() -> Office:
    """The office of the plan of 2020."""
    return office_of(Settings(_env_file=None))


def read(path: Path, office: Office, *, with_admins: bool = False) -> list[Invited]:
    """The list as the command line and the screen read it."""
    return people_list.read(path.name, path.read_bytes(), partial(find_agency, office), with_admins=with_admins)


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
        read(path, office)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 100 * MB


def test_a_cell_far_to_the_right_is_not_read(tmp_path: Path, office: Office) -> None:
    found = read(sheet(tmp_path, ("sondung", "Lan", ""), far="XFD3"), office)
    assert [each.name for each in found] == ["Lan"]


def test_what_unfolds_to_hundreds_of_megabytes_is_refused_before_it_does(tmp_path: Path, office: Office) -> None:
    path = repacked(sheet(tmp_path, ("sondung", "Lan", "")), "xl/media/image1.bin", bytes(300 * MB))
    assert path.stat().st_size < MB
    with pytest.raises(PeopleFileError, match="unfolds to 300 MB"):
        read(path, office)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_with_entities_of_its_own_is_refused(tmp_path: Path, office: Office, encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><sst>&d;</sst>'
    path = repacked(sheet(tmp_path, ("sondung", "Lan", "")), "xl/sharedStrings.xml", text.encode(encoding))
    with pytest.raises(PeopleFileError, match="document type"):
        read(path, office)


@pytest.mark.parametrize("role", ["admin", "tổng hợp", "Lãnh đạo"])
def test_a_row_makes_nobody_an_admin_unless_that_is_said(tmp_path: Path, office: Office, role: str) -> None:
    path = sheet(tmp_path, ("noivu", "Hoa", role))
    with pytest.raises(PeopleFileError, match=r"row 2: .* --with-admins"):
        read(path, office)
    assert {each.role for each in read(path, office, with_admins=True)} <= {Role.ADMIN, Role.LEADER}


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xlsx", b"PK", Why.NO_WORKBOOK),
        ("a.csv", b"\xff\xfe", Why.NO_TEXT),
        ("a.csv", b'agency,name\n"' + b"x" * 140_000, Why.NO_TEXT),
        ("a.pdf", b"", Why.KIND),
        ("a.csv", b"", Why.NO_HEADER),
        ("a.csv", b"agency,name\n", Why.NOBODY),
        ("a.csv", b"\n" * 5_000_001, Why.LARGE),
    ],
)
def test_what_is_no_list_says_why(office: Office, name: str, data: bytes, why: Why) -> None:
    with pytest.raises(PeopleFileError) as found:
        people_list.read(name, data, partial(find_agency, office))
    assert [each.why for each in found.value.faults] == [why]


def test_what_was_read_is_read_again_as_it_is_written(office: Office) -> None:
    text = 'Đơn vị;Họ tên\nsondung;"Lan, ""út"""\nsonlong;\'=1+1 Mai'
    found = people_list.read("a.csv", text.encode(), partial(find_agency, office))
    again = people_list.read("a.csv", people_list.written(found).encode(), partial(find_agency, office))
    assert again == found
