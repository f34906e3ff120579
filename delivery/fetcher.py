"""Fetches the bytes of evidence after the answer is safe, and again by itself when that fails."""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from channels.base import Channel
from channels.errors import ChannelError, FileGoneError, NotArrivedError, NotHeldError
from delivery import retry
from files.content import examine
from store import addresses, deliveries, obligations, room, submissions
from store.answer_tables import Evidence
from store.engine import Store
from store.postings import Identity, Posting, to_person
from store.types import DeliveryKind, EvidenceState
from words.file_names import called
from words.message import say
from words.office import Office

log = logging.getLogger(__name__)
Arrived = Callable[[Session, Office, Evidence, datetime], None]
"""What is to be done in the transaction that keeps a file's bytes."""
# How often it is looked though nothing changes, and where room may be made by somebody who tells nobody.
SELDOM_S, NO_ROOM_S = 300.0, 10.0


async def fetched(channels: Mapping[str, Channel], channel: str, file_id: str) -> bytes:
    """The bytes of a file from its platform. Raises ChannelError, also where its channel is not held here."""
    if channel not in channels:
        raise NotHeldError(channel)
    return await channels[channel].fetch(file_id)


def idle_until(moment: datetime, now: datetime) -> float:
    """Seconds after which it is worth looking again where the next thing is due at a moment ahead (both in UTC)."""
    return min(SELDOM_S, (moment - now).total_seconds())


class Fetcher:
    """Fetches what waits, file by file; `chance` in 0..1 spreads the next attempts."""

    def __init__(
        self,
        store: Store,
        office: Office,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
        arrived: Arrived,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.store, self.office, self.channels, self.clock = store, office, channels, clock
        self.arrived, self.chance = arrived, chance
        self._idle_s = SELDOM_S

    def idle_s(self) -> float:
        """Seconds after which it is worth looking again though nothing changes."""
        return self._idle_s

    async def step(self) -> bool:
        """Fetches one file; False when none waits, or where there is no room for it: with the platform it is safe.

        Who sent a file that is not to be had is asked to send it again.
        """
        row = await asyncio.to_thread(self._next)
        if row is None:
            return False
        try:
            data = await fetched(self.channels, row.channel, row.file_id)
            refuse_strange(row, data)
        except ChannelError as error:
            log.warning("evidence %s: %s", row.id, error)
            await asyncio.to_thread(_failed, self.store, self.office, row, error, self.clock(), self.chance())
        else:
            await asyncio.to_thread(_keep, self.store, self.office, row, data, self.clock(), self.arrived)
        return True

    def _next(self) -> Evidence | None:
        now, self._idle_s = self.clock(), SELDOM_S
        with self.store.look() as session:
            row = submissions.next_to_fetch(session)
            if row is None:
                return None
            if row.not_before > now:
                self._idle_s = idle_until(row.not_before, now)
                return None
            if room.look(session, self.office.free_bytes, self.office.most_bytes).lack is not None:
                self._idle_s = NO_ROOM_S
                return None
            return row


def refuse_strange(row: Evidence, data: bytes) -> None:
    """Raises NotArrivedError where the bytes are not the file, whatever status they came with.

    They are none, fewer than the sender's phone said, or a page of the web in the place of a picture or a PDF: that is
    what a proxy or a hotel's network answers.
    """
    if not data:
        raise NotArrivedError("nothing came", permanent=True)
    if row.size is not None and len(data) < row.size:
        raise NotArrivedError(f"{len(data)} of {row.size} bytes came", permanent=True)
    is_document = row.name.lower().endswith(".pdf") or row.mime == "application/pdf"
    if (row.kind == "photo" or is_document) and examine(data).content in ("text/html", "text/xml"):
        raise NotArrivedError("a page of the web came", permanent=True)


def _keep(store: Store, office: Office, row: Evidence, data: bytes, now: datetime, arrived: Arrived) -> None:
    with store.unit() as session:
        kept = session.get(Evidence, row.id)
        if kept is not None and kept.state == EvidenceState.WAITING:
            submissions.keep_bytes(session, kept, data)
            session.flush()
            arrived(session, office, kept, now)


def _failed(store: Store, office: Office, row: Evidence, error: ChannelError, now: datetime, chance: float) -> None:
    with store.unit() as session:
        kept = session.get(Evidence, row.id)
        if kept is None or kept.state != EvidenceState.WAITING:
            return
        kept.attempts += 1
        kept.error = str(error)
        if _is_over(kept, error, now):
            kept.state = EvidenceState.FAILED
            _ask_again(session, office, kept, now)
        else:
            kept.not_before = now + retry.pause(kept.attempts, error.retry_after, chance, retry.LONGEST_FETCH_S)
        session.add(kept)


def _is_over(row: Evidence, error: ChannelError, now: datetime) -> bool:
    """Whether a file is not to be had: the platform says so, has said it often, or for two weeks."""
    if isinstance(error, FileGoneError):
        return True
    most = retry.MOST_STRANGE if isinstance(error, NotArrivedError) else retry.MOST_FETCHES
    tired = row.attempts >= retry.MOST_FETCHES and now - row.sent_at > retry.FETCHES_LAST
    if isinstance(error, NotHeldError):
        return False
    return tired or (error.permanent and row.attempts >= most)


def _ask_again(session: Session, office: Office, row: Evidence, now: datetime) -> None:
    address = addresses.address_of(session, row.person_id, row.channel)
    if address is None:
        return
    submission = submissions.get(session, row.submission_id) if row.submission_id else None
    obligation = obligations.get(session, submission.obligation_id) if submission else None
    text = office.text(
        "done.file_gone", name=called(office, row.name, row.kind), code=obligation.task if obligation else ""
    )
    why = f"evidence {row.id} could not be fetched"
    posting = Posting(DeliveryKind.ANSWER, why, Identity("file-gone", row.id), say(text))
    deliveries.post(session, to_person(address), posting, now)
