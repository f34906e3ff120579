"""Which picture a name means: messages carry the name, and the picture is drawn from the database when they leave."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from reports.figures.period import make, window
from reports.figures.record import Record
from reports.figures.summary import build
from reports.pictures.agency_chart import agency_png
from reports.pictures.matrix_chart import summary_png
from reports.pictures.progress_chart import progress_png
from store.engine import Store
from words.office import Office


def record_at(session: Session, office: Office, as_of: datetime, scope: Sequence[str] = ()) -> Record:
    """The record as of an instant (UTC), as it was known then; between the periods, and never issued."""
    today = office.today(as_of)
    year = window(office, f"{today.year}-Y", as_of)
    now = year.model_copy(update={"last": today, "ends": today, "as_of": as_of, "over": False})
    return make(session, office, now, scope=scope, known_at=as_of)


def progress_name(record: Record) -> str:
    """The name of the picture of progress that `record_at` gave the figures of."""
    scope = f"|{','.join(record.scope)}" if record.scope else ""
    return f"progress@{record.window.as_of.isoformat()}{scope}"


def agency_name(record: Record, agency_id: str) -> str:
    """The same for one agency's year."""
    return f"agency@{record.window.as_of.isoformat()}|{agency_id}"


def paint(store: Store, office: Office, name: str) -> bytes:
    """The picture of a name as PNG; raises ValueError for a name that is none.

    `matrix@<ISO instant>`, perhaps with the instant at which it was known, a section and agencies, as in
    `matrix@…~…|2|sondung,sonlong`; `progress@<ISO instant>`, perhaps with agencies and groups, as in
    `progress@…|xa,tuphap`; `agency@<ISO instant>|sondung`.
    """
    head, _, rest = name.partition("@")
    if head not in PAINTERS or not rest:
        known = ", ".join(f"{each}@<ISO instant>" for each in PAINTERS)
        raise ValueError(f"no picture is called {name!r}; known are {known}")
    moments, *parts = rest.split("|")
    return PAINTERS[head](store, office, moments, parts)


def _matrix(store: Store, office: Office, moments: str, parts: Sequence[str]) -> bytes:
    section, agencies, *_ = [*parts, "", ""]
    as_of, _, known_at = moments.partition("~")
    with store.look() as session:
        summary = build(
            session,
            office,
            _moment(as_of),
            known_at=_moment(known_at) if known_at else None,
            section=section or None,
            agencies=_ids(agencies),
        )
    return summary_png(office, summary)


def _progress(store: Store, office: Office, as_of: str, parts: Sequence[str]) -> bytes:
    with store.look() as session:
        record = record_at(session, office, _moment(as_of), _ids(*parts))
    return progress_png(office, record)


def _agency(store: Store, office: Office, as_of: str, parts: Sequence[str]) -> bytes:
    if len(parts) != 1 or not parts[0]:
        raise ValueError(f"the picture agency@{as_of} needs one agency; write it as agency@{as_of}|sondung")
    with store.look() as session:
        record = record_at(session, office, _moment(as_of), parts)
    return agency_png(office, record, parts[0])


def _ids(*texts: str) -> tuple[str, ...]:
    return tuple(each for text in texts for each in text.split(",") if each)


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(f"the instant {written!r} has no zone; write it as 2020-04-01T01:00:00+00:00")
    return moment


PAINTERS: Mapping[str, Callable[[Store, Office, str, Sequence[str]], bytes]] = {
    "matrix": _matrix,
    "progress": _progress,
    "agency": _agency,
}
