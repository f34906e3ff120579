"""Attempts at the door: who is meant, whether they must wait, and what a wrong one leads to."""

import re
from datetime import datetime

from sqlmodel import Session

from desk.desk import Desk
from desk.door import passphrase
from progress.notifying import Notifier
from store import desk_failures, desk_keys, people
from store.desk_tables import DeskKey
from store.people_tables import Person
from store.postings import Identity, notice
from words.office import Office

# The name to sign in with is the number by which the board of people knows somebody.
NAME = re.compile(r"[Pp]?([0-9]{1,9})")


def name_of(person_id: int) -> str:
    """The name to sign in with."""
    return f"P{person_id}"


def person_named(session: Session, typed: str) -> Person | None:
    """Who signs in by this name; None for nobody with a role."""
    match = NAME.fullmatch(typed.strip())
    person = people.get(session, int(match[1])) if match else None
    if person is None or person.id is None or not people.memberships(session, person.id):
        return None
    return person


def waits_until(session: Session, person: Person | None, address: str, now: datetime) -> datetime | None:
    """Until when nobody is let in by this name from this address (UTC); None where they may try."""
    return desk_failures.waits_until(session, person.id, address, now) if person and person.id else None


def key_of(session: Session, person: Person | None) -> DeskKey | None:
    """The passphrase of who signs in."""
    return desk_keys.live(session, person.id) if person is not None and person.id is not None else None


def is_off(desk: Desk, key: DeskKey, seen: datetime | None, now: datetime) -> bool:
    """Whether a passphrase that was confirmed opens nothing any more: its person was not here for too long.

    `seen` is when they last were (UTC); to confirm it anew counts as a beginning.
    """
    last = max(filter(None, (seen, key.confirmed_at)), default=None)
    return last is not None and now - last > desk.locks.off_after


def is_right(key: DeskKey | None, typed: str) -> bool:
    """Whether the passphrase is right; slow, so no transaction waits for it."""
    return passphrase.is_right(key.secret if key is not None else None, typed)


def failed(desk: Desk, session: Session, person: Person | None, address: str, now: datetime) -> None:
    """Counts a wrong attempt; who is held up by it hears so in their chat, once a day."""
    if person is None or person.id is None or not desk_failures.note(session, person.id, address, now):
        return
    office = desk.office_of(session).speaking(person.language)
    identity = Identity("desk_held_up", day=office.today(now))
    told = notice(identity, office.text("desk.held_up_told", at=now), "wrong attempts at the screen's door")
    Notifier(session, office, None, desk.channel, now).tell(person.id, told)


def succeeded(session: Session, person: Person, address: str) -> None:
    """A right attempt ends the count."""
    desk_failures.forget(session, person.id or 0, address)


def wrong_words(office: Office, until: datetime | None) -> str:
    """What is said of a wrong attempt: never which part of it was wrong."""
    return office.text("desk.held_up", until=until) if until is not None else office.text("desk.wrong")
