"""«Ý kiến của cán bộ»: what people say about the proof sheet of their own agency's work, and what an admin answers.

Both stand in the sheet for good; where the writer is erased the words stay as the office's record.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session, col, select

from store.report_tables import UNANSWERED, Opinion


def add(session: Session, opinion: Opinion) -> Opinion:
    """Keeps a new opinion; the same message gives the one that is there (one writer: store.engine)."""
    found = session.exec(select(Opinion).where(Opinion.source == opinion.source)).first()
    if found is not None:
        return found
    session.add(opinion)
    session.flush()
    return opinion


def get(session: Session, number: int) -> Opinion | None:
    """One opinion."""
    return session.get(Opinion, number)


def of_obligation(session: Session, obligation_id: int) -> Sequence[Opinion]:
    """What was said about one obligation's sheet, the oldest first."""
    query = select(Opinion).where(Opinion.obligation_id == obligation_id)
    return session.exec(query.order_by(col(Opinion.id))).all()


def answered(session: Session, most: int) -> Sequence[Opinion]:
    """What was answered, the newest first, so many at most."""
    query = select(Opinion).where(col(Opinion.answered_at).is_not(None))
    return session.exec(query.order_by(col(Opinion.id).desc()).limit(most)).all()


# Asked at each beat, so made once.
_WAITING = select(Opinion).where(text(UNANSWERED)).order_by(col(Opinion.id))


def waiting(session: Session) -> Sequence[Opinion]:
    """What has no answer yet, the oldest first."""
    return session.exec(_WAITING).all()
