"""The plan that comes of one that serves by the articles of an amendment; every milestone keeps its identity."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.articles import placed
from intake.articles.reworded import renamed, reworded, said_of
from intake.draft import Article
from intake.letters import plain
from plan.model import Plan, Task


@dataclass(frozen=True)
class Meant:
    """What an article is about once it is placed: the code of the work, and the identity of its deadline."""

    code: str = ""
    milestone: str = ""


@dataclass(frozen=True)
class Brought:
    """What articles bring: work under the codes that they name, and by an article's key what of the old work stays."""

    plan: Plan | None = None
    kept: Mapping[str, frozenset[str]] = field(default_factory=dict)


def applied(plan: Plan, articles: tuple[Article, ...], meant: Mapping[str, Meant], brought: Brought) -> Plan:
    """The plan (plan.amendment.marked) with what the articles order, in their order.

    `meant` says by an article's key which work it is about; one that is not in it is passed over.
    """
    maker = _Maker(plan, brought)
    for article in articles:
        if article.key in meant:
            maker.take(article, meant[article.key])
    return maker.plan


class _Maker:
    def __init__(self, plan: Plan, brought: Brought) -> None:
        self.before, self.plan, self.brought, self.kept = plan, plan, brought.plan, brought.kept
        # Where the work stands now that an article names as it stood.
        self.tasks = {task.code: task.milestones[0].key for task in plan.all_tasks}

    def take(self, article: Article, meant: Meant) -> None:
        match article.op:
            case "withdraw":
                self._replace(meant.code, None)
            case "words":
                self._words(article, meant)
            case "renumber":
                self._renumber(article, meant)
            case "add":
                self._add(article, meant)
            case "rewrite":
                self._rewrite(article, meant)
            case "deadline":
                self._deadline(article, meant)
            case _:
                self._field(article, meant)

    def _now(self, code: str) -> Task | None:
        key = self.tasks.get(code)
        return next((task for task in self.plan.all_tasks if task.milestones[0].key == key), None)

    def _brought(self, article: Article) -> Task | None:
        return self.brought.task(article.task) if self.brought is not None and article.task else None

    def _replace(self, code: str, task: Task | None) -> None:
        former = self._now(code)
        if former is None:
            return

        def among(these: tuple[Task, ...]) -> tuple[Task, ...]:
            put = (task if each is former else each for each in these)
            return tuple(each for each in put if each is not None)

        self.plan = self.plan.model_copy(update={"tasks": among(self.plan.tasks), "duties": among(self.plan.duties)})
        if task is not None:
            self.tasks[code] = task.milestones[0].key

    def _renumber(self, article: Article, meant: Meant) -> None:
        """Work under another letter; the one that it takes may still be borne by work that is renumbered later."""
        if (task := self._now(meant.code)) is not None:
            code = f"{task.code[:-1]}{article.after}"
            milestones = tuple(
                each.model_copy(update={"id": f"{code}.{each.id.rpartition('.')[2]}"}) for each in task.milestones
            )
            asked = tuple(each.model_copy(update={"about": code}) for each in task.questions)
            update = {"code": code, "milestones": milestones, "questions": asked}
            self._replace(meant.code, task.model_copy(update=update))

    def _add(self, article: Article, meant: Meant) -> None:
        task = self._brought(article)
        if task is None:
            return
        taken = {each.code for each in self.plan.all_tasks}
        code = meant.code or placed.code_for(self.before, article.target, taken) or _free(self.plan, article)
        section = _section(self.plan, code, article)
        new = _under(task, code).model_copy(update={"section": section})
        tasks = list(self.plan.tasks)
        beside = [at for at, each in enumerate(tasks) if each.section == section]
        tasks.insert(beside[-1] + 1 if beside else len(tasks), new)
        self._with_bodies(tuple(tasks))

    def _rewrite(self, article: Article, meant: Meant) -> None:
        """The words of a task anew; its deadlines keep their identities in their order, as its answers do."""
        task, former = self._brought(article), self._now(meant.code)
        if task is None or former is None:
            return
        new = _kept(_under(task, former.code), former, self.kept.get(article.key, frozenset()))
        milestones = []
        for at, each in enumerate(new.milestones):
            known = former.milestones[at] if at < len(former.milestones) else None
            update = {"uid": known.uid, "id": known.id} if known is not None else {}
            milestones.append(each.model_copy(update=update))
        self._replace(
            meant.code,
            new.model_copy(
                update={
                    "section": former.section, "milestones": tuple(milestones), "code_assigned": former.code_assigned,
                }
            ),
        )  # fmt: skip
        self._with_bodies(self.plan.tasks)

    def _deadline(self, article: Article, meant: Meant) -> None:
        task, former = self._brought(article), self._now(meant.code)
        if task is None or former is None:
            return
        known = [each.uid for each in former.milestones]
        uid = meant.milestone if meant.milestone in known else known[0]
        (wanted, *_) = task.milestones
        changed = []
        for each in former.milestones:
            if each.uid == uid:
                kept = {"id": each.id, "uid": each.uid, "part": each.part, "evidence": each.evidence,
                        "remind_days": each.remind_days}  # fmt: skip
                changed.append(wanted.model_copy(update=kept))
            else:
                changed.append(each)
        was = next(each.printed for each in former.milestones if each.uid == uid)
        self._replace(
            meant.code,
            former.model_copy(update={"milestones": tuple(changed), "timing": said_of(former, was, wanted.printed)}),
        )

    def _field(self, article: Article, meant: Meant) -> None:
        former, task = self._now(meant.code), self._brought(article)
        if former is None:
            return
        if article.op in ("lead", "coordinating"):
            if task is None:
                return
            update: dict[str, object] = {article.op: task.lead, f"{article.op}_printed": article.after}
            if article.op == "lead" and former.parts:
                update["parts"] = tuple(
                    each.model_copy(update={"lead": task.lead, "lead_printed": article.after}) for each in former.parts
                )
            self._replace(meant.code, former.model_copy(update=update))
            self._with_bodies(self.plan.tasks)
        else:
            self._replace(meant.code, former.model_copy(update={article.op: article.after}))

    def _words(self, article: Article, meant: Meant) -> None:
        """Words give way to others in one task, or in all; a body of that name is called by the new one."""
        codes = [meant.code] if meant.code else list(self.tasks)
        if not meant.code:
            agencies = tuple(renamed(each, article, self.plan) for each in self.plan.agencies)
            self.plan = self.plan.model_copy(update={"agencies": agencies})
        for code in codes:
            if (task := self._now(code)) is not None:
                self._replace(code, reworded(self.plan, task, article, self._swapped(article)))

    def _swapped(self, article: Article) -> dict[str, str]:
        """The body that takes the place of another, where the words are names of both."""
        named = {plain(each.name): each.id for each in self.plan.agencies}
        named |= {plain(each.name): each.id for each in self.plan.groups}
        was, becomes = named.get(plain(article.before)), named.get(plain(article.after))
        return {was: becomes} if was and becomes and was != becomes else {}

    def _with_bodies(self, tasks: tuple[Task, ...]) -> None:
        assert self.brought is not None
        known = {each.id for each in self.plan.agencies} | {each.id for each in self.plan.groups}
        used = {body for task in (*tasks, *self.plan.duties) for body in (*task.lead, *task.coordinating)}
        groups = tuple(each for each in self.brought.groups if each.id not in known and each.id in used)
        used |= {member for group in groups for member in group.members}
        agencies = tuple(each for each in self.brought.agencies if each.id not in known and each.id in used)
        self.plan = self.plan.model_copy(
            update={
                "tasks": tasks,
                "agencies": (*self.plan.agencies, *agencies),
                "groups": (*self.plan.groups, *groups),
            }
        )


def _kept(task: Task, former: Task, kept: frozenset[str]) -> Task:
    """Work written anew, with what stays of the old."""
    update: dict[str, object] = {key: getattr(former, key) for key in kept}
    update |= {f"{key}_printed": getattr(former, f"{key}_printed") for key in kept & {"lead", "coordinating"}}
    if "lead" in kept:
        update["parts"] = former.parts
    if "timing" in kept:
        update["milestones"] = former.milestones
    return task.model_copy(update=update)


def _under(task: Task, code: str) -> Task:
    """Work under another code."""
    milestones = tuple(each.model_copy(update={"id": f"{code}.{at}"}) for at, each in enumerate(task.milestones, 1))
    asked = tuple(each.model_copy(update={"about": code}) for each in task.questions)
    return task.model_copy(update={"code": code, "milestones": milestones, "questions": asked})


def _section(plan: Plan, code: str, article: Article) -> str:
    """The section that work comes into: that of the work beside it, else the one that the article names."""
    for task in plan.tasks:
        if task.code[:-1] == code[:-1] and len(code) > 1:
            return task.section
    known = [each.id for each in plan.sections]
    named = [each for each in (article.target[1], article.target[0]) if each in known]
    return (named or known[-1:])[0]


def _free(plan: Plan, article: Article) -> str:
    """A code for work that the amendment gives none: the next number of the assigned kind."""
    section = _section(plan, "", article)
    taken = {task.code for task in plan.all_tasks}
    letters = [f"{section}{letter}" for letter in "abcdđeghiklmnopqrstuvxy"] if section.isdigit() else []
    numbers = [str(number) for number in range(1, 1000)]
    return next(code for code in (*letters, *numbers) if code not in taken)
