"""Reports as they were issued, numbered from 1 for each period and scope; their content: reports.figures.issued."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store import audit
from store.audit_actions import Action
from store.report_tables import IssuedReport

JOINED = ","


def add(
    session: Session,
    key: str,
    scope: Sequence[str],
    content: str,
    now: datetime,
    *,
    via: str,
    person_id: int | None,
    reason: str,
) -> IssuedReport:
    """Keeps what was issued under the next number, as a correction of the one before, and notes it in the audit.

    The number follows the last one (one writer: store.engine).
    """
    before = latest(session, key, scope)
    row = IssuedReport(
        key=key,
        scope=JOINED.join(scope),
        number=before.number + 1 if before else 1,
        issued_at=now,
        issued_by=person_id,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        corrects=before.number if before else None,
        reason=reason,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        Action.REPORT_ISSUED,
        f"report:{row.id}",
        now,
        via=via,
        actor=person_id,
        key=key,
        scope=list(scope),
        number=row.number,
        sha256=row.sha256,
        corrects=row.corrects,
        reason=reason,
    )
    return row


def latest(session: Session, key: str, scope: Sequence[str]) -> IssuedReport | None:
    """The issue of a period and scope that holds: the newest."""
    return session.exec(_of(key, scope).order_by(col(IssuedReport.number).desc()).limit(1)).first()


def numbered(session: Session, key: str, scope: Sequence[str], number: int) -> IssuedReport | None:
    """One issue by its number."""
    return session.exec(_of(key, scope).where(IssuedReport.number == number)).first()


def by_id(session: Session, issue_id: int) -> IssuedReport | None:
    """One issue by its row."""
    return session.get(IssuedReport, issue_id)


def all_of(session: Session) -> Sequence[IssuedReport]:
    """Every issue, in the order in which they were made."""
    return session.exec(select(IssuedReport).order_by(col(IssuedReport.id))).all()


def _of(key: str, scope: Sequence[str]) -> SelectOfScalar[IssuedReport]:
    return select(IssuedReport).where(IssuedReport.key == key, IssuedReport.scope == JOINED.join(scope))
