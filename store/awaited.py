"""What waits for somebody's word, read all at once: partial indexes find it, however much was ever owed and said."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, String, and_, exists, literal, text
from sqlalchemy import cast as sql_cast
from sqlmodel import Session, col, func, select

from plan.status import ANSWERED, EventKind, State
from store.answer_tables import UNDECIDED, Request, Submission
from store.tables import AT_REVIEW, IS_BLOCKED, IS_FLAGGED, AuditEntry, Obligation, ObligationEvent

# Values asked for at a time: SQLite takes 32,766 in one question.
AT_ONCE = 1000
SUBJECT = "obligation:"
Item = TypeVar("Item")


def answers(session: Session) -> list[tuple[Obligation, Submission]]:
    """What waits for a head or for the office, in the order of the plan, each with the answer that stands."""
    query = select(Obligation, Submission).where(Submission.obligation_id == Obligation.id)
    query = query.where(text(f"obligation.{AT_REVIEW}"))
    found = session.exec(
        query.where(col(Submission.withdrawn_at).is_(None)).order_by(col(Obligation.id), col(Submission.id))
    )
    # Of several that stand the last is meant, as everywhere.
    return list({row.id: (row, answer) for row, answer in found}.values())


def counted_answers(session: Session) -> list[tuple[State, str, int]]:
    """How many of them there are, by where they wait and whose they are."""
    stands = exists().where(col(Submission.obligation_id) == col(Obligation.id), col(Submission.withdrawn_at).is_(None))
    query = select(Obligation.state, Obligation.agency_id, func.count()).where(text(AT_REVIEW), stands)
    found = session.exec(query.group_by(Obligation.state, Obligation.agency_id))
    return [(State(state), agency, count) for state, agency, count in found]


def counted_requests(session: Session) -> int:
    """How many requests nobody has decided."""
    return session.exec(select(func.count()).select_from(Request).where(text(UNDECIDED))).one()


def counted_flags(session: Session) -> int:
    """How many answers wait for the word whether they are late."""
    query = select(func.count()).select_from(Obligation).where(text(IS_FLAGGED))
    return session.exec(query.where(col(Obligation.state).in_(ANSWERED))).one()


def reports(session: Session, among: Collection[int] | None = None) -> list[ObligationEvent]:
    """What was said last to block each obligation that is open and blocked, in the order of the plan; of some of them
    where they are given."""
    query = select(ObligationEvent).where(_is_report())
    if among is not None:
        query = query.where(col(ObligationEvent.obligation_id).in_(sorted(among)))
    return list(session.exec(query.order_by(col(ObligationEvent.obligation_id))))


def counted_reports(session: Session) -> int:
    """How many of them there are."""
    return session.exec(select(func.count()).select_from(ObligationEvent).where(_is_report())).one()


def decided_about_blocked(session: Session, actions: Collection[str]) -> Mapping[int, Sequence[AuditEntry]]:
    """What the audit knows of the obligations that are open and blocked, by their number, the oldest first."""
    found: dict[int, list[AuditEntry]] = defaultdict(list)
    subject = literal(SUBJECT) + sql_cast(col(Obligation.id), String)
    query = select(AuditEntry).join(Obligation, col(AuditEntry.subject) == subject).where(_is_blocked())
    for each in session.exec(query.where(col(AuditEntry.action).in_(sorted(actions))).order_by(col(AuditEntry.id))):
        found[int(each.subject.removeprefix(SUBJECT))].append(each)
    return found


def _is_blocked() -> ColumnElement[bool]:
    return and_(text(f"obligation.{IS_BLOCKED}"), col(Obligation.state) == State.OPEN)


def _is_report() -> ColumnElement[bool]:
    last = select(func.max(ObligationEvent.id)).where(
        col(ObligationEvent.obligation_id).in_(select(Obligation.id).where(_is_blocked())),
        ObligationEvent.kind == EventKind.BLOCKED,
    )
    # Without words it was taken back.
    newest = col(ObligationEvent.id).in_(last.group_by(col(ObligationEvent.obligation_id)))
    return and_(newest, col(ObligationEvent.note) != "")


def rows(session: Session, numbers: Iterable[int]) -> dict[int, Obligation]:
    """Obligations by their number."""
    found: dict[int, Obligation] = {}
    for part in _parts(numbers):
        query = select(Obligation).where(col(Obligation.id).in_(part)).order_by(col(Obligation.id))
        found |= {row.id or 0: row for row in session.exec(query)}
    return found


def _parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    left = iter(dict.fromkeys(items))
    while part := list(islice(left, AT_ONCE)):
        yield part
