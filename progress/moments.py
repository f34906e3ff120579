"""Which moment an answer has where files or words came first and what they are for was said on a later day.

On the same day the earlier moment counts. Otherwise the later one does; where the deadline lies between the two, nobody
here says "late": the answer is flagged, and the admins decide.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from plan.status import ANSWERED, EventKind, Judgement, began_of
from store import obligations, submissions
from store.answer_tables import Submission
from store.obligations import NewEvent
from store.tables import Obligation
from words.office import Office

# A file without a code that came so long before an answer may be meant by it: the longest days off lie within.
REACHES_BACK = timedelta(days=14)


@dataclass(frozen=True)
class InTime:
    """Whether an answer counts as in time; None where there is no date, or where an admin decides.

    In the second case `decided` is True; `began` is when its files or words came (UTC), None where it was an outage.
    """

    in_time: bool | None
    decided: bool = False
    began: datetime | None = None


def put_in_question(
    session: Session, office: Office, row: Obligation, submission: Submission, began: datetime | None, now: datetime
) -> None:
    """Flags a fresh answer that is late and whose files or words came in time, for the admins to judge.

    `began` is when its words came (UTC), where what they are for was said on a later day.
    """
    at = submission.at
    if row.judged != Judgement.RULE or row.done_at != at or office.in_time(row.due, at) is not False:
        return
    file = submissions.first_file(session, submission, at - REACHES_BACK)
    first = min(filter(None, (began, file)), default=None)
    if first is None or office.in_time(row.due, first) is not True:
        return
    note = first.astimezone(UTC).isoformat()
    flag = NewEvent(EventKind.FLAGGED, now, via="service", note=note, submission_id=submission.id)
    obligations.record(session, row, flag, now)


def no_longer(
    session: Session, row: Obligation, submission: Submission, person_id: int, via: str, now: datetime
) -> None:
    """An answer that was taken back leaves no question behind: what is open now is late or not by the rule."""
    flag = obligations.standing_flag(session, row)
    if flag is not None and flag.submission_id == submission.id:
        judged = NewEvent(EventKind.JUDGED, now, via=via, person_id=person_id, submission_id=submission.id)
        obligations.record(session, row, judged, now)


def began(session: Session, row: Obligation) -> datetime | None:
    """When the files or words came of a flagged answer (UTC); None where an outage flagged it, or nothing did."""
    flag = obligations.standing_flag(session, row)
    return began_of(flag.note) if flag is not None else None


def in_time(session: Session, office: Office, row: Obligation, moment: datetime) -> InTime:
    """Whether an answer of an instant counts as in time, by what was decided about it where anything was."""
    if row.due is None or row.state not in ANSWERED:
        return InTime(office.in_time(row.due, row.done_at or moment))
    found = office.lateness(row, office.today(moment))
    if found.is_flagged:
        return InTime(None, decided=True, began=began(session, row))
    return InTime(not found.is_late)
