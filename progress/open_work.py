"""What is open of an agency's work, counted in one place: whoever names the number names the same one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from plan.lateness import Lateness
from progress.items import Item, item_of
from progress.submit import LASTING
from store import obligations
from store.tables import Obligation
from words.office import Office


@dataclass(frozen=True)
class OpenWork:
    """The open work as a list shows it, what is due first at the top; `unfinished` leaves out what lasts all year."""

    items: tuple[Item, ...]
    unfinished: int
    late: int
    lasting: int


def open_work(session: Session, office: Office, agencies: Collection[str], today: date) -> OpenWork:
    """The open work of agencies on a local day."""
    return of_rows(office, obligations.of_agencies(session, agencies), today)


def of_rows(office: Office, rows: Iterable[Obligation], today: date) -> OpenWork:
    """The same of rows that are open."""
    return counted(office, (item for row in rows if (item := item_of(office, row))), today)


def counted(office: Office, items: Iterable[Item], today: date) -> OpenWork:
    """The same of what is open already."""
    found = _next_of_each(office, items, today)
    lasting = sum(item.row.kind in LASTING for item, _ in found)
    late = sum(stands.is_late for _, stands in found)
    return OpenWork(tuple(item for item, _ in found), len(found) - lasting, late, lasting)


def next_of_each(office: Office, items: Iterable[Item], today: date) -> list[Item]:
    """Of a duty that recurs what is late or was returned, and the next occurrence: the others are far away."""
    return [item for item, _ in _next_of_each(office, items, today)]


def _next_of_each(office: Office, items: Iterable[Item], today: date) -> list[tuple[Item, Lateness]]:
    """With how each stands, which costs something to reckon."""
    found: list[tuple[Item, Lateness]] = []
    ahead: set[tuple[str, str, str]] = set()
    for item in sorted(items, key=lambda item: (item.row.due or date.max, item.row.id or 0)):
        key = (item.row.plan_id, item.row.milestone, item.row.agency_id)
        stands = office.lateness(item.row, today)
        if not (stands.is_late or stands.is_flagged or stands.is_returned):
            if key in ahead:
                continue
            ahead.add(key)
        found.append((item, stands))
    return found


def in_words(office: Office, work: OpenWork) -> str:
    """The number as it is said everywhere: what is unfinished, how much of it is late, and where the list is."""
    return office.text("open.count", count=work.unfinished, late=work.late)
