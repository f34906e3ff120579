"""What an officer owes: the list, and one task in full."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot import reference
from bot.reading import contributions, long_list
from bot.reading.long_list import Asked, Entry
from bot.turn import Turn
from bot.which import scope
from plan.model import Kind, Plan, Task
from plan.people import Role
from plan.status import ANSWERED, SET_ASIDE, WAITING, State
from progress.choose import in_order
from progress.items import Item, buttons_of, code_of, day_beside, item_of, label, period, when
from progress.open_work import counted
from progress.standing_words import in_words as standing_in_words
from reports.story import dates_explained
from store import assignees, obligations, people
from store.tables import Obligation
from words import codes
from words.codes import fold
from words.render import clip

TITLE, MILESTONE = 60, 40
# So many occurrences of a milestone stand together.
DATES = 6
# Folded, as people type them.
WEEK = frozenset({"tuan", "tuan nay", "trong tuan", "week", "this week"})
THIS_MONTH = frozenset({"thang", "thang nay", "trong thang", "month", "this month"})
ALL = frozenset({"tat ca", "tatca", "het", "all"})
MONTH = re.compile(r"(?:thang|month) (0?[1-9]|1[0-2])")


def tasks(turn: Turn, rest: str) -> None:
    """/tasks: everything open, what is late and what was returned first; /tasks week, month, "tháng 3": what falls due
    in it; /tasks all."""
    asked = long_list.read("viec", rest)
    wish = fold(asked.words).strip(" .")
    rows = in_order(turn.office, obligations.of_agencies(turn.session, turn.agencies), turn.now)
    items = [item for row in rows if (item := item_of(turn.office, row))]
    today = turn.office.today(turn.now)
    if wish in ALL:
        heading = turn.text("tasks.heading_all", today=today, agencies=_agencies(turn))
        _show_list(turn, asked, items, heading, _answered(turn))
        return
    if (span := _span(turn, wish, today)) is not None:
        name, last = span
        near = [item for item in items if item.row.due and turn.office.calendar.anchor(item.row.due) <= last]
        heading = turn.text("tasks.heading_span", span=name, last=last, agencies=_agencies(turn))
        _show_list(turn, asked, near, heading, none=turn.text("tasks.none_in_span", span=name, last=last))
        return
    work = counted(turn.office, items, today)
    heading = turn.text(
        "tasks.heading",
        today=today,
        agencies=_agencies(turn),
        count=work.unfinished,
        late=work.late,
        lasting=work.lasting,
    )
    _show_list(turn, asked, work.items, heading)


def _span(turn: Turn, wish: str, today: date) -> tuple[str, date] | None:
    """The name and the last day of a week or a month that was typed; a month that has passed is next year's."""
    if wish in WEEK:
        return turn.text("tasks.week"), today + timedelta(days=6 - today.weekday())
    match = MONTH.fullmatch(wish)
    if wish not in THIS_MONTH and match is None:
        return None
    month = int(match[1]) if match else today.month
    year = today.year + (month < today.month)
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return turn.text("tasks.month", month=month, year=year), first_after - timedelta(days=1)


def _answered(turn: Turn) -> list[str]:
    """What was reported already: what waits with its state, the rest by its codes."""
    rows = obligations.of_agencies(turn.session, turn.agencies, states=ANSWERED)
    waiting = [row for row in rows if row.state in WAITING]
    finished = [code_of(turn.office, row) for row in rows if row.state == State.DONE]
    lines = [
        turn.text(
            "detail.standing",
            agency=turn.office.agency_short(row.agency_id),
            label=code_of(turn.office, row),
            state=standing_in_words(turn.session, turn.office, row, turn.now),
        )
        for row in waiting
    ]
    parts = ["\n".join((turn.text("tasks.waiting"), *lines))] if lines else []
    if finished:
        shown = list(dict.fromkeys(finished))
        parts.append(turn.text("tasks.finished", count=len(finished), tasks=shown))
    return parts


def _show_list(
    turn: Turn, asked: Asked, items: Sequence[Item], heading: str, more: Sequence[str] = (), *, none: str = ""
) -> None:
    if not items and not more:
        turn.answer(none or turn.text("tasks.none"))
        return
    groups: dict[str, list[Item]] = {
        "late": [],
        "returned": [],
        "signing": [],
        "dated": [],
        "ongoing": [],
        "undated": [],
    }
    for item in items:
        groups[_group(turn, item)].append(item)
    entries = [Entry(_line(turn, item), turn.text(f"tasks.{name}")) for name, found in groups.items() for item in found]
    entries += [Entry(each) for each in more]
    long_list.show(turn, asked, entries, heading=heading, footer=[turn.text("tasks.footer")])


def _group(turn: Turn, item: Item) -> str:
    if item.row.signing is not None:
        return "signing"
    found = turn.office.lateness(item.row, turn.office.today(turn.now))
    if found.is_late or found.is_returned:
        return "late" if found.is_late else "returned"
    if item.row.due is not None:
        return "dated"
    return "ongoing" if item.milestone.kind is Kind.ONGOING else "undated"


def _line(turn: Turn, item: Item) -> str:
    office, today = turn.office, turn.office.today(turn.now)
    several = len(item.task.milestones) > 1
    return turn.text(
        "tasks.line",
        code=label(item),
        period=period(turn.office, item.row.occurrence) if item.row.occurrence else "",
        agency=turn.office.agency_short(item.row.agency_id) if len(turn.agencies) > 1 else "",
        when=when(office, item, today),
        due=day_beside(office, item, today),
        title=item.task.short(TITLE),
        milestone=clip(item.milestone.printed, MILESTONE) if several else "",
        returned=clip(item.row.returned, TITLE),
    )


def _agencies(turn: Turn) -> str:
    return ", ".join(turn.office.agency_name(agency) for agency in turn.agencies)


def detail(turn: Turn, rest: str) -> None:
    """/detail 2b: the task as printed, its dates, and where the person's agencies stand."""
    asked = long_list.read("chitiet", rest)
    meant = reference.read(turn.office, asked.words)
    if meant.code is None:
        near = reference.near_codes(turn.office, meant.wanted)
        turn.answer(turn.text("ending.unknown", wanted=meant.wanted, tasks=near) if near else turn.text("detail.ask"))
        return
    plan = scope.plan_or_ask(turn, "detail", replace(meant, text=meant.code))
    if plan is not None:
        _show(turn, asked, plan, plan.task(meant.code))


def _show(turn: Turn, asked: Asked, plan: Plan, task: Task) -> None:
    """What is to be done, where it stands and who owes it on the first page, the printed rest behind them."""
    office, text = turn.office, turn.text
    section = next((each.title for each in plan.sections if each.id == task.section), plan.name)
    states = (State.OPEN, *ANSWERED, *SET_ASIDE)
    rows = [
        row
        for row in obligations.of_agencies(turn.session, turn.agencies, states=states, task=task.code)
        if row.plan_id == plan.id
    ]
    bodies = (
        text("detail.lead", names=task.lead_printed) if task.lead_printed else "",
        text("detail.coordinating", names=task.coordinating_printed) if task.coordinating_printed else "",
    )
    reads = rows or contributions.may_read(turn, plan, task)
    parts = [
        text("detail.title", title=task.title),
        *_standings(turn, plan, task, rows),
        *_assignees(turn, rows),
        *(contributions.lines(turn, plan.id, task.code) if reads else ()),
        text("detail.more", code=codes.typeable(task.code)),
        "\n".join(filter(None, bodies)),
        text("detail.product", product=task.product) if task.product else "",
        text("detail.timing", timing=task.timing) if task.timing else "",
    ]
    if Role.ADMIN in turn.roles:
        parts += [text("detail.question", text=question.text) for question in task.questions]
    open_items = [item for row in rows if row.state == State.OPEN and (item := item_of(office, row))]
    long_list.show(
        turn,
        asked,
        [Entry(part) for part in parts if part],
        heading=text("detail.heading", code=task.code, assigned=task.code_assigned, section=clip(section, TITLE)),
        buttons=buttons_of(office, open_items, office.today(turn.now)) if open_items else (),
    )


def _assignees(turn: Turn, rows: Sequence[Obligation]) -> Iterator[str]:
    """Who carries the task out in each of the person's agencies, where somebody was named."""
    for key in dict.fromkeys(assignees.key_of(row) for row in rows):
        found = assignees.of(turn.session, key)
        person = people.get(turn.session, found.person_id or 0) if found is not None else None
        if person is not None:
            agency = turn.office.agency_short(key.agency) if len(turn.agencies) > 1 else ""
            yield turn.text("detail.assignee", agency=agency, person=people.mentioned(person))


def _standings(turn: Turn, plan: Plan, task: Task, rows: Sequence[Obligation]) -> Iterable[str]:
    """The dates of each milestone with where the person's agencies stand, in pieces of a few lines."""
    for dates in dates_explained.dates(turn.office, plan, task, rows):
        lines = ["\n".join([line, *(each for row in own for each in _standing(turn, row))]) for line, own in dates]
        yield from ("\n".join(lines[i : i + DATES]) for i in range(0, len(lines), DATES))


def _standing(turn: Turn, row: Obligation) -> Iterable[str]:
    if date_of_its_own := dates_explained.own_date(turn.office, row):
        yield date_of_its_own
    agency = turn.office.agency_short(row.agency_id)
    code = code_of(turn.office, row)
    state = standing_in_words(turn.session, turn.office, row, turn.now)
    yield turn.text("detail.standing", agency=agency, label=code, state=state)
