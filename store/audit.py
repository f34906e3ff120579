"""The audit: who decided what about people and the installation, in a chain that shows when a row was changed.

Each entry's hash covers the entry and the hash before it. Triggers refuse to change or delete a row; whoever goes
around them must make every later hash anew, and is found by a head that was kept elsewhere, such as an admin's chat.
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, or_, select

from store.audit_actions import Action
from store.tables import AuditEntry

START = "0" * 64
# How much of a head is shown to people: whoever makes a chain anew does not find another with the same beginning.
SHOWN = 16
# What admins say about what blocks an agency: no event of an obligation means it.
BLOCK_TAKEN, BLOCK_ANSWERED = Action.BLOCKED_TAKEN, Action.BLOCKED_ANSWERED
BLOCK_UNANSWERED = Action.BLOCKED_UNANSWERED
# That an agency was urged otherwise than by a message, by the way in which it was.
URGED = {"phone": Action.URGED_PHONE, "meeting": Action.URGED_MEETING, "letter": Action.URGED_LETTER}
# Which obligation a question is about that was forwarded.
ASKED = Action.INQUIRY_ABOUT
ANSWERED = Action.INQUIRY_ANSWERED


@dataclass(frozen=True)
class Verified:
    """What a walk along the chain found: how many entries, its head, and the first entry that does not fit."""

    entries: int
    head: str
    broken_at: int | None = None
    why: str = ""


def record(
    session: Session,
    action: Action,
    subject: str,
    now: datetime,
    *,
    via: str,
    actor: int | None = None,
    **detail: Any,
) -> AuditEntry:
    """Appends an entry; `subject` and `detail` name people by their row (person:12), never by name or chat.

    Its number and hash follow those of the last one, which nobody can overtake (one writer: store.engine).
    """
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)).first()
    number, previous = (last.id + 1, last.hash) if last else (1, START)
    entry = AuditEntry(
        id=number,
        at=now,
        actor=actor,
        via=via,
        action=action.value,
        subject=subject,
        detail=detail,
        previous=previous,
        hash="",
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    session.flush()
    return entry


# Asked at each beat, so made once.
_ABOUT = select(AuditEntry).where(AuditEntry.subject == bindparam("subject")).order_by(col(AuditEntry.id))


def about(session: Session, subject: str) -> list[AuditEntry]:
    """What was decided about one thing, the oldest first."""
    return list(session.exec(_ABOUT, params={"subject": subject}).all())


def of_actions(session: Session, actions: Iterable[str]) -> list[AuditEntry]:
    """The entries of some actions, the oldest first."""
    query = select(AuditEntry).where(col(AuditEntry.action).in_(sorted(actions)))
    return list(session.exec(query.order_by(col(AuditEntry.id))).all())


def page(
    session: Session, actions: Collection[Action], person: int | None, first: int, rows: int
) -> tuple[list[AuditEntry], int]:
    """Some rows of the entries of these actions (of none: all but pages that were seen), the newest first, behind the
    `first` ones; and how many there are. With a person: what they did, and what was done about them."""
    action, subject = col(AuditEntry.action), col(AuditEntry.subject)
    wanted = [action.in_(sorted(actions)) if actions else action != Action.DESK_SEEN]
    if person is not None:
        wanted.append(or_(col(AuditEntry.actor) == person, subject == f"person:{person}"))
    count = session.exec(select(func.count()).select_from(AuditEntry).where(*wanted)).one()
    query = select(AuditEntry).where(*wanted).order_by(col(AuditEntry.id).desc())
    return list(session.exec(query.offset(first).limit(rows)).all()), count


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over the entry without its own hash, as JSON with sorted keys, the moment in UTC."""
    told = {
        "id": entry.id,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "via": entry.via,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "previous": entry.previous,
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def verify(session: Session, known_head: str | None = None) -> Verified:
    """Walks along the chain; `known_head` is a head (or its beginning) kept elsewhere that must still be in it."""
    count, previous, seen = 0, START, known_head is None
    for entry in entries(session):
        fault = _fault(entry, count + 1, previous)
        if fault:
            return Verified(count, previous, entry.id, fault)
        count, previous = count + 1, entry.hash
        seen = seen or (known_head is not None and entry.hash.startswith(known_head))
    if not seen:
        return Verified(count, previous, count, "the given head is not in the chain: entries were cut off or made anew")
    return Verified(count, previous)


# Asked at each beat, so made once.
_ENTRIES = select(AuditEntry).where(col(AuditEntry.id) > bindparam("since")).order_by(col(AuditEntry.id))


def entries(session: Session, since: int = 0) -> Iterable[AuditEntry]:
    """The entries in their order, those after `since`."""
    return session.exec(_ENTRIES, params={"since": since})


def head(session: Session) -> tuple[int, str]:
    """The number and hash of the newest entry; (0, START) while there is none."""
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)).first()
    return (last.id, last.hash) if last else (0, START)


def _fault(entry: AuditEntry, number: int, previous: str) -> str:
    if entry.id != number:
        return f"entry {number} is missing"
    if entry.previous != previous:
        return f"entry {number} does not follow the one before it"
    return "" if entry.hash == hash_of(entry) else f"entry {number} was changed"
