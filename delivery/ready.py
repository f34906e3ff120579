"""What a claimed row says: as it was written, or made now for its channel, its language and its way."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from channels.base import Channel, Outgoing
from delivery import route
from delivery.contents import Contents
from delivery.envelopes import envelope
from delivery.fitting import fitted
from delivery.unsent import Unsent
from store import choices, deliveries, delivery_leases, languages, settings
from store.delivery_leases import Held
from store.engine import is_about_database
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from words import links
from words.message import Message, unmarked
from words.office import Office

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claimed:
    """A row under our lease and what it says; `made` is that as the outbox keeps it, None where it has it already, and
    `turn` the moment (UTC) from which it may leave by the limits, None where that is the claim's own.
    """

    row: Delivery
    outgoing: Outgoing
    doubtful: bool
    made: dict[str, Any] | None = None
    turn: datetime | None = None


@dataclass(frozen=True)
class MakeReady:
    """Makes what is sent of claimed rows; `chance` in 0..1 spreads the next attempts of what could not be made."""

    channels: Mapping[str, Channel]
    contents: Contents
    chance: Callable[[], float]

    def of_each(self, session: Session, office: Office, held: Sequence[Held], now: datetime) -> list[Claimed | bool]:
        """What each of these says; True where nothing is sent of it, and the sender asks for another one.

        What is made now asks and writes: a failure of one takes nothing of the others with it, and so each is made
        again by itself where one of them failed.
        """
        try:
            offices = [self._speaking(session, office, each.row) for each in held]
            ready = [self._as_it_stands(own, each.row) for own, each in zip(offices, held, strict=True)]
            with nullcontext() if None not in ready else session.begin_nested():
                return [
                    self._prepare(session, own, each, message, now)
                    for own, each, message in zip(offices, held, ready, strict=True)
                ]
        except Exception as error:
            if is_about_database(error):
                # It tells nothing of these messages: all that was taken is let go, and taken again.
                raise
            if len(held) == 1:
                row = held[0].row
                log.exception("delivery %s: its text could not be made", row.id)
                Unsent(row, now, self.chance()).unmade(session, error)
                return [True]
        return [given for each in held for given in self.of_each(session, office, [each], now)]

    def _speaking(self, session: Session, office: Office, row: Delivery) -> Office:
        return office.speaking(languages.language_at(session, row.person_id, row.channel, row.chat))

    def _prepare(
        self, session: Session, office: Office, held: Held, ready: Message | None, now: datetime
    ) -> Claimed | bool:
        row, message, leaving = held.row, ready, ready
        if message is None:
            message = self._first_page(session, office, row, now)
            leaving = self.contents.linked(session, office, row, message, now) if message is not None else None
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
        turn = now + timedelta(seconds=held.wait_s) if held.wait_s else None
        return Claimed(row, outgoing, held.doubtful, made, turn)

    def _message(self, session: Session, office: Office, row: Delivery, now: datetime) -> Message | None:
        if row.body is not None:
            return Message.from_json(row.body)
        can = self.channels[row.channel].abilities
        return self.contents.makers[DeliveryKind(row.kind)](session, office, row, now, can)

    def _as_it_stands(self, office: Office, row: Delivery) -> Message | None:
        """What was written before, where it fits and nothing is to be added or kept of it; None for any other."""
        can = self.channels[row.channel].abilities
        if row.body is None or not can.buttons or (row.in_group and can.by_name):
            return None
        first, *others = fitted(office, route.marked(office, row, Message.from_json(row.body)), can)
        return first if first.parts and not others and not links.is_marked(first.markup) else None

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
