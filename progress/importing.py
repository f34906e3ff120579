"""A document that an office brings in: read, asked about, looked at, and taken over as a plan that serves."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from intake.draft import Draft
from intake.errors import RefusedError
from intake.kept import read_back, written
from intake.letters import plain
from intake.settled import asking, becoming, codes, corrected, head, said, typed
from intake.settled.settling import members
from intake.settled.values import Directory, Given, Question, Typed
from intake.times import Context
from plan.amendment_parts import carried
from plan.due import occurrences
from plan.model import Agency, Decision, Group, Plan
from plan.times.values import Choice
from progress import amending, known_before
from progress.preview import PreviewMessage, preview
from store import audit, current_office, people, plan_drafts, plan_imports, plan_sync
from store.audit_actions import Action
from store.import_tables import PlanAnswer, PlanImport
from store.plan_drafts import Origin
from words import message as markup
from words import times
from words.agency_lists import lists
from words.office import UNNAMED, Office

PREVIEW = timedelta(days=30)


@dataclass(frozen=True)
class Work:
    """A draft as it stands: `asked` are all its questions, answered or not, in the order in which they are put."""

    row: PlanImport
    draft: Draft
    answers: dict[str, Given]
    asked: tuple[Question, ...]
    directory: Directory
    today: date
    # The plan that an amendment by articles changes, where that is known.
    amends: Plan | None = None

    @property
    def waiting(self) -> list[Question]:
        """The questions that nobody has answered or put off."""
        return asking.waiting(self.asked, self.answers)

    @property
    def blocked(self) -> list[Question]:
        """The questions that the plan waits for."""
        return asking.blocked(self.asked, self.answers)

    def number(self, question: Question) -> int:
        """The number of a question, from 1."""
        return [each.key for each in self.asked].index(question.key) + 1


def read(session: Session, row: PlanImport, data: bytes, draft: Draft) -> None:
    """Keeps a document that was read, with its draft, whose work has codes of its own."""
    plan_imports.keep(session, row, data, written(codes.coded(draft)))


def refused(session: Session, row: PlanImport, error: RefusedError) -> None:
    """Keeps nothing of a document but why it was not read."""
    plan_imports.refuse(session, row, error.why)


def work(session: Session, office: Office, row: PlanImport, now: datetime) -> Work:
    """A draft with the answers so far; the year of `now` is offered where the document says none."""
    today = office.today(now)
    answers = {each.question: Given(each.choice, each.words) for each in plan_imports.answers(session, row.id or 0)}
    draft = corrected.corrected(read_back(row.draft), answers, today)
    known = directory(office)
    if not amending.is_by_articles(draft):
        former = known_before.former(amending.followed(office), head.answered(draft, answers))
        if former is not None:
            draft = known_before.without_known(former, draft)
            known = known_before.with_groups(former, draft, known)
        return Work(row, draft, answers, asking.questions(draft, answers, known, today), known, today)
    asked = amending.questions(amending.followed(office), draft, answers, known, today)
    return Work(row, draft, answers, asked, known, today, amending.amended(office, draft, answers))


def all_open(found: Work) -> list[Question]:
    """Every question that nobody has answered, those beyond what is put and those put off too."""
    asked = asking.questions(found.draft, found.answers, found.directory, found.today, most=None)
    return [each for each in asked if found.answers.get(each.key, Given()) == Given()]


def directory(office: Office) -> Directory:
    """Whom the office's plans name already; of two that bear one id the newer one."""
    agencies: dict[str, Agency] = {}
    groups: dict[str, Group] = {}
    for plan in office.plans.values():
        if not current_office.is_assigned(plan.id):
            agencies |= {each.id: each for each in plan.agencies}
            groups |= {each.id: each for each in plan.groups}
    return Directory(tuple(agencies.values()), tuple(groups.values()), frozenset(office.plans), lists())


def accepted(found: Work, question: Question, words: str) -> Given | None:
    """What was written as an answer: the number or the key of an offered one, or words; None for what is neither."""
    text = words.strip()
    if text.isdigit() and 1 <= int(text) <= len(question.options):
        return Given(option=question.options[int(text) - 1].key)
    if question.option(text) is not None:
        return Given(option=text)
    if question.typed is Typed.CODE:
        return amending.accepted(found.amends, question, text)
    basis = _basis(found)
    return Given(words=text) if typed.accepts(question, text, basis.since, basis.year) else None


def correct(session: Session, found: Work, code: str, field: str, words: str, by: PlanAnswer) -> str:
    """Keeps what a cell is to say, asked about or not; `by` as for `give`. Why it cannot be, "" where it is kept."""
    if why := corrected.refused(head.answered(found.draft, found.answers), code, field, words, found.today):
        return why
    by.import_id, by.question, by.choice, by.words = found.row.id or 0, corrected.key(code, field), "", words
    plan_imports.answer(session, by)
    return ""


def give(session: Session, found: Work, question: Question, given: Given, by: PlanAnswer) -> None:
    """Keeps an answer; `by` says who gave it, when and by which way. One that blocks cannot be put off."""
    if given == Given() and question.blocks:
        raise ValueError(question.key)
    by.import_id, by.question, by.choice, by.words = found.row.id or 0, question.key, given.option, given.words
    plan_imports.answer(session, by)


def answered(office: Office, found: Work, question: Question, given: Given) -> str:
    """An answer as it is said back: who is meant, or which day."""
    option = question.option(given.option) or amending.option_for(found.amends, given)
    if question.doubt.kind == "group":
        return "; ".join(members(question, given, option))
    if option is not None:
        return said.option(office.text, option)
    basis = _basis(found)
    if question.typed is Typed.TIME:
        return times.answer(office.text, Choice(typed.times(given.words, basis.since, basis.year)))
    return given.words


def _basis(found: Work) -> Context:
    """What written times rest on."""
    return head.context(head.answered(found.draft, found.answers).head, found.today)


def plan_of(office: Office, found: Work) -> Plan:
    """The plan of a draft as it was answered; raises StillAskedError, or PlanError where it contradicts itself."""
    settled = (found.draft, found.answers, found.directory, found.today, wording(office))
    if amending.is_by_articles(found.draft):
        if found.amends is None:
            raise becoming.StillAskedError
        return amending.plan_of(found.amends, *settled)
    return becoming.plan_of(*settled)


def first_month(office: Office, plan: Plan, today: date) -> tuple[PreviewMessage, ...]:
    """What the plan alone would have sent in the next thirty days if nobody answered."""
    return preview(replace(office, plans={plan.id: plan}), today + timedelta(days=1), today + PREVIEW)


def figures(plan: Plan) -> dict[str, object]:
    """What is said of a plan in a sentence."""
    return {"plan": plan.label, "tasks": len(plan.all_tasks), "agencies": len(plan.agencies)}


def seen(plan: Plan) -> str:
    """What was shown of a plan, as one number that a button can bear."""
    return hashlib.sha256(plan.model_dump_json().encode()).hexdigest()[:12]


def named(office: Office, decision: Decision) -> str:
    """A decision by its number and day, as a change of a plan names its basis."""
    return markup.plain(office.text("plan_import.basis", number=decision.number, signed=decision.date))


def basis_of(office: Office, found: Work, plan: Plan) -> str:
    """The document that orders a change: the amendment itself, also where the plan keeps its own number."""
    head = found.draft.head
    if not amending.is_by_articles(found.draft):
        return named(office, plan.decision)
    text = office.text("plan_import.basis", number=head.number or found.row.name, signed=head.date)
    return markup.plain(text)


def served(office: Office, plan: Plan, draft: Draft) -> Plan | None:
    """The plan that serves of which this is another version: of the same year, under the same name or of its work."""
    followed = amending.followed(office)
    for each in followed.values():
        if (each.year, plain(each.name)) == (plan.year, plain(plan.name)) or _is_made_of(each, plan, draft):
            return each
    return None


def _is_made_of(former: Plan, plan: Plan, draft: Draft) -> bool:
    """Whether a plan is another version of one: by the number that it says it amends, or the words of half its work."""
    if amending.is_by_articles(draft):
        return former.id == plan.id
    numbers = draft.revision.numbers if draft.revision is not None else ()
    if former.decision.number in numbers:
        return True
    titles = {plain(task.title) for task in plan.all_tasks}
    same = sum(plain(task.title) in titles for task in former.all_tasks)
    return former.year == plan.year and 2 * same >= len(former.all_tasks)


def late(office: Office, plan: Plan, now: datetime) -> int:
    """How many results of a plan are past their day already (as of `now`): they are asked about before reminding."""
    today = office.today(now)
    return sum(
        1
        for task in plan.all_tasks
        for milestone in task.milestones
        for each in occurrences(plan, milestone, office.calendar)
        for _ in plan.owners(task, milestone)
        if each.due is not None and office.calendar.has_passed(each.due, today)
    )


def adopt(session: Session, office: Office, found: Work, now: datetime, *, by: int | None, via: str) -> Plan | None:
    """Makes the plan serve from now on, beside those that serve already; raises as `plan_of` does.

    None where it is another version of a plan that serves: it waits as a change of that one (store.plan_drafts), which
    an admin adopts with its differences before their eyes. Admins that were linked before the office had a plan become
    those of its compiling agency.
    """
    plan = plan_of(office, found)
    if (former := served(office, plan, found.draft)) is not None:
        origin = Origin("import", basis_of(office, found, plan), found.row.id)
        if not amending.is_by_articles(found.draft):
            plan = carried(former, plan, office.text("plan_import.product"))
        plan_drafts.offer(session, plan.model_copy(update={"id": former.id}), office.calendar, now, origin)
        plan_imports.settle(session, found.row, plan_imports.ADOPTED, by, now, former.id)
        return None
    plan_sync.sync(session, plan, office.calendar, now, office.today(now))
    plan_imports.settle(session, found.row, plan_imports.ADOPTED, by, now, plan.id)
    people.take_along(session, UNNAMED, plan.compiler)
    current_office.changed(session)
    subject = f"plan:{plan.id}"
    audit.record(session, Action.PLAN_IMPORTED, subject, now, via=via, actor=by, document=found.row.id,
                 sha256=found.row.sha256)  # fmt: skip
    return plan


def drop(session: Session, row: PlanImport, now: datetime, *, by: int | None, via: str) -> None:
    """Gives a draft up; its document goes with the next round of retention."""
    plan_imports.settle(session, row, plan_imports.DROPPED, by, now)
    audit.record(session, Action.PLAN_IMPORT_DROPPED, f"import:{row.id}", now, via=via, actor=by)


def wording(office: Office) -> becoming.Wording:
    """What a plan says in the office's words where its document says nothing."""
    text = office.text
    return becoming.Wording(
        named=text("plan_import.named"),
        told=text("plan_import.told"),
        product=text("plan_import.product"),
        nothing=text("plan_import.nothing"),
        no_number=text("plan_import.no_number"),
        all_work=text("plan_import.all_work"),
        said=lambda asked: said.question(text, asked),
    )
