"""An officer says that the work was received: not done, but its early reminders may rest."""

from bot.turn import Turn
from plan.reminders import Owed, ladder_for, lapses, next_day
from plan.status import ANSWERED, EventKind
from progress.items import Item, code_of, item_of
from progress.submit import Said
from store import obligations
from store.tables import Obligation


def record(turn: Turn, row: Obligation, said: Said) -> None:
    """Keeps the acknowledgement, once a day, and says when the next reminder comes."""
    agency = turn.office.agency_name(row.agency_id)
    code = code_of(turn.office, row)
    if row.state in ANSWERED:
        turn.answer(turn.text("progress.done_already", code=code, agency=agency))
        return
    today = turn.office.today(said.at)
    before = turn.office.today(row.acknowledged_at) if row.acknowledged_at else None
    if before is None or before < today:
        obligations.record(
            turn.session,
            row,
            EventKind.ACKNOWLEDGED,
            said.at,
            turn.now,
            via=said.via,
            person_id=turn.person_id,
            note=said.note,
        )
    item = item_of(turn.office, row)
    owed = _owed(turn, item) if item else None
    calendar = turn.office.calendar
    turn.answer(
        turn.text(
            "ack.recorded",
            code=code,
            agency=agency,
            following=next_day(owed, calendar, turn.office.today(turn.now)) if owed else None,
            ends=lapses(owed, calendar) if owed else None,
        )
    )


def _owed(turn: Turn, item: Item) -> Owed:
    row, office = item.row, turn.office
    acknowledged = office.today(row.acknowledged_at) if row.acknowledged_at else None
    ladder = ladder_for(item.milestone, office.ladder)
    return Owed(row.id or 0, item.milestone.kind, row.due, ladder, acknowledged=acknowledged)
