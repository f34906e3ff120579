"""Work that one process at a time does, such as beating or polling: whoever holds the lease, until it runs out.

A lease spares work and the platform's conflicts; it is not what keeps messages from doubling. A process that was
stopped for a minute still believes that it holds one: unique keys and guarded updates keep what it then does harmless.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from store.tables import Lease

LASTS = timedelta(seconds=60)
SCHEDULER, POLL = "scheduler", "poll"


def hold(session: Session, name: str, holder: str, dead: Callable[[str], bool], now: datetime) -> bool:
    """Takes or renews a lease for `LASTS`; False while another process has it.

    Two who ask at once are answered one after the other (one writer: store.engine).

    `dead` says of a holder that it is known to have ended, so that a restart need not wait. A lease that ends further
    away than it lasts is left over from before the clock was set back, and counts as run out.
    """
    row = session.get(Lease, name)
    if row is None:
        session.add(Lease(name=name, holder=holder, until=now + LASTS))
        return True
    if row.holder != holder:
        if now < row.until <= now + LASTS and not dead(row.holder):
            return False
        row.holder, row.epoch = holder, row.epoch + 1
    elif _is_fresh(row, now):
        return True
    row.until = now + LASTS
    session.add(row)
    return True


def has(session: Session, name: str, holder: str, now: datetime) -> bool:
    """Whether somebody has a lease that need not be renewed yet."""
    row = session.get(Lease, name)
    return row is not None and row.holder == holder and _is_fresh(row, now)


def _is_fresh(row: Lease, now: datetime) -> bool:
    return now + LASTS / 2 < row.until <= now + LASTS


def release(session: Session, name: str, holder: str, now: datetime) -> None:
    """Lets go of a lease, so that the next process need not wait for its end."""
    row = session.get(Lease, name)
    if row is not None and row.holder == holder:
        row.until = now
        session.add(row)
