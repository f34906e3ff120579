"""Where an obligation stands, in words: for its own page in the chat, and for who takes it over."""

from datetime import datetime

from sqlmodel import Session

from plan.status import ANSWERED, State
from progress import product
from progress.placing import in_words as files_in_words
from store import files_about, submissions
from store.tables import Obligation
from words.office import Office


def in_words(session: Session, office: Office, row: Obligation, now: datetime) -> str:
    """With progress, trouble and evidence; `now` in UTC."""
    text, lateness = office.text, office.lateness(row, office.today(now))
    words = text(f"state.{row.state}", at=row.done_at)
    if row.state == State.OPEN and row.progress:
        words += text("state.progress", note=row.progress)
    if row.said:
        words += text("state.said", note=row.said)
    if row.state == State.OPEN and row.blocked:
        words += text("state.blocked", note=row.blocked)
    if row.state == State.OPEN and row.returned:
        words += text("state.returned", note=row.returned, days=lateness.days_returned)
    if row.cause and lateness.is_late:
        words += f"; {text('cause.told', cause=row.cause, why=row.why_late, ruled=row.ruled)}"
    return words + _answered(session, office, row)


def _answered(session: Session, office: Office, row: Obligation) -> str:
    """The answer that stands, with its document and its files."""
    text, words = office.text, ""
    submission = submissions.standing_of(session, row.id or 0)
    if submission is not None and submission.nothing_arose and row.state in ANSWERED:
        words += text("nothing.state")
    if submission is not None and (document := product.in_words(office, submission)):
        words += text("product.state", document=document)
    files = submissions.files_of(session, submission.id or 0) if submission is not None else []
    if named := files_in_words(office, files):
        words += text("state.files", files=named)
    beside = files_about.of_obligations(session, [row.id or 0])
    if named := files_in_words(office, beside):
        words += text("state.files_beside", files=named)
    return words
