"""An amendment by articles: which plan and which work it is about, what that leaves open, and the plan it makes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from intake.articles import placed
from intake.articles.applied import Brought, Meant, applied
from intake.articles.found import UNCLEAR
from intake.draft import Article, Doubt, Draft, Place
from intake.settled import asking, becoming, head
from intake.settled.values import Answers, Directory, Given, Option, Question, Typed
from plan import due, loader
from plan.amendment import marked, unmarked
from plan.model import Plan
from store import current_office
from words import codes
from words.codes import fold
from words.office import Office

WHICH_PLAN, WHICH_TASK, WHICH_DEADLINE = "which_plan", "which_task", "which_deadline"
LEFT_ALONE = "pass_over"
OFFERED = 5


def plan_meant(plans: Mapping[str, Plan], draft: Draft, answers: Answers) -> Plan | None:
    """The plan that an amendment is about: of the number that it cites, else the only one, else the one answered."""
    numbers = draft.revision.numbers if draft.revision is not None else ()
    cited = [each for each in plans.values() if _number(each.decision.number) in {_number(one) for one in numbers}]
    if len(cited) == 1:
        return cited[0]
    given = answers.get(WHICH_PLAN)
    if given is not None and given.option:
        return plans.get(given.option.removeprefix("plan-"))
    return next(iter(plans.values())) if len(plans) == 1 and not numbers else None


def questions(
    plans: Mapping[str, Plan], draft: Draft, answers: Answers, directory: Directory, today: date
) -> tuple[Question, ...]:
    """Every question of an amendment by articles, answered or not, in the order in which they are put."""
    plan = plan_meant(plans, draft, answers)
    if plan is None:
        return (_which_plan(plans, draft),)
    found = [each for article in _articles(draft) for each in _of_article(plan, article, answers)]
    unclear = [_unclear(at, each) for at, each in enumerate(draft.doubts) if each.kind == UNCLEAR]
    brought = [
        each
        for each in asking.questions(_brought(draft, plan), _as_before(plan, answers), directory, today)
        if each.doubt.kind not in (*head.OF_HEAD, head.EVE, asking.COMPILER)
    ]
    named = [_which_plan(plans, draft)] if WHICH_PLAN in answers else []
    return (*named, *unclear, *found, *brought)


def plan_of(
    plan: Plan, draft: Draft, answers: Answers, directory: Directory, today: date, wording: becoming.Wording
) -> Plan:
    """The plan as it is amended, with the identities of its work; raises PlanError where it contradicts itself."""
    mine = _brought(draft, plan)
    made = becoming.plan_of(mine, _as_before(plan, answers), directory, today, wording) if mine.tasks else None
    meant = {}
    for article in _articles(draft):
        if (found := _meant(plan, article, answers)) is not None:
            meant[article.key] = found
    amended = applied(marked(plan), _articles(draft), meant, Brought(made, _kept(draft)))
    loader.loads(unmarked(amended).model_dump_json().encode())
    return amended


def accepted(plan: Plan | None, question: Question, words: str) -> Given | None:
    """A code that was written as the answer to which work is meant."""
    if question.typed is not Typed.CODE or plan is None:
        return None
    read = codes.read(words, {each.code for each in plan.all_tasks})
    return Given(option=f"task-{read.code}") if read.code and not read.rest else None


def option_for(plan: Plan | None, given: Given) -> Option | None:
    """The work that a written answer chose, as an offered answer says it."""
    code = given.option.removeprefix("task-")
    if plan is None or code == given.option or all(each.code != code for each in plan.all_tasks):
        return None
    return _of_task(plan, code)


def _articles(draft: Draft) -> tuple[Article, ...]:
    return draft.revision.articles if draft.revision is not None else ()


def _brought(draft: Draft, plan: Plan) -> Draft:
    """What the articles bring as a small draft of its own, dated by the amendment, of the plan's year."""
    doubts = tuple(each for each in draft.doubts if each.about != "plan")
    known = replace(draft.head, year=plan.year, date=draft.head.date or plan.decision.date)
    # What brings a time alone is led by nobody of its own.
    led = (plan.name_of(plan.compiler),)
    silent = {each.task for each in _articles(draft) if each.op != "add"}
    tasks = tuple(replace(each, lead=led) if not each.lead and each.code in silent else each for each in draft.tasks)
    return replace(draft, head=known, doubts=doubts, tasks=tasks)


def _as_before(plan: Plan, answers: Answers) -> Answers:
    """The answers, with how the plan itself was read: whether «trước ngày X» is in time until the end of X."""
    return {**answers, head.EVE: Given(option="day")} if any(map(_is_very_day, _dated(plan))) else answers


def _dated(plan: Plan) -> list[tuple[date, date]]:
    """The day that each milestone has, beside the one that its words are read as by themselves."""
    found = []
    for milestone in (each for task in plan.all_tasks for each in task.milestones if each.due is not None):
        read = due.read_times(milestone.printed, plan.decision.date, plan.year)
        if read.doubt is None and len(read.times) == 1 and read.times[0].due and milestone.due:
            found.append((milestone.due, read.times[0].due))
    return found


def _is_very_day(days: tuple[date, date]) -> bool:
    return days[0] == days[1] + timedelta(days=1)


def _kept(draft: Draft) -> dict[str, frozenset[str]]:
    """What of work that is written anew stays as it was, because its article says nothing of it, by the article."""
    tasks = {each.code: each for each in draft.tasks}
    found = {}
    for article in _articles(draft):
        if article.op == "rewrite" and (task := tasks.get(article.task)) is not None:
            said = {
                "lead": task.lead,
                "coordinating": task.coordinating,
                "product": task.product,
                "timing": task.timing,
            }
            found[article.key] = frozenset(key for key, value in said.items() if not value)
    return found


def _of_article(plan: Plan, article: Article, answers: Answers) -> list[Question]:
    """What an article leaves open: which work, and which of its deadlines."""
    if article.op == "add" or (article.op == "words" and not any((*article.target, article.title))):
        return []
    found = placed.tasks(plan, article)
    asked = [] if len(found) == 1 else [_which_task(plan, article, found)]
    meant = _meant(plan, article, answers)
    if article.op != "deadline" or meant is None:
        return asked
    task = plan.task(meant.code)
    offered = placed.milestones(task, article)
    if len(offered) > 1:
        options = tuple(Option(f"deadline-{each.id}", {"label": each.id, "printed": each.printed}) for each in offered)
        doubt = _doubt(article, WHICH_DEADLINE, {"code": task.code})
        asked.append(Question(f"{WHICH_DEADLINE}:{article.key}", doubt, options))
    return asked


def _meant(plan: Plan, article: Article, answers: Answers) -> Meant | None:
    """What an article is about, by its words and numbers or by the answer; None for one that is passed over or open."""
    if article.op == "add" or (article.op == "words" and not any((*article.target, article.title))):
        return Meant()
    found = placed.tasks(plan, article)
    given = answers.get(f"{WHICH_TASK}:{article.key}")
    code = found[0] if len(found) == 1 else given.option.removeprefix("task-") if given is not None else ""
    if not code or all(each.code != code for each in plan.all_tasks):
        return None
    offered = placed.milestones(plan.task(code), article)
    chosen = answers.get(f"{WHICH_DEADLINE}:{article.key}")
    picked = chosen.option.removeprefix("deadline-") if chosen is not None else offered[0].id
    return Meant(code, next(each.key for each in plan.task(code).milestones if each.id == picked))


def _which_plan(plans: Mapping[str, Plan], draft: Draft) -> Question:
    numbers = draft.revision.numbers if draft.revision is not None else ()
    words = draft.head.title or "; ".join(numbers)
    options = tuple(Option(f"plan-{each.id}", {"name": each.label}) for each in plans.values())
    return Question(WHICH_PLAN, Doubt("plan", WHICH_PLAN, Place(), words), options)


def _which_task(plan: Plan, article: Article, found: tuple[str, ...]) -> Question:
    options = (*(_of_task(plan, code) for code in found[:OFFERED]), Option(LEFT_ALONE))
    return Question(f"{WHICH_TASK}:{article.key}", _doubt(article, WHICH_TASK, {}), options, Typed.CODE)


def _of_task(plan: Plan, code: str) -> Option:
    return Option(f"task-{code}", {"code": code, "title": plan.task(code).short(48)})


def _unclear(at: int, doubt: Doubt) -> Question:
    return Question(f"{UNCLEAR}:{at}", doubt, (Option(LEFT_ALONE),))


def _doubt(article: Article, kind: str, values: dict[str, str]) -> Doubt:
    return Doubt("plan", kind, article.place, article.words, dict(values))


def _number(printed: str) -> str:
    return "".join(fold(printed).split())


def is_by_articles(draft: Draft) -> bool:
    """Whether a document amends a plan by articles."""
    return bool(_articles(draft))


def amended(office: Office, draft: Draft, answers: Answers) -> Plan | None:
    """The plan of the office that an amendment is about."""
    return plan_meant(followed(office), draft, answers) if is_by_articles(draft) else None


def followed(office: Office) -> dict[str, Plan]:
    """The plans that a document can amend: not the work that was assigned by word of mouth."""
    return {key: plan for key, plan in office.plans.items() if not current_office.is_assigned(key)}
