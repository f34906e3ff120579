"""A list of people from a spreadsheet: agency, name, role; read whole, with every fault and its row."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from files import unfold
from files.unfold import MB, BombError
from plan.errors import NhacViecError
from plan.people import Role
from reports.figures.scope import find_agency
from words.codes import fold
from words.names import of_person, one_line
from words.office import Office
from words.roles import role_of

HEADERS = {
    "agency": ("agency", "don vi", "co quan", "ten don vi", "co quan, don vi", "ma don vi"),
    "name": ("name", "ho ten", "ho va ten", "ten", "can bo", "ho ten can bo"),
    "role": ("role", "vai tro"),
}
# A title or two may stand above the header.
HEADER_WITHIN = 10
MOST_ROWS, MOST_COLUMNS, MOST_BYTES = 5000, 50, 5_000_000
MOST_UNFOLDED = 40 * MB
# Who sees or decides everything is never invited by one cell of a list that somebody else typed.
POWERFUL = frozenset({Role.ADMIN, Role.LEADER})


class PeopleFileError(NhacViecError):
    """The file cannot be read, or has faults; every one is in the message, with its row."""


@dataclass(frozen=True)
class Invited:
    """One person to be invited; `row` as the spreadsheet numbers it."""

    row: int
    agency_id: str
    name: str
    role: Role


def read(path: Path, office: Office, *, with_admins: bool = False) -> list[Invited]:
    """The people of a .xlsx or .csv file; raises PeopleFileError with all that is wrong.

    Rows that name an admin or a leader are faults unless `with_admins`.
    """
    rows = _rows(path)
    places, start = _header(path, rows)
    found, faults = [], []
    for number, row in enumerate(rows[start:], start + 1):
        cells = {name: one_line(row[place]) if place < len(row) else "" for name, place in places.items()}
        if not any(cells.values()):
            continue
        wrong = list(_faults(office, cells, with_admins=with_admins))
        faults += [f"row {number}: {fault}" for fault in wrong]
        agency_id = find_agency(office, cells["agency"])
        if not wrong and agency_id is not None:
            role = role_of(cells.get("role", "")) or Role.OFFICER
            found.append(Invited(number, agency_id, cells["name"], role))
    faults += _twice(found)
    if faults:
        raise PeopleFileError(f"{path.name} was not imported; nothing has changed:\n" + "\n".join(faults))
    if not found:
        raise PeopleFileError(f"{path.name} names nobody below its header")
    return found


def _faults(office: Office, cells: dict[str, str], *, with_admins: bool) -> Iterator[str]:
    if not cells["agency"]:
        yield "the agency is missing"
    elif find_agency(office, cells["agency"]) is None:
        yield f"no agency is called '{cells['agency']}' (`nhacviec plan show` lists them)"
    if not cells["name"]:
        yield "the name is missing"
    elif not of_person(cells["name"]):
        yield f"the name '{cells['name']}' has no letter in it"
    role = cells.get("role", "")
    if role and role_of(role) is None:
        yield f"'{role}' is no role: write officer, head, admin or leader (cán bộ, thủ trưởng, tổng hợp, lãnh đạo)"
    elif role_of(role) in POWERFUL and not with_admins:
        yield f"'{role}' sees or decides everything: if that is meant, import the list with --with-admins"


def _twice(found: Sequence[Invited]) -> list[str]:
    seen: dict[tuple[str, str, Role], int] = {}
    faults = []
    for each in found:
        first = seen.setdefault((each.agency_id, each.name, each.role), each.row)
        if first != each.row:
            faults.append(
                f"row {each.row}: the same person as in row {first}; if they are two, tell them apart by name"
            )
    return faults


def _header(path: Path, rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """Where each column stands, and the number of rows up to the header."""
    for number, row in enumerate(rows[:HEADER_WITHIN], 1):
        titles = [" ".join(fold(cell).split()) for cell in row]
        places = {
            name: place for name, known in HEADERS.items() for place, title in enumerate(titles) if title in known
        }
        if "agency" in places and "name" in places:
            return places, number
    raise PeopleFileError(
        f"{path.name} has no header: its columns are called agency, name, role (or đơn vị, họ tên, vai trò)"
    )


def _rows(path: Path) -> list[list[str]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PeopleFileError(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB: it is no list of people")
        rows = _workbook(path) if path.suffix.lower() == ".xlsx" else _text(path)
    except OSError as error:
        raise PeopleFileError(f"{path} cannot be read: {error.strerror}") from error
    if len(rows) > MOST_ROWS:
        raise PeopleFileError(f"{path.name} has more than {MOST_ROWS} rows: it is no list of people")
    return rows


def _workbook(path: Path) -> list[list[str]]:
    try:
        data = path.read_bytes()
        unfold.within(data, MOST_UNFOLDED)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    except BombError as error:
        raise PeopleFileError(f"{path.name} is no list of people: {error}") from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise PeopleFileError(f"{path.name} is no Excel workbook (.xlsx)") from error
    try:
        sheet = book.worksheets[0]
        # One cell far below or far to the right makes a sheet of a thousand million cells: only a corner is read.
        rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    finally:
        book.close()


def _text(path: Path) -> list[list[str]]:
    if path.suffix.lower() != ".csv":
        raise PeopleFileError(f"{path.name} is neither .xlsx nor .csv")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PeopleFileError(f"{path.name} is not in UTF-8: save it as «CSV UTF-8», or as .xlsx") from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))
