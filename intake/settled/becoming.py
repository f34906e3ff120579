"""A settled draft as the plan that an office takes over; what is open stays in it as a question."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from intake import bodies
from intake.draft import Draft, MilestoneDraft, TaskDraft
from intake.settled import slugs
from intake.settled.asking import blocked, questions
from intake.settled.people import Basis, Register
from intake.settled.settling import Settled, settle
from intake.settled.values import Answers, Directory
from intake.settled.values import Question as Asked
from plan import loader
from plan.model import Decision, Kind, Milestone, Part, Plan, Question, Section, Task


class StillAskedError(ValueError):
    """A plan is wanted and what it waits for is not answered."""


@dataclass(frozen=True)
class Wording:
    """What a plan says in the office's language where its document says nothing.

    `product` stands for a product that is not printed, `nothing` for a time, `no_number` for the number of a draft that
    is sent round, `said` puts an open question into words.
    """

    named: str
    told: str
    product: str
    nothing: str
    no_number: str
    all_work: str
    said: Callable[[Asked], str]


def plan_of(draft: Draft, answers: Answers, directory: Directory, today: date, wording: Wording) -> Plan:
    """The plan of a draft whose codes are its own (intake.settled.codes); `today` (local) stands for a blank signing.

    Raises StillAskedError where a question that blocks is open, and PlanError for a plan that contradicts itself.
    """
    if blocked(questions(draft, answers, directory, today), answers):
        raise StillAskedError
    settled = settle(draft, answers, directory, today)
    return loader.loads(_Maker(settled, directory, today, wording).plan().model_dump_json().encode())


class _Maker:
    def __init__(self, settled: Settled, directory: Directory, today: date, wording: Wording) -> None:
        self.settled, self.directory, self.today, self.wording = settled, directory, today, wording
        self.draft = settled.draft
        basis = Basis(wording.named, wording.told)
        self.register = Register(self.draft, settled.groups, directory, basis)

    def plan(self) -> Plan:
        head = self.draft.head
        year = head.year or (head.date or self.today).year
        title = head.title or self.wording.all_work
        sections = self._sections()
        tasks = tuple(map(self._task, self.draft.tasks))
        duties = tuple(map(self._task, self.draft.duties))
        compiler = self.register.agency(self.settled.compiler) if self.settled.compiler else self._first(tasks + duties)
        codes = {each.code for each in tasks + duties}
        return Plan(
            id=slugs.of_plan(title, year, self.directory.plans),
            name=slugs.plan_name(title),
            short=slugs.short_title(title, year),
            year=year,
            last_year=head.last_year,
            decision=Decision(
                number=head.number or self.wording.no_number,
                date=head.date or self.today,
                issuer=head.issuer or self.wording.nothing,
                title=title,
            ),
            compiler=compiler,
            sections=sections,
            tasks=tasks,
            duties=duties,
            agencies=self.register.agencies(),
            groups=self.register.groups(),
            questions=tuple(self._question(each) for each in self.settled.later if each.doubt.about not in codes),
        )

    def _first(self, work: Sequence[Task]) -> str:
        groups = {each.id: each.members[0] for each in self.register.groups()}
        lead = work[0].lead[0]
        return groups.get(lead, lead)

    def _sections(self) -> tuple[Section, ...]:
        known = {each.id: each.title for each in self.draft.sections}
        used = dict.fromkeys(each.section or "1" for each in self.draft.tasks)
        return tuple(Section(id=each, title=known.get(each) or self.wording.all_work) for each in used)

    def _task(self, task: TaskDraft) -> Task:
        lead, coordinating = self._led(task.lead, task.coordinating)
        return Task(
            code=task.code,
            code_assigned=task.code_assigned,
            section=task.section or "1",
            title=task.title,
            lead=lead,
            coordinating=coordinating,
            lead_printed=task.lead_printed or "; ".join(task.lead),
            coordinating_printed=task.coordinating_printed,
            leads="together" if task.code in self.settled.together else "each",
            monitor=tuple(each for each in self.register.ids(task.monitor) if each not in lead),
            monitor_printed=task.monitor_printed,
            parts=tuple(self._parts(task)),
            product=task.product or self.wording.product,
            timing=task.timing or self.wording.nothing,
            milestones=tuple(self._milestones(task)),
            questions=tuple(self._question(each) for each in self.settled.later if each.doubt.about == task.code),
        )

    def _led(self, lead: tuple[str, ...], coordinating: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who owes and who coordinates."""
        owes = self.register.ids(lead)
        beside = self.register.ids(name for name in coordinating if not bodies.is_vague(name))
        return owes, tuple(each for each in beside if each not in owes)

    def _parts(self, task: TaskDraft) -> Iterator[Part]:
        for part in task.parts:
            lead, coordinating = self._led(part.lead or task.lead, part.coordinating)
            yield Part(
                title=part.title or task.title,
                lead=lead,
                coordinating=coordinating,
                lead_printed=part.lead_printed,
                coordinating_printed=part.coordinating_printed,
            )

    def _milestones(self, task: TaskDraft) -> Iterator[Milestone]:
        drafted = task.milestones or (MilestoneDraft(task.timing or task.title, Kind.UNDATED),)
        for number, each in enumerate(drafted, 1):
            kind = each.kind or Kind.UNDATED
            due = each.due if kind is Kind.DATED else None
            yield Milestone(
                id=f"{task.code}.{number}",
                kind=kind,
                printed=each.printed or task.timing or task.title,
                part=each.part or None,
                every=each.every if kind is Kind.PERIODIC and each.rule is None else None,
                due=due,
                start=each.start if due is None or each.start is None or each.start <= due else None,
                rule=each.rule,
                confirmed=due is None and each.rule is None,
            )

    def _question(self, asked: Asked) -> Question:
        codes = {each.code for each in (*self.draft.tasks, *self.draft.duties)}
        about = asked.doubt.about if asked.doubt.about in codes else "plan"
        return Question(about=about, place=asked.doubt.words or self.wording.nothing, text=self.wording.said(asked))
