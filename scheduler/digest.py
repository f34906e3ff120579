"""Makes an officer's digest at the moment it is sent: what is done by then is left out, days are counted then."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from delivery.sender import Maker
from plan.model import Kind
from plan.status import State
from progress.items import Item, buttons_of, digest_item, item_of
from store import deliveries, memory, moved, obligations, people, settings
from store.live import is_assigned
from store.tables import Delivery, Obligation, Reminder
from store.types import DeliveryKind
from words.message import Message, fit, length, say
from words.office import Office


def maker(limit: int) -> Maker:
    """The digest's maker for a channel whose messages hold `limit` code points."""

    def make(session: Session, office: Office, row: Delivery, now: datetime) -> Message | None:
        return _make(session, office, row, now, limit)

    return make


def _make(session: Session, office: Office, row: Delivery, now: datetime, limit: int) -> Message | None:
    assert row.id is not None
    assert row.person_id is not None
    today = office.today(now)
    reminders = _live(session, row.id, people.agencies_of(session, row.person_id))
    found = [(reminder, item) for reminder, obligation in reminders if (item := item_of(office, obligation))]
    if not found:
        return None
    # Late first, then by date; questions on ongoing work last.
    found.sort(key=lambda pair: (pair[1].row.due is None, pair[1].row.due or today, pair[1].row.id))
    agencies = list(dict.fromkeys(item.row.agency_id for _, item in found))
    heading = office.text(
        "digest.heading",
        today=today,
        agencies=", ".join(office.agency_name(agency) for agency in agencies),
        count=len(found),
        late=sum(1 for _, item in found if item.row.due and office.calendar.late_after(item.row.due) < today),
        after_outage=_outage(session, office, now),
    )
    heading = "\n\n".join((heading, *_moved(session, office, row, now)))
    rest = _others(session, row.person_id, {item.row.id for _, item in found})
    footer = office.text(
        "digest.footer",
        others=rest,
        decisions=", ".join(_decisions(office, [item for _, item in found])),
    )
    parts = [digest_item(office, item, today) for _, item in found]
    first_question = next((i for i, (_, item) in enumerate(found) if item.milestone.kind is Kind.ONGOING), None)
    if first_question is not None:
        parts[first_question] = f"{office.text('digest.questions')}\n\n{parts[first_question]}"
    count = max(1, fit(parts, limit, used=length(heading) + length(footer) + 4))
    if count < len(found):
        _carry_over(session, row, [reminder for reminder, _ in found[count:]], now)
    shown: list[Item] = [item for _, item in found[:count]]
    return say(heading, *parts[:count], footer, buttons=buttons_of(office, shown))


def _moved(session: Session, office: Office, row: Delivery, now: datetime) -> list[str]:
    """What was changed in the office's days since the person's last digest; it is in this one however often it is
    made."""
    assert row.person_id is not None
    assert row.id is not None
    return [moved_in_words(office, each) for each in moved.carry(session, row.person_id, row.id, now)]


def moved_in_words(office: Office, each: moved.Moved) -> str:
    """A day that an admin changed, in one line."""
    return office.text(f"day_off.told_{each.kind}", day=each.day, name=each.name)


def _decisions(office: Office, items: Sequence[Item]) -> Iterable[str]:
    """The decisions that a digest rests on; work assigned by word of mouth rests on none."""
    plans = dict.fromkeys(item.row.plan_id for item in items if not is_assigned(item.row.plan_id))
    return [office.plans[plan].decision.number for plan in plans]


def _live(session: Session, delivery_id: int, agencies: Collection[str]) -> list[tuple[Reminder, Obligation]]:
    """The steps whose obligation is still open and still the person's business, one per obligation: the last."""
    found: dict[int, tuple[Reminder, Obligation]] = {}
    for reminder in memory.of_delivery(session, delivery_id):
        obligation = obligations.get(session, reminder.obligation_id)
        if obligation is not None and obligation.state == State.OPEN and obligation.agency_id in agencies:
            found[reminder.obligation_id] = (reminder, obligation)
    return list(found.values())


def _others(session: Session, person_id: int, shown: set[int | None]) -> int:
    rows = obligations.of_agencies(session, people.agencies_of(session, person_id))
    return sum(1 for row in rows if row.id not in shown)


def _outage(session: Session, office: Office, now: datetime) -> bool:
    until = settings.get(session, settings.OUTAGE_UNTIL)
    return until is not None and office.is_first_day_since(datetime.fromisoformat(until), now)


def _carry_over(session: Session, row: Delivery, rest: list[Reminder], now: datetime) -> None:
    """What does not fit into one message goes into the next, a row of its own, so that none is lost or cut."""
    assert row.person_id is not None
    base, _, number = (row.subject or f"digest:{row.person_id}:{row.id}").partition("#")
    following = deliveries.plan(
        session,
        DeliveryKind.DIGEST,
        row.channel,
        row.chat,
        f"continues delivery {row.id}",
        now,
        subject=f"{base}#{int(number or 1) + 1}",
        person_id=row.person_id,
    )
    for reminder in rest:
        reminder.delivery_id = following.id
        session.add(reminder)
    session.flush()
