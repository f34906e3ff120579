"""Cells that a person corrected, whether anything was asked about them or not: the draft as they say it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from intake import bodies, times
from intake.draft import Doubt, Draft, MilestoneDraft, TaskDraft
from intake.letters import one_line, tidy
from intake.settled import head, typed
from intake.settled.values import Answers
from plan.milestone import Kind

CELL = "cell"
# What may be corrected, and which doubts are settled with it.
FIELDS: dict[str, frozenset[str]] = {
    "title": frozenset({"unnumbered", "changed", "struck"}),
    "lead": frozenset({"no_lead", "name", "one_name", "leads", "ditto", "cut", "group"}),
    "leads": frozenset({"leads"}),
    "coordinating": frozenset(),
    "monitor": frozenset(),
    "product": frozenset({"formula", "error"}),
    "time": frozenset({"time", "no_time", "past"}),
    "task": frozenset(),
}
LEFT_OUT = frozenset({"no", "0", "bỏ", "bo", "không", "khong"})
ONGOING = frozenset({"ongoing", "thường xuyên", "thuong xuyen"})
NO_DATE = frozenset({"undated", "chưa có hạn", "chua co han"})


def key(code: str, field: str) -> str:
    """How a corrected cell is kept among the answers to a draft."""
    return f"{CELL}:{code}:{field}"


def refused(draft: Draft, code: str, field: str, words: str, today: date) -> str:
    """Why a cell cannot be what was written, in one word of the catalogue; "" where it can."""
    if field not in FIELDS:
        return "field"
    if all(each.code != code for each in (*draft.tasks, *draft.duties)):
        return "code"
    if field == "leads":
        return "" if words in ("each", "together") else "leads"
    if field == "task":
        return "" if words.lower() in LEFT_OUT else "task"
    if field == "lead":
        return "" if typed.names(words) else "names"
    if field == "time":
        return "" if _milestones(draft, words, today) else "time"
    return "" if one_line(tidy(words)) or field in ("coordinating", "monitor", "product") else "empty"


def corrected(draft: Draft, answers: Answers, today: date) -> Draft:
    """The draft with its corrected cells; what was asked about one of them is settled. `today` (local) for its year."""
    cells = list(_cells(answers))
    if not cells:
        return draft
    basis = head.answered(draft, answers)
    work = {each.code: each for each in (*draft.tasks, *draft.duties)}
    doubts = list(draft.doubts)
    for code, field, words in cells:
        if code not in work:
            continue
        if field == "task":
            del work[code]
            doubts = [left for each in doubts if (left := _without(each, code, None)) is not None]
            continue
        work[code] = _with(work[code], field, words, basis, today)
        doubts = [left for each in doubts if (left := _without(each, code, FIELDS[field])) is not None]
    return replace(
        draft,
        tasks=tuple(work[each.code] for each in draft.tasks if each.code in work),
        duties=tuple(work[each.code] for each in draft.duties if each.code in work),
        doubts=tuple(doubts),
    )


def _cells(answers: Answers) -> Iterator[tuple[str, str, str]]:
    for each, given in answers.items():
        kind, _, rest = each.partition(":")
        code, _, field = rest.rpartition(":")
        if kind == CELL and field in FIELDS:
            yield code, field, given.words


def _with(task: TaskDraft, field: str, words: str, draft: Draft, today: date) -> TaskDraft:
    said = one_line(tidy(words))
    match field:
        case "title":
            return replace(task, title=said)
        case "product":
            return replace(task, product=said)
        case "lead":
            names = typed.names(words)
            parts = tuple(replace(part, lead=names) for part in task.parts)
            return replace(task, lead=names, lead_printed=said, parts=parts, leads=_leads(names))
        case "leads":
            return replace(task, leads="together" if words == "together" else "each")
        case "coordinating":
            return replace(task, coordinating=typed.names(words), coordinating_printed=said)
        case "monitor":
            return replace(task, monitor=typed.names(words), monitor_printed=said)
        case _:
            found = _milestones(draft, words, today)
            return replace(task, timing=said, time_head="", milestones=found)


def _leads(names: tuple[str, ...]) -> Literal["each"] | None:
    """Whoever corrects leads says with them that each owes a result, until it is said that they owe one together."""
    return "each" if len(names) > 1 or any(bodies.is_group(name) for name in names) else None


def _milestones(draft: Draft, words: str, today: date) -> tuple[MilestoneDraft, ...]:
    said = one_line(tidy(words))
    if said.lower() in ONGOING or said.lower() in NO_DATE:
        return (MilestoneDraft(said, Kind.ONGOING if said.lower() in ONGOING else Kind.UNDATED),)
    basis = head.context(draft.head, today)
    return tuple(replace(times.milestone(each), printed=said) for each in typed.times(said, basis.since, basis.year))


def _without(doubt: Doubt, code: str, kinds: frozenset[str] | None) -> Doubt | None:
    """The doubt without one of the tasks that it is about; None where nothing of it is left."""
    about = [doubt.about, *doubt.alike]
    if code not in about or (kinds is not None and doubt.kind not in kinds):
        return doubt
    left = [each for each in about if each != code]
    return replace(doubt, about=left[0], alike=tuple(left[1:])) if left else None
