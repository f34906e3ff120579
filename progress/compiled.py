"""The report that the compiling agency issues answers its own duty to compile it: nobody reports a report."""

from datetime import datetime

from sqlmodel import Session

from plan.status import ANSWERED, EventKind, State
from progress.items import item_of
from store import obligations, requests, submissions
from store.answer_tables import Submission
from store.obligations import NewEvent
from store.tables import Obligation
from words.office import Office


def answer(
    session: Session,
    office: Office,
    key: str,
    now: datetime,
    *,
    note: str,
    source: str,
    via: str,
    person_id: int | None,
) -> list[Obligation]:
    """Records as done, as of `now` (UTC), what the compiling agency owes as the compilation of a period (2020-Q1).

    Gives the obligations that it answered: none where they were answered before. `source` names the issue. Whoever
    issues it on the machine itself is nobody whom the service knows: then there is no submission, the event tells it.
    """
    found = [row for row in obligations.all_of(session, states=(State.OPEN,)) if _is_compiled(office, row, key)]
    for row in found:
        assert row.id is not None
        submission = None if person_id is None else submissions.add(
            session,
            Submission(
                obligation_id=row.id, person_id=person_id, at=now, recorded_at=now, note=note, via=via,
                source=f"{source}:{row.id}",
            ),
        )  # fmt: skip
        requests.void(session, row.id, now)
        answer_id = submission.id if submission else None
        event = NewEvent(EventKind.SUBMITTED, now, via=via, person_id=person_id, note=note, submission_id=answer_id)
        obligations.record(session, row, event, now)
    return found


def duty(session: Session, office: Office, key: str) -> Obligation | None:
    """What the compiling agency owes as the compilation of a period, once it is answered; None before, or where it is
    owed by no plan."""
    rows = obligations.all_of(session, states=ANSWERED)
    return next((row for row in rows if _is_compiled(office, row, key)), None)


def _is_compiled(office: Office, row: Obligation, key: str) -> bool:
    if row.agency_id != office.compiler or row.occurrence != key:
        return False
    item = item_of(office, row)
    return item is not None and item.milestone.schedule == "compile"
