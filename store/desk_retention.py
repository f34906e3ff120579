"""What the screen need not keep: codes that are over, wrong attempts, forms whose answers nobody looks at any more,
sessions that ended. Who signed in when stays in the audit."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from store.desk_tables import DeskAuthenticator, DeskCode, DeskFailure, DeskKey, DeskPress, DeskSession, Stage

# A form that a browser sends again after so long is a new one.
PRESSES, CODES, FAILURES, SESSIONS, KEYS = (timedelta(days=days) for days in (30, 2, 2, 400, 400))
# Nobody comes back after so long to the second step of signing in, or to an app that was never proven.
HALF_WAY = timedelta(days=1)


def drop(session: Session, now: datetime) -> None:
    """Drops what is kept long enough at an instant (UTC)."""
    stale = [
        delete(DeskPress).where(col(DeskPress.at) < now - PRESSES),
        delete(DeskCode).where(col(DeskCode.expires_at) < now - CODES),
        delete(DeskCode).where(col(DeskCode.used_at) < now - CODES),
        delete(DeskFailure).where(col(DeskFailure.last_at) < now - FAILURES),
        delete(DeskSession).where(col(DeskSession.seen_at) < now - SESSIONS),
        delete(DeskSession).where(col(DeskSession.stage) == Stage.SECOND, col(DeskSession.made_at) < now - HALF_WAY),
        delete(DeskKey).where(col(DeskKey.ended_at) < now - KEYS),
        delete(DeskAuthenticator).where(
            col(DeskAuthenticator.proven_at).is_(None), col(DeskAuthenticator.made_at) < now - HALF_WAY
        ),
    ]
    for each in stale:
        session.connection().execute(each)
