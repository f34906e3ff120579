"""Who was told about an obligation: every message, whether it left, and what the agency said after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from plan.status import EventKind
from store import obligations, people, told
from store.tables import Obligation, ObligationEvent
from store.told import Sent
from store.types import REMINDING, DeliveryKind, DeliveryState
from words.faults import Fault, fault_of
from words.message import Message

ANSWERING = (
    EventKind.ACKNOWLEDGED,
    EventKind.PROGRESSED,
    EventKind.FOR_SIGNATURE,
    EventKind.SAID,
    EventKind.BLOCKED,
    EventKind.SUBMITTED,
    EventKind.REQUESTED,
    EventKind.CAUSE_TOLD,
)


@dataclass(frozen=True)
class Told:
    """One message about an obligation; instants in UTC.

    `at` is when it left, or when it may; `to` the person as they are called now, or the group; `rungs` the steps of
    the ladder that it carries, in working days, negative before the deadline; `fault` why it was given up; `doubts`
    how often it was perhaps sent. Of a `reminding` one that left, `answered` is when the agency first said something
    after it and before the person's next one. `words` are its text, empty where it is not there.
    """

    at: datetime
    to: str
    channel: str
    kind: DeliveryKind
    rungs: tuple[int, ...]
    state: DeliveryState
    fault: Fault | None
    doubts: int
    reminding: bool
    answered: datetime | None
    person_id: int | None = None
    in_group: bool = False
    words: str = ""


def messages(session: Session, row: Obligation) -> list[Told]:
    """Every message that is known to be about an obligation, in the order in which they were made."""
    number = row.id or 0
    rows = told.about(session, number)
    events = [each for each in obligations.events_of(session, number) if each.kind in ANSWERING]
    reminding = [each for each in rows if each.kind in REMINDING and each.sent_at is not None]
    return [_told(session, each, events, reminding) for each in rows]


def _told(session: Session, row: Sent, events: Sequence[ObligationEvent], reminding: Sequence[Sent]) -> Told:
    person = people.get(session, row.person_id) if row.person_id is not None else None
    return Told(
        at=row.at,
        to=person.name if person else row.group_title,
        channel=row.channel,
        kind=DeliveryKind(row.kind),
        rungs=row.rungs,
        state=DeliveryState(row.state),
        fault=fault_of(row.last_error) if row.state == DeliveryState.FAILED else None,
        doubts=row.doubts,
        reminding=row.kind in REMINDING and row.state == DeliveryState.SENT,
        answered=_answered(events, row, reminding) if row in reminding else None,
        person_id=person.id if person else None,
        in_group=row.in_group,
        words=Message.from_json(row.body).plain if row.body is not None else "",
    )


def _answered(events: Sequence[ObligationEvent], row: Sent, reminding: Sequence[Sent]) -> datetime | None:
    """When the agency first said something after this reminder and before the person's next one."""
    sent = row.sent_at
    assert sent is not None
    own = [each.sent_at for each in reminding if each.sent_at and each.person_id == row.person_id]
    until = min((moment for moment in own if moment > sent), default=None)
    return next((each.at for each in events if each.at >= sent and (until is None or each.at < until)), None)
