"""/history: everything that happened to an obligation, in words, the oldest first."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot import blockage, lookup
from bot.turn import Turn
from plan.status import EventKind
from progress.items import code_of, item_of
from store import audit, obligations, people, requests
from store.tables import Obligation, ObligationEvent

REQUEST = re.compile(r"^R(\d{1,9}): ")
DATING = (EventKind.CREATED, EventKind.CHANGED, EventKind.RESTORED, EventKind.EXTENDED, EventKind.DATED)
# An answer that came through a slow line counts from when it was said; the difference is worth a word.
WORTH_SAYING = timedelta(minutes=10)


class Line(NamedTuple):
    """One thing that happened, as it is sorted and shown."""

    recorded: datetime
    text: str


def history(turn: Turn, rest: str) -> None:
    """/history 2b, /history 2b sondung."""
    found = lookup.find(turn, "history", rest, single=True)
    if found is None:
        return
    row = found.rows[0]
    turn.about = row.id
    item = item_of(turn.office, row)
    heading = turn.text(
        "history.heading",
        code=code_of(turn.office, row),
        agency=turn.office.agency_name(row.agency_id),
        title=item.task.short(100) if item else "",
    )
    lines = [*_events(turn, row), *_decisions(turn, row)]
    turn.answer(heading, *(line.text for line in sorted(lines, key=lambda line: line.recorded)))


def _events(turn: Turn, row: Obligation) -> list[Line]:
    found = []
    due: date | None = None
    for event in obligations.events_of(turn.session, row.id or 0):
        before = due
        if event.kind in DATING:
            due = event.due
        found.append(Line(event.recorded_at, _event(turn, event, before)))
    return found


def _event(turn: Turn, event: ObligationEvent, before: date | None) -> str:
    what, note = turn.text(f"history.event_{event.kind}"), event.note
    match = REQUEST.match(note)
    request = requests.get(turn.session, int(match[1])) if match else None
    if request is not None and event.kind in (EventKind.REQUESTED, EventKind.REFUSED):
        what = f"{what} {turn.text(f'request.kind_{request.kind}')}"
    if event.kind == EventKind.JUDGED:
        verdict, _, note = note.partition(" ")
        what = turn.text("history.verdict", verdict=verdict)
    dated = event.kind in DATING
    late = abs(event.recorded_at - event.at) > WORTH_SAYING
    return _line(
        turn,
        at=event.at,
        person_id=event.person_id,
        what=what,
        note=note,
        before=before if dated else None,
        due=event.due if dated else None,
        wanted=event.due if event.kind == EventKind.REQUESTED else None,
        recorded=event.recorded_at if late else None,
    )


def _decisions(turn: Turn, row: Obligation) -> list[Line]:
    """What admins said about what blocks it: of that the audit knows."""
    whats = {blockage.TAKEN: "history.taken", blockage.ANSWERED: "history.answered"}
    return [
        Line(
            each.at,
            _line(
                turn,
                at=each.at,
                person_id=each.actor,
                what=turn.text(whats[each.action]),
                note=str(each.detail.get("words", "")),
            ),
        )
        for each in audit.about(turn.session, f"obligation:{row.id}")
        if each.action in whats
    ]


def _line(
    turn: Turn,
    *,
    at: datetime,
    person_id: int | None,
    what: str,
    note: str,
    before: date | None = None,
    due: date | None = None,
    wanted: date | None = None,
    recorded: datetime | None = None,
) -> str:
    person = people.get(turn.session, person_id) if person_id is not None else None
    return turn.text(
        "history.line",
        at=at,
        person=person.name if person else "",
        what=what,
        note=note,
        before=before,
        due=due,
        wanted=wanted,
        recorded=recorded,
    )
