"""/waiting: everything that waits for an admin's word, in one list, of which it reads what it shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.carry_out import scene_of
from bot.turn import Turn
from progress import importing, queue
from progress.acts import beginning
from progress.items import code_of
from progress.waiting import Kind, Waiting
from store import people, plan_drafts
from store.answer_tables import Request, Submission, Unclear
from store.desk_tables import DeskKey
from store.import_tables import PlanImport
from store.people_tables import Absence, Nomination
from store.plan_tables import PlanDraft, PlanRow
from store.report_tables import Inquiry, Opinion
from store.tables import ObligationEvent

SHOWN = 10
# In the list's order, with the sentence over each kind's lines. Files and people who are not reached are the screen's:
# in the chat their senders are asked, and the list of people says it.
HEADINGS: Mapping[Kind, str] = {
    Kind.PEOPLE: "people",
    Kind.REQUEST: "requests",
    Kind.ANSWER: "answers",
    Kind.BLOCKED: "blocked",
    Kind.OPINION: "opinions",
    Kind.UNCLEAR: "unclear",
    Kind.FLAGGED: "flagged",
    Kind.INQUIRY: "inquiries",
    Kind.DRAFT: "drafts",
    Kind.LETTER: "letters",
}
# Their words are long: they have a list of their own.
COUNTED = frozenset({Kind.LETTER})


def waiting(turn: Turn, _rest: str) -> None:
    """Each kind with how many wait and the first of them; of letters that are nobody's only how many."""
    found = queue.of(scene_of(turn))
    counts = {kind: count for kind, count in found.counts.items() if kind in HEADINGS}
    if not counts:
        turn.answer(turn.text("waiting.none"))
        return
    parts = [
        _part(turn, name, counts[kind], () if kind in COUNTED else found.page(0, SHOWN, kind))
        for kind, name in HEADINGS.items()
        if kind in counts
    ]
    turn.answer(turn.text("waiting.heading", count=sum(counts.values())), *parts)


def _part(turn: Turn, name: str, count: int, shown: Sequence[Waiting]) -> str:
    more = turn.text("waiting.more", count=count - len(shown)) if shown and count > len(shown) else ""
    return "\n".join(
        filter(None, (turn.text(f"waiting.{name}", count=count), *(_line(turn, each) for each in shown), more))
    )


def _line(turn: Turn, waits: Waiting) -> str:
    if waits.row is not None:
        return _of_work(turn, waits)
    return _of_plan(turn, waits) if waits.kind is Kind.DRAFT else _of_people(turn, waits)


def _of_work(turn: Turn, waits: Waiting) -> str:
    """Its reference where it has one, what it is, what it is about, since when."""
    row = waits.row
    assert row is not None
    at: datetime | None = waits.since
    match waits.thing:
        case Submission() as found:
            reference, what, at = "", "", found.at
        case Request() as found:
            kind = turn.text(f"request.kind_{found.kind}")
            reference, what = f"R{found.id}", turn.text("waiting.request", what=kind, due=waits.due)
        case ObligationEvent():
            reference, what = "", row.blocked
        case Opinion() as found:
            reference, what = f"Y{found.id}", turn.text("waiting.opinion", words=found.words, due=found.due)
        case Unclear() as found:
            reference, what = f"L{found.id}", found.note
        case _:
            reference = what = ""
    code, agency = code_of(turn.office, row), turn.office.agency_short(row.agency_id)
    return turn.text("waiting.line", reference=reference, what=what, code=code, agency=agency, at=at)


def _of_people(turn: Turn, waits: Waiting) -> str:
    """Who is to be an admin, to stand in for somebody of another agency, or to be let in at the screen; a question that
    was forwarded."""
    short = turn.office.agency_short
    match waits.thing:
        case Nomination() as found:
            return turn.text(
                "waiting.admin",
                reference=f"P{found.person_id}",
                person=_who(turn, found.person_id),
                agency=short(found.agency_id),
                at=found.at,
            )
        case Absence() as found:
            return turn.text(
                "waiting.stand_in",
                reference=f"V{found.id}",
                person=_who(turn, found.wanted_id or 0),
                name=_who(turn, found.person_id),
                first=found.first,
                last=found.last,
            )
        case DeskKey() as found:
            person = _who(turn, found.person_id)
            return turn.text("waiting.key", reference=f"K{found.id}", person=person, at=found.made_at)
        case Inquiry() as found:
            return turn.text(
                "waiting.inquiry",
                reference=f"H{found.id}",
                code=found.code,
                agency=short(found.agency_id),
                person=_who(turn, found.person_id),
                at=found.at,
                due=found.due,
                words=found.words,
            )
        case _:
            raise TypeError(f"no line for {waits.name}")


def _of_plan(turn: Turn, waits: Waiting) -> str:
    match waits.thing:
        case PlanImport() as row:
            work = importing.work(turn.session, turn.office, row, turn.now)
            return turn.text(
                "waiting.document",
                name=row.name,
                by=_who(turn, row.made_by) if row.made_by else "",
                at=row.made_at,
                questions=len(work.waiting),
                blocking=len(work.blocked),
            )
        case PlanDraft() as draft:
            found = plan_drafts.amendment(turn.session, draft)
            basis = draft.basis or found.plan.decision.number
            return turn.text(
                "waiting.change", label=found.plan.label, count=len(found.steps), basis=basis, at=draft.made_at
            )
        case PlanRow() as plan:
            count = len(beginning.past_then(turn.session, turn.office, plan))
            return turn.text("waiting.beginning", label=turn.office.plans[plan.id].label, count=count)
        case _:
            raise TypeError(f"no line for {waits.name}")


def _who(turn: Turn, person: int) -> str:
    return people.named(turn.session, turn.office.agency_short, person)
