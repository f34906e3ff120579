"""Which milestone of a task is meant, where the one that a code names was set aside."""

from bot.turn import Turn
from progress.items import item_of, period
from store.tables import Obligation


def set_aside(turn: Turn, row: Obligation) -> str:
    """That what a code names first was set aside, in words that tell it from what is still open."""
    item = item_of(turn.office, row)
    return turn.text(
        "ask.set_aside",
        code=row.task,
        agency=turn.office.agency_name(row.agency_id),
        title=item.milestone.printed if item else "",
        period=period(turn.office, row.occurrence) if row.occurrence else "",
        state=turn.text(f"state.{row.state}"),
    )
