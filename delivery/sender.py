"""Takes one row of the outbox to a phone and writes down what came of it; both processes run it side by side.

The order that loses nothing and doubles at most once: commit the claim, send, commit the result. A sender that dies
between the last two leaves the row in doubt; it is sent again with a visible mark.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from channels.base import Channel, Doing, Outgoing, Receipt
from channels.errors import ChannelError, Sent
from delivery import rights
from delivery.as_links import as_link
from delivery.claims import Claims
from delivery.contents import Contents
from delivery.exchange import Exchange, Given, Turn
from delivery.pace import rates_for
from delivery.ready import Claimed
from delivery.receipts import Outcome, Receipts
from delivery.together import Together
from store.current_office import Live
from store.delivery_leases import AHEAD_S
from store.engine import OF_DATABASE, Store, is_about_database
from store.tables import Delivery
from words.faults import Fault
from words.office import Office

log = logging.getLogger(__name__)
Wait = Callable[[float], Awaitable[None]]
"""Returns after so many seconds of the clock that the sender is given."""

# For how long a sender takes one message after the other before it says that it sent one.
RUN_S = 1.0
# What a message leaves later than this after its turn is lost: less is in the distance that the limits keep.
LATE_S = 0.03


class Sender:
    """Sends what is due, one row a step; what several steps side by side claim and receive is kept in one unit.

    `holder` names this process, by which another one can say whether it has ended.
    """

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
        wait: Wait = asyncio.sleep,
    ) -> None:
        self.store, self.live, self.channels, self.contents = store, Live(office), channels, contents
        self.clock, self._wait = clock, wait
        rates = rates_for(channels, limited=limited)
        # A platform that takes nothing at all (a token, a proxy) is left alone for a while; the others go on.
        paused: dict[str, datetime] = {}
        self.claims = Claims(store, self.live, channels, contents, rates, paused, clock, holder=holder, chance=chance)
        receipts = Receipts(store, self.live, paused, clock, chance, tuple(channels))
        # What the platform says comes back one by one, and is kept together with what comes right behind it.
        self._on_way = 0
        self._exchange = Together(Exchange(self.claims, receipts).serve, lambda: self._on_way)

    def idle_s(self) -> float:
        """Seconds after which it is worth looking again: the limit that keeps the next message back may end sooner."""
        return self.claims.idle_s

    async def step(self) -> bool:
        """Sends one message, and for RUN_S seconds those that follow while others send beside it; False when none may
        leave now. An error of one row never stops the next.
        """
        if self.claims.is_at_rest():
            return False
        ends = asyncio.get_running_loop().time() + RUN_S
        given = await self._exchange(Turn(None, wants=True))
        if given is None:
            return False
        while isinstance(given, Claimed):
            given = await self._sent(given, ends)
        return True

    async def _sent(self, claimed: Claimed, ends: float) -> Given:
        """Sends it and has it kept what came of it; the next one to send where there is one."""
        self._on_way += 1
        try:
            outcome = await self._send(claimed)
            # The others' receipts go into a unit in any case, and what leaves next with them. Alone, or when its time
            # is up, a step ends: whoever runs it may have been asked to.
            wants = self._on_way > 1 and asyncio.get_running_loop().time() < ends and not self.claims.is_at_rest()
            return await self._exchange(Turn(outcome, wants))
        finally:
            self._on_way -= 1

    async def _send(self, claimed: Claimed) -> Outcome:
        """What came of it: a receipt, or why it was not taken."""
        channel, outgoing = self.channels[claimed.row.channel], claimed.outgoing
        if outgoing.message.carries:
            outgoing = await self._carrying(claimed.row, channel, outgoing)
        try:
            if claimed.turn is not None:
                await self._its_turn(claimed, claimed.turn)
            if claimed.doubtful:
                await self._ask_first(channel)
            self._still_ours(claimed.row)
            receipt = await self._sent_as_allowed(channel, claimed.row, outgoing)
        except ChannelError as error:
            return _failed(claimed, error)
        except Exception as error:
            if is_about_database(error):
                # It says nothing of this message, which is perhaps sent: it is in doubt when its lease ends.
                raise
            # A fault of ours in this one message: it would come back for ever, so it goes onto the admin's list.
            log.exception("delivery %s cannot be sent", claimed.row.id)
            return _failed(
                claimed, ChannelError(f"{type(error).__name__}: {error}", permanent=True, fault=Fault.UNMADE)
            )
        return Outcome(claimed, receipt.message_id)

    async def _carrying(self, row: Delivery, channel: Channel, outgoing: Outgoing) -> Outgoing:
        """With the picture or file that it names, or the address at which it is read."""
        message = outgoing.message
        if channel.abilities.typing:
            doing = Doing.PICTURE if message.picture is not None else Doing.FILE
            with suppress(ChannelError):
                await channel.typing(outgoing.chat, outgoing.topic, doing)
        if message.picture is not None:
            # Drawn here, outside any transaction: it takes a second in which others want to write.
            outgoing = replace(outgoing, picture=await asyncio.to_thread(self._draw, message.picture))
        if message.attachment is not None:
            outgoing = await asyncio.to_thread(self._attach, outgoing, message.attachment)
        if outgoing.message.carries and not channel.abilities.send:
            outgoing = await asyncio.to_thread(self._as_link, row, outgoing)
        return outgoing

    async def _sent_as_allowed(self, channel: Channel, row: Delivery, outgoing: Outgoing) -> Receipt:
        """Sends it, and what a group does not let us send again as what it does: the words are not kept back for it."""
        try:
            return await channel.send(outgoing)
        except ChannelError as error:
            try:
                lesser = await asyncio.to_thread(self.lesser, row, outgoing, error.fault)
            except Exception as found:
                if not is_about_database(found):
                    raise
                # A database that is away says nothing of this message: it is as the platform said.
                raise error from found
            if lesser is None:
                raise
            log.warning("delivery %s goes out as words: %s", row.id, error)
        return await self._sent_as_allowed(channel, row, lesser)

    def lesser(self, row: Delivery, outgoing: Outgoing, fault: Fault) -> Outgoing | None:
        """What goes out in its stead where its chat withholds a right, of which the admins are told; None for any other
        fault, which is looked up without waiting for a writer: a locked database is no reason to give a message up."""
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

    async def _its_turn(self, claimed: Claimed, turn: datetime) -> None:
        early = (turn - self.clock()).total_seconds()
        if early > 0:
            # A clock that was set back is no reason to wait longer than a turn is taken ahead.
            await self._wait(min(early, AHEAD_S))
        late = (self.clock() - turn).total_seconds()
        # What is drawn or fetched comes when it is ready, one by one; what a machine holds up comes all at once.
        if LATE_S < late < AHEAD_S and not claimed.outgoing.message.carries:
            self.claims.was_late(claimed.row.channel, late - LATE_S)

    def _still_ours(self, row: Delivery) -> None:
        """A picture takes its time, a machine sleeps: whose lease is over may be sent by another, with a mark."""
        try:
            now = self.clock()
        except OF_DATABASE:
            # A moved clock stands in the database; where that is away nobody else has taken the message either.
            return
        if row.lease_until is not None and row.lease_until <= now:
            raise ChannelError("its lease was over before it was sent", retry_after=0.0)

    async def _ask_first(self, channel: Channel) -> None:
        # A repeat is only worth its risk once the platform answers at all; nothing was sent yet when it does not.
        try:
            await channel.alive()
        except ChannelError as error:
            raise ChannelError(str(error), sent=Sent.NO, stop=error.stop, retry_after=error.retry_after) from error


def _failed(claimed: Claimed, error: ChannelError) -> Outcome:
    log.warning("delivery %s to chat …%s: %s", claimed.row.id, claimed.row.chat[-3:], error)
    return Outcome(claimed, error=error)
