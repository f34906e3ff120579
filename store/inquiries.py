"""Questions that people had forwarded to the compiling agency, and what an admin answered.

They are no answers to obligations: nothing of the work follows from them. Which obligations one is about the audit
knows, whatever the codes become.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from store import audit
from store.answer_tables import Evidence
from store.report_tables import UNANSWERED, Inquiry
from store.tables import Obligation


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


# Asked at each beat, so made once.
_WAITING = select(Inquiry).where(text(UNANSWERED)).order_by(col(Inquiry.id))


def waiting(session: Session) -> Sequence[Inquiry]:
    """What has no answer yet, the oldest first."""
    return session.exec(_WAITING).all()


def note_about(session: Session, inquiry: Inquiry, row: Obligation, now: datetime) -> None:
    """Keeps that a question is about an obligation, once."""
    if inquiry not in about(session, row):
        audit.record(
            session, audit.ASKED, f"obligation:{row.id}", now, via=inquiry.via, actor=inquiry.person_id,
            inquiry=inquiry.id,
        )  # fmt: skip


def about(session: Session, row: Obligation) -> list[Inquiry]:
    """The questions about an obligation, the oldest first."""
    noted = [each for each in audit.about(session, f"obligation:{row.id}") if each.action == audit.ASKED]
    found = (get(session, each.detail["inquiry"]) for each in noted)
    return [each for each in found if each is not None]


def files_of(session: Session, inquiry: Inquiry) -> Sequence[Evidence]:
    """The photos and files that went along with a question, an album whole, and with its answer, in their order."""
    own = select(Evidence).where(Evidence.person_id == inquiry.person_id)
    first = session.exec(own.where(col(Evidence.source).startswith(f"{inquiry.source}#", autoescape=True))).all()
    albums = {each.album for each in first if each.album is not None}
    of_it = col(Evidence.id).in_([each.id for each in first]) | col(Evidence.album).in_(albums)
    asked = session.exec(own.where(of_it).order_by(col(Evidence.sent_at), col(Evidence.id))).all() if first else []
    return [*asked, *_files_of_answer(session, inquiry)]


def _files_of_answer(session: Session, inquiry: Inquiry) -> Sequence[Evidence]:
    """Those that came with the answer that stands."""
    if inquiry.answered_at is None:
        return []
    said = [each for each in audit.about(session, f"inquiry:{inquiry.id}") if each.action == audit.ANSWERED]
    ids = said[-1].detail.get("files", []) if said else []
    return session.exec(select(Evidence).where(col(Evidence.id).in_(ids)).order_by(col(Evidence.id))).all()


def of_file(session: Session, file: Evidence) -> Inquiry | None:
    """The question with which a file went along; None for none."""
    his = (col(Inquiry.person_id) == file.person_id) | (col(Inquiry.answered_by) == file.person_id)
    asked = select(Inquiry).where(his).order_by(col(Inquiry.id))
    return next((each for each in session.exec(asked) if file in files_of(session, each)), None)
