"""Whether this process does what one of an office's processes does at a time (store/leases.py)."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from sqlmodel import Session

from app import identity
from app.wiring import Service
from store import leases, settings
from store.engine import OF_DATABASE


def is_over(service: Service) -> Callable[[str], bool]:
    """Says of a process that what it held of an office need not be waited for: it is known to have ended, or a worker
    that this one keeps out, be it on another machine."""
    fence = service.store.fence
    former = fence.former if fence is not None else ""
    return lambda holder: holder == former or identity.ended(holder)


def lead(service: Service, name: str) -> bool:
    """Whether this process has a lease of its office, which it takes or keeps."""
    with service.store.look() as session:
        if has(service, session, name):
            return True
    return take(service, name)


def has(service: Service, session: Session, name: str) -> bool:
    """Whether it has one that need not be renewed yet."""
    return leases.has(session, name, identity.own(), service.clock())


def take(service: Service, name: str) -> bool:
    """Takes or renews one; False while another process has it."""
    with service.store.unit(tells=False) as session:
        return leases.hold(session, name, identity.own(), is_over(service), service.clock())


def live(service: Service, name: str, now: datetime) -> bool:
    """As `lead`; who has the lease gives a sign of life in its name as well, of an instant (UTC)."""
    with service.store.unit(tells=False) as session:
        has = leases.hold(session, name, identity.own(), is_over(service), service.clock())
        if has:
            settings.beat(session, name, now)
        return has


def release(service: Service, name: str) -> None:
    """Lets go of a lease of its office."""
    # Where the database is away the lease runs out by itself.
    with suppress(*OF_DATABASE), service.store.unit() as session:
        leases.release(session, name, identity.own(), service.clock())
