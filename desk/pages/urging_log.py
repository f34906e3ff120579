"""The log of messages about work: to whom, when, what kind, and what became of each; with filters in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from desk import forms, list_links
from desk.desk import Asked
from desk.page import render
from progress.items import code_of
from store import obligations, people, told
from store.tables import Obligation
from store.told import LEFT, Sent
from store.types import DeliveryKind
from words.dates import sent_day
from words.faults import fault_of

ROWS = 50
USUAL, LONGEST = timedelta(days=30), timedelta(days=366)
AGENCY, PERSON, KIND, FATE, FIRST, LAST, PAGE = "don-vi", "nguoi", "loai", "ket-qua", "tu", "den", "trang"
# Those that are about work; a confirmation answers somebody.
KINDS = (DeliveryKind.DIGEST, DeliveryKind.SNOOZE, DeliveryKind.URGE, DeliveryKind.HEAD, DeliveryKind.NOTICE,
         DeliveryKind.CONFIRMATION, DeliveryKind.ANSWER)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; what means nothing is as if it were not there. Days are local, both included."""

    agency: str
    person: int | None
    kind: str
    fate: str
    first: date
    last: date
    page: int

    @property
    def query(self) -> dict[str, str]:
        """The same for an address, without the page."""
        found = {AGENCY: self.agency, PERSON: str(self.person or ""), KIND: self.kind, FATE: self.fate}
        days = {FIRST: self.first.isoformat(), LAST: self.last.isoformat()}
        return {key: value for key, value in (found | days).items() if value}


@dataclass(frozen=True)
class Line:
    """One message: `about` are the works that it speaks of, each with its address."""

    at: datetime
    to: str
    person: int | None
    kind: str
    state: str
    why: str
    about: tuple[tuple[str, str], ...]
    more: int


def show(asked: Asked) -> Response:
    """The newest first, a page of fifty."""
    wanted = read(asked)
    found = [pair for pair in _found(asked, wanted) if _is_wanted(pair[0], wanted)][::-1]
    pages = max(1, -(-len(found) // ROWS))
    page = min(wanted.page, pages)
    office = asked.office
    return render(
        asked,
        "urging_log.html",
        wanted=wanted,
        lines=[_line(asked, *pair) for pair in found[(page - 1) * ROWS : page * ROWS]],
        count=len(found),
        page=page,
        pages=pages,
        address=lambda number: f"/don-doc/nhat-ky?{urlencode(wanted.query | {PAGE: str(number)})}",
        agencies=[(each, office.agency_short(each)) for each in office.owing()],
        persons=[(person.id, person.name) for person, _, _ in people.linked(asked.session)],
        kinds=KINDS,
        fates=LEFT,
    )


def read(asked: Asked) -> Wanted:
    """What the address asks for; never raises."""
    query, today = asked.query, asked.office.today(asked.now)
    last = _day(query, LAST) or today
    first = max(_day(query, FIRST) or last - USUAL, last - LONGEST)
    agency, person, page = query.get(AGENCY, ""), query.get(PERSON, ""), query.get(PAGE, "")
    return Wanted(
        agency=agency if agency in asked.office.owing() else "",
        person=forms.number_or_none(person),
        kind=next((each for each in KINDS if each == query.get(KIND)), ""),
        fate=next((each for each in LEFT if each == query.get(FATE)), ""),
        first=min(first, last),
        last=last,
        page=max(1, forms.number_or_none(page) or 1),
    )


def _found(asked: Asked, wanted: Wanted) -> list[tuple[Sent, tuple[int, ...]]]:
    begins = asked.office.day_of(_noon(asked, wanted.first))[0]
    ends = asked.office.day_of(_noon(asked, wanted.last))[1]
    return told.within(asked.session, begins, ends, agency=wanted.agency or None)


def _noon(asked: Asked, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=asked.office.zone)


def _is_wanted(sent: Sent, wanted: Wanted) -> bool:
    return (
        (wanted.person is None or sent.person_id == wanted.person)
        and (not wanted.kind or sent.kind == wanted.kind)
        and (not wanted.fate or sent.state == wanted.fate)
    )


def _line(asked: Asked, sent: Sent, about: tuple[int, ...]) -> Line:
    shown = [row for number in about[:6] if (row := obligations.get(asked.session, number)) is not None]
    fault = fault_of(sent.last_error) if sent.state == "failed" else None
    to = people.get(asked.session, sent.person_id) if sent.person_id is not None else None
    return Line(
        at=sent.at,
        to=to.name if to is not None else sent.group_title,
        person=sent.person_id,
        kind=asked.t(f"history.kind_{sent.kind}"),
        state=asked.t(f"history.state_{sent.state}"),
        why=asked.t(f"fault.{fault}", in_group=sent.in_group) if fault else "",
        about=tuple((_name(asked, row), list_links.of_task(row.id or 0)) for row in shown),
        more=len(about) - len(shown),
    )


def _name(asked: Asked, row: Obligation) -> str:
    return f"{code_of(asked.office, row)} – {asked.office.agency_short(row.agency_id)}"


def _day(query: Mapping[str, str], name: str) -> date | None:
    return sent_day(query.get(name, ""))
