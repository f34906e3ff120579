"""Words of a plan that an article replaces: of work, of agencies, of times."""

from collections.abc import Mapping

from intake.draft import Article
from intake.letters import plain
from plan import due as times
from plan.model import Agency, Kind, Milestone, Plan, Question, Task

REPLACED = ("title", "product", "timing", "lead_printed", "coordinating_printed")


def said_of(task: Task, was: str, becomes: str) -> str:
    """The printed time of a task with other words for one of its milestones."""
    if was in task.timing:
        return task.timing.replace(was, becomes, 1)
    return f"{task.timing}; {becomes}"


def renamed(agency: Agency, article: Article, plan: Plan) -> Agency:
    """An agency under the name that an article gives it; its own stays as one that people may use."""
    named = plain(agency.name) == plain(article.before)
    if not named or not article.after or any(plain(each.name) == plain(article.after) for each in plan.agencies):
        return agency
    aliases = tuple(dict.fromkeys((*agency.aliases, agency.name)))
    return agency.model_copy(
        update={"name": article.after, "aliases": tuple(each for each in aliases if each != agency.short)}
    )


def reworded(plan: Plan, task: Task, article: Article, swapped: Mapping[str, str]) -> Task:
    """A task in an article's words, with the bodies that are `swapped` (ids); what they leave unclear is asked."""

    def put(text: str) -> str:
        return " ".join(text.replace(article.before, article.after).split())

    words = {key: put(getattr(task, key)) for key in REPLACED}
    words = {key: value for key, value in words.items() if value or key == "coordinating_printed"}
    milestones = tuple(retimed(plan, each, put(each.printed)) for each in task.milestones)
    unclear = tuple(
        Question(about=task.code, place=new.printed, text=article.words)
        for new, former in zip(milestones, task.milestones, strict=True)
        if new.printed != former.printed and new.kind is Kind.DATED and new.due == former.due
    )
    # Who leads was printed in other words, and is nobody else by that: somebody has to say so.
    led = words["lead_printed"] != task.lead_printed and not swapped
    if led and plain(article.after) not in {plain(plan.name_of(each)) for each in task.lead}:
        unclear += (Question(about=task.code, place=words["lead_printed"], text=article.words),)

    def bodies(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(swapped.get(each, each) for each in ids))

    parts = tuple(
        each.model_copy(
            update={"title": put(each.title), "lead_printed": put(each.lead_printed), "lead": bodies(each.lead)}
        )
        for each in task.parts
    )
    return task.model_copy(
        update={
            **words,
            "lead": bodies(task.lead),
            "coordinating": bodies(task.coordinating),
            "milestones": milestones,
            "parts": parts,
            "questions": (*task.questions, *unclear),
        }
    )


def retimed(plan: Plan, milestone: Milestone, printed: str) -> Milestone:
    """A milestone in its new words: of the day that they are read as for certain, else of the one it had."""
    if not printed or printed == milestone.printed:
        return milestone
    if milestone.kind is not Kind.DATED:
        return milestone.model_copy(update={"printed": printed})
    read = times.read_times(printed, plan.decision.date, plan.year)
    certain = read.doubt is None and len(read.times) == 1 and read.times[0].kind is Kind.DATED
    due = read.times[0].due if certain else _day(plan, milestone)
    return milestone.model_copy(update={"printed": printed, "due": due})


def _day(plan: Plan, milestone: Milestone) -> object:
    return milestone.due or times.read(milestone.printed, plan.decision.date, plan.year).due
