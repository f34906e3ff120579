"""The only reader of the machine's clock; the sandbox shifts it by an offset that the database keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

# Loaded where a clock is moved: who only asks for the machine's time needs no database.
if TYPE_CHECKING:
    from store.engine import Store

Clock = Callable[[], datetime]


def machine_now() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)


def real_clock() -> Clock:
    """The clock of a service that speaks to the real platform."""
    return machine_now


def shifted_clock(store: Store) -> Clock:
    """A clock that follows the offset in the database, so that one move moves every process."""
    from store import settings

    def now() -> datetime:
        with store.look() as session:
            return machine_now() + settings.clock_offset(session)

    return now


def set_clock(store: Store, moment: datetime) -> None:
    """Moves the shifted clock of every process to an instant (UTC); it runs on from there at the real pace."""
    from store import settings

    with store.unit() as session:
        settings.set_clock_offset(session, moment - machine_now())
