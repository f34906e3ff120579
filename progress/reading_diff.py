"""What an amending document would change, for somebody who only reads it: what is certain, and what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.articles.found import UNCLEAR
from intake.bodies import is_vague
from intake.draft import Draft, TaskDraft
from intake.letters import plain
from intake.own_sheet.edited import Wording, edited
from intake.settled import becoming, codes, slugs
from intake.settled.values import Directory, Question
from plan.amendment import Step, amend, marked
from plan.amendment_parts import carried
from plan.model import Agency, Kind, Milestone, Plan, Task
from progress import amending
from progress.revising import StaleSheetError, UnknownPlanError, said_in
from words.office import Office


@dataclass(frozen=True)
class ReadDiff:
    """The steps from the plan that serves, which are certain; and the questions that an amendment by articles puts."""

    steps: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()


def read_diff(
    office: Office, draft: Draft, digests: Mapping[str, str], directory: Directory, wording: becoming.Wording
) -> ReadDiff | None:
    """What an amending document changes of a plan of the office; None for one that amends none.

    `digests` name the version of each plan that serves. Raises as `progress.revising.made_of` does for a sheet.
    """
    if draft.revision is None:
        return None
    if (sheet := draft.revision.sheet) is not None:
        plan = office.plans.get(sheet.plan)
        if plan is None:
            raise UnknownPlanError(sheet.plan)
        if digests.get(plan.id, sheet.digest) != sheet.digest:
            raise StaleSheetError(plan, ())
        new = edited(marked(plan), sheet, said_in(office), Wording(wording.product, wording.told))
        return ReadDiff(amend(plan, new).steps)
    if amending.is_by_articles(draft):
        return _by_articles(office, draft, directory, wording)
    former = amending.plan_meant(amending.followed(office), draft, {})
    return ReadDiff(amend(former, carried(former, _as_plan(former, draft))).steps) if former is not None else None


def _by_articles(office: Office, draft: Draft, directory: Directory, wording: becoming.Wording) -> ReadDiff:
    draft = codes.coded(draft)
    plans, today = amending.followed(office), draft.head.date or date.max
    asked = amending.questions(plans, draft, {}, directory, today)
    plan = amending.plan_meant(plans, draft, {})
    if plan is None:
        return ReadDiff(questions=asked)
    certain = _certain(draft, {code for each in asked if each.blocks for code in each.about})
    return ReadDiff(amend(plan, amending.plan_of(plan, certain, {}, directory, today, wording)).steps, asked)


def _certain(draft: Draft, doubted: set[str]) -> Draft:
    """The articles whose work is read for certain."""
    assert draft.revision is not None
    kept = tuple(each for each in draft.revision.articles if not each.task or each.task not in doubted)
    tasks = tuple(each for each in draft.tasks if each.code not in doubted)
    doubts = tuple(each for each in draft.doubts if each.about not in doubted and each.kind != UNCLEAR)
    return replace(draft, tasks=tasks, doubts=doubts, revision=replace(draft.revision, articles=kept))


def _as_plan(former: Plan, draft: Draft) -> Plan:
    """A whole plan anew as far as it is read: a time that is doubted stands as undated, and its question says so."""
    bodies = _Bodies(former)
    tasks = tuple(_task(bodies, each) for each in codes.coded(draft).tasks)
    # Duties bear no printed codes: they are compared once the document is taken over.
    return former.model_copy(update={"tasks": tasks, "agencies": (*former.agencies, *bodies.new.values())})


class _Bodies:
    """Ids for names: those of the plan that serves, and new ones."""

    def __init__(self, plan: Plan) -> None:
        self.known = {plain(name): each.id for each in plan.agencies for name in (each.name, each.short, *each.aliases)}
        self.known |= {plain(name): each.id for each in plan.groups for name in (each.name, *each.aliases)}
        self.new: dict[str, Agency] = {}

    def ids(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._id(name) for name in names))

    def _id(self, name: str) -> str:
        if plain(name) not in self.known:
            new = slugs.of_agency(name, set(self.known.values()))
            self.known[plain(name)] = new
            self.new[new] = Agency(id=new, name=name, short=name, basis=name)
        return self.known[plain(name)]


def _task(bodies: _Bodies, task: TaskDraft) -> Task:
    lead = bodies.ids(task.lead)
    helping = bodies.ids(tuple(each for each in task.coordinating if not is_vague(each)))
    milestones = tuple(
        Milestone(
            id=f"{task.code}.{at}", kind=Kind.UNDATED if each.kind is None else each.kind, printed=each.printed,
            due=each.due if each.kind is Kind.DATED else None, rule=each.rule,
            every=each.every if each.rule is None and each.kind is Kind.PERIODIC else None,
        )
        for at, each in enumerate(task.milestones, 1)
    ) or (Milestone(id=f"{task.code}.1", kind=Kind.UNDATED, printed=task.timing or task.title),)  # fmt: skip
    return Task.model_construct(
        code=task.code, section=task.section, title=task.title, lead=lead, coordinating=helping,
        lead_printed=task.lead_printed, product=task.product, timing=task.timing, milestones=milestones,
    )  # fmt: skip
