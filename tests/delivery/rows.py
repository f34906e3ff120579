"""Rows of the outbox as a test wants them, and what became of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, select

from store import deliveries
from store.engine import Store
from store.people_tables import Address, Person
from store.postings import Destination
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
SOON, BEFORE = NOW + timedelta(seconds=1), NOW - timedelta(seconds=1)
DAY = date(2020, 1, 2)
TO = Destination("telegram", "1")
DUE, SENDING, DOUBT, SENT, FAILED, DROPPED = DeliveryState
OPEN_STATES = {DUE, DOUBT}


def add(session: Session, **values: Any) -> Delivery:
    """A row as it is, due now for chat 1."""
    usual: dict[str, Any] = {
        "created_at": NOW, "kind": DeliveryKind.ANSWER, "why": "a test", "channel": "telegram", "chat": "1",
        "not_before": NOW, "body": {"parts": ["x"], "buttons": [], "picture": None},
    }  # fmt: skip
    row = Delivery(**usual | {"priority": deliveries.PRIORITY[values.get("kind", DeliveryKind.ANSWER)]} | values)
    session.add(row)
    session.flush()
    return row


def person(session: Session, number: int = 1, language: str | None = None) -> int:
    """Somebody in the chat of that number."""
    session.add(Person(id=number, name="Lan", created_at=NOW, language=language))
    session.flush()
    session.add(Address(person_id=number, channel="telegram", user=str(number), chat=str(number), linked_at=NOW))
    session.flush()
    return number


def which(session: Session, *conditions: Any) -> set[int]:
    """The rows for which something holds, read from the database."""
    session.expire_all()
    return {row.id or 0 for row in session.exec(select(Delivery).where(*conditions))}


@contextmanager
def emptied(store: Store) -> Iterator[Session]:
    """A unit on an empty outbox: for cases that would each need a database of their own."""
    with store.unit() as session:
        session.connection().execute(delete(Delivery))
        yield session


def kept(session: Session, *rows: Delivery) -> list[dict[str, Any]]:
    """What the database holds of them."""
    for row in rows:
        session.refresh(row)
    return [row.model_dump() for row in rows]


def ids(*rows: Delivery) -> set[int]:
    """Their numbers."""
    return {row.id or 0 for row in rows}
