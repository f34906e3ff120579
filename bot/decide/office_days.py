"""/dayoff and /workday: single days that an admin lays over the office's calendar, and what moves with them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from bot.decide import two_steps
from bot.questions.decisions import OfficeDay as Decided
from bot.questions.wishes import OfficeDayWish
from bot.turn import Turn
from plan.people import Role
from plan.status import State
from plan.workdays import Calendar
from progress.items import label
from progress.shifts import Shift, shifts
from store import audit, current_office, day_changes, obligations, people
from store.tables import OfficeDay
from words.codes import fold
from words.dates import read_day
from words.render import clip

SHOWN = 10
NAME = 60
Verb = Literal["dayoff", "workday"]
KINDS: Mapping[Verb, str] = {"dayoff": "off", "workday": "work"}
UNDO = frozenset({"xoa", "huy", "undo", "remove"})


def dayoff(turn: Turn, rest: str) -> None:
    """/ngaynghi 10/02/2020 lý do; /ngaynghi xoa 10/02/2020."""
    two_steps.in_two_steps(turn, "dayoff", rest, lambda turn, rest: _show(turn, "dayoff", rest), Decided, _do)


def workday(turn: Turn, rest: str) -> None:
    """/ngaylam 15/02/2020 lý do; /ngaylam xoa 15/02/2020."""
    two_steps.in_two_steps(turn, "workday", rest, lambda turn, rest: _show(turn, "workday", rest), Decided, _do)


def _show(turn: Turn, verb: Verb, rest: str) -> None:
    first, _, others = rest.strip().partition(" ")
    undo = fold(first) in UNDO
    typed, _, reason = (others if undo else rest.strip()).strip().partition(" ")
    day = read_day(typed, turn.office.today(turn.now))
    if day is None:
        turn.answer(turn.text("day_off.how"))
    else:
        weigh(turn, OfficeDayWish(verb=verb, day=day, undo=undo), reason)


def weigh(turn: Turn, wish: OfficeDayWish, basis: str) -> None:
    """Shows what would move with the day, or asks for its basis; what cannot be done is said."""
    day, undo, kind = wish.day, wish.undo, KINDS[wish.verb]
    reason, today = two_steps.basis_in(basis), turn.office.today(turn.now)
    if day < today:
        turn.answer(turn.text("dating.past", due=day))
    elif undo and (day not in (rows := current_office.days(turn.session)) or rows[day].kind != kind):
        turn.answer(turn.text("day_off.not_set", day=day))
    elif not undo and turn.office.calendar.is_working(day) is (kind == "work"):
        turn.answer(turn.text("day_off.already", day=day, kind=kind))
    elif not undo and not reason:
        two_steps.ask_basis(turn, wish)
    else:
        told = "undone" if undo else kind
        found = _found(turn, _after(turn, day, kind, reason, undo=undo))
        text = turn.text(
            Decided.shows,
            kind=told,
            day=day,
            name=reason,
            count=len(found),
            steps=sum(each.steps for each in found),
            items=_lines(turn, found),
            more=max(0, len(_groups(found)) - SHOWN),
        )
        two_steps.propose(turn, Decided(verb=wish.verb, day=day, kind=kind, reason=reason, undo=undo), text)


def _after(turn: Turn, day: date, kind: str, reason: str, *, undo: bool) -> Calendar:
    """The calendar as it would be."""
    rows = dict(current_office.days(turn.session))
    rows.pop(day, None)
    if not undo:
        rows[day] = OfficeDay(day=day, kind=kind, name=clip(reason, NAME), basis=reason, set_at=turn.now)
    return current_office.calendar_with(turn.office.files_calendar or turn.office.calendar, rows)


def _found(turn: Turn, after: Calendar) -> list[Shift]:
    rows = obligations.all_of(turn.session, states=(State.OPEN,))
    return shifts(turn.office, rows, after, turn.office.today(turn.now))


def _groups(found: Sequence[Shift]) -> list[list[Shift]]:
    """Those that move alike are one line: 23 agencies owe the same 2b."""
    groups: dict[tuple[Any, ...], list[Shift]] = {}
    for each in found:
        if each.before != each.after:
            key = (each.item.row.plan_id, each.item.milestone.id, each.before, each.after)
            groups.setdefault(key, []).append(each)
    return list(groups.values())


def _lines(turn: Turn, found: Sequence[Shift]) -> list[str]:
    return [
        turn.text(
            "day_off.line",
            code=label(group[0].item),
            count=len(group),
            anchor=group[0].before.anchor,
            new_anchor=group[0].after.anchor,
            late_after=group[0].before.late_after,
            new_late_after=group[0].after.late_after,
        )
        for group in _groups(found)[:SHOWN]
    ]


def _do(turn: Turn, shown: Decided) -> None:
    day, kind, reason, undo = shown.day, shown.kind, shown.reason, shown.undo
    after = _after(turn, day, kind, reason, undo=undo)
    found = _found(turn, after)
    if undo:
        row = current_office.undo_day(turn.session, day, turn.now)
        name = row.name if row is not None else clip(reason, NAME)
    else:
        name = clip(reason, NAME)
        set_by = turn.person_id
        current_office.set_day(
            turn.session, OfficeDay(day=day, kind=kind, name=name, basis=reason, set_by=set_by, set_at=turn.now)
        )
    current_office.changed(turn.session)
    told = "undone" if undo else kind
    entry = audit.record(
        turn.session,
        f"day.{told}",
        f"day:{day.isoformat()}",
        turn.now,
        via=turn.via,
        actor=turn.person_id,
        basis=reason,
    )
    # The days of reports are counted back from a day off, and written into their rows.
    for plan in turn.office.plans.values():
        if not current_office.is_assigned(plan.id):
            obligations.sync(turn.session, plan, after, turn.now, turn.office.today(turn.now))
    concerned = {each.item.row.agency_id for each in found}
    officers = {
        person.id
        for person, _, membership in people.reachable(turn.session, Role.OFFICER)
        if membership.agency_id in concerned and person.id is not None
    }
    for person_id in sorted(officers):
        day_changes.note(turn.session, entry.id, person_id, day, told, name, turn.now)
    turn.answer(
        turn.text(
            "day_off.done",
            kind=told,
            day=day,
            count=len(found),
            steps=sum(each.steps for each in found),
            people=len(officers),
        )
    )
