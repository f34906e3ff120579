"""An officer says that the work was received: not done, but its early reminders may rest."""

from plan.reminders import Owed, ladder_for, lapses, next_day
from plan.status import ANSWERED, EventKind
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.values import Acknowledge
from progress.items import Item, code_of, item_of
from store import obligations
from store.obligations import NewEvent
from store.tables import Obligation
from words.message import say
from words.office import Office


def acknowledge(scene: Scene, act: Acknowledge, row: Obligation) -> Outcome:
    """Keeps the acknowledgement, once a day, and says when the next reminder comes."""
    office, said = scene.office, act.said
    agency = office.agency_name(row.agency_id)
    code = code_of(office, row)
    if row.state in ANSWERED:
        return Outcome((say(office.text("progress.done_already", code=code, agency=agency)),))
    today = office.today(said.at)
    before = office.today(row.acknowledged_at) if row.acknowledged_at else None
    if before is None or before < today:
        obligations.record(
            scene.session,
            row,
            NewEvent(EventKind.ACKNOWLEDGED, said.at, via=said.via, person_id=said.person_id, note=said.note),
            scene.now,
        )
    item = item_of(office, row)
    owed = _owed(office, item) if item else None
    text = office.text(
        "ack.recorded",
        code=code,
        agency=agency,
        following=next_day(owed, office.calendar, office.today(scene.now)) if owed else None,
        ends=lapses(owed, office.calendar) if owed else None,
    )
    return Outcome((say(text),))


def _owed(office: Office, item: Item) -> Owed:
    row = item.row
    acknowledged = office.today(row.acknowledged_at) if row.acknowledged_at else None
    ladder = ladder_for(item.milestone, office.ladder)
    start = item.milestone.start
    return Owed(row.id or 0, item.milestone.kind, row.due, ladder, acknowledged=acknowledged, start=start)
