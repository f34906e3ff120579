"""Turns what is due into rows of the outbox: one digest per officer and day, and what the admins must know."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from plan.joint import members
from plan.reminders import DueStep, Owed, ReminderKey, due, have_come
from progress import recipients, reminded
from progress.recipients import Recipient
from progress.reminded import as_owed, begun
from store import deliveries, horizon, memory, people, settings, ways
from store.engine import Store, is_about_database
from store.horizon import Horizon, Near
from store.people_tables import Address, Person
from store.postings import Identity, Posting, to_person
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from words.office import Office

log = logging.getLogger(__name__)
Found = TypeVar("Found")
# So many are made while nobody else writes: a tenth of a second.
AT_ONCE = 16
# Local days before the date, where a channel's month is nearly spent.
PRESSES = timedelta(days=3)


_Last = tuple[int, str, str]
"""An obligation, and the last of its steps that has come: its nominal date and its key, as the memory has them."""


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
    made, ahead = 0, reminded.horizon(office, today)
    # Looked at first: most beats find nothing due, and a unit keeps other writers out.
    with store.look() as looking:
        untold = _untold(looking, office, ahead, now)
    # By the handful: a unit for each would have each wait for the disk, and what many are told at once is made once.
    for first in range(0, len(untold), AT_ONCE):
        with store.unit() as session:
            made += _of_some(session, office, untold[first : first + AT_ONCE], ahead, now)
    return made


def _of_some(session: Session, office: Office, some: Sequence[Recipient], ahead: Horizon, now: datetime) -> int:
    """Makes the digests of some; returns how many. One person's trouble is not the next one's."""
    by_agency: dict[str, list[Near]] = defaultdict(list)
    for row in _near(session, office, {each for one in some for each in one.agencies}, ahead, office.today(now)):
        by_agency[row.agency_id].append(row)
    made = 0
    for recipient in some:
        try:
            with session.begin_nested():
                made += _digest(session, office, recipient, by_agency, now)
        except Exception as error:
            if is_about_database(error):
                raise
            # The next beat tries again.
            log.exception("the digest of person %s could not be made", recipient.person_id)
    return made


def _untold(session: Session, office: Office, ahead: Horizon, now: datetime) -> list[Recipient]:
    """The officers without a digest of the day to whom the last step of something was not said."""
    today, concerned = office.today(now), horizon.agencies(session, ahead)
    officers = recipients.officers(session, office, now) if concerned else []
    identity_of = {
        each.person_id: digest_identity(each.person_id, today)
        for each in officers
        if not concerned.isdisjoint(each.agencies)
    }
    made = deliveries.known(session, identity_of.values())
    waiting = [
        each for each in officers if each.person_id in identity_of and identity_of[each.person_id].key not in made
    ]
    rows = _near(session, office, None, ahead, today) if waiting else []
    last = dict(_last_steps(office, rows, today))
    by_agency: dict[str, list[_Last]] = defaultdict(list)
    for row in rows:
        if row.id in last:
            by_agency[row.agency_id].append((row.id, *last[row.id]))
    heard = memory.heard(session, set(last.values()))
    saving, until = ways.saving(session), (today + PRESSES).isoformat()
    return [
        each
        for each in waiting
        if any(step[1] <= until or each.address.channel not in saving for step in _unheard(each, by_agency, heard))
    ]


def _unheard(
    recipient: Recipient, by_agency: Mapping[str, Sequence[_Last]], heard: Collection[memory.Heard]
) -> Iterator[_Last]:
    """The last steps that are new to somebody; in another's place those which that one has not heard either."""
    mine, own = recipient.person_id, set(recipient.own)
    for agency in recipient.agencies:
        hear = (mine,) if agency in own else (mine, *recipient.instead)
        for step in by_agency.get(agency, ()):
            if not any((each, *step) in heard for each in hear):
                yield step


def _last_steps(office: Office, rows: Sequence[Near], today: date) -> Iterable[tuple[int, tuple[str, str]]]:
    """By obligation the last step that has come: its nominal date and its key, as the memory has them."""

    def reckon(owed: Iterable[Owed]) -> Iterable[tuple[int, tuple[str, str]]]:
        for each, come in have_come(owed, office.calendar, today):
            yield each.obligation, (each.due.isoformat() if each.due else "", come[-1].key)

    return _each_alone(office, rows, reckon)


def _digest(
    session: Session, office: Office, recipient: Recipient, by_agency: Mapping[str, Sequence[Near]], now: datetime
) -> bool:
    person_id, address, today = recipient.person_id, recipient.address, office.today(now)
    identity = digest_identity(person_id, today)
    rows = sorted(row for agency in set(recipient.agencies) for row in by_agency.get(agency, ()))
    found = pressing(session, address.channel, _due(session, office, recipient, rows, today), today)
    if not found or deliveries.exists(session, identity):
        return False
    # What could not leave yesterday goes out with today's: one message a day, not two. What is being sent at this very
    # moment is that day's once it is made anew (`brought_up`), or is settled at one of the next beats.
    row = deliveries.unsettled_digest(session, person_id)
    if row is not None and row.state == DeliveryState.SENDING:
        return False
    if row is None:
        why = f"the day's reminders of {today.isoformat()}"
        row = deliveries.post(session, to_person(address), Posting(DeliveryKind.DIGEST, why, identity), now)
        assert row is not None
        row.doubts = perhaps_said(session, office, now)
    else:
        deliveries.rename(session, row, identity, to_person(address), now)
    session.add(row)
    _remember(session, recipient, _agencies(rows), found, row.id)
    return True


def pressing(session: Session, channel: str, steps: tuple[DueStep, ...], today: date) -> tuple[DueStep, ...]:
    """What may go by a channel: all of it, or where its month is nearly spent what is due within three days or late.

    What is left out is not remembered as said, and comes with the next step, by another way, or in the next month.
    """
    if not steps or channel not in ways.saving(session):
        return steps
    until = today + PRESSES
    return tuple(each for each in steps if each.owed.due is not None and each.owed.due <= until)


def _remember(
    session: Session, recipient: Recipient, agency_of: Mapping[int, str], found: Sequence[DueStep], delivery: int | None
) -> None:
    """Who is away hears of a step in the one who stands in, and is not told again after coming back."""
    steps: dict[int, list[DueStep]] = defaultdict(list)
    for step in found:
        for each in (recipient.person_id, *recipient.absent_for(agency_of[step.owed.obligation])):
            steps[each].append(step)
    for person_id, theirs in steps.items():
        memory.remember(session, person_id, theirs, delivery)


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
    rows = _near(session, office, recipient.agencies, reminded.horizon(office, today), today)
    _remember(session, recipient, _agencies(rows), _due(session, office, recipient, rows, today), row.id)


def due_for(session: Session, office: Office, recipient: Recipient, today: date) -> tuple[DueStep, ...]:
    """The steps to be said to a person today about the open obligations of their agencies."""
    rows = _near(session, office, recipient.agencies, reminded.horizon(office, today), today)
    return _due(session, office, recipient, rows, today)


def _near(
    session: Session, office: Office, agencies: Collection[str] | None, ahead: Horizon, today: date
) -> list[Near]:
    """What people are reminded of, of all agencies or of some, and is near on a local day."""
    found = horizon.near(session, ahead, agencies)
    return reminded.spoken_of(session, office, found, today) if found else found


def _agencies(rows: Iterable[Near]) -> dict[int, str]:
    return {row.id: row.agency_id for row in rows}


def _due(
    session: Session, office: Office, recipient: Recipient, rows: Sequence[Near], today: date
) -> tuple[DueStep, ...]:
    """What is due of rows that are spoken of.

    In somebody's place a person is told what that one has not heard yet.
    """
    if not rows:
        return ()
    own, about = set(recipient.own), [row.id for row in rows]
    said = memory.said(session, recipient.person_id, about)
    found = _steps(office, [row for row in rows if row.agency_id in own], said, today)
    others = [row for row in rows if row.agency_id not in own]
    if others:
        said = said.union(*(memory.said(session, person_id, about) for person_id in recipient.instead))
        found += _steps(office, others, said, today)
    return found


def _steps(office: Office, rows: Sequence[Near], said: Collection[ReminderKey], today: date) -> tuple[DueStep, ...]:
    return _each_alone(office, rows, lambda owed: due(owed, said, office.calendar, today))


def _each_alone(
    office: Office, rows: Sequence[Near], reckon: Callable[[Iterable[Owed]], Iterable[Found]]
) -> tuple[Found, ...]:
    """What is reckoned of these; one that cannot be is left out and logged, the others are reminded of."""
    try:
        return tuple(reckon(as_owed(office, rows)))
    except Exception:
        if len(rows) > 1:
            return tuple(found for row in rows for found in _each_alone(office, [row], reckon))
        log.exception("what is due of obligation %s cannot be reckoned", rows[0].id)
        return ()


def due_today(session: Session, office: Office, agencies: Collection[str], today: date) -> dict[str, int]:
    """Of these agencies, joint ones by their own identity, those with steps whose day is today, by the members of each
    how many obligations are concerned."""
    near = horizon.near(session, reminded.horizon(office, today), agencies)
    agency_of = _agencies(near)
    found: dict[str, int] = {}

    def reckon(owed: Iterable[Owed]) -> Iterable[str]:
        for each, come in have_come(owed, office.calendar, today):
            # Without a person there is no memory: a step counts on its own day only.
            if come[-1].day == today:
                yield agency_of[each.obligation]

    for owner in _each_alone(office, begun(session, office, near, today), reckon):
        for agency in members(owner):
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
