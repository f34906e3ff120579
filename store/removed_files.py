"""A file is taken out: its bytes and its name go; that it was there, its SHA-256, the moment and the reason stay."""

from datetime import datetime

from sqlmodel import Session, col, select

from store import audit, loose
from store.answer_tables import Evidence
from store.audit_actions import Action
from store.types import EvidenceState


def remove(session: Session, file: Evidence, by: int, why: str, now: datetime, *, via: str) -> None:
    """Takes a file out; of the bytes another file has they stay for that one. The audit keeps that it was done."""
    digest = file.sha256 or ""
    file.state, file.sha256, file.removed_hash = EvidenceState.REMOVED, None, digest
    file.removed_at, file.removed_by, file.removed_why = now, by, why
    # The platform would hand it over again under these, and what a file is called may say as much as what is in it.
    file.name = file.file_id = file.unique_id = ""
    session.add(file)
    session.flush()
    if digest:
        loose.drop_bytes(session, digest)
    detail = {"sha256": digest, "size": file.size, "why": why, "answer": file.submission_id}
    audit.record(session, Action.FILE_REMOVED, f"evidence:{file.id}", now, via=via, actor=by, **detail)


def same_elsewhere(session: Session, digest: str) -> Evidence | None:
    """Another file with the same bytes that is still here."""
    query = select(Evidence).where(Evidence.sha256 == digest).order_by(col(Evidence.id)).limit(1)
    return session.exec(query).first() if digest else None
