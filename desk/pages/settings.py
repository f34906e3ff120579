"""Thiết lập: the settings as they hold, how the installation stands, its backups, and who is signed in here."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from desk.desk import Asked
from desk.page import render
from store import desk_sessions, people, settings

PATH = "/thiet-lap"
MARKS = {True: "yes", False: "no", None: "note"}


@dataclass(frozen=True)
class Signed:
    """Somebody who is signed in; the moments are UTC, `here` is the session of the request."""

    id: int
    name: str
    at: datetime
    newest: datetime
    browser: str
    address: str
    here: bool


@dataclass(frozen=True)
class Backup:
    """The last backup and the last failure since (UTC), with how old the former is; None where there was none."""

    made: datetime | None
    days: int
    hours: int
    failed: datetime | None


def show(asked: Asked) -> Response:
    """The page; a leader reads it without the sessions of others."""
    may = asked.viewer.is_admin
    backup, sessions = _backup(asked), _sessions(asked) if may else []
    # The view ends here: the checks open their own, and no request holds two.
    asked.session.close()
    known = asked.desk.installation
    return render(
        asked,
        "settings.html",
        may=may,
        backup=backup,
        sessions=sessions,
        findings=[(MARKS[each.ok], each.text) for each in known.findings(asked.office.text)],
        known=known,
    )


def _backup(asked: Asked) -> Backup:
    made, failed = settings.backup_made(asked.session), settings.backup_failed(asked.session)
    age = asked.now - made if made is not None else None
    days, hours = (age.days, age.seconds // 3600) if age is not None else (0, 0)
    return Backup(made, days, hours, failed[0] if failed is not None else None)


def _sessions(asked: Asked) -> list[Signed]:
    return [
        Signed(
            id=row.id or 0,
            name=people.mentioned(people.get(asked.session, row.person_id)),
            at=row.made_at,
            newest=row.seen_at,
            browser=row.browser,
            address=row.address,
            here=row.id == asked.viewer.session,
        )
        for row in desk_sessions.live(asked.session)
    ]
