"""Whether this process does what one of an office's processes does at a time (store/leases.py)."""

from contextlib import suppress
from datetime import datetime

from app import identity
from app.wiring import Service
from store import leases, settings
from store.engine import OF_DATABASE


def lead(service: Service, name: str) -> bool:
    """Whether this process has a lease of its office, which it takes or keeps."""
    with service.store.unit(tells=False) as session:
        return leases.hold(session, name, identity.own(), identity.ended, service.clock())


def live(service: Service, name: str, now: datetime) -> bool:
    """As `lead`; who has the lease gives a sign of life in its name as well, of an instant (UTC)."""
    with service.store.unit(tells=False) as session:
        has = leases.hold(session, name, identity.own(), identity.ended, service.clock())
        if has:
            settings.beat(session, name, now)
        return has


def release(service: Service, name: str) -> None:
    """Lets go of a lease of its office."""
    # Where the database is away the lease runs out by itself.
    with suppress(*OF_DATABASE), service.store.unit() as session:
        leases.release(session, name, identity.own(), service.clock())
