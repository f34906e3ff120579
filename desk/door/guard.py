"""Who a request comes from: signed in, locked, half way in, or nobody."""

from datetime import datetime

from sqlmodel import Session
from starlette.requests import Request

from desk.desk import Desk
from desk.door import cookies
from desk.viewer import Viewer, viewer_of
from store import audit, desk_sessions
from store.audit_actions import Action
from store.desk_tables import DeskSession, Stage

# So often at most a request notes that somebody is there: a page that is read waits for no writer.
NOTED_EVERY_S = 20


def session_of(desk: Desk, session: Session, request: Request) -> DeskSession | None:
    """The live session of a request, however far it has come."""
    return desk_sessions.of_token(session, cookies.token(desk, request))


def viewer(desk: Desk, session: Session, row: DeskSession, now: datetime) -> Viewer | None:
    """The person of a session that is signed in; None for one that is half way, or whose roles have ended."""
    if row.stage != Stage.IN or row.id is None:
        return None
    return viewer_of(session, row.person_id, row.id, desk.office_of(session).today(now), desk.channel)


def is_locked(desk: Desk, row: DeskSession, who: Viewer, now: datetime) -> bool:
    """Whether the passphrase is wanted again before anything is shown: nobody did anything for a while."""
    idle = desk.locks.admin_idle if who.is_admin else desk.locks.idle
    return now - row.seen_at > idle


def is_stale(desk: Desk, session: Session, row: DeskSession, now: datetime) -> bool:
    """Whether the second thing is wanted again: it was given on another day."""
    today = desk.office_of(session).today
    return desk.locks.second_each_day and (row.second_at is None or today(row.second_at) != today(now))


def note(desk: Desk, number: int, now: datetime) -> None:
    """Notes that somebody did something at their computer."""
    with desk.store.unit() as session:
        desk_sessions.touch(session, number, now)


def note_seen(desk: Desk, person_id: int, path: str, now: datetime) -> None:
    """Notes in the audit that somebody looked at a page of data about persons."""
    with desk.store.unit() as session:
        audit.record(session, Action.DESK_SEEN, f"page:{path}", now, via="desk", actor=person_id)
