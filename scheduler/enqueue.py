"""Turns what is due into rows of the outbox: one digest per officer and day, and what the admins must know."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from progress import recipients, reminded
from progress.recipients import Recipient
from scheduler import due_steps
from store import deliveries, horizon, memory, people, settings
from store.engine import Store, is_about_database
from store.horizon import Horizon, Near
from store.memory import Told
from store.people_tables import Address, Person
from store.postings import Identity, Posting, to_person
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from words.office import Office

log = logging.getLogger(__name__)
# So many are made while nobody else writes: a tenth of a second.
AT_ONCE = 16


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
    """Makes the digests of some; returns how many."""
    by_agency: dict[str, list[Near]] = defaultdict(list)
    for row in due_steps.near(
        session, office, {each for one in some for each in one.agencies}, ahead, office.today(now)
    ):
        by_agency[row.agency_id].append(row)
    return _made(session, office, some, by_agency, now)


def _made(
    session: Session,
    office: Office,
    some: Sequence[Recipient],
    by_agency: Mapping[str, Sequence[Near]],
    now: datetime,
) -> int:
    """How many were made: all at once, or where that fails one by one: one person's trouble is not the next one's."""
    try:
        with session.begin_nested():
            return _digests(session, office, some, by_agency, now)
    except Exception as error:
        if is_about_database(error):
            raise
        if len(some) == 1:
            # The next beat tries again.
            log.exception("the digest of person %s could not be made", some[0].person_id)
            return 0
    return sum(_made(session, office, [one], by_agency, now) for one in some)


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
    return due_steps.with_news(session, office, waiting, ahead, today)


def _digests(
    session: Session,
    office: Office,
    some: Sequence[Recipient],
    by_agency: Mapping[str, Sequence[Near]],
    now: datetime,
) -> int:
    today = office.today(now)
    identity_of = {each.person_id: digest_identity(each.person_id, today) for each in some}
    made = deliveries.known(session, identity_of.values())
    earlier = deliveries.unsettled_digests(session, identity_of)
    # What is being sent at this very moment is an earlier day's once it is made anew (`brought_up`), or is settled at
    # one of the next beats.
    leaving = {person for person, row in earlier.items() if row.state == DeliveryState.SENDING}
    waiting = [each for each in some if identity_of[each.person_id].key not in made and each.person_id not in leaving]
    told = due_steps.told(session, office, waiting, by_agency, today)
    numbers = _numbers(session, office, [recipient for recipient, _ in told], earlier, now)
    memory.remember_all(
        session,
        [
            Told(person_id, steps, numbers[recipient.person_id])
            for recipient, heard in told
            for person_id, steps in heard.items()
        ],
    )
    return len(told)


def _numbers(
    session: Session, office: Office, told: Sequence[Recipient], earlier: Mapping[int, Delivery], now: datetime
) -> dict[int, int | None]:
    """By person the number of today's digest: of a new one, or of the one of an earlier day that could not leave then,
    so that there is one message a day and not two."""
    today = office.today(now)
    why, doubts = f"the day's reminders of {today.isoformat()}", perhaps_said(session, office, now)
    found, new = {person: row.id for person, row in earlier.items()}, {}
    for each in told:
        identity, to = digest_identity(each.person_id, today), to_person(each.address)
        if (row := earlier.get(each.person_id)) is not None:
            deliveries.rename(session, row, identity, to, now)
        else:
            new[each.person_id] = to, Posting(DeliveryKind.DIGEST, why, identity, doubts=doubts)
    numbers = deliveries.post_new(session, list(new.values()), now)
    return found | dict(zip(new, numbers, strict=True))


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
    heard = due_steps.told_now(session, office, recipient, today)
    memory.remember_all(session, [Told(person_id, steps, row.id) for person_id, steps in heard.items()])


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
