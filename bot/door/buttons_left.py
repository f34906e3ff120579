"""The buttons that are left under a message once one of them took effect: a digest keeps those of its other items."""

from datetime import date

from bot.turn import Turn
from plan.status import State
from progress.items import buttons_of, item_of
from store import memory, obligations
from words.message import Button


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
