"""What of an agency's work a week's list speaks of, and under which heading: for its head, and on the screen."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from plan.status import WAITING, State
from plan.weekly import WEEK, nominal_day
from progress.items import Item
from store.tables import Obligation
from words.office import Office


class Heading(StrEnum):
    """The headings, in their order."""

    LATE = "late"
    RETURNED = "returned"
    WEEK = "week"
    WAITING = "waiting"
    BLOCKED = "blocked"


# In which states something is spoken of.
SPOKEN_OF = (State.OPEN, *sorted(WAITING))


def last_day(office: Office, today: date) -> date:
    """The last local day of the week that a local day lies in; the office says with which weekday its weeks begin."""
    return nominal_day(office.weekly_day, today) + WEEK - timedelta(days=1)


def heading_of(office: Office, row: Obligation, today: date) -> Heading | None:
    """Where an obligation stands in the list of a local day; None for what the week asks nothing of."""
    if row.state in WAITING:
        return Heading.WAITING
    found = office.lateness(row, today)
    if found.is_late or found.is_returned:
        return Heading.LATE if found.is_late else Heading.RETURNED
    last = last_day(office, today)
    if row.due is not None and found.days_left is not None and office.calendar.anchor(row.due) <= last:
        return Heading.WEEK
    return Heading.BLOCKED if row.blocked else None


def grouped(office: Office, items: Iterable[Item], today: date) -> dict[Heading, list[Item]]:
    """The items under their headings, each heading in its order, with the earliest deadline first."""
    groups: dict[Heading, list[Item]] = {heading: [] for heading in Heading}
    for item in sorted(items, key=lambda item: (item.row.due or date.max, item.row.id)):
        if (heading := heading_of(office, item.row, today)) is not None:
            groups[heading].append(item)
    return groups
