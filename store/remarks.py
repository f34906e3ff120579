"""What admins add to the proof of an obligation afterwards; like its history it is never changed.

It is the office's record: where its writer is erased the words stay, and their row says only that somebody was there.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from store.report_tables import Remark


def add(
    session: Session, obligation_id: int, text: str, now: datetime, *, via: str, person_id: int | None = None
) -> Remark:
    """Adds a remark as of now (UTC)."""
    remark = Remark(obligation_id=obligation_id, at=now, person_id=person_id, via=via, text=text)
    session.add(remark)
    session.flush()
    return remark


def of(session: Session, obligation_id: int) -> Sequence[Remark]:
    """The remarks on an obligation, the oldest first."""
    return session.exec(select(Remark).where(Remark.obligation_id == obligation_id).order_by(col(Remark.id))).all()
