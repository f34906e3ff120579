"""Fetches the bytes of evidence after the answer is safe, and again by itself when that fails."""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from channels.base import Channel, ChannelError, FileGoneError
from delivery import retry
from store import submissions
from store.engine import Store
from store.tables import Evidence
from store.types import EvidenceState

log = logging.getLogger(__name__)


async def step(store: Store, channels: Mapping[str, Channel], clock: Callable[[], datetime]) -> bool:
    """Fetches one file; False when none waits."""
    row = await asyncio.to_thread(_next, store, clock())
    if row is None:
        return False
    try:
        data = await channels[row.channel].fetch(row.file_id)
    except ChannelError as error:
        log.warning("evidence %s: %s", row.id, error)
        await asyncio.to_thread(_failed, store, row, error, clock())
    else:
        await asyncio.to_thread(_keep, store, row, data)
    return True


def _next(store: Store, now: datetime) -> Evidence | None:
    with store.look() as session:
        return submissions.next_to_fetch(session, now)


def _keep(store: Store, row: Evidence, data: bytes) -> None:
    with store.unit() as session:
        kept = session.get(Evidence, row.id)
        if kept is not None and kept.state == EvidenceState.WAITING:
            submissions.keep_bytes(session, kept, data)


def _failed(store: Store, row: Evidence, error: ChannelError, now: datetime) -> None:
    with store.unit() as session:
        kept = session.get(Evidence, row.id)
        if kept is None or kept.state != EvidenceState.WAITING:
            return
        kept.attempts += 1
        kept.error = str(error)
        if isinstance(error, FileGoneError):
            kept.state = EvidenceState.FAILED
        else:
            kept.not_before = now + _wait(kept.attempts, error.retry_after)
        session.add(kept)


def _wait(attempts: int, retry_after: float | None) -> timedelta:
    return retry.pause(attempts, retry_after, random.random())  # noqa: S311 -- spreads retries, guards nothing
