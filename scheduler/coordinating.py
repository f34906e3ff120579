"""Tells coordinating agencies of a task when it opens and once before it is due; they owe nothing and are not urged.

In the day's last sending window, so that it does not stand between an officer and what their agency owes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from plan.joint import concerns
from plan.reminders import DueStep, Owed, Step
from plan.status import State
from progress import recipients
from progress.items import Item, item_of, label
from progress.recipients import Recipient
from store import contributions, deliveries, memory, obligations, plans, settings
from store.engine import Store
from store.plan_tables import PlanRow
from store.postings import Identity, Posting, to_person
from store.tables import Obligation
from store.types import DeliveryKind
from words.message import say
from words.office import Office

# The day of which everybody was told.
TOLD = "coordinate:told"
OPENS, SOON = "coordinate:open", "coordinate:-3"
# Working days before the deadline.
BEFORE = 3
TITLE = 80


@dataclass(frozen=True)
class Upcoming:
    """A step that is due for one occurrence of a milestone; `row` stands for all the agencies that owe it."""

    step: str
    row: Obligation
    item: Item


def tell(store: Store, office: Office, now: datetime) -> int:
    """Puts today's message for every officer of a coordinating agency into the outbox, one each; returns how many."""
    since = office.sending_since(now)
    if since is None or since.time() != office.windows[-1][0]:
        return 0
    today = office.today(now).isoformat()
    with store.look() as session:
        if settings.get(session, TOLD) == today:
            return 0
        coming = list(_coming(session, office, now))
        waiting = [
            each
            for each in (recipients.officers(session, office, now) if coming else ())
            if not deliveries.exists(session, _identity(each.person_id, office.today(now)))
            and _due(session, office, each, coming)
        ]
    for recipient in waiting:
        with store.unit() as session:
            _tell(session, office, recipient, coming, now)
    with store.unit() as session:
        # What opens later in the day is told with tomorrow's: one message a day.
        settings.put(session, TOLD, today)
    return len(waiting)


def _identity(person_id: int, today: date) -> Identity:
    return Identity("coordinate", day=today, person_id=person_id)


def _coming(session: Session, office: Office, now: datetime) -> Iterable[Upcoming]:
    """What any coordinating agency could be told today, each occurrence of a milestone once."""
    today = office.today(now)
    known = {row.id: row for row in plans.all_of(session)}
    born = contributions.created(session)
    first: dict[tuple[str, str, str], Obligation] = {}
    for row in obligations.all_of(session, states=(State.OPEN,)):
        first.setdefault((row.plan_id, row.milestone, row.occurrence), row)
    for row in first.values():
        item = item_of(office, row) if row.plan_id in office.plans else None
        if item is None or not item.task.coordinating or (row.due is not None and row.due < today):
            continue
        if item.milestone.start is not None and today < item.milestone.start:
            continue
        if _opened(office, row, known, born):
            yield Upcoming(OPENS, row, item)
        if row.due is not None and today >= office.calendar.shift(office.calendar.anchor(row.due), -BEFORE):
            yield Upcoming(SOON, row, item)


def _opened(office: Office, row: Obligation, known: Mapping[str, PlanRow], born: Mapping[int, datetime]) -> bool:
    """Whether its beginning is news: what an old plan began with is not."""
    plan, at = known.get(row.plan_id), born.get(row.id or 0)
    if plan is None or plan.start == "normal" or at is None:
        return True
    return office.today(at) > office.today(plan.first_synced_at)


def _due(session: Session, office: Office, recipient: Recipient, coming: Iterable[Upcoming]) -> list[Upcoming]:
    """What this person was not told yet of the tasks that their agencies coordinate and do not lead."""
    said = memory.said(session, recipient.person_id)
    found = []
    for each in coming:
        plan = office.plans[each.row.plan_id]
        leads = [each.row.agency_id, *plan.owners(each.item.task, each.item.milestone)]
        theirs = set(recipient.agencies)
        coordinates = theirs & set(plan.expand(each.item.task.coordinating)) and not any(
            concerns(lead, theirs) for lead in leads
        )
        if coordinates and (each.row.id or 0, each.row.due, each.step) not in said:
            found.append(each)
    return found


def _tell(session: Session, office: Office, recipient: Recipient, coming: Iterable[Upcoming], now: datetime) -> None:
    due = _due(session, office, recipient, coming)
    parts = [office.text("coordinating.heading", today=office.today(now))]
    soon = {each.row.id for each in due if each.step == SOON}
    for step, key in ((SOON, "coordinating.soon"), (OPENS, "coordinating.opens")):
        tasks: dict[tuple[str, str], list[Upcoming]] = defaultdict(list)
        for each in due:
            if each.step == step and (step == SOON or each.row.id not in soon):
                tasks[each.row.plan_id, each.row.task].append(each)
        if tasks:
            parts += [office.text(key), *(_line(office, same) for same in tasks.values())]
    identity = _identity(recipient.person_id, office.today(now))
    message = say(*parts, office.text("coordinating.footer"))
    posting = Posting(DeliveryKind.NOTICE, "tasks that the agency coordinates", identity, message)
    row = deliveries.post(session, to_person(recipient.address), posting, now)
    if row is not None:
        # What the agency owes comes first.
        row.priority = deliveries.PRIORITY[DeliveryKind.DIGEST]
        session.add(row)
    told = (recipient.person_id, *recipient.instead)
    for each in due:
        owed = Owed(each.row.id or 0, each.item.milestone.kind, each.row.due)
        for person_id in told:
            due_step = DueStep(owed, Step(each.step, None, office.today(now)))
            memory.remember(session, person_id, [due_step], row.id if row else None)


def _line(office: Office, same: list[Upcoming]) -> str:
    """One line for a task: its earliest date stands for the others, and before that of a report about it."""
    first = min(same, key=lambda each: (each.row.due is None, each.row.occurrence != "", each.row.due or date.max))
    return office.text(
        "coordinating.task",
        code=first.item.task.code if len(same) > 1 else label(first.item),
        title=first.item.task.short(TITLE),
        lead=first.item.task.lead_printed,
        due=first.row.due,
    )
