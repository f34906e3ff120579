"""/dayoff and /workday: single days that an admin lays over the office's calendar, and what moves with them."""

from collections.abc import Mapping
from typing import Literal

from bot.carry_out import carry_out, scene_of
from bot.decide import two_steps
from bot.questions.decisions import OfficeDay as Decided
from bot.questions.wishes import OfficeDayWish
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts.decisions import SetOfficeDay
from progress.acts.office_day import calendar_after, lines, moved, refusal
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
    day, undo, kind, reason = wish.day, wish.undo, KINDS[wish.verb], two_steps.basis_in(basis)
    scene, act = scene_of(turn), SetOfficeDay(said_now(turn, reason), day, kind, undo)
    if (no := refusal(scene, act)) is not None:
        turn.answer(no)
    elif not undo and not reason:
        two_steps.ask_basis(turn, wish)
    else:
        told = "undone" if undo else kind
        found = moved(scene, calendar_after(scene, act))
        items = lines(turn.office, found)
        text = turn.text(
            Decided.shows,
            kind=told,
            day=day,
            name=reason,
            count=len(found),
            items=items[:SHOWN],
            more=max(0, len(items) - SHOWN),
        )
        two_steps.propose(turn, Decided(verb=wish.verb, day=day, kind=kind, reason=reason, undo=undo), text)


def _do(turn: Turn, shown: Decided) -> None:
    carry_out(turn, SetOfficeDay(said_now(turn, shown.reason), shown.day, shown.kind, shown.undo))
