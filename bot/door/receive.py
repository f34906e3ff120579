"""Receives: raw updates are committed before the platform hears that they arrived, and handled from the table."""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.door import holding, unreadable
from bot.door.admission import admitted
from bot.door.album_questions import ALBUM_WAITS, ask_about_albums
from bot.door.before import identity, look_back
from bot.door.buttons_left import Press, pressed
from bot.door.pipeline import handle
from channels.base import Channel, ChatKind, Incoming, What
from channels.errors import ChannelError, UnreadableError
from delivery.pace import rates_for
from store import deliveries, delivery_queue, effects, gaps, inbox, loose, people, rates, settings
from store.current_office import Live
from store.engine import Store
from store.postings import Destination, Identity, Posting
from store.tables import Inbox
from store.types import DeliveryKind
from words.message import say
from words.names import clean
from words.office import Office

log = logging.getLogger(__name__)
TYPING_AFTER_S = 1.0
EDIT_WITHIN = timedelta(seconds=60)
# How soon it is looked again while buttons wait to be taken away, and how often though nothing waits.
SOON_S, SELDOM_S = 0.5, 60.0
# That a channel which forgets nothing was asked is noted so often, where it brings nothing.
NOTED = timedelta(seconds=45)


class Receiver:
    """Takes updates from one channel and handles them, each once."""

    def __init__(
        self, store: Store, office: Office, channel: Channel, clock: Callable[[], datetime], *, limited: bool = True
    ) -> None:
        self.store, self.live, self.channel, self.clock = store, Live(office), channel, clock
        self.rates = rates_for({channel.name: channel}, limited=limited)[channel.name]
        self._brought: Sequence[tuple[str, str]] = ()
        self._answering: tuple[str, str | None] | None = None
        # Held in memory only: what a restart forgets are buttons that answer politely that they are spent.
        self._spent: deque[Press] = deque(maxlen=100)
        self._next: datetime | None = None
        self._noted: datetime | None = None

    async def poll(self, timeout: int) -> int:
        """Waits up to `timeout` seconds for updates and keeps them; returns how many were new.

        Raises ChannelError. What is returned here is confirmed to the platform by the next call only; what could not be
        kept (a full disk, a database that is locked) is therefore kept before the platform is asked again.
        """
        if not self._brought:
            self._brought = await self.channel.updates(timeout)
        if not self._brought and self._is_noted(self.clock()):
            return 0
        return await asyncio.to_thread(self.keep_brought)

    def keep_brought(self) -> int:
        """Keeps what the last poll brought, where that did not happen yet; returns how many were new."""
        brought = self._brought
        kept = self.keep(brought)
        if self._brought is brought:
            self._brought = ()
        return kept

    def keep(self, updates: Sequence[tuple[str, str]]) -> int:
        """Commits raw updates as (key, JSON), and that the platform was heard; returns how many were new.

        Of what strangers send only some, cut short.
        """
        now = self.clock()
        with self.store.unit(tells=bool(updates)) as session:
            settings.note_outage(session, now)
            settings.beat(session, "poll", now)
            if (keeps := self.channel.abilities.keeps) is not None:
                gaps.note(session, self.channel.name, keeps, now)
            kept = inbox.keep(session, self.channel.name, admitted(session, self.channel, updates, now), now)
        self._noted = now
        return kept

    def _is_noted(self, now: datetime) -> bool:
        """Whether it need not be noted that the channel was asked: it forgets nothing, and was not long ago."""
        if self.channel.abilities.keeps == timedelta() or self._noted is None:
            return False
        return timedelta(0) <= now - self._noted < NOTED

    async def step(self) -> bool:
        """Handles the oldest update that waits, whole or not at all; False when none waits."""
        self._answering = None
        work = asyncio.ensure_future(asyncio.to_thread(self._step))
        slow = not (await asyncio.wait({work}, timeout=TYPING_AFTER_S))[0]
        if slow and self.channel.abilities.typing and self._answering is not None:
            await self._try(self.channel.typing(*self._answering))
        done, press = await work
        if press is not None:
            # Only the phone's little clock depends on it; the press itself was handled.
            await self._try(self.channel.pressed(press.press_id, press.notice))
        return done or await self._take_buttons_away()

    def idle_s(self) -> float:
        """Seconds after which it is worth looking again though nobody writes anything.

        What somebody said last may have a rest or pictures to wait for, and buttons to be taken away.
        """
        if self.pending:
            return SOON_S
        wait = (self._next - self.clock()).total_seconds() if self._next is not None else SELDOM_S
        return min(SELDOM_S, max(SOON_S, wait))

    async def _try(self, call: Awaitable[None]) -> None:
        try:
            await call
        except ChannelError as error:
            log.info("a courtesy to the phone failed: %s", error)

    @property
    def pending(self) -> bool:
        """Whether buttons wait to be taken away."""
        return bool(self._spent)

    async def _take_buttons_away(self) -> bool:
        """Edits the buttons under one message, once the answers to its chat have left and a limit has room for it."""
        for press in list(self._spent):
            free = await asyncio.to_thread(self._may_edit, press)
            if free is None:
                continue
            self._spent.remove(press)
            if free:
                await self._try(self.channel.spent(press.chat, press.message_id, press.left, press.delivery))
                return True
        return False

    def _forget(self, chat: str) -> None:
        """Nothing more is done in the chat of somebody who erased their data, and no trace of it made."""
        for press in [each for each in self._spent if each.chat == chat]:
            self._spent.remove(press)

    def _may_edit(self, press: Press) -> bool | None:
        """True for now, None for later, False for never: after a minute nobody looks at those buttons."""
        now = self.clock()
        if press.at is None or abs(now - press.at) > EDIT_WITHIN:
            return False
        with self.store.look() as session:
            if delivery_queue.answers_wait(session, self.channel.name, press.chat, now):
                return None
        with self.store.unit() as session:
            place = rates.Chat(self.channel.name, press.chat, press.in_group)
            return rates.take(session, self.rates, place, now) or None

    def _step(self) -> tuple[bool, Press | None]:
        now = self.clock()
        with self.store.look() as session:
            waiting = inbox.next_new(session, now, self.channel.name)
            asks = waiting is None and self._is_to_ask_about_albums(session, now)
        if waiting is None or waiting.id is None:
            return asks and self._ask_about_albums(now), None
        incoming: Incoming | None = None
        press: Press | None = None
        try:
            incoming = self.channel.read(waiting.key, waiting.raw, waiting.received_at)
            if incoming is not None and incoming.addressed and incoming.what in (What.MESSAGE, What.PRESS):
                self._answering = (incoming.chat, incoming.topic)
            if incoming is not None and incoming.press_id is not None:
                press = Press(incoming.press_id)
            with self.store.unit() as session:
                row = inbox.get(session, waiting.id)
                if row is not None and incoming is not None:
                    press = self._handle(session, row, incoming, now)
                elif row is not None:
                    inbox.mark_done(session, row, keep=False)
        except UnreadableError as error:
            log.error("update %s cannot be read and is kept aside: %s", waiting.key, error)
            self._put_aside(waiting.id, str(error), now)
        except Exception:
            reference = secrets.token_hex(2).upper()
            log.exception("update %s failed, reference %s", waiting.key, reference)
            self._failed(waiting.id, incoming, reference, now)
        else:
            if press is not None and press.is_spent and self.channel.abilities.edits:
                self._spent.append(press)
        return True, press

    def _handle(self, session: Session, row: Inbox, incoming: Incoming, now: datetime) -> Press | None:
        """Does what an update asks for, and marks it as handled with what is kept of it; what is not whole waits."""
        most = self.channel.abilities.text
        later = holding.until(session, row, incoming, self._read, now, most)
        rest = holding.rest_of(session, row, incoming, self._read, most) if later is None else []
        if (later := later or holding.more_is_coming(rest, now, most)) is not None:
            inbox.hold(session, row, later)
            return None
        incoming = holding.with_its_album(session, row, holding.joined(incoming, rest, most), self._read)
        before = look_back(session, self.channel, incoming, row)
        with effects.watched(session) as has_acted:
            turn = handle(session, self.live.of(session), incoming, now, self.channel.abilities, before)
            acted = has_acted()
        erased = turn.person is not None and turn.person.erased_at is not None
        if erased:
            self._forget(incoming.chat)
        # What people say to each other in a group is not ours to keep, nor what nobody who agreed said.
        known = incoming.addressed and turn.person is not None and not erased
        for each, part in ((row, incoming), *rest):
            inbox.mark_done(session, each, message=identity(part), acted=acted, keep=known)
        return pressed(turn)

    def _read(self, row: Inbox) -> Incoming:
        """What an update says; raises UnreadableError also where it says nothing to us."""
        found = self.channel.read(row.key, row.raw, row.received_at)
        if found is None:
            raise UnreadableError("nothing of ours")
        return found

    def _put_aside(self, inbox_id: int, why: str, now: datetime) -> None:
        with self.store.unit() as session:
            row = inbox.get(session, inbox_id)
            if row is not None:
                inbox.mark_failed(session, row, f"cannot be read: {clean(why)}", now, final=True)
                unreadable.answer(session, self.live.of(session), self.channel, row)

    def _failed(self, inbox_id: int, incoming: Incoming | None, reference: str, now: datetime) -> None:
        with self.store.unit() as session:
            row = inbox.get(session, inbox_id)
            if row is None:
                return
            first = inbox.mark_failed(session, row, f"reference {reference}", now)
            final = row.attempts >= inbox.ATTEMPTS
            if incoming is not None and incoming.chat_kind is ChatKind.PRIVATE and (first or final):
                self._apologise(session, row, incoming, reference, now, final=final)

    def _apologise(
        self, session: Session, row: Inbox, incoming: Incoming, reference: str, now: datetime, *, final: bool
    ) -> None:
        office = self.live.of(session)
        compiler = office.compiler_name
        key = "error.ours_final" if final else "error.ours"
        known = people.by_user(session, incoming.channel, incoming.user)
        there = Destination(
            incoming.channel,
            incoming.chat,
            known[0].id if known else None,
            in_group=incoming.chat_kind is ChatKind.GROUP,
        )
        posting = Posting(
            DeliveryKind.ANSWER,
            f"an error of ours, reference {reference}",
            Identity("error", f"{row.id}:{row.attempts}"),
            say(office.text(key, reference=reference, compiler=compiler)),
        )
        deliveries.post(session, there, posting, now)

    def _is_to_ask_about_albums(self, session: Session, now: datetime) -> bool:
        """Whether pictures wait for words; and when the first of what waits for its moment is to be looked at again."""
        # Another channel's update may wait for a receiver that is not there.
        self._next = inbox.next_moment(session, self.channel.name)
        if (first := loose.first_unasked_album(session, self.channel.name)) is None:
            return False
        # The words of an album may be waiting for its pictures.
        soon = inbox.next_moment(session, self.channel.name, held=True) if self._next is not None else None
        if soon is not None and now <= soon <= now + ALBUM_WAITS:
            return False
        if (due := first + ALBUM_WAITS) > now:
            self._next = min(due, self._next or due)
        return due <= now

    def _ask_about_albums(self, now: datetime) -> bool:
        with self.store.unit() as session:
            return ask_about_albums(session, self.live.of(session), self.channel.name, now, self.channel.abilities) > 0
