"""The second thing: a code of the person's own chat, of an authenticator's app, or a printed one."""

import secrets
from datetime import datetime

from sqlmodel import Session

from desk.desk import Desk
from desk.door import authenticator, sealed
from progress.notifying import Notifier
from store import addresses, desk_codes, desk_keys
from store.desk_tables import CodeFor
from store.people_tables import Person
from store.postings import Identity, Posting
from store.types import DeliveryKind
from words.message import say


def has_app(desk: Desk, session: Session, person_id: int) -> bool:
    """Whether the person has an authenticator's app of which we still know the secret."""
    row = desk_keys.authenticator(session, person_id)
    return row is not None and sealed.opened(desk.app_key, row) is not None


def has_lost_app(desk: Desk, session: Session, person_id: int) -> bool:
    """Whether the person has one whose secret nobody can read any more: its key is lost."""
    return desk_keys.authenticator(session, person_id) is not None and not has_app(desk, session, person_id)


def can_be_sent(desk: Desk, session: Session, person_id: int) -> bool:
    """Whether a code can reach the person's chat."""
    return addresses.reached_at(session, person_id, desk.channel) is not None


def send(desk: Desk, session: Session, person: Person, now: datetime) -> bool:
    """Puts a code for the person's own chat into the outbox; False where it cannot, or too many were sent."""
    person_id = person.id or 0
    if not can_be_sent(desk, session, person_id) or not desk_codes.take_turn(session, person_id, now):
        return False
    code = desk_codes.make(session, person_id, CodeFor.CHAT, now)
    office = desk.office_of(session).speaking(person.language)
    text = office.text("desk.code_told", code=code, until=now + desk_codes.STANDS)
    posting = Posting(
        DeliveryKind.ANSWER, "a code for the screen", Identity("desk_code", secrets.token_hex(8)), say(text)
    )
    Notifier(session, office, person, desk.channel, now).tell(person_id, posting)
    return True


def take(desk: Desk, session: Session, person_id: int, typed: str, now: datetime) -> bool:
    """Takes what was typed, once, whichever of the three it is."""
    code = "".join(each for each in typed if each.isdigit())
    app = desk_keys.authenticator(session, person_id)
    secret = sealed.opened(desk.app_key, app) if app is not None else None
    if app is not None and secret is not None and (step := authenticator.step_of(secret, code, now)) is not None:
        return desk_keys.take_step(session, app, step, now)
    return desk_codes.take(session, person_id, code, now, (CodeFor.CHAT, CodeFor.RESERVE)) is not None
