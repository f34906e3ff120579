"""What a form did, by its nonce: pressed twice it acts once and shows the same."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from store.desk_tables import DeskPress
from words.message import Message


def get(session: Session, nonce: str) -> DeskPress | None:
    """What came of a form that was sent before."""
    return session.exec(select(DeskPress).where(DeskPress.nonce == nonce)).first()


def keep(session: Session, nonce: str, person_id: int, replies: Sequence[Message], now: datetime) -> DeskPress:
    """Keeps what was answered to a form, in the transaction of its effect; the unique nonce is the idempotence."""
    row = DeskPress(nonce=nonce, person_id=person_id, at=now, replies=[each.to_json() for each in replies])
    session.add(row)
    session.flush()
    return row


def replies_of(row: DeskPress) -> tuple[Message, ...]:
    """What was answered."""
    return tuple(Message.from_json(each) for each in row.replies)
