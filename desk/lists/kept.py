"""The lines of the whole office, kept between requests: what changed since is read anew, all of it on another day.

A screen's process holds them once for everybody; what each person may see is asked of them for each request.
"""

from collections.abc import Mapping
from datetime import date
from threading import Lock

from sqlmodel import Session

from desk.lists.line import Line, Lines
from plan.model import Plan
from plan.workdays import Calendar
from store import listing, obligations
from words.office import Office


class KeptLines:
    """The lines as of the newest event that any request has seen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: tuple[Mapping[str, Plan], Calendar, date] | None = None
        self._event = 0
        self._lines: dict[int, Line] = {}
        self._maker: Lines | None = None
        self._all: tuple[Line, ...] = ()

    def of(self, session: Session, office: Office, today: date) -> tuple[Line, ...]:
        """Every line of a local day, in the order of the obligations' numbers; what left the plan is not among them."""
        with self._lock:
            newest = obligations.last_event(session)
            if self._maker is None or not self._is_of(office, today):
                # A plan or a calendar that changed may move any of them.
                self._of, self._maker = (office.plans, office.calendar, today), Lines(office, today)
                self._lines = {}
                self._take(session, self._maker, None)
            elif newest > self._event:
                self._take(session, self._maker, self._event)
            else:
                return self._all
            self._event = newest
            self._all = tuple(self._lines[number] for number in sorted(self._lines))
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
                self._lines[owed.id] = line
