"""What people may choose by a letter where there are no buttons: it stands in the messages that offered it.

Letters go on from one message to the next, so that an older one can still be answered by its own.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from store.tables import Delivery
from words.message import Choice, Message

# After so long without any the letters begin at A again; so long each is good.
STANDS = timedelta(hours=24)
LOOKED_AT = 60


def last_letter(session: Session, row: Delivery, now: datetime) -> str:
    """The letter that was given out last in the chat of a message, "" where none is good any more."""
    rows = _newest(session, row.channel, row.chat, now - STANDS)
    found = (choices for other, choices in rows if other != row.id)
    return next((choices[-1].letter for choices in found), "")


def chosen(session: Session, channel: str, chat: str, letter: str, since: datetime) -> Choice | None:
    """What a letter stands for in a chat: in the newest message that offered it since an instant (UTC)."""
    offered = (each for _, choices in _newest(session, channel, chat, since) for each in choices)
    return next((each for each in offered if each.letter == letter), None)


def letters(session: Session, channel: str, chat: str, since: datetime) -> str:
    """The letters of the newest message that offered any since an instant (UTC); "" where there is none."""
    newest = next((choices for _, choices in _newest(session, channel, chat, since)), ())
    return "".join(each.letter for each in newest)


def _newest(
    session: Session, channel: str, chat: str, since: datetime
) -> Iterator[tuple[int | None, tuple[Choice, ...]]]:
    """The rows of a chat that offer choices, the newest first, and what they offer."""
    here = (Delivery.channel == channel, Delivery.chat == chat)
    query = select(Delivery).where(*here, col(Delivery.created_at) >= since)
    for row in session.exec(query.order_by(col(Delivery.id).desc()).limit(LOOKED_AT)).all():
        if row.body is not None and row.body.get("choices"):
            yield row.id, Message.from_json(row.body).choices
