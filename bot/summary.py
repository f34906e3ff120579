"""/summary and /overdue: what leaders read in the group, in words and as a picture."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.scope import plan_name, split_plan, which_plan
from bot.turn import Turn
from progress.items import period
from reports.summary import Box, Figures, Line, Summary, build, section_key
from words import codes
from words.render import clip

LONGEST = 5
BESIDE = (Box.SUSPENDED, Box.TRANSFERRED, Box.ENDED, Box.EXCUSED, Box.WAITING, Box.UNPROVEN, Box.FLAGGED)
DONE = (Box.DONE_IN_TIME, Box.DONE_LATE)
TITLE, SECTION = 90, 34


def summary(turn: Turn, rest: str) -> None:
    """/summary, or /summary 2b for one task."""
    if rest:
        _one_task(turn, rest)
        return
    figures = build(turn.session, turn.office, turn.now)
    turn.answer(*words(turn, figures))
    turn.answer(
        turn.text("summary.picture", plans=figures.plan_names, as_of=figures.as_of),
        picture=f"matrix@{figures.as_of.isoformat()}",
    )


def words(turn: Turn, figures: Summary) -> list[str]:
    """The summary's pieces: the boxes, what stands apart, sections, agencies, the longest overdue."""
    text, dated = turn.text, figures.dated
    return [
        text("summary.heading", plans=figures.plan_names, as_of=figures.as_of, total=dated.total, tasks=figures.tasks),
        text(
            "summary.fallen",
            fallen=dated.fallen,
            fallen_done=dated.fallen_done,
            overdue=dated[Box.OVERDUE],
            rate=dated.rate,
        )
        + "\n"
        + text(
            "summary.boxes",
            in_time=dated[Box.DONE_IN_TIME],
            late=dated[Box.DONE_LATE],
            open=dated.open,
            near=dated[Box.NEAR],
            overdue=dated[Box.OVERDUE],
        ),
        text(
            "summary.apart",
            ongoing=figures.ongoing_tasks,
            undated=figures.undated_tasks,
            unconfirmed=figures.unconfirmed_tasks,
            closed=dated[Box.CLOSED],
            **{box: dated[box] for box in BESIDE},
            periodic=figures.periodic.total,
            periodic_done=figures.periodic.done,
            periodic_overdue=figures.periodic[Box.OVERDUE],
        ),
        _longest(turn, figures),
        _near(turn, figures),
        text("summary.sections", rows=_rows(_section_names(turn, figures))),
        text("summary.agencies", rows=_rows(_agency_names(turn, figures))),
    ]


def _rows(named: Mapping[str, Figures]) -> list[tuple[str, int, int, int]]:
    return [(name, each.done, each.total, each[Box.OVERDUE]) for name, each in named.items()]


def _section_names(turn: Turn, figures: Summary) -> dict[str, Figures]:
    found = {}
    for plan in turn.office.plans.values():
        for section in plan.sections:
            key = section_key(turn.office, plan.id, section.id)
            if key in figures.sections:
                name = f"{section.id}. {clip(section.title, SECTION)}"
                found[name if key == section.id else f"{plan_name(plan)} – {name}"] = figures.sections[key]
    return found


def _agency_names(turn: Turn, figures: Summary) -> dict[str, Figures]:
    """The agencies in the order of the plan."""
    ids = turn.office.in_order(figures.agencies)
    return {turn.office.agency_short(agency): figures.agencies[agency] for agency in ids}


def _longest(turn: Turn, figures: Summary) -> str:
    groups = _grouped(figures.overdue)
    if not groups:
        return turn.text("summary.no_overdue")
    lines = [_group_line(turn, group, "summary.group") for group in groups[:LONGEST]]
    more = len(figures.overdue) - sum(len(group) for group in groups[:LONGEST])
    if more > 0:
        lines.append(turn.text("summary.more_overdue", count=more))
    return "\n".join([turn.text("summary.overdue"), *lines])


def _near(turn: Turn, figures: Summary) -> str:
    """What comes due next, with how many of its agencies have done it."""
    groups = _grouped([line for line in figures.lines if line.box is Box.NEAR])
    if not groups:
        return ""
    lines = []
    for group in sorted(groups, key=lambda group: group[0].due or date.max):
        first = group[0]
        same = [line for line in figures.lines if _identity(line) == _identity(first)]
        done = sum(1 for line in same if line.box in DONE)
        lines.append(
            turn.text(
                "summary.near_line",
                code=_code(first),
                period=period(turn.office, first.occurrence) if first.occurrence else "",
                done=done,
                total=len(same),
                days=first.days,
                due=first.due,
            )
        )
    return "\n".join([turn.text("summary.near"), *lines])


def _identity(line: Line) -> tuple[str, str, str, date | None]:
    return (line.plan, line.milestone, line.occurrence, line.due)


def _code(line: Line) -> str:
    number = int(line.milestone.rpartition(".")[2])
    return line.task if number == 1 else f"{line.task}.{number}"


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one milestone and date together, in their order: 22 agencies late with 2b are one thing to read."""
    groups: dict[tuple[str, str, str, date | None], list[Line]] = {}
    for line in lines:
        groups.setdefault(_identity(line), []).append(line)
    return list(groups.values())


def _group_line(turn: Turn, group: Sequence[Line], key: str) -> str:
    line = group[0]
    short = turn.office.agency_short
    return turn.text(
        key,
        code=_code(line),
        period=period(turn.office, line.occurrence) if line.occurrence else "",
        agencies=[short(each.agency) for each in group],
        days=-(line.days or 0),
        due=line.due,
        blocked=[(short(each.agency), each.standing.blocked) for each in group if each.standing.blocked],
    )


def overdue(turn: Turn, _rest: str) -> None:
    """/overdue: everything that is late, oldest first, no agency left out."""
    figures = build(turn.session, turn.office, turn.now)
    if not figures.overdue:
        turn.answer(turn.text("overdue.none", as_of=figures.as_of))
        return
    parts = [_group_line(turn, group, "overdue.group") for group in _grouped(figures.overdue)]
    turn.answer(turn.text("overdue.heading", as_of=figures.as_of, count=len(figures.overdue)), *parts)


def _one_task(turn: Turn, rest: str) -> None:
    """/summary 2b: each of its milestones, how many agencies have done it, and the agencies by state."""
    chosen, rest = split_plan(rest)
    typed = codes.read(rest, turn.office.codes())
    if typed.code is None:
        turn.answer(turn.text("summary.unknown", wanted=rest))
        return
    plan = which_plan(turn, "summary", typed.code, chosen, typed.code)
    if plan is None:
        return
    figures = build(turn.session, turn.office, turn.now, task=typed.code)
    groups = _grouped([line for line in figures.lines if line.plan == plan.id])
    heading = turn.text("summary.task", code=typed.code, title=plan.task(typed.code).short(TITLE))
    turn.answer(heading, *(_milestone(turn, group) for group in _current(groups)))


def _current(groups: Sequence[list[Line]]) -> list[list[Line]]:
    """Of a milestone that recurs the first occurrence that is not complete, or the last."""
    chosen: dict[str, list[Line]] = {}
    for group in groups:
        before = chosen.get(group[0].milestone)
        if before is None or all(line.box in DONE for line in before):
            chosen[group[0].milestone] = group
    return list(chosen.values())


def _milestone(turn: Turn, group: Sequence[Line]) -> str:
    states: dict[str, list[str]] = {}
    for line in sorted(group, key=lambda line: (line.box in DONE, line.days or 0)):
        state = turn.text(f"box.{line.box}", days=abs(line.days or 0))
        states.setdefault(state, []).append(turn.office.agency_short(line.agency))
    first = group[0]
    _, milestone = turn.office.milestone(first.plan, first.milestone)
    return turn.text(
        "summary.milestone",
        code=_code(first),
        printed=period(turn.office, first.occurrence) if first.occurrence else clip(milestone.printed, TITLE),
        done=sum(1 for line in group if line.box in DONE),
        total=len(group),
        states=states.items(),
    )
