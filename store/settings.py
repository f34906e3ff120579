"""Small facts of the installation, and the clock's offset that all processes share."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, insert, update
from sqlmodel import Session, col, select

from store import audit
from store.audit_actions import Action
from store.heartbeat import BEAT, CLOCK
from store.tables import Outage, Setting

# The platform keeps updates for a day (Bot API, getUpdates); what people sent after that is gone.
KEPT_BY_PLATFORM = timedelta(hours=24)
OUTAGE_FROM, OUTAGE_UNTIL = "outage_from", "outage_until"
# In a restored backup: the instant after which it knows nothing; until the service first runs on it.
RESTORED = "restored_from"
# The instant at which the service began again on a restored backup: what it says then was perhaps said before.
BEGAN_AGAIN = "began_again"
# When a backup was made last; when the daily one failed and why (a word of `app.daily`); the day of the last retention.
BACKUP_MADE, BACKUP_FAILED, RETENTION_DONE = "backup_made", "backup_failed", "retention_done"
# The version of the program that began last to serve it.
PROGRAM = "program"
# The number of the audit's entry up to which people were told who came and left.
PEOPLE_TOLD = "people_told"
# Set in a database that holds example people and a moved clock: it never serves real ones.
SANDBOX = "sandbox"
# Its value until the example people are linked, and from then on.
SANDBOX_EMPTY, SANDBOX_SETTLED = "empty", "1"

# Asked so often, at each beat twenty times, that the question is made once and no object is made of the answer.
_VALUE = select(Setting.value).where(col(Setting.key) == bindparam("key"))
_CHANGED = update(Setting).where(col(Setting.key) == bindparam("of")).values(value=bindparam("to"))
_ADDED = insert(Setting).values(key=bindparam("of"), value=bindparam("to"))


def get(session: Session, key: str) -> str | None:
    """The value kept under a key."""
    return session.connection().execute(_VALUE, {"key": key}).scalar()


def put(session: Session, key: str, value: str) -> None:
    """Keeps a value, in the place of the one before (one writer: store.engine)."""
    connection, kept = session.connection(), {"of": key, "to": value}
    if not connection.execute(_CHANGED, kept).rowcount:
        connection.execute(_ADDED, kept)


def days(session: Session, key: str) -> dict[str, date]:
    """Local days by name, kept under a key."""
    return {name: date.fromisoformat(day) for name, day in json.loads(get(session, key) or "{}").items()}


def put_days(session: Session, key: str, found: Mapping[str, date]) -> None:
    """Keeps local days by name."""
    put(session, key, json.dumps({name: day.isoformat() for name, day in sorted(found.items())}))


def drop(session: Session, key: str) -> None:
    """Forgets a value."""
    session.connection().execute(delete(Setting).where(col(Setting.key) == key))


def bot_name(session: Session, channel: str) -> str | None:
    """The name by which people find us on a channel; None before it was first opened."""
    return get(session, f"bot_name:{channel}")


def put_bot_name(session: Session, channel: str, name: str) -> None:
    """Keeps the name by which people find us on a channel."""
    put(session, f"bot_name:{channel}", name)


def columns_key(person_id: int) -> str:
    """Under which key it is kept which columns of the list somebody wants to see."""
    return f"desk_columns:{person_id}"


def clock_offset(session: Session) -> timedelta:
    """How far the service's clock is from the machine's; zero outside the sandbox."""
    return timedelta(seconds=float(get(session, CLOCK) or 0))


def set_clock_offset(session: Session, offset: timedelta) -> None:
    """Moves the clock of every process that uses this database."""
    put(session, CLOCK, repr(offset.total_seconds()))


def note_backup(session: Session, now: datetime, fault: str = "") -> None:
    """Notes that a backup was made, or that the daily one failed and why: a word of `app.daily`."""
    if fault:
        put(session, BACKUP_FAILED, f"{now.isoformat()} {fault}")
        return
    put(session, BACKUP_MADE, now.isoformat())
    drop(session, BACKUP_FAILED)
    audit.record(session, Action.BACKUP_MADE, "database", now, via="service")


def backup_made(session: Session) -> datetime | None:
    """When a backup was made last."""
    value = get(session, BACKUP_MADE)
    return datetime.fromisoformat(value) if value else None


def backup_failed(session: Session) -> tuple[datetime, str] | None:
    """When the daily backup failed, with why, unless one was made since."""
    moment, _, why = (get(session, BACKUP_FAILED) or "").partition(" ")
    return (datetime.fromisoformat(moment), why) if moment else None


def beat(session: Session, who: str, now: datetime) -> None:
    """Marks that a process lives."""
    put(session, BEAT + who, now.isoformat())


def note_outage(session: Session, now: datetime) -> None:
    """Notes a time without polling that was longer than the platform keeps updates, before anybody hears of anything.

    Whichever process notices it first writes it down (one writer: store.engine); each person is told once, by the
    moment it began. A restored backup lacks whatever came after it was made, however little time that was.
    """
    restored = get(session, RESTORED)
    if restored is not None:
        drop(session, RESTORED)
        _keep_outage(session, datetime.fromisoformat(restored), now)
        put(session, BEGAN_AGAIN, now.isoformat())
        return
    former = last_beat(session, "poll")
    if former is not None and now - former > KEPT_BY_PLATFORM:
        _keep_outage(session, former, now)


def _keep_outage(session: Session, since: datetime, until: datetime) -> None:
    """The last outage as settings, and as a row."""
    put(session, OUTAGE_FROM, since.isoformat())
    put(session, OUTAGE_UNTIL, until.isoformat())
    keep_outage_row(session, since, until)


def keep_outage_row(session: Session, since: datetime, until: datetime) -> None:
    """Keeps a time (UTC) in which what people sent was lost; whichever process notices it, it is one row."""
    row = session.exec(select(Outage).where(Outage.since == since)).first() or Outage(since=since, until=until)
    row.until = max(row.until, until)
    session.add(row)


# Asked at each beat, so made once.
_OUTAGES = select(Outage).where(col(Outage.until) > bindparam("moment")).order_by(col(Outage.id))


def outages_since(session: Session, moment: datetime) -> Sequence[Outage]:
    """The outages that ended after an instant (UTC)."""
    return session.exec(_OUTAGES, params={"moment": moment}).all()


def last_beat(session: Session, who: str) -> datetime | None:
    """When a process last said that it lives."""
    value = get(session, BEAT + who)
    return datetime.fromisoformat(value) if value else None
