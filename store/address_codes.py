"""Codes by which an address is proven to be somebody's: eight digits that went there, and come back from the same
person.

Of a code its HMAC is kept, with a key outside the database, bound to the address.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from store import audit
from store.audit_actions import Action
from store.letter_tables import AddressCode
from words.invite_codes import DIGITS

LASTS = timedelta(days=7)
MOST_TRIES = 5


def make(
    session: Session, person_id: int, place: tuple[str, str], key: bytes, now: datetime, *, by: int, via: str
) -> str:
    """A code for (channel, address), good for a week (`now` in UTC); those of the same person there before are
    worthless."""
    channel, user = place
    for each in _open(session, now, AddressCode.person_id == person_id, AddressCode.channel == channel):
        each.ended_at = now
        session.add(each)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = AddressCode(
        person_id=person_id, channel=channel, user=user, code_hash=_hash(key, place, code), made_by=by, made_at=now,
        expires_at=now + LASTS,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(
        session, Action.ADDRESS_NAMED, f"person:{person_id}", now, via=via, actor=by, code=row.id, channel=channel
    )
    return code


def is_asked(session: Session, now: datetime, *, person_id: int | None, place: tuple[str, str]) -> bool:
    """Whether a code is awaited of this person, or from this (channel, address)."""
    return bool(_awaited(session, now, person_id, place))


def take(
    session: Session, code: str, key: bytes, now: datetime, *, person_id: int | None, place: tuple[str, str]
) -> AddressCode | None:
    """What a code proves, said by this person or from this (channel, address); None for a wrong one. It works once, and
    five wrong ones make it worthless.
    """
    awaited = _awaited(session, now, person_id, place)
    for each in awaited:
        if hmac.compare_digest(each.code_hash, _hash(key, (each.channel, each.user), code)):
            each.ended_at = now
            session.add(each)
            return each
    for each in awaited:
        each.tries += 1
        each.ended_at = now if each.tries >= MOST_TRIES else None
        session.add(each)
    return None


def is_known(session: Session, code: str, key: bytes, now: datetime) -> bool:
    """Whether a code is awaited of anybody; it is not used up, and no try of theirs."""
    hashes = ((each.code_hash, _hash(key, (each.channel, each.user), code)) for each in _open(session, now))
    return any(hmac.compare_digest(kept, said) for kept, said in hashes)


def _awaited(session: Session, now: datetime, person_id: int | None, place: tuple[str, str]) -> Sequence[AddressCode]:
    found = list(_open(session, now, AddressCode.channel == place[0], AddressCode.user == place[1]))
    if person_id is not None:
        known = [each.id for each in found]
        found += [each for each in _open(session, now, AddressCode.person_id == person_id) if each.id not in known]
    return found


def _open(session: Session, now: datetime, *which: bool) -> Sequence[AddressCode]:
    query = select(AddressCode).where(col(AddressCode.ended_at).is_(None), col(AddressCode.expires_at) > now, *which)
    return session.exec(query.order_by(col(AddressCode.id))).all()


def _hash(key: bytes, place: tuple[str, str], code: str) -> str:
    return hmac.new(key, f"address {place[0]} {place[1]} {code}".encode(), hashlib.sha256).hexdigest()
