"""Small facts of the installation, and the clock's offset that all processes share."""

from datetime import datetime, timedelta

from sqlmodel import Session

from store.tables import Setting

# The platform keeps updates for a day (Bot API, getUpdates); what people sent after that is gone.
KEPT_BY_PLATFORM = timedelta(hours=24)
CLOCK = "clock_offset_seconds"
OUTAGE_FROM, OUTAGE_UNTIL = "outage_from", "outage_until"
BOT_NAME = "bot_name"
# Set in a database that holds example people and a moved clock: it never serves real ones.
SANDBOX = "sandbox"


def get(session: Session, key: str) -> str | None:
    """The value kept under a key."""
    row = session.get(Setting, key)
    return row.value if row else None


def put(session: Session, key: str, value: str) -> None:
    """Keeps a value."""
    session.merge(Setting(key=key, value=value))


def drop(session: Session, key: str) -> None:
    """Forgets a value."""
    row = session.get(Setting, key)
    if row is not None:
        session.delete(row)


def clock_offset(session: Session) -> timedelta:
    """How far the service's clock is from the machine's; zero outside the sandbox."""
    return timedelta(seconds=float(get(session, CLOCK) or 0))


def set_clock_offset(session: Session, offset: timedelta) -> None:
    """Moves the clock of every process that uses this database."""
    put(session, CLOCK, repr(offset.total_seconds()))


def beat(session: Session, who: str, now: datetime) -> None:
    """Marks that a process lives."""
    put(session, f"beat:{who}", now.isoformat())


def note_outage(session: Session, now: datetime) -> None:
    """Notes a time without polling that was longer than the platform keeps updates, before anybody hears of anything.

    Whichever process notices it first writes it down; each person is told once, by the moment it began.
    """
    former = last_beat(session, "poll")
    if former is not None and now - former > KEPT_BY_PLATFORM:
        put(session, OUTAGE_FROM, former.isoformat())
        put(session, OUTAGE_UNTIL, now.isoformat())


def last_beat(session: Session, who: str) -> datetime | None:
    """When a process last said that it lives."""
    value = get(session, f"beat:{who}")
    return datetime.fromisoformat(value) if value else None
