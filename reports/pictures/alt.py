"""What each picture says, in plain sentences: for its caption, and for whoever cannot see it."""

from collections import Counter
from collections.abc import Sequence

from reports.figures.boxes import Box
from reports.figures.record import Record
from reports.pictures.agency_year import Stop, year_of
from reports.pictures.course import course_of
from reports.pictures.matrix import MARKS, Mark, late_cells, matrices, short_names
from words.message import plain
from words.office import Office
from words.render import clip

# Code points: a photo's caption holds no more (Bot API, sendPhoto).
MOST = 1024
MOST_NAMED, MOST_LATE = 8, 5


def matrix_alt(office: Office, record: Record) -> str:
    """The matrix in words: how many cells of each state, and where most is late."""
    found, names = matrices(record.rows, office), short_names(office, record)
    cells = Counter(mark for matrix in found for mark in matrix.cells.values())
    late = sum((late_cells(matrix) for matrix in found), Counter[str]())
    marks = [(office.text(f"chart.{mark}"), cells[mark]) for mark in Mark if cells[mark]]
    return _said(
        office,
        record,
        "picture.alt_matrix",
        about=record.about,
        owing=len({agency for matrix in found for agency in matrix.agencies}),
        marks=marks,
        behind=[(names[agency], count) for agency, count in late.most_common(MOST_LATE)],
    )


def progress_alt(office: Office, record: Record) -> str:
    """Progress in words: the figures at the ends of the lines, what comes next, and when most was late."""
    course = course_of(office, record)
    following, coming_due = course.next or (None, 0)
    day, most = course.worst or (None, 0)
    return _said(
        office,
        record,
        "picture.alt_progress" if course.total else "picture.alt_progress_empty",
        about=record.about,
        fallen=course.fallen,
        fallen_done=course.fallen - course.late,
        late=course.late,
        rate=course.rate,
        completed=course.completed,
        early=course.early,
        to_come=course.to_come,
        following=following,
        coming_due=coming_due,
        day=day,
        most=most,
        waiting=course.apart - course.returned,
        returned=course.returned,
    )


def agency_alt(office: Office, record: Record, agency_id: str) -> str:
    """One agency's year in words: how many deadlines of each state, and which are late, near and moved."""
    year = year_of(office, record, agency_id)
    stops = year.stops
    marks = Counter(MARKS[stop.box] for _, stop in stops)
    return _said(
        office,
        record,
        "picture.alt_agency" if stops else "picture.alt_agency_empty",
        name=year.name,
        total=len(stops),
        marks=[(office.text(f"chart.{mark}"), marks[mark]) for mark in Mark if marks[mark]],
        late=_coded(office, [each for each in stops if each[1].box is Box.OVERDUE]),
        returned=_coded(office, [each for each in stops if each[1].box is Box.RETURNED]),
        near=_coded(office, [each for each in stops if each[1].box is Box.NEAR]),
        moved=_coded(office, [each for each in stops if each[1].planned]),
        loose=len(year.loose),
    )


def _coded(office: Office, stops: Sequence[tuple[str, Stop]]) -> list[str]:
    """Each with its code and date, the rest as their number."""
    found = [
        office.text("picture.coded", code=code, due=stop.due, returned=stop.returned_days or 0)
        for code, stop in stops[:MOST_NAMED]
    ]
    more = len(stops) - len(found)
    return [*found, office.text("picture.others", count=more)] if more else found


def _said(office: Office, record: Record, key: str, **values: object) -> str:
    names = [plan.label for plan in record.plans]
    return clip(plain(office.text(key, plans=names, as_of=record.window.as_of, **values)), MOST)
