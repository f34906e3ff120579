"""What heads hear: once when work is late or returned, and a list each week; daily reminders only for others."""

import logging
from collections.abc import Iterable, Sequence, Set
from datetime import date, datetime

from sqlmodel import Session

from channels.abilities import Abilities
from plan.people import Role
from plan.status import WAITING
from plan.weekly import nominal_day
from progress.items import Item, item_of, label, period, when
from progress.recipients import alone
from progress.reminded import begun
from progress.this_week import SPOKEN_OF, grouped, last_day
from scheduler.admins_late_list import Unsaid, remember, unsaid
from scheduler.enqueue import perhaps_said
from scheduler.paged import is_the_newest, page_of
from store import deliveries, horizon, memory, obligations, people
from store.engine import Store
from store.horizon import Horizon
from store.people_tables import Address, Person
from store.postings import Identity, Posting, to_person
from store.tables import Delivery, Obligation
from store.types import DeliveryKind
from words.message import Message, say
from words.office import Office

log = logging.getLogger(__name__)
STEP, RETURNED, AFTER = "head:+1", "head:r", 1
WEEKLY = "head-week"
TITLE = 80


def tell_heads(store: Store, office: Office, now: datetime) -> int:
    """Plans what heads are to hear now, at most one message a day for each; returns how many.

    What becomes late on the day of the week's list stands in the list.
    """
    if not office.may_send(now):
        return 0
    with store.look() as session:
        found: dict[int, tuple[Person, Address, datetime]] = {}
        for person, address, membership in people.reachable(session, Role.HEAD, remind_at=now):
            assert person.id is not None
            since = min(membership.since, found[person.id][2]) if person.id in found else membership.since
            found[person.id] = (person, address, since)
        # Looked at once for all of them: on most days nothing is late anywhere.
        late = horizon.agencies(session, Horizon(office.today(now))) if found else set()
    made = 0
    for person_id, (_, address, since) in found.items():
        try:
            made += _tell(store, office, person_id, address, since, late, now)
        except Exception:
            # One head's trouble is not the next one's; the next beat tries again.
            log.exception("the message to head %s could not be made", person_id)
    return made


def _tell(
    store: Store, office: Office, person_id: int, address: Address, since: datetime, late: Set[str], now: datetime
) -> bool:
    """One head's message, where there is one to make; `late` are the agencies with something past its day."""
    today, moment = office.today(now), office.weekly_moment(now)
    week = _of_week(office, person_id, today)
    with store.look() as session:
        listed = deliveries.by_identity(session, week)
        is_listed_today = listed is not None and office.today(listed.created_at) == today
        if listed is None and moment is not None and since <= moment <= now:
            identity = week
        elif is_listed_today or (moment is not None and moment.date() == today):
            return False
        else:
            identity = Identity("head", day=today, person_id=person_id)
            mine = people.agencies_of(session, person_id, (Role.HEAD,))
            if late.isdisjoint(mine) or deliveries.exists(session, identity):
                return False
            if not _unsaid(session, office, person_id, today):
                return False
    with store.unit() as session:
        once = "something of the head's agency is late, or was returned"
        why = "the week's list for the head" if identity == week else once
        posting = Posting(DeliveryKind.HEAD, why, identity, doubts=perhaps_said(session, office, now))
        row = deliveries.post(session, to_person(address), posting, now)
        if row is None:
            return False
        remember(session, person_id, _unsaid(session, office, person_id, today), row)
    return True


def _of_week(office: Office, person_id: int, today: date) -> Identity:
    return Identity(WEEKLY, day=nominal_day(office.weekly_day, today), person_id=person_id)


def _unsaid(session: Session, office: Office, person_id: int, today: date) -> list[Unsaid]:
    """What a head was not told of; who is also the officer, or hears it for want of one, is reminded as that."""
    mine = people.agencies_of(session, person_id, (Role.HEAD,))
    own = {*people.agencies_of(session, person_id, (Role.OFFICER,)), *alone(session, mine)}
    rows = obligations.of_agencies(session, [each for each in mine if each not in own])
    return unsaid(session, office, person_id, rows, _step_of, today)


def _step_of(office: Office, row: Obligation, today: date) -> str:
    """Late since yesterday, or past its day and returned since yesterday; each return is a step of its own."""
    found = office.lateness(row, today)
    if found.is_late and found.days_late >= AFTER:
        return STEP
    has_passed = row.due is not None and found.days_left is None
    if has_passed and row.returned_at is not None and (found.days_returned or 0) >= AFTER:
        return f"{RETURNED}{office.today(row.returned_at):%Y-%m-%d}"
    return ""


def make(session: Session, office: Office, row: Delivery, now: datetime, can: Abilities) -> Message | None:
    """The page that a row stands for: what is answered by then is left out."""
    person = people.get(session, row.person_id or 0)
    if person is None or person.id is None:
        return None
    agencies = people.agencies_of(session, person.id, (Role.HEAD,))
    if row.occasion == WEEKLY:
        if not is_the_newest(session, row, _of_week(office, person.id, office.today(now))):
            return None
        parts = _week(session, office, person, agencies, now)
    else:
        parts = _once(session, office, person, agencies, deliveries.first_page(session, row), now)
    return page_of(session, office, row, [say(*parts)], can, now) if parts else None


def _once(
    session: Session, office: Office, person: Person, agencies: Sequence[str], row: Delivery, now: datetime
) -> list[str]:
    today = office.today(now)
    lines, decisions, codes = [], [], []
    for reminder in memory.of_delivery(session, row.id or 0):
        obligation = obligations.get(session, reminder.obligation_id)
        item = item_of(office, obligation) if obligation and obligation.agency_id in agencies else None
        if obligation is None or item is None or not _step_of(office, obligation, today):
            continue
        found = office.lateness(obligation, today)
        lines.append(
            office.text(
                "head.returned" if found.is_returned else "head.late",
                code=label(item),
                agency=office.agency_name(obligation.agency_id),
                days=found.days_returned if found.is_returned else found.days_late,
                title=item.task.short(TITLE),
                note=obligation.returned,
                reminded=_reminded(session, office, obligation),
            )
        )
        decisions.append(office.plans[obligation.plan_id].decision.number)
        codes.append(label(item))
    if not lines:
        return []
    dear = office.text("head.dear", name=people.mentioned(person))
    first = f"{dear} {lines[0]}" if len(lines) == 1 else f"{dear}\n{lines[0]}"
    return [first, *lines[1:], _footer(office, codes[0], decisions)]


def _footer(office: Office, code: str, decisions: Iterable[str]) -> str:
    return office.text("head.footer", code=code, decisions=", ".join(dict.fromkeys(decisions)))


def _reminded(session: Session, office: Office, row: Obligation) -> list[date]:
    """The days on which officers of the agency were reminded of this."""
    officers = {
        person.id for person, _, each in people.reachable(session, Role.OFFICER) if each.agency_id == row.agency_id
    }
    sent = memory.sent(session, row.id or 0)
    return sorted({office.today(at) for person_id, at in sent if person_id in officers})


def _week(session: Session, office: Office, person: Person, agencies: Sequence[str], now: datetime) -> list[str]:
    """The list: late, returned, due this week, answers that wait, what is blocked; [] when there is nothing to say."""
    today = office.today(now)
    rows = begun(session, office, obligations.of_agencies(session, agencies, states=SPOKEN_OF))
    groups = grouped(office, [item for row in rows if (item := item_of(office, row))], today)
    if not any(groups.values()):
        return []
    first = office.text(
        "head.week",
        name=people.mentioned(person),
        agencies=", ".join(office.agency_name(each) for each in agencies),
        today=today,
        last=last_day(office, today),
    )
    parts = [first]
    for name, found in groups.items():
        lines = [_line(office, item, today, several=len(agencies) > 1) for item in found]
        parts += [f"{office.text(f'head.{name}_heading')}\n{lines[0]}", *lines[1:]] if lines else []
    shown = [item for found in groups.values() for item in found]
    decisions = (office.plans[item.row.plan_id].decision.number for item in shown)
    return [*parts, _footer(office, label(shown[0]), decisions)]


def _line(office: Office, item: Item, today: date, *, several: bool) -> str:
    row = item.row
    waits = row.state in WAITING
    return office.text(
        "head.line",
        code=label(item),
        period=period(office, row.occurrence) if row.occurrence else "",
        agency=office.agency_short(row.agency_id) if several else "",
        state=office.text(f"state.{row.state}", at=row.done_at) if waits else when(office, item, today),
        due=row.due,
        title=item.task.short(TITLE),
        note=row.blocked if not waits else "",
    )
