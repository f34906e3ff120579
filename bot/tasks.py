"""What an officer owes: the list, and one task in full."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.turn import Turn
from plan.model import Kind, Task
from plan.people import Role
from plan.reminders import days_left
from plan.status import ANSWERED, SET_ASIDE, State
from progress import product
from progress.choose import in_order
from progress.confirmation import files_in_words
from progress.items import Item, buttons_of, item_of, label, period, when
from store import obligations, submissions
from store.tables import Obligation
from words import codes
from words.message import say

TITLE = 80


def tasks(turn: Turn, _rest: str) -> None:
    """/tasks: everything open, late first."""
    rows = obligations.of_agencies(turn.session, turn.agencies)
    items = _next_of_each(item for row in in_order(turn.office, rows, turn.now) if (item := item_of(turn.office, row)))
    if not items:
        turn.answer(turn.text("tasks.none"))
        return
    today = turn.office.today(turn.now)
    groups: dict[str, list[Item]] = {"late": [], "dated": [], "ongoing": [], "undated": []}
    for item in items:
        groups[_group(turn, item)].append(item)
    parts = [turn.text("tasks.heading", today=today, agencies=_agencies(turn))]
    for name, found in groups.items():
        if found:
            first, *rest = [_line(turn, item) for item in found]
            parts += [f"{turn.text(f'tasks.{name}')}\n{first}", *rest]
    turn.answer(*parts, turn.text("tasks.footer"))


def _next_of_each(items: Iterable[Item]) -> list[Item]:
    """Of a duty that recurs only the next occurrence: the others are far away and fill a small screen."""
    first: dict[tuple[str, str, str], Item] = {}
    for item in items:
        first.setdefault((item.row.plan_id, item.row.milestone, item.row.agency_id), item)
    return sorted(first.values(), key=lambda item: item.row.due or date.max)


def _group(turn: Turn, item: Item) -> str:
    if item.row.due is not None:
        return "late" if days_left(item.row.due, turn.office.calendar, turn.office.today(turn.now)) < 0 else "dated"
    return "ongoing" if item.milestone.kind is Kind.ONGOING else "undated"


def _line(turn: Turn, item: Item) -> str:
    return turn.text(
        "tasks.line",
        code=label(item),
        period=period(turn.office, item.row.occurrence) if item.row.occurrence else "",
        agency=turn.office.agency_short(item.row.agency_id) if len(turn.agencies) > 1 else "",
        when=when(turn.office, item, turn.office.today(turn.now)),
        due=item.row.due,
        title=item.task.short(TITLE),
    )


def _agencies(turn: Turn) -> str:
    return ", ".join(turn.office.agency_name(agency) for agency in turn.agencies)


def detail(turn: Turn, rest: str) -> None:
    """/detail 2b: the task as printed, its dates, and where the person's agencies stand."""
    typed = codes.read(rest, turn.office.codes())
    if typed.code is None:
        known = sorted(turn.office.codes(), key=codes.sort_key)
        near = list(codes.nearest(codes.normalise(typed.wanted).lower(), known)) if typed.wanted else []
        turn.answer(
            turn.text("ask.unknown", wanted=typed.wanted, tasks=near, files="") if near else turn.text("detail.ask")
        )
        return
    for plan in turn.office.plans.values():
        for task in plan.all_tasks:
            if task.code == typed.code:
                _show(turn, plan.id, task)


def _show(turn: Turn, plan_id: str, task: Task) -> None:
    office, text = turn.office, turn.text
    plan = office.plans[plan_id]
    section = next((each.title for each in plan.sections if each.id == task.section), plan.name)
    parts = [
        text("detail.heading", code=task.code, assigned=task.code_assigned, section=section),
        text("detail.title", title=task.title),
        "\n".join(
            filter(
                None,
                (
                    text("detail.lead", names=task.lead_printed) if task.lead_printed else "",
                    text("detail.coordinating", names=task.coordinating_printed) if task.coordinating_printed else "",
                ),
            )
        ),
        text("detail.product", product=task.product) if task.product else "",
        text("detail.timing", timing=task.timing) if task.timing else "",
    ]
    rows = [
        row
        for row in obligations.of_agencies(
            turn.session, turn.agencies, states=(State.OPEN, *ANSWERED, *SET_ASIDE), task=task.code
        )
        if row.plan_id == plan_id
    ]
    parts += _standings(turn, rows)
    if Role.ADMIN in turn.roles:
        parts += [text("detail.question", text=question.text) for question in task.questions]
    open_items = [item for row in rows if row.state == State.OPEN and (item := item_of(office, row))]
    turn.post(say(*parts, buttons=buttons_of(office, open_items) if open_items else ()))


def _standings(turn: Turn, rows: Sequence[Obligation]) -> Iterable[str]:
    for row in rows:
        item = item_of(turn.office, row)
        if item is None:
            continue
        calendar = turn.office.calendar
        milestone = turn.text(
            "detail.milestone",
            label=label(item),
            printed=item.milestone.printed,
            due=row.due,
            anchor=calendar.anchor(row.due) if row.due else None,
            late_after=calendar.late_after(row.due) if row.due else None,
        )
        agency = turn.office.agency_short(row.agency_id)
        yield (
            milestone
            + "\n"
            + turn.text("detail.standing", agency=agency, label=label(item), state=state_in_words(turn, row))
        )


def state_in_words(turn: Turn, row: Obligation) -> str:
    """Where an obligation stands, with progress, trouble and evidence."""
    words = turn.text(f"state.{row.state}", at=row.done_at)
    if row.state == State.OPEN and row.progress:
        words += turn.text("state.progress", note=row.progress)
    if row.state == State.OPEN and row.blocked:
        words += turn.text("state.blocked", note=row.blocked)
    if row.state == State.OPEN and row.returned:
        words += turn.text("state.returned", note=row.returned)
    submission = submissions.standing_of(turn.session, row.id or 0)
    if submission is not None and submission.nothing_arose and row.state in ANSWERED:
        words += turn.text("nothing.state")
    if submission is not None and (document := product.in_words(turn.office, submission)):
        words += turn.text("product.state", document=document)
    files = submissions.files_of(turn.session, submission.id or 0) if submission is not None else []
    if named := files_in_words(turn.office, files):
        words += turn.text("state.files", files=named)
    return words
