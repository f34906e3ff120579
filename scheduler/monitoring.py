"""Tells agencies that follow up a task («Theo dõi, đôn đốc») who is late with it; they owe nothing and are not urged.

In the day's last sending window, each lateness once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from plan.reminders import DueStep, Owed, Step
from plan.status import State
from progress import recipients
from progress.items import Item, item_of, label
from progress.recipients import Recipient
from progress.reminded import spoken_of
from store import deliveries, memory, obligations, settings
from store.engine import Store
from store.postings import Identity, Posting, to_person
from store.types import DeliveryKind
from words.message import say
from words.office import Office

# The day of which everybody was told.
TOLD, LATE = "monitor:told", "monitor:+1"
TITLE, MOST = 80, 20


@dataclass(frozen=True)
class Followed:
    """What is late, by how many working days, and the agencies that follow it up."""

    item: Item
    days: int
    monitors: frozenset[str]


def tell(store: Store, office: Office, now: datetime) -> int:
    """Puts today's message for every officer of a monitoring agency into the outbox, one each; returns how many."""
    since, today = office.sending_since(now), office.today(now)
    if since is None or since.time() != office.windows[-1][0]:
        return 0
    if not any(task.monitor for plan in office.plans.values() for task in plan.all_tasks):
        return 0
    with store.look() as session:
        if settings.get(session, TOLD) == today.isoformat():
            return 0
        late = list(_late(session, office, today))
        found = recipients.officers(session, office, now) if late else []
        waiting = [(each, new) for each in found if (new := _new(session, each, late))]
    for recipient, new in waiting:
        with store.unit() as session:
            _tell(session, office, recipient, new, now)
    with store.unit() as session:
        settings.put(session, TOLD, today.isoformat())
    return len(waiting)


def _late(session: Session, office: Office, today: date) -> Iterable[Followed]:
    rows = obligations.all_of(session, states=(State.OPEN,), due_before=today)
    for row in spoken_of(session, office, rows, today):
        item = item_of(office, row)
        standing = office.lateness(row, today)
        if item is not None and item.task.monitor and standing.is_late and standing.days_late:
            monitors = office.plans[row.plan_id].expand(item.task.monitor, today)
            yield Followed(item, standing.days_late, frozenset(monitors))


def _new(session: Session, recipient: Recipient, late: Iterable[Followed]) -> list[Followed]:
    """What this person follows up and was not told yet; what their own agency owes they hear of every day."""
    said, own = memory.said(session, recipient.person_id), {*recipient.agencies}
    return [
        each
        for each in late
        if own & each.monitors and each.item.row.agency_id not in own and _key(each.item) not in said
    ]


def _key(item: Item) -> tuple[int, date | None, str]:
    return item.row.id or 0, item.row.due, LATE


def _tell(session: Session, office: Office, recipient: Recipient, new: list[Followed], now: datetime) -> None:
    lines = [
        office.text(
            "monitor.late",
            code=label(each.item),
            agency=office.agency_name(each.item.row.agency_id),
            days=each.days,
            title=each.item.task.short(TITLE),
            due=each.item.row.due,
        )
        for each in sorted(new, key=lambda each: -each.days)
    ]
    more = office.text("monitor.more", count=len(lines) - MOST) if len(lines) > MOST else ""
    heading = office.text("monitor.heading", today=office.today(now))
    message = say(heading, *lines[:MOST], more, office.text("monitor.footer", code=label(new[0].item)))
    identity = Identity("monitor", day=office.today(now), person_id=recipient.person_id)
    posting = Posting(DeliveryKind.NOTICE, "tasks that the agency follows up are late", identity, message)
    row = deliveries.post(session, to_person(recipient.address), posting, now)
    steps = [
        DueStep(
            Owed(each.item.row.id or 0, each.item.milestone.kind, each.item.row.due),
            Step(LATE, None, office.today(now)),
        )
        for each in new
    ]
    for person_id in (recipient.person_id, *recipient.instead):
        memory.remember(session, person_id, steps, row.id if row else None)
