"""Codes that are typed once at the computer: from the person's chat, from the machine, or printed in reserve.

Six digits are guessed by who may try often, so a code takes five wrong ones and stands ten minutes. What is kept is a
hash with a salt of its own, and the newest code of a purpose alone counts.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from store import rates
from store.desk_tables import CodeFor, DeskCode
from store.rates import Limit

STANDS = timedelta(minutes=10)
TRIES = 5
RESERVES = 10
# A code a minute, three at once: nobody's chat is flooded by who knows their passphrase.
SENT = Limit(60.0, 3)


def take_turn(session: Session, person_id: int, now: datetime) -> bool:
    """Whether one more code may go to somebody's chat now, whoever asked for it; where it may, it is counted."""
    return rates.allow(session, f"desk_code:{person_id}", SENT, now)


def make(session: Session, person_id: int, purpose: CodeFor, now: datetime) -> str:
    """A code of six digits, in place of the ones before for the same; it is given here and kept nowhere."""
    for each in _open(session, person_id, (purpose,), now):
        _use(session, each, now)
    return _make(session, person_id, purpose, now, now + STANDS)


def make_reserve(session: Session, person_id: int, now: datetime) -> list[str]:
    """Ten codes of eight digits to be printed, in place of those that were printed before."""
    for each in _open(session, person_id, (CodeFor.RESERVE,), now):
        _use(session, each, now)
    return [_make(session, person_id, CodeFor.RESERVE, now, None, digits=8) for _ in range(RESERVES)]


def take(
    session: Session, person_id: int, typed: str, now: datetime, purposes: Sequence[CodeFor] = tuple(CodeFor)
) -> CodeFor | None:
    """Takes a code that was typed, once; what it was for, None where it is wrong, too old or was used."""
    found = _open(session, person_id, purposes, now)
    for each in found:
        if hmac.compare_digest(_hashed(each.salt, typed), each.code_hash):
            _use(session, each, now)
            return CodeFor(each.purpose)
    for each in found:
        each.tries += 1
        session.add(each)
    session.flush()
    return None


def left_in_reserve(session: Session, person_id: int, now: datetime) -> int:
    """How many printed codes are left."""
    return len(_open(session, person_id, (CodeFor.RESERVE,), now))


def _make(
    session: Session, person_id: int, purpose: CodeFor, now: datetime, until: datetime | None, digits: int = 6
) -> str:
    code, salt = f"{secrets.randbelow(10**digits):0{digits}}", secrets.token_hex(16)
    hashed = _hashed(salt, code)
    session.add(
        DeskCode(person_id=person_id, purpose=purpose, salt=salt, code_hash=hashed, made_at=now, expires_at=until)
    )
    session.flush()
    return code


def _open(session: Session, person_id: int, purposes: Sequence[CodeFor], now: datetime) -> list[DeskCode]:
    query = select(DeskCode).where(
        DeskCode.person_id == person_id,
        col(DeskCode.purpose).in_([each.value for each in purposes]),
        col(DeskCode.used_at).is_(None),
    )
    rows = session.exec(query.order_by(col(DeskCode.id))).all()
    # A printed code is longer and stands long: wrong attempts are held up by the door, and do not end it.
    return [each for each in rows if each.expires_at is None or (each.expires_at > now and each.tries < TRIES)]


def _use(session: Session, row: DeskCode, now: datetime) -> None:
    row.used_at = now
    session.add(row)
    session.flush()


def _hashed(salt: str, code: str) -> str:
    return hmac.new(salt.encode(), code.encode(), hashlib.sha256).hexdigest()
