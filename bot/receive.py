"""Receives: raw updates are committed before the platform hears that they arrived, and handled from the table."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.handle import ALBUM_WAITS, ask_about_albums, handle
from channels.base import Channel, ChannelError, ChatKind, Incoming, UnreadableError
from store import deliveries, inbox, people, settings, submissions
from store.engine import Store
from store.live import Live
from store.tables import Inbox
from store.types import DeliveryKind
from words.message import say
from words.names import clean
from words.office import Office

log = logging.getLogger(__name__)


class Receiver:
    """Takes updates from one channel and handles them, each once."""

    def __init__(self, store: Store, office: Office, channel: Channel, clock: Callable[[], datetime]) -> None:
        self.store, self.live, self.channel, self.clock = store, Live(office), channel, clock
        self._brought: Sequence[tuple[str, str]] = ()

    async def poll(self, timeout: int) -> int:
        """Waits up to `timeout` seconds for updates and keeps them; returns how many were new.

        Raises ChannelError. What is returned here is confirmed to the platform by the next call only; what could not be
        kept (a full disk, a database that is locked) is therefore kept before the platform is asked again.
        """
        if not self._brought:
            self._brought = await self.channel.updates(timeout)
        kept = await asyncio.to_thread(self.keep, self._brought)
        self._brought = ()
        return kept

    def keep(self, updates: Sequence[tuple[str, str]]) -> int:
        """Commits raw updates as (key, JSON), and that the platform was heard; returns how many were new."""
        now = self.clock()
        with self.store.unit() as session:
            settings.note_outage(session, now)
            settings.beat(session, "poll", now)
            return inbox.keep(session, self.channel.name, updates, now)

    async def step(self) -> bool:
        """Handles the oldest update that waits, whole or not at all; False when none waits."""
        done, press = await asyncio.to_thread(self._step)
        if press is not None:
            try:
                await self.channel.pressed(press)
            except ChannelError as error:
                # Only the phone's little clock depends on it; the press itself was handled.
                log.info("a press could not be acknowledged: %s", error)
        return done

    def _step(self) -> tuple[bool, str | None]:
        now = self.clock()
        with self.store.look() as session:
            waiting = inbox.next_new(session, now)
        if waiting is None or waiting.id is None:
            return self._ask_about_albums(now), None
        incoming: Incoming | None = None
        try:
            incoming = self.channel.read(waiting.key, waiting.raw, waiting.received_at)
            with self.store.unit() as session:
                row = inbox.get(session, waiting.id)
                if row is not None:
                    if incoming is not None:
                        handle(session, self.live.of(session), incoming, now, self.channel.limits)
                    # What people say to each other in a group is not ours to keep.
                    inbox.done(session, row, keep=incoming is not None and incoming.addressed)
        except UnreadableError as error:
            log.error("update %s cannot be read and is kept aside: %s", waiting.key, error)
            self._put_aside(waiting.id, str(error), now)
        except Exception:
            reference = secrets.token_hex(2).upper()
            log.exception("update %s failed, reference %s", waiting.key, reference)
            self._failed(waiting.id, incoming, reference, now)
        return True, incoming.press_id if incoming else None

    def _put_aside(self, inbox_id: int, why: str, now: datetime) -> None:
        with self.store.unit() as session:
            row = inbox.get(session, inbox_id)
            if row is not None:
                inbox.failed(session, row, f"cannot be read: {clean(why)}", now, final=True)

    def _failed(self, inbox_id: int, incoming: Incoming | None, reference: str, now: datetime) -> None:
        with self.store.unit() as session:
            row = inbox.get(session, inbox_id)
            if row is None:
                return
            first = inbox.failed(session, row, f"reference {reference}", now)
            final = row.attempts >= inbox.ATTEMPTS
            if incoming is not None and incoming.chat_kind is ChatKind.PRIVATE and (first or final):
                self._apologise(session, row, incoming, reference, now, final=final)

    def _apologise(
        self, session: Session, row: Inbox, incoming: Incoming, reference: str, now: datetime, *, final: bool
    ) -> None:
        office = self.live.of(session)
        compiler = office.agency_name(office.compiler)
        key = "error.ours_final" if final else "error.ours"
        known = people.by_user(session, incoming.channel, incoming.user)
        deliveries.post(
            session,
            DeliveryKind.ANSWER,
            incoming.channel,
            incoming.chat,
            say(office.text(key, reference=reference, compiler=compiler)),
            f"an error of ours, reference {reference}",
            now,
            limit=self.channel.limits.text,
            person_id=known[0].id if known else None,
            subject=f"error:{row.id}:{row.attempts}",
        )

    def _ask_about_albums(self, now: datetime) -> bool:
        with self.store.look() as session:
            if not submissions.unasked_albums(session, now - ALBUM_WAITS):
                return False
        with self.store.unit() as session:
            return ask_about_albums(session, self.live.of(session), now, self.channel.limits) > 0
