"""What somebody reads once linked: the year's work of their agency, and how they will hear of it."""

from collections import Counter

from bot.people import papers
from bot.turn import Turn
from plan.people import Role
from plan.status import State
from progress.items import Item, item_of, label
from progress.open_work import counted, in_words
from store import obligations

NEXT = 3
TITLE = 70


def welcome(turn: Turn, role: Role, agency_id: str) -> list[str]:
    """The pieces that fit a role: an officer's and a head's agency, an admin's whole plan, what a leader can read."""
    if role is Role.LEADER:
        return [turn.text("start.welcome_leader")]
    if role is Role.ADMIN:
        return [_whole_plan(turn), turn.text("start.welcome_admin")]
    rows = obligations.of_agencies(turn.session, [agency_id], states=(State.OPEN,))
    items = [item for row in rows if (item := item_of(turn.office, row))]
    work = counted(turn.office, items, turn.office.today(turn.now))
    return [
        turn.text("start.welcome_officer", open_count=in_words(turn.office, work)),
        _year(turn, items),
        _how(turn, role),
        papers.before(turn),
    ]


def _year(turn: Turn, items: list[Item]) -> str:
    """How many deadlines each month has, and the next three."""
    today = turn.office.today(turn.now)
    dated = sorted((item.row.due, item.row.id or 0, item) for item in items if item.row.due is not None)
    if not dated:
        return ""
    months = Counter(due.replace(day=1) for due, _, _ in dated)
    coming = [each for each in dated if not turn.office.calendar.has_passed(each[0], today)]
    return turn.text(
        "start.year",
        months=[(f"{first:%m/%Y}", count) for first, count in sorted(months.items())],
        coming=[(label(item), due, item.task.short(TITLE)) for due, _, item in coming[:NEXT]],
        late=sum(turn.office.lateness(item.row, today).is_late for _, _, item in dated),
    )


def _how(turn: Turn, role: Role) -> str:
    office = turn.office
    return turn.text(
        "start.how_head" if role is Role.HEAD else "start.how_officer",
        ladder=[str(step) for step in office.ladder if step],
        on_the_day=0 in office.ladder,
        at=f"{office.windows[0][0]:%H:%M}",
    )


def _whole_plan(turn: Turn) -> str:
    if not turn.office.plans:
        return turn.text("plan_import.no_plan")
    rows = obligations.all_of(turn.session, states=(State.OPEN,))
    return turn.text(
        "start.plan",
        plans=[plan.name for plan in turn.office.plans.values()],
        tasks=sum(len(plan.tasks) for plan in turn.office.plans.values()),
        count=sum(1 for row in rows if row.due is not None),
        agencies=len(turn.office.owing()),
    )
