"""/dayoff and /workday: single days that an admin lays over the office's calendar, and what moves with them."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.carry_out import carry_out, scene_of
from bot.decide import two_steps
from bot.questions.decisions import OfficeDay as Decided
from bot.questions.wishes import OfficeDayWish
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts.decisions import SetOfficeDay
from progress.acts.office_day import calendar_after, moved
from progress.items import label
from progress.shifts import Shift
from store import current_office
from words.codes import fold
from words.dates import read_day

SHOWN = 10
Verb = Literal["dayoff", "workday"]
KINDS: Mapping[Verb, Literal["off", "work"]] = {"dayoff": "off", "workday": "work"}
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
        scene, act = scene_of(turn), SetOfficeDay(said_now(turn, reason), day, kind, undo)
        found = moved(scene, calendar_after(scene, act))
        text = turn.text(
            Decided.shows,
            kind=told,
            day=day,
            name=reason,
            count=len(found),
            items=_lines(turn, found),
            more=max(0, len(_groups(found)) - SHOWN),
        )
        two_steps.propose(turn, Decided(verb=wish.verb, day=day, kind=kind, reason=reason, undo=undo), text)


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
            agencies=list(dict.fromkeys(turn.office.agency_short(each.item.row.agency_id) for each in group)),
            anchor=group[0].before.anchor,
            new_anchor=group[0].after.anchor,
            late_after=group[0].before.late_after,
            new_late_after=group[0].after.late_after,
        )
        for group in _groups(found)[:SHOWN]
    ]


def _do(turn: Turn, shown: Decided) -> None:
    carry_out(turn, SetOfficeDay(said_now(turn, shown.reason), shown.day, shown.kind, shown.undo))
