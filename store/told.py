"""What people were told about the office's work: from the outbox, and from the archive of what it has let go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, literal
from sqlmodel import Session, col, func, select

from store import group_chats, memory
from store.answer_tables import Submission
from store.report_tables import KeptAbout, KeptMessage
from store.tables import Delivery, Obligation, Reminder
from store.types import DeliveryState

# What has left, may have, or was given up: what waits, or had nothing left to say, told nobody anything.
LEFT = (DeliveryState.SENT, DeliveryState.IN_DOUBT, DeliveryState.FAILED)


@dataclass(frozen=True)
class Sent:
    """A message about an obligation, from the outbox or from what was kept of it; instants in UTC.

    `rungs` are the steps of the ladder that it carried about this obligation.
    """

    number: int
    person_id: int | None
    group_title: str
    channel: str
    in_group: bool
    kind: str
    at: datetime
    sent_at: datetime | None
    state: str
    doubts: int
    last_error: str
    body: dict[str, Any] | None
    rungs: tuple[int, ...]


def about(session: Session, obligation_id: int) -> list[Sent]:
    """Every message that is known to be about an obligation, in the order in which they were made."""
    found = {each.number: each for each in _in_outbox(session, obligation_id)}
    found |= {each.number: each for each in _kept(session, obligation_id)}
    return [found[number] for number in sorted(found)]


def within(
    session: Session, since: datetime, until: datetime, *, task: str | None = None, agency: str | None = None
) -> list[tuple[Sent, tuple[int, ...]]]:
    """Every message about work that left, or was given up, from an instant to another (UTC, end excluded), in order.

    With each the obligations that it is about, of one task or one agency where one is named.
    """
    owed = [col(Obligation.task) == task] if task is not None else []
    owed += [col(Obligation.agency_id) == agency] if agency is not None else []
    at = func.coalesce(col(Delivery.sent_at), col(Delivery.not_before))
    span = [at >= since, at < until, col(Delivery.state).in_(LEFT), *owed]
    found: dict[int, Sent] = {}
    about: dict[int, dict[int, None]] = {}
    for row, obligation, rung in _pairs(session, span):
        number = row.id or 0
        title = found[number].group_title if number in found else _title(session, row)
        found[number] = _sent(row, number, title, row.sent_at or row.not_before, [rung])
        about.setdefault(number, {})[obligation] = None
    kept = (
        select(KeptMessage, KeptAbout.obligation_id, KeptAbout.rung)
        .join(KeptAbout, col(KeptAbout.kept_id) == KeptMessage.id)
        .join(Obligation, col(Obligation.id) == KeptAbout.obligation_id)
        .where(col(KeptMessage.at) >= since, col(KeptMessage.at) < until, col(KeptMessage.state).in_(LEFT), *owed)
    )
    for old, obligation, rung in session.exec(kept.order_by(col(KeptMessage.delivery_id), col(KeptAbout.id))):
        found[old.delivery_id] = _sent(old, old.delivery_id, old.group_title, old.at, [rung])
        about.setdefault(old.delivery_id, {})[obligation] = None
    return [(found[number], tuple(about[number])) for number in sorted(found)]


def _pairs(session: Session, where: Sequence[ColumnElement[bool]]) -> Iterator[tuple[Delivery, int, int | None]]:
    """The messages of the outbox with the obligations that they are about."""
    steps = (
        select(Delivery, Reminder.obligation_id, Reminder.rung)
        .join(Reminder, (col(Reminder.delivery_id) == Delivery.id) & (col(Reminder.person_id) == Delivery.person_id))
        .join(Obligation, col(Obligation.id) == Reminder.obligation_id)
    )
    yield from session.exec(steps.where(*where).order_by(col(Delivery.id), col(Reminder.id)))
    of = func.coalesce(Delivery.obligation_id, Submission.obligation_id)
    one = (
        select(Delivery, of, literal(None))
        .join(Submission, col(Submission.id) == Delivery.submission_id, isouter=True)
        .join(Obligation, col(Obligation.id) == of)
    )
    yield from session.exec(one.where(*where).order_by(col(Delivery.id)))


def _title(session: Session, row: Delivery) -> str:
    group = group_chats.linked(session, row.channel, row.chat) if row.person_id is None else None
    return group.title if group is not None else ""


def _in_outbox(session: Session, obligation_id: int) -> Iterator[Sent]:
    for row in memory.messages_about(session, obligation_id):
        steps = [each for each in memory.of_delivery(session, row.id or 0) if each.obligation_id == obligation_id]
        title, at = _title(session, row), row.sent_at or row.not_before
        yield _sent(row, row.id or 0, title, at, [each.rung for each in steps])


def _kept(session: Session, obligation_id: int) -> Iterator[Sent]:
    query = (
        select(KeptMessage, KeptAbout.rung)
        .join(KeptAbout, col(KeptAbout.kept_id) == KeptMessage.id)
        .where(KeptAbout.obligation_id == obligation_id)
        .order_by(col(KeptMessage.delivery_id), col(KeptAbout.id))
    )
    for _, group in groupby(session.exec(query), key=lambda pair: pair[0].delivery_id):
        pairs = list(group)
        row = pairs[0][0]
        yield _sent(row, row.delivery_id, row.group_title, row.at, [rung for _, rung in pairs])


def _sent(row: Delivery | KeptMessage, number: int, title: str, at: datetime, rungs: Sequence[int | None]) -> Sent:
    return Sent(
        number=number,
        person_id=row.person_id,
        group_title=title,
        channel=row.channel,
        in_group=row.in_group,
        kind=row.kind,
        at=at,
        sent_at=row.sent_at,
        state=row.state,
        doubts=row.doubts,
        last_error=row.last_error,
        body=row.body,
        rungs=tuple(each for each in rungs if each is not None),
    )
