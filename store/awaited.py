"""What waits for somebody's word, counted and read by pages or all at once: partial indexes find it, however much was
ever owed and said."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, String, and_, false, literal, or_, text
from sqlalchemy import cast as sql_cast
from sqlmodel import Session, SQLModel, col, func, select

from plan.status import OPEN_OR_ANSWERED, EventKind, State
from store import letter_tables, loose
from store.answer_tables import UNDECIDED, UNSETTLED, Evidence, Request, Submission, Unclear
from store.import_tables import PlanImport
from store.letter_tables import StrayLetter
from store.plan_tables import PlanDraft
from store.report_tables import UNANSWERED, Inquiry, Opinion
from store.tables import AT_REVIEW, IS_BLOCKED, IS_FLAGGED, AuditEntry, Obligation, ObligationEvent

# Values asked for at a time: SQLite takes 32,766 in one question.
AT_ONCE = 1000
SUBJECT = "obligation:"
Item = TypeVar("Item")
Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Figure:
    """How many rows wait, and what tells them from others: it differs once one came or went."""

    count: int
    newest: int
    sum: int


@dataclass(frozen=True)
class Waits(Generic[Row]):
    """Rows of one table that wait: of which a condition holds, in an order that is unique; `number` is their key."""

    table: type[Row]
    number: Any
    where: ColumnElement[bool]
    order: Any

    def figure(self, session: Session) -> Figure:
        """How many there are, without reading one of them."""
        found = select(func.count(), func.max(self.number), func.sum(self.number)).select_from(self.table)
        count, newest, added = session.exec(found.where(self.where)).one()
        return Figure(count, newest or 0, int(added or 0))

    def page(self, session: Session, first: int, many: int) -> Sequence[Row]:
        """So many of them at most, beginning with one by its place from 0."""
        query = select(self.table).where(self.where).order_by(self.order)
        return session.exec(query.offset(first).limit(many)).all()


def answers_of(*, office: bool, heads_of: Collection[str]) -> Waits[Submission]:
    """The answers that stand and wait: for the office where that is wanted, and for the heads of these agencies; in
    the order of the plan."""
    whose = or_(
        col(Obligation.state) == State.IN_REVIEW if office else false(),
        and_(col(Obligation.state) == State.AT_HEAD, col(Obligation.agency_id).in_(sorted(heads_of))),
    )
    return _standing(whose)


def all_answers() -> Waits[Submission]:
    """The same for whomever they wait."""
    return _standing(text(f"obligation.{AT_REVIEW}"))


def _standing(whose: Any) -> Waits[Submission]:
    owed = select(Obligation.id).where(text(f"obligation.{AT_REVIEW}"), whose)
    standing = select(func.max(Submission.id)).where(
        col(Submission.withdrawn_at).is_(None), col(Submission.obligation_id).in_(owed)
    )
    # Of several that stand the last is meant, as everywhere.
    newest = col(Submission.id).in_(standing.group_by(col(Submission.obligation_id)))
    return Waits(Submission, col(Submission.id), newest, col(Submission.obligation_id))


def blocked(answered: Collection[int]) -> Waits[ObligationEvent]:
    """What was said last to block each obligation that is open and blocked, but those `answered`; in the order of the
    plan."""
    where = and_(_is_report(), col(ObligationEvent.obligation_id).not_in(sorted(answered)))
    return Waits(ObligationEvent, col(ObligationEvent.id), where, col(ObligationEvent.obligation_id))


def requested() -> Waits[Request]:
    """The requests that nobody decided, the oldest first."""
    return Waits(Request, col(Request.id), _is(UNDECIDED), col(Request.id))


def opined() -> Waits[Opinion]:
    """The opinions on proof sheets that have no answer, the oldest first."""
    return Waits(Opinion, col(Opinion.id), _is(UNANSWERED), col(Opinion.id))


def inquired() -> Waits[Inquiry]:
    """The questions that were forwarded and have no answer, the oldest first."""
    return Waits(Inquiry, col(Inquiry.id), _is(UNANSWERED), col(Inquiry.id))


def unclear() -> Waits[Unclear]:
    """The words that nobody has settled, the oldest first."""
    return Waits(Unclear, col(Unclear.id), _is(UNSETTLED), col(Unclear.id))


def flagged() -> Waits[Obligation]:
    """What an admin has to say of whether its lateness counts, answered or open, in the order of the plan."""
    where = and_(_is(IS_FLAGGED), col(Obligation.state).in_(OPEN_OR_ANSWERED))
    return Waits(Obligation, col(Obligation.id), where, col(Obligation.id))


def files(before: datetime) -> Waits[Evidence]:
    """The files that belong to nothing, sent before a moment (UTC) and not said to be left out, the oldest first."""
    where = and_(loose.is_loose(), col(Evidence.state).in_(loose.KEPT), col(Evidence.left_at).is_(None))
    return Waits(Evidence, col(Evidence.id), and_(where, col(Evidence.sent_at) < before), col(Evidence.id))


def letters() -> Waits[StrayLetter]:
    """The letters that are nobody's and at which nobody looked, the oldest first."""
    return Waits(StrayLetter, col(StrayLetter.id), _is(letter_tables.UNSETTLED), col(StrayLetter.id))


def documents() -> Waits[PlanImport]:
    """The documents that were read and are to become a plan, the oldest first."""
    return Waits(PlanImport, col(PlanImport.id), col(PlanImport.state) == "asking", col(PlanImport.id))


def changes() -> Waits[PlanDraft]:
    """The plans' other versions that nobody adopted or dropped, the oldest first."""
    return Waits(PlanDraft, col(PlanDraft.id), col(PlanDraft.state) == "waiting", col(PlanDraft.id))


def _is(condition: str) -> ColumnElement[bool]:
    return and_(text(condition))


def answers(session: Session) -> list[tuple[Obligation, Submission]]:
    """What waits for a head or for the office, in the order of the plan, each with the answer that stands."""
    query = select(Obligation, Submission).where(Submission.obligation_id == Obligation.id)
    query = query.where(text(f"obligation.{AT_REVIEW}"))
    found = session.exec(
        query.where(col(Submission.withdrawn_at).is_(None)).order_by(col(Obligation.id), col(Submission.id))
    )
    # Of several that stand the last is meant, as everywhere.
    return list({row.id: (row, answer) for row, answer in found}.values())


def reports(session: Session, among: Collection[int]) -> list[ObligationEvent]:
    """What was said last to block each of some obligations that is open and blocked, in the order of the plan."""
    query = select(ObligationEvent).where(_is_report(), col(ObligationEvent.obligation_id).in_(sorted(among)))
    return list(session.exec(query.order_by(col(ObligationEvent.obligation_id))))


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
