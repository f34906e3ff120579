"""What comes of a pressed button, and which are left under its message: a digest keeps those of its other items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.turn import Turn
from channels.base import ChatKind
from plan.status import State
from progress.items import buttons_of, item_of
from store import memory, obligations
from words.message import Button


@dataclass(frozen=True)
class Press:
    """A pressed button once it was handled: what to show over the chat, and the buttons left where it is spent."""

    press_id: str
    notice: str | None = None
    is_spent: bool = False
    chat: str = ""
    in_group: bool = False
    message_id: str = ""
    delivery: int = 0
    left: Sequence[Sequence[Button]] = ()
    at: datetime | None = None


def pressed(turn: Turn) -> Press | None:
    """What came of a press; None where none was handled."""
    incoming = turn.incoming
    if incoming.press_id is None:
        return None
    if not turn.spent or incoming.message_id is None:
        return Press(incoming.press_id, turn.notice)
    return Press(
        incoming.press_id,
        turn.notice,
        is_spent=True,
        chat=incoming.chat,
        in_group=incoming.chat_kind is ChatKind.GROUP,
        message_id=incoming.message_id,
        delivery=incoming.delivery or 0,
        left=left(turn),
        at=turn.now,
    )


def left(turn: Turn) -> list[list[Button]]:
    """The rows of buttons that still have a meaning under the message that was pressed; [] for none."""
    told = memory.of_delivery(turn.session, turn.incoming.delivery) if turn.incoming.delivery else ()
    rows = (obligations.get(turn.session, each.obligation_id) for each in told)
    items = [
        item
        for row in rows
        if row and row.state == State.OPEN and row.agency_id in turn.agencies and (item := item_of(turn.office, row))
    ]
    # As the digest orders them: late first, questions on ongoing work last.
    items.sort(key=lambda item: (item.row.due is None, item.row.due or date.min, item.row.id))
    return buttons_of(turn.office, items, turn.office.today(turn.now)) if items else []
