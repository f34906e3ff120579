"""Makes drafts of the collected tasks: their names parted, their times read, and every doubt about them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from intake import bodies, times
from intake.draft import Doubt, MilestoneDraft, PartDraft, TaskDraft
from intake.fields import Fields, OpenTask, ended, title_of
from intake.letters import one_line
from intake.roles import Role
from intake.times import Context, Times
from plan.model import Kind


def drafted(task: OpenTask, code: str, section: str, context: Context) -> tuple[TaskDraft, list[Doubt]]:
    """A task's draft and its doubts; `code` and `section` as they were assigned."""
    lead, coordinating = both(task)
    parts = tuple(_part(each) for each in task.parts)
    context = replace(context, head=task.time_head)
    read = times.read(task.value(Role.TIME), task.value(Role.PRODUCT), context)
    draft = TaskDraft(
        code=code,
        title=title_of(task.title),
        section=section,
        place=task.place,
        code_assigned=not task.code,
        lead=_all(bodies.names(lead), *(part.lead for part in parts)),
        coordinating=_all(bodies.names(coordinating), *(part.coordinating for part in parts)),
        monitor=bodies.names(task.value(Role.MONITOR)),
        lead_printed=one_line("; ".join(_said(lead, *(part.lead_printed for part in parts)))),
        coordinating_printed=one_line("; ".join(_said(coordinating, *(part.coordinating_printed for part in parts)))),
        monitor_printed=one_line(task.value(Role.MONITOR)),
        product=one_line(task.value(Role.PRODUCT)),
        timing=one_line(task.value(Role.TIME)),
        time_head=task.time_head,
        note=one_line(task.value(Role.NOTE)),
        result=one_line(task.value(Role.RESULT)),
        parts=parts,
        milestones=tuple(_of_parts(read.milestones, len(parts))),
    )
    draft = replace(draft, leads=how_they_lead(draft.lead))
    return draft, list(_doubts(task, draft, read))


# A duty that begins by making a document has a last day, which is asked where none is printed; others go on all year.
MAKES = re.compile(r"(?:chủ động )?(?:xây dựng|ban hành|lập|trình|hoàn thành)\b", re.IGNORECASE)


def drafted_duty(duty: OpenTask, context: Context) -> tuple[TaskDraft, list[Doubt]]:
    """A duty's draft and its doubts: without a printed time it goes on all year, unless it makes a document."""
    draft, doubts = drafted(duty, duty.code, duty.section[1], context)
    draft = replace(draft, code_assigned=True)
    if draft.milestones or MAKES.match(draft.title):
        return draft, doubts
    all_year = MilestoneDraft(draft.title, Kind.ONGOING)
    return replace(draft, milestones=(all_year,)), [doubt for doubt in doubts if doubt.kind != "no_time"]


def both(fields: Fields) -> tuple[str, str]:
    """Who leads and who coordinates, as printed; one field that names both is parted."""
    lead, coordinating = fields.value(Role.LEAD), fields.value(Role.COORDINATING)
    first, second = bodies.led_and_coordinated(fields.value(Role.BOTH) or lead)
    if fields.value(Role.BOTH) or second:
        lead, coordinating = first, "; ".join(_said(coordinating, second))
    return ended(lead), ended(coordinating)


def how_they_lead(lead: tuple[str, ...]) -> Literal["each", "together"] | None:
    """«each» for a group, whose members owe a result each; None for one body, and where it is not said."""
    return "each" if any(bodies.is_group(name) for name in lead) else None


def _part(fields: Fields) -> PartDraft:
    lead, coordinating = both(fields)
    return PartDraft(
        title_of(fields.title), bodies.names(lead), bodies.names(coordinating), one_line(lead), one_line(coordinating)
    )


def _said(*texts: str) -> Iterator[str]:
    return (text for text in texts if text)


def _all(*names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in names for name in each))


def _of_parts(milestones: list[MilestoneDraft], parts: int) -> Iterator[MilestoneDraft]:
    """A time printed once for a task in parts holds for each of them."""
    for part in range(1, parts + 1) or (0,):
        yield from (replace(each, part=part) for each in milestones)


def _doubts(task: OpenTask, draft: TaskDraft, read: Times) -> Iterator[Doubt]:
    """What is asked about one task; what several tasks share is put together later."""
    code, place = draft.code, draft.place
    for mark, words in task.marks.items():
        yield Doubt(code, mark, place, words, blocks=mark != "struck")
    if not draft.lead:
        yield Doubt(code, "no_lead", place, draft.title)
    for name in draft.lead:
        if bodies.may_be_several(name):
            yield Doubt(code, "one_name", place, name)
        elif bodies.is_strange(name):
            yield Doubt(code, "name", place, name)
    if len(draft.lead) > 1 and draft.leads is None and not draft.parts:
        yield Doubt(code, "leads", place, draft.lead_printed, {"names": list(draft.lead)})
    if not draft.timing and not draft.milestones:
        yield Doubt(code, "no_time", place, draft.title, blocks=False)
    for doubt in read.doubts:
        yield Doubt(code, "time", place, doubt.words, time=doubt)


def groups(drafts: Iterable[TaskDraft]) -> Mapping[str, list[tuple[str, TaskDraft]]]:
    """The groups that lead, by what makes them one, each with its printed name and the tasks it leads."""
    found: dict[str, list[tuple[str, TaskDraft]]] = {}
    for draft in drafts:
        for name in draft.lead:
            if bodies.is_group(name):
                found.setdefault(bodies.group_key(name), []).append((name, draft))
    return found


def reread(draft: TaskDraft, context: Context) -> tuple[TaskDraft, list[Doubt]]:
    """A draft with its times read anew, on what is known of the document by now, and the doubts about them."""
    read = times.read(draft.timing, draft.product, replace(context, head=draft.time_head))
    milestones = tuple(_of_parts(read.milestones, len(draft.parts)))
    doubts = [Doubt(draft.code, "time", draft.place, each.words, time=each) for each in read.doubts]
    return replace(draft, milestones=milestones), doubts
