"""What was said and not understood whole, until somebody says what it means."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from store.answer_tables import UNSETTLED, Unclear


def keep(session: Session, said: Unclear) -> Unclear:
    """Keeps it once; the same message about the same obligation, edited, takes its place (one writer: store.engine)."""
    found = session.exec(
        select(Unclear).where(Unclear.source == said.source, Unclear.obligation_id == said.obligation_id)
    ).first()
    if found is None:
        found = said
    elif found.settled_at is None:
        for name in ("note", "files", "says", "share", "day", "way"):
            setattr(found, name, getattr(said, name))
    session.add(found)
    session.flush()
    return found


def get(session: Session, number: int) -> Unclear | None:
    """One of them."""
    return session.get(Unclear, number)


def waiting(session: Session, obligation_ids: Collection[int] | None = None) -> Sequence[Unclear]:
    """What nobody has settled, the oldest first; only about these obligations where some are given."""
    query = select(Unclear).where(text(UNSETTLED))
    if obligation_ids is not None:
        query = query.where(col(Unclear.obligation_id).in_(list(obligation_ids)))
    return session.exec(query.order_by(col(Unclear.id))).all()


def settle(session: Session, said: Unclear, meaning: str, by: int, now: datetime) -> None:
    """Somebody said what it means; `meaning` is "none" where it is not to be recorded."""
    said.settled_at, said.settled_by, said.settled_as = now, by, meaning
    session.add(said)
    session.flush()
