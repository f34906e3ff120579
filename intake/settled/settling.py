"""A draft with its answers: who leads and when, what is left out, who belongs to each group."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake import bodies, times
from intake.draft import Draft, MilestoneDraft, PartDraft, TaskDraft
from intake.letters import plain
from intake.settled import asking, head, ticked, typed
from intake.settled.values import Answers, Directory, Given, Option, Question
from plan.model import Kind


@dataclass(frozen=True)
class Settled:
    """`groups` are the names of the members by the group's key (bodies.group_key), `together` the codes of tasks whose
    leads owe one result, `later` the questions that were put off or not put."""

    draft: Draft
    groups: Mapping[str, tuple[str, ...]]
    together: frozenset[str]
    compiler: str
    later: tuple[Question, ...]


def settle(draft: Draft, answers: Answers, directory: Directory, today: date) -> Settled:
    """The draft as it was answered; what is open and does not block stays as it was read, times without a date."""
    asked = asking.questions(draft, answers, directory, today)
    known = head.answered(draft, answers)
    tasks = {each.code: each for each in (*known.tasks, *known.duties)}
    groups: dict[str, tuple[str, ...]] = {}
    together = {code for code, each in tasks.items() if each.leads == "together"}
    compiler = ""
    for question in asked:
        given = answers.get(question.key, Given())
        option = question.option(given.option)
        if question.doubt.kind == "group":
            groups[bodies.group_key(question.doubt.words)] = members(question, given, option)
        elif question.doubt.kind == asking.COMPILER:
            compiler = str(option.values["name"]) if option else next(iter(typed.names(given.words)), "")
        elif question.doubt.kind == "leads" and given.option == "together":
            together |= set(question.about)
        else:
            _apply(tasks, question, given, option, known, today)
    later = tuple(each for each in asked if answers.get(each.key, Given()) == Given())
    return Settled(
        replace(
            known,
            tasks=tuple(tasks[each.code] for each in known.tasks if each.code in tasks),
            duties=tuple(tasks[each.code] for each in known.duties if each.code in tasks),
        ),
        groups,
        frozenset(together),
        compiler or next(iter(asking.compilers(known)), ""),
        later,
    )


def members(question: Question, given: Given, option: Option | None) -> tuple[str, ...]:
    """The names that an answer puts into a group; the group itself where one answers for all of it."""
    if option is None:
        found = ticked.read(question, given.words)
        return typed.names(given.words) if found is None else found
    names = option.values.get("names")
    return tuple(map(str, names)) if isinstance(names, list) else (question.doubt.words,)


def _apply(
    tasks: dict[str, TaskDraft], question: Question, given: Given, option: Option | None, draft: Draft, today: date
) -> None:
    kind, key = question.doubt.kind, given.option
    for code in question.about:
        task = tasks.get(code)
        if task is None:
            continue
        if key == "leave_out":
            del tasks[code]
        elif key == "belongs_above":
            _append(tasks, draft, code)
        elif kind in ("time", "no_time"):
            tasks[code] = _timed(task, question, given, option, draft, today)
        elif kind == "past":
            tasks[code] = _although_past(task, key, draft.head.year)
        elif kind in ("no_lead", "name") and given.words:
            tasks[code] = _led(task, question.doubt.words if kind == "name" else "", typed.names(given.words))
        elif kind == "one_name" and key == "several_offices":
            tasks[code] = _led(task, question.doubt.words, _parted(question.doubt.words))


def _append(tasks: dict[str, TaskDraft], draft: Draft, code: str) -> None:
    """Words that belong to the task above them are read there."""
    order = [each.code for each in draft.tasks if each.code in tasks]
    at = order.index(code) if code in order else 0
    if at:
        above = tasks[order[at - 1]]
        tasks[above.code] = replace(above, title=f"{above.title} {tasks[code].title}")
        del tasks[code]


def _parted(name: str) -> tuple[str, ...]:
    """«Phòng Nội vụ, Tư pháp» as two: the second one has the first word of the first."""
    first, *rest = [each.strip() for each in name.split(",") if each.strip()]
    return (first, *(each if bodies.starts_a_name(each) else f"{first.split()[0]} {each}" for each in rest))


def _led(task: TaskDraft, former: str, names: tuple[str, ...]) -> TaskDraft:
    """The task with names in the place of one that was doubted, or with those where it had none."""

    def among(lead: tuple[str, ...]) -> tuple[str, ...]:
        found = [each for name in lead for each in (names if plain(name) == plain(former) else (name,))]
        return tuple(dict.fromkeys(found)) or names

    parts = tuple(replace(part, lead=among(part.lead)) for part in task.parts)
    return replace(task, lead=among(task.lead), parts=parts, lead_printed=task.lead_printed or "; ".join(names))


def _timed(
    task: TaskDraft, question: Question, given: Given, option: Option | None, draft: Draft, today: date
) -> TaskDraft:
    """The task with the times of an answer in the place of the doubted ones; where it is put off it has no date."""
    basis = head.context(draft.head, today)
    found = option.times if option is not None else typed.times(given.words, basis.since, basis.year)
    words = question.doubt.words if question.doubt.kind == "time" else task.title
    chosen = [replace(times.milestone(each), printed=words) for each in found]
    if not chosen:
        chosen = [MilestoneDraft(words, Kind.ONGOING if given.option == "ongoing" else Kind.UNDATED)]
    if question.doubt.kind == "no_time":
        return replace(task, milestones=(*_of_each(chosen, task.parts), *task.milestones))
    milestones: list[MilestoneDraft] = []
    for each in task.milestones:
        doubted = plain(each.printed) == plain(words) and (each.kind is None or bool(each.proposals))
        milestones += [replace(time, part=each.part) for time in chosen] if doubted else [each]
    return replace(task, milestones=tuple(milestones))


def _although_past(task: TaskDraft, key: str, year: int | None) -> TaskDraft:
    """The task with its days that lie before the signing as they are printed, or next after it, as it was answered."""
    milestones = []
    for each in task.milestones:
        days = {"past_kept": times.as_printed(each.printed, year), "past_next": next(iter(each.proposals), None)}
        day = days.get(key) if each.kind is Kind.UNDATED and each.proposals else None
        milestones.append(replace(each, kind=Kind.DATED, due=day) if day else each)
    return replace(task, milestones=tuple(milestones))


def _of_each(chosen: list[MilestoneDraft], parts: tuple[PartDraft, ...]) -> list[MilestoneDraft]:
    return [replace(time, part=part) for part in range(1, len(parts) + 1) or (0,) for time in chosen]
