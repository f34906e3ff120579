"""«Ý kiến của cán bộ»: what people say about the proof sheets of their agencies' work, with the days left to answer."""

from dataclasses import dataclass
from datetime import date, datetime

from starlette.responses import Response

from desk import list_links
from desk.desk import Asked
from desk.page import render
from desk.pages import report_sheets
from progress.items import code_of
from store import files_about, obligations, opinions, people
from store.report_tables import Opinion
from words.file_names import called

# So many that were answered are shown, the newest first; all of them stand in their sheets.
ANSWERED = 50


@dataclass(frozen=True)
class Line:
    """An opinion: `left` are the working days to answer in, negative when they are over."""

    id: int
    code: str
    agency: str
    path: str
    sheet: str
    person: str
    at: datetime
    words: str
    files: tuple[str, ...]
    due: date
    left: int
    answer: str
    answered_by: str
    answered_at: datetime | None


def show(asked: Asked) -> Response:
    """Those that wait, the most urgent first, and those that were answered."""
    waiting = sorted(opinions.waiting(asked.session), key=lambda each: (each.due, each.id))
    answered = opinions.answered(asked.session, ANSWERED)
    return render(
        asked,
        "opinions.html",
        waiting=[_line(asked, each) for each in waiting],
        answered=[_line(asked, each) for each in answered],
    )


def _line(asked: Asked, opinion: Opinion) -> Line:
    office, session = asked.office, asked.session
    row = obligations.get(session, opinion.obligation_id)
    assert row is not None, "an opinion is about an obligation, and none is ever deleted"
    path = list_links.of_task(row.id or 0)
    return Line(
        id=opinion.id or 0,
        code=code_of(office, row),
        agency=office.agency_short(row.agency_id),
        path=path,
        sheet=f"{path}/{report_sheets.SHEET}",
        person=people.named(session, office.agency_short, opinion.person_id),
        at=opinion.at,
        words=opinion.words,
        files=tuple(called(office, each.name, each.kind) for each in files_about.of_opinion(session, opinion.id or 0)),
        due=opinion.due,
        left=office.calendar.distance(office.today(asked.now), opinion.due),
        answer=opinion.answer,
        answered_by=people.named(session, office.agency_short, opinion.answered_by) if opinion.answered_by else "",
        answered_at=opinion.answered_at,
    )
