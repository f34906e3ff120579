"""Whether a second copy of the service uses the same account: the platform says so each time it takes our poll away."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from store import settings
from store.tables import Setting

KEY = "rival:"
# A restart meets its own former poll once; what repeats for so long is another program.
LASTS = timedelta(minutes=1)
# Two copies take the poll from each other every few seconds; after so long without it the other one is gone.
GONE = timedelta(minutes=5)


def meet(session: Session, channel: str, now: datetime) -> datetime | None:
    """Notes that the platform gave our poll to another program; since when (UTC), once that has lasted."""
    first = _span(session, channel, now)
    began = first[0] if first is not None else now
    settings.put(session, KEY + channel, f"{began.isoformat()} {now.isoformat()}")
    return since(session, channel, now)


def since(session: Session, channel: str, now: datetime) -> datetime | None:
    """Since when (UTC) another program takes our polls; None where none does, or did only once."""
    span = _span(session, channel, now)
    return span[0] if span is not None and span[1] - span[0] >= LASTS else None


def anywhere(session: Session, now: datetime) -> datetime | None:
    """The same for whichever channel, the longest."""
    keys = session.exec(select(Setting.key).where(col(Setting.key).startswith(KEY)).order_by(Setting.key)).all()
    found = [since(session, key.removeprefix(KEY), now) for key in keys]
    return min((each for each in found if each is not None), default=None)


def latest(session: Session) -> datetime | None:
    """When a poll of ours was given away last (UTC), be it only once; None where that never was."""
    rows = session.exec(select(Setting.value).where(col(Setting.key).startswith(KEY)).order_by(Setting.key)).all()
    return max((datetime.fromisoformat(each.partition(" ")[2]) for each in rows), default=None)


def _span(session: Session, channel: str, now: datetime) -> tuple[datetime, datetime] | None:
    first, _, last = (settings.get(session, KEY + channel) or "").partition(" ")
    if not first or now - datetime.fromisoformat(last) > GONE:
        return None
    return datetime.fromisoformat(first), datetime.fromisoformat(last)
