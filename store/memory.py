"""The memory of what was said to whom: per person, obligation, its date then, and step of the ladder."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, insert
from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from plan.reminders import DueStep, ReminderKey
from store.answer_tables import Submission
from store.tables import Delivery, Reminder
from store.types import DeliveryKind, DeliveryState, metadata

# Obligations asked for at a time: SQLite takes 32,766 values in one question.
AT_ONCE = 1000


class Heard(NamedTuple):
    """Who was told of what: its nominal date then as the database keeps it, and the step's key."""

    person: int
    obligation: int
    due: str
    step: str


class Told(NamedTuple):
    """What a person hears with which delivery."""

    person: int
    steps: Iterable[DueStep]
    delivery: int | None


def said(session: Session, person_id: int, about: Collection[int] | None = None) -> set[ReminderKey]:
    """What a person was told, of everything or of some obligations; what could not be delivered was not said."""
    return said_by(session, [person_id], about)[person_id]


def said_by(
    session: Session, persons: Collection[int], about: Collection[int] | None = None
) -> dict[int, set[ReminderKey]]:
    """The same of several, by person."""
    session.flush()
    found: dict[int, set[ReminderKey]] = {each: set() for each in persons}
    for wanted in [{}] if about is None else [{"about": part} for part in _parts(about)]:
        rows = session.connection().execute(_said(about is not None), {"persons": list(persons), **wanted})
        for person, of, due, step in rows:
            found[person].add((of, date.fromisoformat(due) if due else None, step))
    return found


@cache
def _said(about: bool) -> Select[*tuple[Any, ...]]:
    """Asked for every digest, so made once."""
    query = (
        columns(col(Reminder.person_id), col(Reminder.obligation_id), col(Reminder.due), col(Reminder.step))
        .join_from(Reminder, Delivery, isouter=True)
        .where(col(Reminder.person_id).in_(bindparam("persons", expanding=True)))
        .where(or_(col(Delivery.state).is_(None), col(Delivery.state) != DeliveryState.FAILED))
    )
    return query.where(col(Reminder.obligation_id).in_(bindparam("about", expanding=True))) if about else query


def heard(session: Session, steps: Iterable[tuple[str, str]]) -> set[Heard]:
    """Who was told which of these steps of what, and it was delivered: a step is its nominal date, "" for none, and its
    key. Asked step by step, so that each question is answered by the index alone."""
    told, sent = metadata.tables["reminder"].c, metadata.tables["delivery"].c
    days: dict[str, list[str]] = defaultdict(list)
    for due, key in steps:
        days[key].append(due)
    query = columns(told.person_id, told.obligation_id, told.due, told.step).select_from(
        metadata.tables["reminder"].outerjoin(metadata.tables["delivery"], sent.id == told.delivery_id)
    )
    query = query.where(or_(sent.state.is_(None), sent.state != DeliveryState.FAILED))
    found: set[Heard] = set()
    for key, dues in days.items():
        rows = session.connection().execute(query.where(told.step == key, told.due.in_(dues)))
        found.update(map(Heard._make, rows))
    return found


def keys(steps: Iterable[DueStep]) -> set[ReminderKey]:
    """By what these, and the earlier ones that they stand for, are remembered."""
    return {(each.owed.obligation, each.owed.due, step.key) for each in steps for step in (each.step, *each.skipped)}


def remember(session: Session, person_id: int, steps: Iterable[DueStep], delivery_id: int | None) -> None:
    """Notes that steps go out with a delivery, and which earlier ones they stand for (one writer: store.engine)."""
    remember_all(session, [Told(person_id, steps, delivery_id)])


def remember_all(session: Session, told: Iterable[Told]) -> None:
    """The same for several (one writer: store.engine).

    New ones are written in one statement, however many; one that is known, of a message that could not be delivered,
    goes out with this one instead.
    """
    new: dict[Heard, tuple[int | None, int | None, str]] = {}
    for person_id, steps, delivery_id in told:
        for each in steps:
            about = each.owed.obligation, each.owed.due.isoformat() if each.owed.due else ""
            new[Heard(person_id, *about, each.step.key)] = each.step.rung, delivery_id, ""
            for earlier in each.skipped:
                new[Heard(person_id, *about, earlier.key)] = earlier.rung, None, f"superseded by {each.step.key}"
    for number, key in _known(session, new):
        row = session.get_one(Reminder, number)
        _, row.delivery_id, row.skipped = new.pop(key)
        session.add(row)
    rows = [
        {
            "person_id": key.person,
            "obligation_id": key.obligation,
            "due": key.due,
            "step": key.step,
            "rung": rung,
            "delivery_id": delivery_id,
            "skipped": skipped,
        }
        for key, (rung, delivery_id, skipped) in new.items()
    ]
    if rows:
        session.connection().execute(insert(Reminder), rows)


def _known(session: Session, wanted: Collection[Heard]) -> list[tuple[int, Heard]]:
    """Those of these that are remembered, with the numbers of their rows."""
    session.flush()
    persons, found = sorted({each.person for each in wanted}), []
    for part in _parts({each.obligation for each in wanted}):
        rows = session.connection().execute(_remembered(), {"persons": persons, "about": part})
        found += [(number, key) for number, *rest in rows if (key := Heard(*rest)) in wanted]
    return found


def _parts(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(numbers))
    while part := list(islice(rest, AT_ONCE)):
        yield part


@cache
def _remembered() -> Select[*tuple[Any, ...]]:
    """Asked for every digest, so made once."""
    of = Reminder
    query = columns(col(of.id), col(of.person_id), col(of.obligation_id), col(of.due), col(of.step))
    query = query.where(col(of.person_id).in_(bindparam("persons", expanding=True)))
    return query.where(col(of.obligation_id).in_(bindparam("about", expanding=True)))


def note(
    session: Session, person_id: int, obligation_id: int, due: date | None, step: str, delivery_id: int | None
) -> bool:
    """Notes that a delivery says something beside the ladder (a head's or an admin's list, an urging); False when it
    was said already. What was said and could not be delivered is said anew (one writer: store.engine).
    """
    key = (person_id, obligation_id, due.isoformat() if due else "", step)
    query = select(Reminder).where(
        Reminder.person_id == key[0], Reminder.obligation_id == key[1], Reminder.due == key[2], Reminder.step == key[3]
    )
    row = session.exec(query).first()
    before = session.get(Delivery, row.delivery_id) if row is not None and row.delivery_id else None
    if row is not None and (before is None or before.state != DeliveryState.FAILED):
        return False
    row = row or Reminder(person_id=key[0], obligation_id=key[1], due=key[2], step=key[3])
    row.delivery_id = delivery_id
    session.add(row)
    session.flush()
    return True


def sent(session: Session, obligation_id: int) -> Sequence[tuple[int, datetime]]:
    """Who was reminded of an obligation, and when the message left (UTC)."""
    query = (
        select(Reminder.person_id, Delivery.sent_at)
        .where(Reminder.delivery_id == Delivery.id, Reminder.obligation_id == obligation_id)
        .where(Delivery.state == DeliveryState.SENT)
    )
    return [(person_id, at) for person_id, at in session.exec(query) if at is not None]


def carried_by_digest(session: Session, person_id: int, day: date, obligation_id: int) -> bool:
    """Whether a person's digest of a day (local), or its continuation, carries a step of an obligation."""
    query = (
        select(Reminder.id)
        .join(Delivery)
        .where(Reminder.obligation_id == obligation_id)
        .where(Delivery.kind == DeliveryKind.DIGEST, Delivery.person_id == person_id, Delivery.day == day)
        .where(col(Delivery.state).not_in((DeliveryState.DROPPED, DeliveryState.FAILED)))
    )
    return session.exec(query).first() is not None


def spoken_of(session: Session, person_id: int, obligations: Collection[int], *, but: int) -> set[int]:
    """Of some obligations those that a delivery other than `but` spoke of to a person, and that was delivered."""
    session.flush()
    wanted = {"person": person_id, "but": but, "about": list(obligations)}
    return set(session.connection().execute(_spoken_of(), wanted).scalars())


@cache
def _spoken_of() -> Select[*tuple[Any, ...]]:
    """Asked for every digest, so made once."""
    return (
        columns(col(Reminder.obligation_id))
        .join_from(Reminder, Delivery)
        .where(col(Reminder.person_id) == bindparam("person"), col(Delivery.id) != bindparam("but"))
        .where(col(Delivery.state) == DeliveryState.SENT)
        .where(col(Reminder.obligation_id).in_(bindparam("about", expanding=True)))
    )


def messages_about(session: Session, obligation_id: int) -> Sequence[Delivery]:
    """Every message that is known to be about an obligation, in the order in which they were made."""
    reminded = select(Reminder.delivery_id).where(Reminder.obligation_id == obligation_id)
    answers = select(Submission.id).where(Submission.obligation_id == obligation_id)
    query = select(Delivery).where(
        or_(
            col(Delivery.obligation_id) == obligation_id,
            col(Delivery.id).in_(reminded.where(col(Reminder.delivery_id).is_not(None))),
            col(Delivery.submission_id).in_(answers),
        )
    )
    return session.exec(query.order_by(col(Delivery.id))).all()


def of_delivery(session: Session, delivery_id: int) -> Sequence[Reminder]:
    """The steps that a digest carries to the person it goes to."""
    return session.exec(_of_delivery(), params={"delivery": delivery_id}).all()


@cache
def _of_delivery() -> SelectOfScalar[Reminder]:
    """Asked for every digest, so made once."""
    query = select(Reminder).join(Delivery).where(Reminder.delivery_id == bindparam("delivery"))
    return query.where(Reminder.person_id == Delivery.person_id).order_by(col(Reminder.id))


def carry_over(session: Session, delivery_id: int, obligations: Collection[int], following: int) -> None:
    """What a digest says of some obligations is said by another instead, to everybody it is said to."""
    for row in _about(session, delivery_id, obligations):
        row.delivery_id = following
        session.add(row)
    session.flush()


def release(session: Session, delivery_id: int, obligations: Collection[int]) -> None:
    """What a digest has of some obligations counts as not said."""
    for row in _about(session, delivery_id, obligations):
        session.delete(row)
    session.flush()


def _about(session: Session, delivery_id: int, obligations: Collection[int]) -> Sequence[Reminder]:
    query = select(Reminder).where(Reminder.delivery_id == delivery_id)
    return session.exec(query.where(col(Reminder.obligation_id).in_(list(obligations)))).all()


def inherit(session: Session, person_id: int, other_id: int, obligations: Collection[int]) -> int:
    """What one person was told of some obligations counts as told to another; returns how many steps were new."""
    held = session.exec(select(Reminder).where(Reminder.person_id == other_id)).all()
    known = {(row.obligation_id, row.due, row.step) for row in held}
    heard = said(session, person_id)
    new = 0
    query = select(Reminder).where(Reminder.person_id == person_id, col(Reminder.obligation_id).in_(list(obligations)))
    for row in session.exec(query.order_by(col(Reminder.id))).all():
        key = (row.obligation_id, row.due, row.step)
        day = date.fromisoformat(row.due) if row.due else None
        if key in known or (row.obligation_id, day, row.step) not in heard:
            continue
        skipped = row.skipped or f"told to person {person_id}"
        copy = Reminder(
            person_id=other_id,
            obligation_id=row.obligation_id,
            due=row.due,
            step=row.step,
            rung=row.rung,
            skipped=skipped,
        )
        session.add(copy)
        new += 1
    session.flush()
    return new


def unsay(session: Session, person_id: int) -> int:
    """Drops a person's digests that have not left yet; their steps count as not said. Returns how many digests."""
    query = select(Delivery).where(
        Delivery.person_id == person_id, Delivery.kind == DeliveryKind.DIGEST, Delivery.state == DeliveryState.DUE
    )
    rows = session.exec(query).all()
    for row in rows:
        for reminder in session.exec(select(Reminder).where(Reminder.delivery_id == row.id)).all():
            session.delete(reminder)
        # The day's own identity is free again, for reminders that are wanted after all.
        row.state, row.identity = DeliveryState.DROPPED, None
        session.add(row)
    session.flush()
    return len(rows)
