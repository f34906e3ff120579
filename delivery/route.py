"""Which way next: what one channel refused, or has not taken for hours, goes by another way of its person.

Nothing of it is sent twice unmarked: the row stays one row, keeps its doubt, and says by which channel it was to come.
What answers somebody stays where they asked, unless that chat is closed; a group has one way.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from store import delivery_leases, delivery_moves, people, ways
from store.people_tables import Address
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from words.message import Message
from words.names import of_channel
from words.office import Office

TOO_OLD = timedelta(days=1)
# What is told somebody because they asked.
ANSWERING = (DeliveryKind.ANSWER, DeliveryKind.CONFIRMATION)


def after_refusal(session: Session, row: Delivery, why: str, now: datetime) -> bool:
    """Moves a row under our lease to the next open way that has not refused it; False where there is none."""
    way = _next(session, row, but={row.channel, *_tried(row)})
    if way is None:
        return False
    # Perhaps it came by the first way after all: the doubt goes along, and with it the mark.
    state = DeliveryState.IN_DOUBT if row.doubts else DeliveryState.DUE
    values = _moved(session, row, way, now)
    return delivery_leases.settle(session, row, state, doubts=min(row.doubts, 1), last_error=why, **values)


def closed(session: Session, channel: str, chat: str, why: str, now: datetime) -> int:
    """Moves everything that waits for a chat that takes nothing any more; returns how many have no other way."""
    left = 0
    for row in delivery_moves.waiting_for_chat(session, channel, chat):
        if row.state == DeliveryState.DROPPED:
            continue
        way = _next(session, row, but={channel, *_tried(row)})
        if way is None:
            row.state, row.last_error = DeliveryState.FAILED, why
            left += 1
        else:
            _put(session, row, way, now)
        session.add(row)
    session.flush()
    return left


def came_back(session: Session, row: Delivery, why: str, now: datetime) -> None:
    """Sends a message that was taken and given back later by the next way, or puts it onto the admins' list.

    What left more than a day ago is too old to be said as it was.
    """
    way = _next(session, row, but={row.channel, *_tried(row)})
    is_old = row.sent_at is not None and now - row.sent_at > TOO_OLD
    row.last_error, row.reported = why, False
    if way is None or is_old:
        row.state = DeliveryState.FAILED
    else:
        row.state, row.message_id, row.sent_at, row.doubts = DeliveryState.DUE, None, None, 0
        _put(session, row, way, now)
    session.add(row)


def pass_by(session: Session, office: Office, now: datetime) -> int:
    """Lets channels rest that have taken nothing for `office.route_after`, and moves what waits for them; those that
    came back are used again from the next day on. Returns how many messages were moved."""
    resting, failing = ways.resting(session), ways.failing(session)
    for channel, since in failing.items():
        if channel in resting or now - since < office.route_after:
            continue
        if delivery_moves.took_since(session, channel, since):
            ways.works(session, channel, now)
            continue
        ways.rest(session, channel, since)
        resting[channel] = since
    for channel, moment in ways.back(session).items():
        if office.today(moment) < office.today(now):
            ways.serve_again(session, channel)
    return sum(_pass_by(session, each, now) for each in resting if each in failing)


def marked(office: Office, row: Delivery, message: Message) -> Message:
    """A message with the line that says why it comes by this channel, where it was to come by another; what was cut
    for its channel has it already."""
    if not row.moved_from or "whole" in (row.body or {}):
        return message
    line = office.text("mark.moved", channel=of_channel(row.channel), former=of_channel(_tried(row)[-1]))
    typed = (*message.typed_parts, line) if message.typed_parts else ()
    return replace(message, parts=(*message.parts, line), typed_parts=typed)


def _pass_by(session: Session, channel: str, now: datetime) -> int:
    rows = delivery_moves.waiting_with_another_way(session, channel, ANSWERING, now)
    moved = 0
    for row in rows:
        way = _next(session, row, but={channel})
        if way is not None and row.state != DeliveryState.DROPPED:
            _put(session, row, way, now)
            session.add(row)
            moved += 1
    return moved


def _next(session: Session, row: Delivery, but: Collection[str]) -> Address | None:
    if row.person_id is None or row.in_group or not people.memberships(session, row.person_id):
        return None
    found = ways.open_ones(session, row.person_id, but)
    return found[0] if found else None


def _put(session: Session, row: Delivery, way: Address, now: datetime) -> None:
    for name, value in _moved(session, row, way, now).items():
        setattr(row, name, value)


def _moved(session: Session, row: Delivery, way: Address, now: datetime) -> dict[str, object]:
    """What a row holds once it goes by another way."""
    tried = [*(each for each in _tried(row) if each not in (row.channel, way.channel)), row.channel]
    delivery_moves.drop_pages(session, row)
    return {
        "channel": way.channel,
        "chat": way.chat,
        "moved_from": ",".join(tried),
        # As it was before the first channel's lengths, and the letters in the place of its buttons.
        "body": row.body.get("whole", row.body) if row.body is not None else None,
        "reply_to": None,
        "topic": None,
        "not_before": now,
    }


def _tried(row: Delivery) -> list[str]:
    return row.moved_from.split(",") if row.moved_from else []
