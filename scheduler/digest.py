"""Makes an officer's digest at the moment it is sent: what is done by then is left out, days are counted then."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from channels.abilities import Abilities
from delivery.fitting import fitted, room
from plan.model import Kind
from plan.people import Role
from plan.status import State
from progress.items import Item, buttons_of, item_of
from progress.open_work import in_words, of_rows
from progress.recipients import alone
from progress.reminder_words import answer_line, beside, counts, reminder_item
from scheduler.enqueue import brought_up
from store import absences, days_to_tell, deliveries, memory, obligations, people, settings
from store.current_office import is_assigned
from store.people_tables import Absence
from store.tables import Delivery, Obligation, Reminder
from words.message import Message, fit, length, say
from words.office import Office


def make(session: Session, office: Office, row: Delivery, now: datetime, can: Abilities) -> Message | None:
    """The digest as it stands now, with as much as one message of its channel holds."""
    assert row.id is not None
    assert row.person_id is not None
    today = office.today(now)
    absent = absences.away(session, today)
    if row.person_id in absent:
        # Made before the absence was known: whoever stands in is told instead.
        memory.release(session, row.id, [each.obligation_id for each in memory.of_delivery(session, row.id)])
        return None
    brought_up(session, office, row, now)
    mine, served = people.agencies_by(session, row.person_id, (Role.OFFICER, Role.HEAD), (Role.OFFICER,))
    own = absences.with_those_of(session, row.person_id, mine, absent)
    opened = obligations.of_agencies(session, own)
    reminders = _live(session, row.id, opened)
    found = [(reminder, item) for reminder, obligation in reminders if (item := item_of(office, obligation))]
    if not found:
        return None
    # Late first, then by date; questions on ongoing work last.
    found.sort(key=lambda pair: (pair[1].row.due is None, pair[1].row.due or today, pair[1].row.id))
    items = [item for _, item in found]
    agencies = list(dict.fromkeys(item.row.agency_id for item in items))
    several, alone = len({*agencies, *own}) > 1, len(items) == 1
    instead = _instead(session, office, served, agencies, absent)
    heading = _heading(session, office, row, items, instead, now)
    told = memory.spoken_of(session, row.person_id, [item.row.id or 0 for item in items], but=row.id)
    open_count = in_words(office, of_rows(office, opened, today))
    footer = _footer(office, open_count, [item for item in items if item.row.id not in told])
    known = beside(session, items)
    parts = [
        reminder_item(session, office, item, today, known, several=several, repeats=item.row.id in told, alone=alone)
        + answer_line(office, item, can)
        for item in items
    ]
    asked = next((i for i, item in enumerate(items) if item.milestone.kind is Kind.ONGOING), len(items))
    if asked < len(items):
        parts[asked] = f"{office.text('digest.questions')}\n{parts[asked]}"

    def said(count: int) -> Message:
        # The questions stand below each other without a line between them.
        shown = (*parts[: min(asked, count)], "\n".join(parts[asked:count]))
        return say(heading, *shown, footer, buttons=buttons_of(office, items[:count], today))

    used = length(heading, can.measure) + length(footer, can.measure) + 4
    count = max(1, fit(parts, room(office, said(1), can), used=used, measure=can.measure))
    # What stands in the place of buttons takes room too.
    while count > 1 and len(fitted(office, said(count), can)) > 1:
        count -= 1
    if count < len(found):
        _carry_over(session, row, [reminder for reminder, _ in found[count:]], now)
    return said(count)


def _heading(
    session: Session, office: Office, row: Delivery, items: Sequence[Item], instead: Iterable[str], now: datetime
) -> str:
    """Whose work it is on which day, and how much; a single task comes first itself, as the phone's notice shows it."""
    today = office.today(now)
    agencies = list(dict.fromkeys(item.row.agency_id for item in items))
    counted = office.text(
        "digest.heading",
        today=today,
        agencies=", ".join(office.agency_short(agency) for agency in agencies),
        counts=counts(office, items, today),
    )
    heading = "\n".join((*([counted] if len(items) > 1 else []), *instead))
    outage = [office.text("digest.after_outage")] if _outage(session, office, now) else []
    return "\n\n".join(filter(None, (heading, *outage, *_moved(session, office, row, now))))


def _footer(office: Office, count: str, new: Sequence[Item]) -> str:
    """How much is open in all; the decision is named where a task is spoken of for the first time."""
    decisions = ", ".join(_decisions(office, new))
    return office.text("digest.footer" if decisions else "digest.footer_again", open_count=count, decisions=decisions)


def _moved(session: Session, office: Office, row: Delivery, now: datetime) -> list[str]:
    """What was changed in the office's days since the person's last digest; it is in this one however often it is
    made."""
    assert row.person_id is not None
    assert row.id is not None
    return [moved_in_words(office, each) for each in days_to_tell.carry(session, row.person_id, row.id, now)]


def moved_in_words(office: Office, each: days_to_tell.Moved) -> str:
    """A day that an admin changed, in one line."""
    return office.text(f"day_off.told_{each.kind}", day=each.day, name=each.name, works=list(each.works))


def _decisions(office: Office, items: Sequence[Item]) -> Iterable[str]:
    """The decisions that a digest rests on; work assigned by word of mouth rests on none."""
    plans = dict.fromkeys(item.row.plan_id for item in items if not is_assigned(item.row.plan_id))
    return [office.plans[plan].decision.number for plan in plans]


def _live(session: Session, delivery_id: int, opened: Iterable[Obligation]) -> list[tuple[Reminder, Obligation]]:
    """The steps whose obligation is still open and still the person's business, one per obligation: the last.

    `opened` is all that is both.
    """
    theirs = {obligation.id: obligation for obligation in opened}
    found: dict[int, tuple[Reminder, Obligation]] = {}
    for reminder in memory.of_delivery(session, delivery_id):
        if (own := theirs.get(reminder.obligation_id)) is not None:
            found[reminder.obligation_id] = (reminder, own)
            continue
        other = obligations.get(session, reminder.obligation_id)
        if other is not None and other.state == State.OPEN:
            # No longer this person's business: whose it is now has not heard of it by this message.
            memory.release(session, delivery_id, [reminder.obligation_id])
    return list(found.values())


def _instead(
    session: Session, office: Office, own: Sequence[str], agencies: Sequence[str], absent: Mapping[int, Absence]
) -> Iterable[str]:
    """Why somebody is told of an agency whose officer they are not: they are of their `own`; `absent` are those who are
    away."""
    for absent_id, absence in absent.items():
        person = people.get(session, absent_id)
        theirs = [each for each in people.agencies_of(session, absent_id, (Role.OFFICER,)) if each not in own]
        named = [office.agency_name(each) for each in theirs if each in agencies]
        if named and person is not None:
            yield office.text("away.instead", name=people.mentioned(person), agencies=named, last=absence.last)
    if left_alone := alone(session, [each for each in agencies if each not in own]):
        yield office.text("away.alone", agencies=[office.agency_name(each) for each in office.in_order(left_alone)])


def _outage(session: Session, office: Office, now: datetime) -> bool:
    until = settings.get(session, settings.OUTAGE_UNTIL)
    return until is not None and office.is_first_day_since(datetime.fromisoformat(until), now)


def _carry_over(session: Session, row: Delivery, rest: list[Reminder], now: datetime) -> None:
    """What does not fit into one message goes into the next, a row of its own, so that none is lost or cut."""
    assert row.person_id is not None
    following = deliveries.post_next_page(session, row, None, now)
    assert row.id is not None
    assert following is not None
    assert following.id is not None
    memory.carry_over(session, row.id, [reminder.obligation_id for reminder in rest], following.id)
