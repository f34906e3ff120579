"""An admin puts right that words, leads or a rhythm were read wrongly: nobody was late by it, no answer is lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from plan.model import Kind, Plan
from plan.status import OPEN_OR_ANSWERED, EventKind, State
from progress import recipients
from progress.acts.decisions import PutFieldRight
from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.putting_right import Putter
from progress.acts.scene import Scene
from progress.acts.telling import officers, short_names, untold_words
from store import corrections, obligations, plan_drafts, plan_sync
from store.obligations import NewEvent
from store.owners import Key
from store.plan_tables import PlanCorrection
from store.postings import Identity
from store.tables import Obligation
from words.message import say
from words.office import Office


@dataclass(frozen=True)
class Reread:
    """What became of the results: those that are nobody's here any more, those with another day, and new ones."""

    gone: tuple[Obligation, ...] = ()
    moved: tuple[Obligation, ...] = ()
    added: tuple[Obligation, ...] = ()


def put_right(scene: Scene, act: PutFieldRight) -> Outcome:
    """Done once: what says so already is left as it is."""
    by = Putter(scene.actor.person_id, act.said.via, act.said.note)
    done = corrected(scene.session, scene.office, act, by, scene.now)
    if done is None:
        return Outcome((say(scene.office.text("put_right.none", code=act.code)),), is_over=True)
    found, notices, untold = done
    words = scene.office.text(
        "put_right.done_field", code=act.code, gone=len(found.gone), moved=len(found.moved), added=len(found.added)
    )
    return Outcome((say(words, untold_words(scene.office, untold)),), notices, is_over=True)


def corrected(
    session: Session, office: Office, act: PutFieldRight, by: Putter, now: datetime
) -> tuple[Reread, tuple[ToPerson, ...], list[str]] | None:
    """Puts it right in the plan and in what is owed of it; what officers hear, and whom nobody reaches.

    None where the plan has no such work, or it stands otherwise by now than it was shown.
    """
    before = plan_drafts.adopted(session, act.plan)
    if before is None or act.code not in {each.code for each in before.all_tasks}:
        return None
    kept = PlanCorrection(
        plan_id=act.plan, work=act.work, code=act.code, was=dict(act.was), becomes=dict(act.becomes), why=by.why,
        at=now, via=by.via, person_id=by.person_id,
    )  # fmt: skip
    right = corrections.keep(session, kept, before)
    if right == before:
        return None
    found = _reread(session, office, before, right, by, now)
    rows = [row for milestone in right.task(act.code).milestones
            for row in obligations.of_work(session, act.plan, milestone.key)]  # fmt: skip
    concerned = {row.agency_id for row in rows if row.state in OPEN_OR_ANSWERED} | {row.agency_id for row in found.gone}
    notices, untold = officers(
        recipients.who_hear(session, office.today(now)),
        office,
        concerned,
        lambda own: _told(office, right, act, found, own),
        "work was read wrongly",
        Identity("put-right", kept.id),
    )
    return found, notices, untold


def _reread(session: Session, office: Office, before: Plan, right: Plan, by: Putter, now: datetime) -> Reread:
    """What was never owed is late at no time; what had another day has the right one from the beginning; what comes in
    past its day was told to nobody, and waits for an admin's word."""
    today = office.today(now)
    was, will = (plan_sync.wanted_by(each, office.calendar, today) for each in (before, right))
    gone = [row for key in was if key not in will for row in _rows(session, before, key)]
    for row in gone:
        _never(session, row, by, now)
    moved = []
    for key, wanted in will.items():
        if key in was and (was[key].kind, was[key].due) != (wanted.kind, wanted.due):
            for row in _rows(session, before, key):
                _from_the_beginning(session, office, row, wanted.kind, wanted.due, by, now)
                moved.append(row)
    plan_sync.sync(session, right, office.calendar, now, today, basis=by.why)
    added = [row for key in will if key not in was for row in _rows(session, right, key)]
    for row in added:
        _not_late_by_it(session, office, row, by, now)
    return Reread(tuple(gone), tuple(moved), tuple(added))


def _rows(session: Session, plan: Plan, key: Key) -> Iterator[Obligation]:
    work, occurrence, agency = key
    for row in obligations.of_work(session, plan.id, work):
        if (row.occurrence, row.agency_id) == (occurrence, agency) and row.state != State.RETIRED:
            yield row


def _never(session: Session, row: Obligation, by: Putter, now: datetime) -> None:
    row.kind = Kind.UNDATED
    event = NewEvent(EventKind.MISREAD, now, via=by.via, person_id=by.person_id, due=None, note=by.why)
    obligations.record(session, row, event, now)


def _from_the_beginning(
    session: Session, office: Office, row: Obligation, kind: Kind, due: date | None, by: Putter, now: datetime
) -> None:
    was_late = office.lateness(row, office.today(now)).is_late
    row.kind = kind
    event = NewEvent(EventKind.MISREAD, now, via=by.via, person_id=by.person_id, due=due, note=by.why)
    obligations.record(session, row, event, now)
    if not was_late:
        _not_late_by_it(session, office, row, by, now)


def _not_late_by_it(session: Session, office: Office, row: Obligation, by: Putter, now: datetime) -> None:
    if row.state == State.OPEN and office.lateness(row, office.today(now)).is_late:
        obligations.record(session, row, NewEvent(EventKind.FLAGGED, now, via=by.via, note=by.why), now)


def _told(office: Office, plan: Plan, act: PutFieldRight, found: Reread, own: Sequence[str]) -> str:
    task, mine = plan.task(act.code), set(own)
    lost = bool(mine & {row.agency_id for row in found.gone}) and not mine & {row.agency_id for row in found.added}
    days = sorted({row.due for row in (*found.added, *found.moved) if row.agency_id in mine and row.due})
    values: Mapping[str, object] = {"code": act.code, "title": task.short(), "agencies": short_names(office, own),
                                    "lost": lost, "due": days[0] if days else None}  # fmt: skip
    return office.text("put_right.notice_field", **values)
