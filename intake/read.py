"""An office's own document as a Draft: gate, lines and cells, head, blocks, tasks, times, doubts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from intake import codes, doubts, gate, grid, inline, letterhead, names, outline, tasks
from intake.articles import found as articles
from intake.collected import Collected
from intake.draft import Doubt, Draft, Head, LeftOut, Place, Revision, SectionDraft
from intake.errors import RefusedError
from intake.letterhead import Found
from intake.letters import plain
from intake.lines import lines_of, whole
from intake.own_sheet import found as own_sheet
from intake.roles import Role
from intake.source import Line, Source, Table
from intake.times import Context

YEAR = re.compile(r"\b20\d\d\b")


def read(data: bytes) -> Draft:
    """Reads a document of any kind that the gate lets in; raises RefusedError.

    Pure: nothing is computed, followed, fetched or written, and no clock is read.
    """
    return draft_of(gate.source(data))


def draft_of(source: Source) -> Draft:
    """The draft of a source; raises RefusedError where nothing in it is a task or a duty, or changes one."""
    if (sheet := own_sheet.found(source)) is not None:
        return Draft(Head(), revision=Revision(sheet))
    items, left_out = whole(_laid_out(source.items))
    begins = _begin(items)
    found = letterhead.read([item for item in items[:begins] if isinstance(item, Line)])
    lines = [item for item in items if isinstance(item, Line)]
    if (amending := articles.found(lines, found.head, draft_of)) is not None:
        return amending
    collected = Collected(left_out=[*left_out, *found.left_out])
    inline.collect(outline.tree(items[begins:]), collected)
    if not collected.tasks and not collected.duties:
        raise RefusedError("no_tasks")
    collected.left_out += [LeftOut(each.place, each.text, "aside") for each in source.aside if each.text]
    return replace(_draft(source, found, collected), revision=_amended(lines, found.head))


def _amended(lines: Sequence[Line], head: Head) -> Revision | None:
    """Whose plan a whole plan anew says it amends; None where it says nothing of it."""
    numbers = articles.cited(lines, head) if articles.AMENDS.search(plain(head.title or "")) else ()
    return Revision(numbers=numbers) if numbers else None


def _laid_out(items: Sequence[Line | Table]) -> list[Line | Table]:
    """The items with every table that only lays out its page taken apart into lines."""
    found: list[Line | Table] = []
    for item in items:
        if not isinstance(item, Table):
            found.append(item)
        elif not grid.is_plan(item, found):
            found += lines_of(item)
        else:
            above, plan = grid.parted(item)
            found += [*lines_of(above), plan]
    return found


def _begin(items: Sequence[Line | Table]) -> int:
    """Where the head ends and the plan begins."""
    recipients = False
    for at, item in enumerate(items):
        if isinstance(item, Table):
            return at
        recipients = plain(item.text).startswith("noi nhan") or (recipients and item.text.startswith("-"))
        if outline.begins_plan(item, recipients=recipients):
            return at
    return len(items)


def _draft(source: Source, found: Found, collected: Collected) -> Draft:
    used = list(dict.fromkeys(task.section for task in collected.tasks if task.section in collected.headings))
    ids = codes.section_ids(used)
    for key, heading in collected.headings.items():
        if key not in ids:
            collected.leave_out(heading.line, "heading")
    if found.year is None and found.span is None:
        found.year = _year_of(collected)
    context = Context(found.day, found.year)
    assigned = codes.assign(collected.tasks, ids)
    pairs = [
        tasks.drafted(task, code, ids.get(task.section, task.section[1]), context)
        for task, code in zip(collected.tasks, assigned, strict=True)
    ]
    owed = [tasks.drafted_duty(duty, context) for duty in collected.duties]
    drafts = [draft for draft, _ in pairs]
    asked: list[Doubt] = [doubt for _, each in (*pairs, *owed) for doubt in each]
    all_drafts = [*drafts, *(draft for draft, _ in owed)]
    everybody, filled = names.named(all_drafts, names.explained(source))
    return Draft(
        head=found.head,
        sections=tuple(SectionDraft(ids[key], collected.headings[key].title) for key in used),
        tasks=tuple(drafts),
        duties=tuple(draft for draft, _ in owed),
        bodies=everybody,
        filled_in=(*found.filled, *filled),
        left_out=tuple(collected.left_out),
        doubts=doubts.together(
            [
                *doubts.of_head(found, Place()),
                *doubts.of_groups(all_drafts),
                *asked,
                *doubts.of_collected(collected, drafts),
            ]
        ),
    )


def _year_of(collected: Collected) -> int | None:
    """The plan's year where its head does not say it and every printed time that names one names the same."""
    years = {year for task in collected.tasks for year in YEAR.findall(task.value(Role.TIME))}
    return int(years.pop()) if len(years) == 1 else None
