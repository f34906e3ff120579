"""The lines of the whole office, kept between requests: what changed since is read anew, all of it on another day.

A screen's process holds them once for everybody; what each person may see is asked of them for each request.
"""

from collections.abc import Mapping
from datetime import date
from threading import Lock

from sqlmodel import Session

from desk.lists.line import Line, Lines
from desk.lists.seen import Seen
from plan.model import Plan
from plan.workdays import Calendar
from store import assignees, listing, obligations
from store.assignees import Key
from words.office import Office


class KeptLines:
    """The lines as of the newest event that any request has seen, and the newest word on who carries a task out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: tuple[Mapping[str, Plan], Calendar, date] | None = None
        self._event = self._naming = 0
        self._lines: dict[int, Line] = {}
        self._named: dict[Key, int | None] = {}
        self._maker: Lines | None = None
        self._all = Seen()

    def of(self, session: Session, office: Office, today: date) -> Seen:
        """Every line of a local day; what left the plan is not among them."""
        with self._lock:
            newest, named = obligations.last_event(session), self._newly_named(session)
            if self._maker is None or not self._is_of(office, today):
                # A plan or a calendar that changed may move any of them.
                self._of, self._maker = (office.plans, office.calendar, today), Lines(office, today)
                self._lines = {}
                self._take(session, self._maker, None)
            elif newest > self._event:
                self._take(session, self._maker, self._event)
            elif not named:
                return self._all
            self._event = newest
            self._rename(named)
            self._all = Seen(self._lines.values())
            return self._all

    def _is_of(self, office: Office, today: date) -> bool:
        """Whether it was made of this office, whichever language it speaks: plans and calendar are never changed in
        place."""
        assert self._of is not None
        plans, calendar, day = self._of
        return plans is office.plans and calendar is office.calendar and day == today

    def _take(self, session: Session, maker: Lines, since: int | None) -> None:
        for owed in listing.listed(session, since):
            line = maker.line(owed)
            if line is None:
                self._lines.pop(owed.id, None)
            else:
                assignee = self._named.get(Key(line.plan, line.work, line.agency)) if self._named else None
                self._lines[owed.id] = line._replace(assignee=assignee) if assignee is not None else line

    def _newly_named(self, session: Session) -> dict[Key, int | None]:
        """The tasks of which somebody said since who carries them out, each with who does now."""
        rows = assignees.after(session, self._naming)
        found = {Key(each.plan_id, each.work, each.agency_id): each.person_id for each in rows}
        if rows:
            self._naming = rows[-1].id or 0
            self._named |= found
        return found

    def _rename(self, named: Mapping[Key, int | None]) -> None:
        for number, line in list(self._lines.items()) if named else ():
            key = Key(line.plan, line.work, line.agency)
            if key in named:
                self._lines[number] = line._replace(assignee=named[key])
