"""Turns what is due into rows of the outbox: one digest per officer and day, and what the admins must know."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from plan.joint import held_with, members
from plan.reminders import DueStep, ReminderKey, due
from progress import recipients
from progress.recipients import Recipient
from progress.reminded import as_owed, begun, spoken_of
from store import deliveries, memory, obligations, people, settings, ways
from store.engine import Store
from store.people_tables import Address, Person
from store.postings import Identity, Posting, to_person
from store.tables import Delivery, Obligation
from store.types import DeliveryKind, DeliveryState
from words.office import Office

log = logging.getLogger(__name__)
# Local days before the date, where a channel's month is nearly spent.
PRESSES = timedelta(days=3)


def digest_identity(person_id: int, today: date) -> Identity:
    """The identity of a person's digest of a day."""
    return Identity("digest", day=today, person_id=person_id)


def digests(store: Store, office: Office, now: datetime) -> int:
    """Makes today's digest for every officer with a step due who has none yet; returns how many.

    Run again it makes nothing: the day's identity and the memory of every step are unique in the schema.
    """
    if not office.may_send(now):
        return 0
    today = office.today(now)
    made = 0
    with store.look() as looking:
        officers = recipients.officers(looking, office, now)
        identity_of = {each.person_id: digest_identity(each.person_id, today) for each in officers}
        made_already = deliveries.known(looking, identity_of.values())
        waiting = [each for each in officers if identity_of[each.person_id].key not in made_already]
        agencies = {agency for each in waiting for agency in each.agencies}
        rows = spoken_of(looking, office, obligations.of_agencies(looking, agencies), today) if agencies else []
        for recipient in waiting:
            try:
                # Looked at first: most beats find nothing due, and a unit keeps other writers out.
                found = due_among(looking, office, recipient, rows, today)
                if pressing(looking, recipient.address.channel, found, today):
                    with store.unit() as session:
                        _digest(session, office, recipient, today, now)
                    made += 1
            except Exception:
                # One person's trouble is not the next one's; the next beat tries again.
                log.exception("the digest of person %s could not be made", recipient.person_id)
    return made


def _digest(session: Session, office: Office, recipient: Recipient, today: date, now: datetime) -> None:
    person_id, address = recipient.person_id, recipient.address
    identity = digest_identity(person_id, today)
    found = pressing(session, address.channel, due_for(session, office, recipient, today), today)
    if not found or deliveries.exists(session, identity):
        return
    # What could not leave yesterday goes out with today's: one message a day, not two. What is being sent at this very
    # moment is that day's once it is made anew (`brought_up`), or is settled at one of the next beats.
    row = deliveries.unsettled_digest(session, person_id)
    if row is not None and row.state == DeliveryState.SENDING:
        return
    if row is None:
        why = f"the day's reminders of {today.isoformat()}"
        row = deliveries.post(session, to_person(address), Posting(DeliveryKind.DIGEST, why, identity), now)
        assert row is not None
        row.doubts = perhaps_said(session, office, now)
    else:
        deliveries.rename(session, row, identity, to_person(address), now)
    session.add(row)
    _remember(session, recipient, found, row.id)


def pressing(session: Session, channel: str, steps: tuple[DueStep, ...], today: date) -> tuple[DueStep, ...]:
    """What may go by a channel: all of it, or where its month is nearly spent what is due within three days or late.

    What is left out is not remembered as said, and comes with the next step, by another way, or in the next month.
    """
    if not steps or channel not in ways.saving(session):
        return steps
    until = today + PRESSES
    return tuple(each for each in steps if each.owed.due is not None and each.owed.due <= until)


def _remember(session: Session, recipient: Recipient, found: Sequence[DueStep], delivery_id: int | None) -> None:
    """Who is away hears of a step in the one who stands in, and is not told again after coming back."""
    agency_of = {each.id: each.agency_id for each in obligations.of_agencies(session, recipient.agencies)}
    steps: dict[int, list[DueStep]] = defaultdict(list)
    for step in found:
        for each in (recipient.person_id, *recipient.absent_for(agency_of[step.owed.obligation])):
            steps[each].append(step)
    for person_id, theirs in steps.items():
        memory.remember(session, person_id, theirs, delivery_id)


def brought_up(session: Session, office: Office, row: Delivery, now: datetime) -> None:
    """Makes a digest of an earlier day, which leaves now, today's with what became due since: one message a day.

    Whoever takes it to the phone does this in the unit in which it is claimed, so that no beat makes another.
    """
    today = office.today(now)
    if row.person_id is None or row.first_id is not None or row.day is None or row.day >= today:
        return
    officers = recipients.officers(session, office, now)
    recipient = next((each for each in officers if each.person_id == row.person_id), None)
    identity = digest_identity(row.person_id, today)
    if recipient is None or deliveries.exists(session, identity):
        return
    deliveries.make_todays(session, row, identity)
    _remember(session, recipient, due_for(session, office, recipient, today), row.id)


def due_for(session: Session, office: Office, recipient: Recipient, today: date) -> tuple[DueStep, ...]:
    """The steps to be said to a person today about the open obligations of their agencies."""
    owed = obligations.of_agencies(session, recipient.agencies)
    return due_among(session, office, recipient, spoken_of(session, office, owed, today), today)


def due_among(
    session: Session, office: Office, recipient: Recipient, rows: Iterable[Obligation], today: date
) -> tuple[DueStep, ...]:
    """The same among rows that are spoken of, whosever they are.

    In somebody's place a person is told what that one has not heard yet.
    """
    agencies, own = set(recipient.agencies), set(recipient.own)
    rows = [row for row in rows if row.agency_id in agencies]
    if not rows:
        return ()
    said = memory.said(session, recipient.person_id)
    found = _each_alone(office, [row for row in rows if row.agency_id in own], said, today)
    others = [row for row in rows if row.agency_id not in own]
    if others:
        said = said.union(*(memory.said(session, person_id) for person_id in recipient.instead))
        found += _each_alone(office, others, said, today)
    return found


def _each_alone(
    office: Office, rows: Sequence[Obligation], said: Collection[ReminderKey], today: date
) -> tuple[DueStep, ...]:
    """What is due of these; one that cannot be reckoned is left out and logged, the others are reminded of."""
    try:
        return due(as_owed(office, rows), said, office.calendar, today)
    except Exception:
        if len(rows) > 1:
            return tuple(step for row in rows for step in _each_alone(office, [row], said, today))
        log.exception("what is due of obligation %s cannot be reckoned", rows[0].id)
        return ()


def due_today(session: Session, office: Office, agencies: Collection[str], today: date) -> dict[str, int]:
    """Of these agencies those with steps whose day is today, and how many obligations are concerned."""
    rows = obligations.of_agencies(session, [*agencies, *held_with(agencies, people.joint_ones(session))])
    by_id = {row.id: [each for each in members(row.agency_id) if each in agencies] for row in rows}
    found: dict[str, int] = {}
    for step in due(list(as_owed(office, begun(session, office, rows, today))), set(), office.calendar, today):
        # Without a person there is no memory: a step counts on its own day only.
        if step.step.day == today:
            for agency in by_id[step.owed.obligation]:
                found[agency] = found.get(agency, 0) + 1
    return found


def perhaps_said(session: Session, office: Office, now: datetime) -> int:
    """1 where what is made now was perhaps said before: on the first day after a backup was restored, otherwise 0."""
    began = settings.get(session, settings.BEGAN_AGAIN)
    return int(began is not None and office.is_first_day_since(datetime.fromisoformat(began), now))


def untold_admins(session: Session, identity: Identity) -> list[tuple[Person, Address]]:
    """The admins to whom the notice of an identity was not made yet."""
    return [admin for admin in people.admins(session) if not deliveries.exists(session, identity.to(admin[0].id))]


def admin_notice(session: Session, admin: tuple[Person, Address], notice: Posting, now: datetime) -> bool:
    """Puts one notice for one admin into the outbox, under its identity for them; False when it was made before."""
    person, address = admin
    assert notice.identity is not None
    own = replace(notice, identity=notice.identity.to(person.id))
    return deliveries.post(session, to_person(address), own, now) is not None
