"""What waits for the viewer: the answers to confirm or to return, each a form of its own."""

from dataclasses import dataclass
from datetime import date, datetime

from starlette.responses import Response

from desk.desk import Asked
from desk.page import render
from plan.status import State
from progress import moments, review
from progress.acts import deciding
from progress.acts.scene import Scene
from progress.items import code_of, item_of
from store import obligations, people, submissions
from store.answer_tables import Submission
from store.tables import Obligation
from words.file_names import called


@dataclass(frozen=True)
class Waiting:
    """An answer that waits: who said what when, and with which files; `may` says whether the viewer decides."""

    submission: int
    code: str
    title: str
    agency: str
    due: date | None
    person: str
    at: datetime
    note: str
    in_time: bool | None
    files: tuple[str, ...]
    may: bool


def show(asked: Asked) -> Response:
    """The queue; a leader reads the same and decides nothing."""
    scene = Scene(asked.session, asked.office, asked.viewer.actor, asked.now)
    mine = deciding.waiting(scene)
    found = mine if not asked.viewer.reads_all or asked.viewer.is_admin else _all(asked)
    may = {submission.id for _, submission in mine}
    return render(asked, "queue.html", answers=[_waiting(asked, *each, may=each[1].id in may) for each in found])


def _all(asked: Asked) -> list[tuple[Obligation, Submission]]:
    """Every answer that waits for somebody."""
    rows = obligations.all_of(asked.session, states=(State.AT_HEAD, State.IN_REVIEW))
    return [(row, found) for row in rows if (found := submissions.standing_of(asked.session, row.id or 0))]


def _waiting(asked: Asked, row: Obligation, submission: Submission, *, may: bool) -> Waiting:
    session, office = asked.session, asked.office
    item = item_of(office, row)
    return Waiting(
        submission=submission.id or 0,
        code=code_of(office, row),
        title=item.task.title if item else "",
        agency=office.agency_short(row.agency_id),
        due=row.due,
        person=people.named(session, office.agency_short, submission.person_id),
        at=submission.at,
        note=submission.note,
        in_time=moments.in_time(session, office, row, submission.at).in_time,
        files=tuple(called(office, each.name, each.kind) for each in review.proofs(session, submission)),
        may=may,
    )
