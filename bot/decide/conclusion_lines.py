"""Reads a meeting's conclusion: a line for each work, «việc – đơn vị – thời hạn – căn cứ»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.reference import leading_agencies
from intake.letters import one_line, tidy
from intake.markers import Level, marked
from plan import due as times
from plan.model import Kind
from words.codes import fold
from words.dates import read_day
from words.office import Office

PARTED = re.compile(r"(?<=\s)[-–—](?=\s)|[|\t]")
# «Căn cứ Kết luận số 45/TB-UBND ngày 08/6/2020» above the lines holds for those that say none.
BASIS = re.compile(r"^(?:can cu|theo|ket luan|thong bao|bien ban|tai)\b")
LONGEST, MOST = 1000, 60


@dataclass(frozen=True)
class Given:
    """One work that a conclusion gives: agencies by their ids, the last local day in time."""

    title: str
    agencies: tuple[str, ...]
    due: date
    basis: str


@dataclass(frozen=True)
class Wrong:
    """A line that is not plain: its number, what is missing (a key of `conclusion` in the catalogue), its words."""

    line: int
    why: str
    words: str


@dataclass(frozen=True)
class Conclusion:
    """What was read: nothing is assigned while a line is wrong."""

    given: tuple[Given, ...]
    wrong: tuple[Wrong, ...]


def is_one(text: str) -> bool:
    """Whether words are the lines of a conclusion: two lines at least, of which one has its four parts."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and any(len(PARTED.split(line)) > 2 for line in lines)


def read(office: Office, text: str, today: date) -> Conclusion:
    """The lines of a conclusion; a day without a year is the next such day from `today` (local) on."""
    given: list[Given] = []
    wrong: list[Wrong] = []
    basis = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = one_line(tidy(raw))
        mark = marked(line)
        words = mark.rest if mark.level is not Level.NONE and mark.rest else line
        pieces = [each.strip() for each in PARTED.split(words) if each.strip()]
        if not pieces:
            continue
        if len(pieces) < 3:
            if BASIS.match(fold(words)):
                basis = _without_lead(words)
            else:
                wrong.append(Wrong(number, "parts", line))
            continue
        found = _line(office, pieces, basis, today)
        if isinstance(found, str):
            wrong.append(Wrong(number, found, line))
        else:
            given.append(found)
    if len(given) > MOST:
        wrong.append(Wrong(0, "too_many", str(len(given))))
    return Conclusion(tuple(given), tuple(wrong))


def _line(office: Office, pieces: Sequence[str], basis: str, today: date) -> Given | str:
    """The work of a line, or why it is not plain; names of agencies may hold a dash of their own."""
    for start in range(1, len(pieces)):
        for end in range(len(pieces), start, -1):
            agencies = _agencies(office, " - ".join(pieces[start:end]))
            if not agencies:
                continue
            if end == len(pieces):
                return "time"
            due = _day(pieces[end], today)
            if due is None:
                return "time"
            if office.calendar.late_after(due) < today:
                return "past"
            if due > office.last_day(today):
                return "too_far"
            own = _without_lead(" - ".join(pieces[end + 1 :])) or basis
            title = " - ".join(pieces[:start])[:LONGEST]
            return Given(title, agencies, due, own) if own else "basis"
    return "agency"


def _agencies(office: Office, words: str) -> tuple[str, ...]:
    """All whom words name; none where anything is left over."""
    found, rest = leading_agencies(office, re.sub(r";|\bvà\b", ", ", words))
    return found if found and not rest.strip(" .,") else ()


def _day(words: str, today: date) -> date | None:
    read = times.read_times(one_line(words).strip(" ."), today, today.year)
    certain = read.doubt is None and len(read.times) == 1 and read.times[0].kind is Kind.DATED
    # A day that is over or far away is read by itself, so that its line can say so.
    return read.times[0].due if certain else read_day(words.strip(" ."), today)


def _without_lead(words: str) -> str:
    """The basis without the words that lead to it."""
    match = re.match(r"^\s*(?:căn cứ|theo)\s*:?\s*", words, re.IGNORECASE)
    return words[match.end() :].strip(" .") if match else words.strip(" .")
