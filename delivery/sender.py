"""Takes one row of the outbox to a phone and writes down what came of it; both processes run it side by side.

The order that loses nothing and doubles at most once: commit the claim, send, commit the result. A sender that dies
between the last two leaves the row in doubt; it is sent again with a visible mark.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from channels.base import Channel, Doing, Outgoing, Receipt
from channels.errors import HELD_AGAIN_S, ChannelError, NotHeldError, Sent
from delivery import accounts, retry, rights, route
from delivery.as_links import as_link
from delivery.contents import Contents
from delivery.envelopes import envelope
from delivery.fitting import fitted
from delivery.pace import rates_for
from delivery.unsent import Unsent
from store import choices, deliveries, delivery_leases, delivery_queue, languages, serving, settings, ways
from store.current_office import Live
from store.delivery_queue import Waiting
from store.engine import Store
from store.rates import Chat, overall_wait_s, wait_s
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from words.faults import Fault
from words.message import Message, unmarked
from words.office import Office

log = logging.getLogger(__name__)
IDLE_S = 0.5
HELD_AGAIN = timedelta(seconds=HELD_AGAIN_S)
CANDIDATES = 4


@dataclass(frozen=True)
class Claimed:
    """A row under our lease and what it says; `made` is that as the outbox keeps it, None where it has it already."""

    row: Delivery
    outgoing: Outgoing
    doubtful: bool
    made: dict[str, Any] | None = None


class Sender:
    """Sends what is due, one row a step."""

    def __init__(
        self,
        store: Store,
        office: Office,
        channels: Mapping[str, Channel],
        contents: Contents,
        clock: Callable[[], datetime],
        *,
        holder: str = "",
        limited: bool = True,
        chance: Callable[[], float] = random.random,
    ) -> None:
        # By which another process can say whether this one has ended.
        self.holder = holder
        self.store, self.live, self.channels, self.contents = store, Live(office), channels, contents
        self.clock, self.rates, self.chance = clock, rates_for(channels, limited=limited), chance
        # A platform that takes nothing at all (a token, a proxy) is left alone for a while; the others go on.
        self._paused: dict[str, datetime] = {}
        # Of which it is not known that they take messages: what is written of that in the database may be old.
        self._perhaps_away = set(channels)
        self._idle_s = IDLE_S

    def idle_s(self) -> float:
        """Seconds after which it is worth looking again: the limit that keeps the next message back may end sooner."""
        return self._idle_s

    async def step(self) -> bool:
        """Sends one message; False when none may leave now. An error of one row never stops the next."""
        claimed = await asyncio.to_thread(self._claim)
        if claimed is None:
            return False
        if isinstance(claimed, Claimed):
            await self._send(claimed)
        return True

    def _claim(self) -> Claimed | bool | None:
        now = self.clock()
        self._idle_s = IDLE_S
        for each in self._candidates(now):
            with self.store.unit() as session:
                if each.channel not in self.channels:
                    delivery_leases.put_off(session, each.id, now + HELD_AGAIN, str(NotHeldError(each.channel)))
                    return True
                before = deliveries.get(session, each.id)
                doubtful = before is not None and before.state == DeliveryState.IN_DOUBT
                row = delivery_leases.claim(session, each.id, self.rates[each.channel], now, self.holder)
                if row is None:
                    continue
                return self._prepare(session, row, now, doubtful=doubtful)
        return None

    def _candidates(self, now: datetime) -> list[Waiting]:
        """What may leave now by the limits too, looked at without keeping any writer out: one, and some in its stead
        should another sender be faster. What no channel here can send is among them, to be put off.
        """
        found: list[Waiting] = []
        open_ = {name: rates for name, rates in self.rates.items() if self._paused.get(name, now) <= now}
        with self.store.look() as session:
            rests = {name: overall_wait_s(session, rates, name, now) for name, rates in open_.items()}
            if all(rests.values()):
                self._idle_s = min([self._idle_s, *rests.values()])
                return found
            own = serving.held(session) is None
            office = self.live.of(session)
            may_tell, reminders = partial(office.may_tell, now=now), office.may_send(now)
            for each in delivery_queue.waiting(session, now, reminders=reminders, own=own, may_tell=may_tell):
                if each.channel in self.rates and each.channel not in open_:
                    continue
                rates = open_.get(each.channel)
                wait = wait_s(session, rates, Chat(each.channel, each.chat, each.in_group), now) if rates else 0.0
                if wait > 0:
                    self._idle_s = min(self._idle_s, wait)
                else:
                    found.append(each)
                    if len(found) == CANDIDATES:
                        break
        return found

    def _prepare(self, session: Session, row: Delivery, now: datetime, *, doubtful: bool) -> Claimed | bool:
        office = self.live.of(session).speaking(languages.language_at(session, row.person_id, row.channel, row.chat))
        try:
            with session.begin_nested():
                message = self._first_page(session, office, row, now)
                leaving = self.contents.linked(session, office, row, message, now) if message is not None else None
        except Exception as error:
            log.exception("delivery %s: its text could not be made", row.id)
            Unsent(row, now, self.chance()).unmade(session, error)
            return True
        if message is None or leaving is None:
            delivery_leases.settle(session, row, DeliveryState.DROPPED)
            return True
        # What is made only now is kept once it has left: the archive says what people were told.
        made = message.to_json() if row.body is None else None
        message = unmarked(leaving)
        if row.doubts:
            message = replace(message, parts=(office.text("mark.perhaps_twice"), *message.parts))
        assert row.id is not None
        around = envelope(session, office, row, message, self.channels[row.channel].abilities, now)
        outgoing = Outgoing(row.chat, message, row.id, row.reply_to, topic=row.topic, envelope=around)
        return Claimed(row, outgoing, doubtful, made)

    def _message(self, session: Session, office: Office, row: Delivery, now: datetime) -> Message | None:
        if row.body is not None:
            return Message.from_json(row.body)
        can = self.channels[row.channel].abilities
        return self.contents.makers[DeliveryKind(row.kind)](session, office, row, now, can)

    def _first_page(self, session: Session, office: Office, row: Delivery, now: datetime) -> Message | None:
        """What this row says on its channel; what does not fit goes into rows of its own, right behind it.

        None where there is nothing left to say, or nothing that the channel could show.
        """
        message = self._message(session, office, row, now)
        if message is None:
            return None
        can = self.channels[row.channel].abilities
        after = "" if can.buttons or not message.buttons else choices.last_letter(session, row, now)
        bot = settings.bot_name(session, row.channel) or "" if row.in_group and can.by_name else ""
        first, *others = fitted(office, route.marked(office, row, message), can, after, bot)
        if others or first.choices:
            # From now on this row is the first page, however often it is sent; by another way it is the whole again.
            row.body = first.to_json() | {"whole": (row.body or {}).get("whole") or message.to_json()}
            session.add(row)
        before = row
        for page in others:
            before = deliveries.post_next_page(session, before, page, now) or before
        return first if first.parts or first.carries else None

    async def _send(self, claimed: Claimed) -> None:
        channel = self.channels[claimed.row.channel]
        outgoing = claimed.outgoing
        if outgoing.message.carries and channel.abilities.typing:
            doing = Doing.PICTURE if outgoing.message.picture is not None else Doing.FILE
            with suppress(ChannelError):
                await channel.typing(outgoing.chat, outgoing.topic, doing)
        if outgoing.message.picture is not None:
            # Drawn here, outside any transaction: it takes a second in which others want to write.
            outgoing = replace(outgoing, picture=await asyncio.to_thread(self._draw, outgoing.message.picture))
        if outgoing.message.attachment is not None:
            outgoing = await asyncio.to_thread(self._attach, outgoing, outgoing.message.attachment)
        if outgoing.message.carries and not channel.abilities.send:
            outgoing = await asyncio.to_thread(self._as_link, claimed.row, outgoing)
        try:
            if claimed.doubtful:
                await self._ask_first(channel)
            receipt = await self._sent_as_allowed(channel, claimed.row, outgoing)
        except ChannelError as error:
            await asyncio.to_thread(self._failed, claimed.row, error)
            return
        except Exception as error:
            # A fault of ours in this one message: it would come back for ever, so it goes onto the admin's list.
            log.exception("delivery %s cannot be sent", claimed.row.id)
            slip = ChannelError(f"{type(error).__name__}: {error}", permanent=True, fault=Fault.UNMADE)
            await asyncio.to_thread(self._failed, claimed.row, slip)
            return
        await asyncio.to_thread(self._sent, claimed, receipt.message_id)

    async def _sent_as_allowed(self, channel: Channel, row: Delivery, outgoing: Outgoing) -> Receipt:
        """Sends it, and what a group does not let us send again as what it does: the words are not kept back for it."""
        try:
            return await channel.send(outgoing)
        except ChannelError as error:
            lesser = await asyncio.to_thread(self._lesser, row, outgoing, error.fault)
            if lesser is None:
                raise
            log.warning("delivery %s goes out as words: %s", row.id, error)
        return await self._sent_as_allowed(channel, row, lesser)

    def _lesser(self, row: Delivery, outgoing: Outgoing, fault: Fault) -> Outgoing | None:
        # Looked at without waiting for a writer: a database that is locked is no reason to give a message up.
        with self.store.look() as session:
            lesser = rights.without(self.live.of(session), outgoing, fault)
        if lesser is not None:
            with self.store.unit() as session:
                rights.tell_admins(session, self.live.of(session), row, fault, self.clock())
        return lesser

    def _draw(self, name: str) -> bytes | None:
        try:
            with self.store.look() as session:
                office = self.live.of(session)
            return self.contents.painter(self.store, office, name)
        except Exception:
            # The words say the same as the picture; they are not kept back for it.
            log.exception("the picture %s could not be drawn", name)
            return None

    def _attach(self, outgoing: Outgoing, reference: str) -> Outgoing:
        """With the file, or where it is not to be had with a line that says so: the words go out all the same."""
        prefix, _, rest = reference.partition(":")
        with self.store.look() as session:
            office = self.live.of(session)
        try:
            return replace(outgoing, attached=self.contents.attachers[prefix](self.store, office, rest))
        except Exception:
            log.exception("the file %s could not be fetched", reference)
            parts = (*outgoing.message.parts, office.text("evidence.not_attached"))
            return replace(outgoing, message=replace(outgoing.message, parts=parts))

    def _as_link(self, row: Delivery, outgoing: Outgoing) -> Outgoing:
        with self.store.unit() as session:
            office = self.live.of(session)
            return as_link(session, office, row, outgoing, self.contents.left, self.clock())

    async def _ask_first(self, channel: Channel) -> None:
        # A repeat is only worth its risk once the platform answers at all; nothing was sent yet when it does not.
        try:
            await channel.alive()
        except ChannelError as error:
            raise ChannelError(str(error), sent=Sent.NO, stop=error.stop, retry_after=error.retry_after) from error

    def _sent(self, claimed: Claimed, message_id: str) -> None:
        row = claimed.row
        said = {"body": claimed.made} if claimed.made is not None else {}
        with self.store.unit() as session:
            now = self.clock()
            if row.attempts > 1 or row.channel in self._perhaps_away:
                ways.works(session, row.channel, now)
                self._perhaps_away.discard(row.channel)
            if not delivery_leases.settle(
                session, row, DeliveryState.SENT, message_id=message_id, sent_at=now, last_error="", **said
            ):
                # Our lease ran out and the row went into doubt; the receipt settles it.
                assert row.id is not None
                deliveries.arrived(session, row.id, message_id, now)

    def _failed(self, row: Delivery, error: ChannelError) -> None:
        log.warning("delivery %s to chat …%s: %s", row.id, row.chat[-3:], error)
        with self.store.unit() as session:
            now = self.clock()
            office = self.live.of(session)
            Unsent(row, now, self.chance()).note(session, office, error)
            accounts.tell_if_refused(session, office, row.channel, error, now)
            if error.is_of_platform:
                ways.fails(session, row.channel, now)
                self._perhaps_away.add(row.channel)
            if error.stop:
                self._paused[row.channel] = now + timedelta(seconds=retry.STOP_S)
