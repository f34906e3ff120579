"""/summary and /overdue: what leaders read in the group, in words and as a picture."""

from bot.turn import Turn
from reports.scope import about, agencies_of
from reports.summary import build
from reports.told import TITLE, current, group_line, grouped, messages, milestone_words
from store import people
from words import codes


def scope_here(turn: Turn) -> tuple[str, ...]:
    """What this chat is about: the scope that its group was bound to, nothing for the whole office."""
    group = people.group(turn.session, turn.incoming.channel, turn.incoming.chat)
    return tuple(group.scope) if group else ()


def summary(turn: Turn, rest: str) -> None:
    """/summary, or /summary 2b for one task."""
    if rest:
        _one_task(turn, rest)
        return
    scope = scope_here(turn)
    figures = build(turn.session, turn.office, turn.now, agencies=agencies_of(turn.office, scope))
    for message in messages(turn.office, figures, about=about(turn.office, scope)):
        turn.post(message)


def overdue(turn: Turn, _rest: str) -> None:
    """/overdue: everything that is late, oldest first, no agency left out."""
    scope = scope_here(turn)
    figures = build(turn.session, turn.office, turn.now, agencies=agencies_of(turn.office, scope))
    of = about(turn.office, scope)
    if not figures.overdue:
        turn.answer(turn.text("overdue.none", as_of=figures.as_of, about=of))
        return
    parts = [group_line(turn.office, group, "overdue.group") for group in grouped(figures.overdue)]
    turn.answer(turn.text("overdue.heading", as_of=figures.as_of, count=len(figures.overdue), about=of), *parts)


def _one_task(turn: Turn, rest: str) -> None:
    """/summary 2b: each of its milestones, how many agencies have done it, and the agencies by state."""
    typed = codes.read(rest, turn.office.codes())
    if typed.code is None:
        turn.answer(turn.text("summary.unknown", wanted=rest))
        return
    figures = build(
        turn.session, turn.office, turn.now, task=typed.code, agencies=agencies_of(turn.office, scope_here(turn))
    )
    for plan in turn.office.plans.values():
        for task in plan.all_tasks:
            if task.code == typed.code:
                groups = grouped([line for line in figures.lines if line.plan == plan.id])
                heading = turn.text("summary.task", code=task.code, title=task.short(TITLE))
                turn.answer(heading, *(milestone_words(turn.office, group) for group in current(groups)))
