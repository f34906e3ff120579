"""Questions that people had forwarded to the compiling agency, and what an admin answered.

They are no answers to obligations: nothing of the work follows from them.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session, col, select

from store.report_tables import UNANSWERED, Inquiry


def add(session: Session, inquiry: Inquiry) -> Inquiry:
    """Keeps a new question; the same message gives the one that is there (one writer: store.engine)."""
    found = session.exec(select(Inquiry).where(Inquiry.source == inquiry.source)).first()
    if found is not None:
        return found
    session.add(inquiry)
    session.flush()
    return inquiry


def get(session: Session, number: int) -> Inquiry | None:
    """One question."""
    return session.get(Inquiry, number)


def of_person(session: Session, person_id: int) -> Sequence[Inquiry]:
    """What one person asked, the newest first."""
    query = select(Inquiry).where(Inquiry.person_id == person_id)
    return session.exec(query.order_by(col(Inquiry.id).desc())).all()


def waiting(session: Session) -> Sequence[Inquiry]:
    """What has no answer yet, the oldest first."""
    return session.exec(select(Inquiry).where(text(UNANSWERED)).order_by(col(Inquiry.id))).all()
