"""Lets go of what is no longer needed, and of nothing else: never events, audit, answers, their evidence, consents."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import Session, SQLModel, col, or_, select

from plan.people import Role
from plan.status import State
from store import answer_links, audit, desk_retention, file_links, kept, loose, plan_imports, stray_letters
from store.answer_tables import Evidence
from store.audit_actions import Action
from store.people_tables import Address, Invite, Membership, Person
from store.plan_tables import PlanRow
from store.rates import FIRST_SHARE, SHARES
from store.tables import Delivery, Inbox, Obligation, Rate, Reminder
from store.types import DeliveryState, InboxState

# So long before a loose file goes its sender is told.
TOLD_BEFORE = timedelta(days=7)
Erase = Callable[[Session, int], None]
# What is asked once as long as it is open; without its row it would be asked again.
ONCE = "old-plan"


@dataclass(frozen=True)
class Policy:
    """How long things are kept, from the settings."""

    inbox_days: int
    outbox_days: int
    loose_days: int
    person_months: int


@dataclass(frozen=True)
class Dropped:
    """What was let go, in rows; `file_bytes` in bytes."""

    updates: int = 0
    messages: int = 0
    loose_files: int = 0
    file_bytes: int = 0
    people: int = 0


def drop(session: Session, policy: Policy, now: datetime, today: date, erase: Erase) -> Dropped:
    """Drops everything that is due at `now` (UTC), on the local day `today`; `erase` erases a person as /erase does."""
    # Before the messages that carried them.
    answer_links.drop(session, now)
    file_links.drop(session, now)
    before = now - timedelta(days=policy.loose_days)
    files, size = _loose_files(session, before, now - TOLD_BEFORE)
    found = Dropped(
        updates=_updates(session, now - timedelta(days=policy.inbox_days)),
        messages=_messages(session, now - timedelta(days=policy.outbox_days)),
        loose_files=files,
        file_bytes=size,
        people=_people(session, policy.person_months, today, erase),
    )
    _names_of_invites(session, now - timedelta(days=policy.loose_days))
    _former_shares(session)
    desk_retention.drop(session, now)
    stray_letters.drop(session, before)
    if found != Dropped():
        audit.record(session, Action.RETENTION_DROPPED, "database", now, via="service", **asdict(found))
    return found


def _updates(session: Session, before: datetime) -> int:
    """Handled updates whole: the platform brings one again for a day only, so that its key is not needed longer."""
    return _delete(session, Inbox, (col(Inbox.state) == InboxState.DONE) & (col(Inbox.received_at) < before))


def _messages(session: Session, before: datetime) -> int:
    """Messages that ended; what they told people about work goes into the archive first. Of those that were sent the
    memory of each step stays; a step that failed was not said."""
    ended = or_(
        col(Delivery.state).in_((DeliveryState.SENT, DeliveryState.DROPPED)),
        (col(Delivery.state) == DeliveryState.FAILED)
        & (col(Delivery.reported).is_(True) | col(Delivery.person_id).is_(None)),
    )
    due = (
        ended
        & (col(Delivery.occasion) != ONCE)
        & (func.coalesce(col(Delivery.sent_at), col(Delivery.not_before)) < before)
    )
    kept.keep(session, due)
    failed = select(Delivery.id).where(due, col(Delivery.state) == DeliveryState.FAILED)
    _delete(session, Reminder, col(Reminder.delivery_id).in_(failed))
    gone = select(Delivery.id).where(due)
    session.connection().execute(update(Reminder).where(col(Reminder.delivery_id).in_(gone)).values(delivery_id=None))
    return _delete(session, Delivery, due)


def _loose_files(session: Session, before: datetime, told_before: datetime) -> tuple[int, int]:
    """Files that no answer took up, once their sender had time to place them, and documents of drafts given up.

    How many files, and the bytes of both.

    Who cannot be told any more is not waited for.
    """
    reached = select(Address.person_id).where(col(Address.unreachable_since).is_(None))
    lost = col(Evidence.state).in_(loose.KEPT).is_(False) | col(Evidence.person_id).not_in(reached)
    told = col(Evidence.told_at) <= told_before
    count, size = loose.drop(session, (col(Evidence.sent_at) < before) & (told | lost))
    return count, size + sum(
        loose.drop_bytes(session, digest) for digest in sorted(plan_imports.let_go(session, before))
    )


def _names_of_invites(session: Session, before: datetime) -> None:
    """Whom a link was for that nobody opened while it was good: somebody who never agreed to be known here."""
    unused = col(Invite.used_at).is_(None) & (col(Invite.expires_at) < before) & (col(Invite.label) != "")
    session.connection().execute(update(Invite).where(unused).values(label=""))


def _former_shares(session: Session) -> None:
    """What strangers had a share of, as earlier versions kept it: no beat looks for those."""
    former = or_(*(col(Rate.key).contains(f":{what}:", autoescape=True) for what in SHARES))
    _delete(session, Rate, former & ~col(Rate.key).startswith(FIRST_SHARE))


def _people(session: Session, months: int, today: date, erase: Erase) -> int:
    closings = closing_days(session)
    erased = 0
    for person in session.exec(select(Person).where(col(Person.erased_at).is_(None)).order_by(col(Person.id))).all():
        assert person.id is not None
        last = _last_needed(session, person, closings)
        if last is not None and _months_after(last, months) <= today:
            erase(session, person.id)
            erased += 1
    return erased


def closing_days(session: Session) -> dict[str, date]:
    """The last day of each plan: its year's end, or the last date of what it asks for where that is later."""
    query = select(Obligation.plan_id, func.max(Obligation.due)).where(col(Obligation.state) != State.RETIRED)
    last = {plan: day for plan, day in session.exec(query.group_by(col(Obligation.plan_id))).all() if day is not None}
    years = {row.id: json.loads(row.content).get("year") for row in session.exec(select(PlanRow)).all()}
    return {plan: max(date(year, 12, 31), last.get(plan, date.min)) for plan, year in years.items() if year}


def _last_needed(session: Session, person: Person, closings: Mapping[str, date]) -> date | None:
    """The last day of the plans that a person takes or took part in; None where that cannot be said."""
    found = []
    memberships = session.exec(select(Membership).where(Membership.person_id == person.id)).all()
    for row in memberships:
        plans = _plans_of(session, row) & closings.keys()
        if row.until is None or not plans:
            found += [closings[plan] for plan in plans or closings.keys()]
        else:
            # Of somebody who left: the plans that were under way then, at the least the first to close.
            left = row.until.date()
            found.append(min((closings[plan] for plan in plans if closings[plan] >= left), default=left))
    return max(found, default=None)


def _plans_of(session: Session, membership: Membership) -> set[str]:
    """The plans under which an agency owes something; for an admin or a leader every plan."""
    query = select(Obligation.plan_id).distinct()
    if membership.role not in (Role.ADMIN, Role.LEADER):
        query = query.where(Obligation.agency_id == membership.agency_id)
    return set(session.exec(query).all())


def _months_after(day: date, months: int) -> date:
    month = day.month - 1 + months
    # The first of the month after, so that a day that the month does not have is no matter.
    return date(day.year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def _delete(session: Session, table: type[SQLModel], where: ColumnElement[bool] | Any) -> int:
    return session.connection().execute(delete(table).where(where)).rowcount
