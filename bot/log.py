"""/log: every message about an obligation, for admins: to whom, when, why, whether it arrived and was answered."""

from datetime import datetime

from bot import lookup
from bot.turn import Turn
from plan.status import EventKind
from progress.items import code_of
from store import memory, obligations, people
from store.tables import Delivery, ObligationEvent
from store.types import DeliveryKind, DeliveryState

REMINDING = (DeliveryKind.DIGEST, DeliveryKind.SNOOZE, DeliveryKind.URGE, DeliveryKind.HEAD)
ANSWERING = (
    EventKind.ACKNOWLEDGED,
    EventKind.PROGRESSED,
    EventKind.BLOCKED,
    EventKind.SUBMITTED,
    EventKind.REQUESTED,
)


def log(turn: Turn, rest: str) -> None:
    """/log 2b sondung."""
    found = lookup.find(turn, "log", rest, single=True)
    if found is None:
        return
    row = found.rows[0]
    code, agency = code_of(turn.office, row), turn.office.agency_name(row.agency_id)
    rows = memory.messages_about(turn.session, row.id or 0)
    if not rows:
        turn.answer(turn.text("history.log_none", code=code, agency=agency))
        return
    events = [each for each in obligations.events_of(turn.session, row.id or 0) if each.kind in ANSWERING]
    reminding = [each for each in rows if each.kind in REMINDING and each.sent_at is not None]
    lines = []
    for each in rows:
        answered = _answer(events, each, reminding) if each in reminding else None
        lines.append(_line(turn, each, row.id or 0, answered))
    turn.answer(turn.text("history.log_heading", code=code, agency=agency, count=len(rows)), *lines)


def _answer(events: list[ObligationEvent], row: Delivery, reminding: list[Delivery]) -> datetime | None:
    """When the agency first said something after this reminder and before the person's next one."""
    sent = row.sent_at
    assert sent is not None
    own = [each.sent_at for each in reminding if each.sent_at and each.person_id == row.person_id]
    until = min((moment for moment in own if moment > sent), default=None)
    return next((each.at for each in events if each.at >= sent and (until is None or each.at < until)), None)


def _line(turn: Turn, row: Delivery, obligation_id: int, answered: datetime | None) -> str:
    person = people.get(turn.session, row.person_id) if row.person_id is not None else None
    group = people.group(turn.session, row.channel, row.chat) if person is None else None
    steps = [each for each in memory.of_delivery(turn.session, row.id or 0) if each.obligation_id == obligation_id]
    return turn.text(
        "history.log_line",
        at=row.sent_at or row.not_before,
        person=person.name if person else group.title if group else "",
        what=turn.text(f"history.kind_{row.kind}"),
        rungs=[each.rung for each in steps if each.rung is not None],
        state=turn.text(f"history.state_{row.state}"),
        error=row.last_error if row.state == DeliveryState.FAILED else "",
        reminding=row.kind in REMINDING and row.state == DeliveryState.SENT,
        answered=answered,
    )
