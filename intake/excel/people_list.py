"""A list of people from a spreadsheet: agency, name, role; read whole, with every fault and its row."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile

from files import unfold
from files.unfold import MB, BombError
from plan.errors import NhacViecError
from plan.people import Role
from words.codes import fold
from words.names import of_person, one_line
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
# What openpyxl raises, by the part of a workbook that is not as it should be.
NO_WORKBOOK = (BadZipFile, KeyError, ValueError, TypeError, IndexError, SyntaxError, EOFError)
Find = Callable[[str], str | None]
"""The id of the agency that a name means, None for none (reports.figures.scope.find_agency)."""


class Why(StrEnum):
    """What is wrong with a list, or with a row of it; the screen says each in its own words (desk_people.fault_…)."""

    LARGE = "large"
    ROWS = "rows"
    UNFOLDS = "unfolds"
    NO_WORKBOOK = "no_workbook"
    KIND = "kind"
    NO_TEXT = "no_text"
    NO_HEADER = "no_header"
    NOBODY = "nobody"
    AGENCY_MISSING = "agency_missing"
    AGENCY_UNKNOWN = "agency_unknown"
    NAME_MISSING = "name_missing"
    NAME_NO_LETTER = "name_no_letter"
    ROLE_UNKNOWN = "role_unknown"
    POWERFUL = "powerful"
    TWICE = "twice"


# For the command line, whose language is English.
SENTENCES = {
    Why.LARGE: f"is larger than {MOST_BYTES // 1_000_000} MB: it is no list of people",
    Why.ROWS: f"has more than {MOST_ROWS} rows: it is no list of people",
    Why.UNFOLDS: "is no list of people: {value}",
    Why.NO_WORKBOOK: "is no Excel workbook (.xlsx)",
    Why.KIND: "is neither .xlsx nor .csv",
    Why.NO_TEXT: "is not in UTF-8: save it as «CSV UTF-8», or as .xlsx",
    Why.NO_HEADER: "has no header: its columns are called agency, name, role (or đơn vị, họ tên, vai trò)",
    Why.NOBODY: "names nobody below its header",
    Why.AGENCY_MISSING: "the agency is missing",
    Why.AGENCY_UNKNOWN: "no agency is called '{value}' (`nhacviec plan show` lists them)",
    Why.NAME_MISSING: "the name is missing",
    Why.NAME_NO_LETTER: "the name '{value}' has no letter in it",
    Why.ROLE_UNKNOWN: (
        "'{value}' is no role: write officer, head, admin or leader (cán bộ, thủ trưởng, tổng hợp, lãnh đạo)"
    ),
    Why.POWERFUL: "'{value}' sees or decides everything: if that is meant, import the list with --with-admins",
    Why.TWICE: "the same person as in row {value}; if they are two, tell them apart by name",
}


@dataclass(frozen=True)
class Fault:
    """Something that is wrong: in a row, as the spreadsheet numbers it, or (0) with the file.

    `value` is what stands there; for somebody who stands there twice, the row of the first time.
    """

    why: Why
    row: int = 0
    value: str = ""

    @property
    def sentence(self) -> str:
        """In English."""
        return SENTENCES[self.why].format(value=self.value)


class PeopleFileError(NhacViecError):
    """The file cannot be read, or has faults; every one is in the message, with its row, and in `faults`."""

    def __init__(self, name: str, *faults: Fault) -> None:
        self.faults = faults
        rows = [f"row {each.row}: {each.sentence}" for each in faults if each.row]
        whole = [f"{name} {each.sentence}" for each in faults if not each.row]
        super().__init__("\n".join(whole or [f"{name} was not imported; nothing has changed:", *rows]))


@dataclass(frozen=True)
class Invited:
    """One person to be invited; `row` as the spreadsheet numbers it."""

    row: int
    agency_id: str
    name: str
    role: Role

    @property
    def who(self) -> tuple[str, Role, str]:
        """The agency, the role and the name: by these an invite made before is known again."""
        return self.agency_id, self.role, self.name


def read(name: str, data: bytes, find: Find, *, with_admins: bool = False) -> list[Invited]:
    """The people of a .xlsx or .csv file, which its name says; raises PeopleFileError with all that is wrong.

    Rows that name an admin or a leader are faults unless `with_admins`.
    """
    rows = _rows(name, data)
    places, start = _header(name, rows)
    found: list[Invited] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows[start:], start + 1):
        cells = {title: one_line(row[place]) if place < len(row) else "" for title, place in places.items()}
        if not any(cells.values()):
            continue
        agency_id = find(cells["agency"])
        wrong = [Fault(why, number, value) for why, value in _faults(agency_id, cells, with_admins=with_admins)]
        faults += wrong
        if not wrong and agency_id is not None:
            role = role_of(cells.get("role", "")) or Role.OFFICER
            found.append(Invited(number, agency_id, cells["name"], role))
    faults += _twice(found)
    if faults or not found:
        raise PeopleFileError(name, *(faults or [Fault(Why.NOBODY)]))
    return found


def written(people: Sequence[Invited]) -> str:
    """The same people as a .csv that `read` takes: what was looked at is what is done."""
    held = io.StringIO()
    csv.writer(held).writerows(
        [("agency", "name", "role"), *((each.agency_id, each.name, each.role) for each in people)]
    )
    return held.getvalue()


def _faults(agency_id: str | None, cells: dict[str, str], *, with_admins: bool) -> Iterator[tuple[Why, str]]:
    agency, name, role = cells["agency"], cells["name"], cells.get("role", "")
    if agency_id is None:
        yield (Why.AGENCY_UNKNOWN if agency else Why.AGENCY_MISSING), agency
    if not name:
        yield Why.NAME_MISSING, ""
    elif not of_person(name):
        yield Why.NAME_NO_LETTER, name
    if role and role_of(role) is None:
        yield Why.ROLE_UNKNOWN, role
    elif role_of(role) in POWERFUL and not with_admins:
        yield Why.POWERFUL, role


def _twice(found: Sequence[Invited]) -> Iterator[Fault]:
    seen: dict[tuple[str, Role, str], int] = {}
    for each in found:
        first = seen.setdefault(each.who, each.row)
        if first != each.row:
            yield Fault(Why.TWICE, each.row, str(first))


def _header(name: str, rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """Where each column stands, and the number of rows up to the header."""
    for number, row in enumerate(rows[:HEADER_WITHIN], 1):
        titles = [" ".join(fold(cell).split()) for cell in row]
        places = {
            column: place for column, known in HEADERS.items() for place, title in enumerate(titles) if title in known
        }
        if "agency" in places and "name" in places:
            return places, number
    raise PeopleFileError(name, Fault(Why.NO_HEADER))


def _rows(name: str, data: bytes) -> list[list[str]]:
    if len(data) > MOST_BYTES:
        raise PeopleFileError(name, Fault(Why.LARGE))
    kind = PurePath(name).suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise PeopleFileError(name, Fault(Why.KIND))
    rows = _workbook(name, data) if kind == ".xlsx" else _text(name, data)
    if len(rows) > MOST_ROWS:
        raise PeopleFileError(name, Fault(Why.ROWS))
    return rows


def _workbook(name: str, data: bytes) -> list[list[str]]:
    # Loaded where used: an idle screen reads no list, and would hold numpy with it.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        unfold.within(data, MOST_UNFOLDED)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            # One cell far below or far to the right makes a sheet of a thousand million cells: only a corner is read.
            rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
            return [["" if cell is None else str(cell) for cell in row] for row in rows]
        finally:
            book.close()
    except BombError as error:
        raise PeopleFileError(name, Fault(Why.UNFOLDS, value=str(error))) from error
    except (InvalidFileException, *NO_WORKBOOK) as error:
        raise PeopleFileError(name, Fault(Why.NO_WORKBOOK)) from error


def _text(name: str, data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except (UnicodeDecodeError, csv.Error) as error:
        raise PeopleFileError(name, Fault(Why.NO_TEXT)) from error
