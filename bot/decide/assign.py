"""/assign: work that was given by word of mouth becomes work like any other, with a code of its own."""

import re

from bot import reference
from bot.carry_out import carry_out
from bot.decide import conclusion, conclusion_lines, two_steps
from bot.questions.decisions import Assignment
from bot.questions.wishes import AssignWish
from bot.turn import Turn
from bot.which import order
from bot.which.owed import said_now
from progress.acts import decisions as acts
from progress.acts.dating import days_of
from progress.acts.telling import short_names
from words import codes
from words.dates import read_day

BASIS = re.compile(r"(?<!\s)(?:\s*[;.,])?\s+(?=can cu\b)")


def assign(turn: Turn, rest: str) -> None:
    """/giaoviec tuphap[, yte] 15/02/2020 nội dung; căn cứ …; or the lines of a meeting's conclusion."""
    if conclusion_lines.is_one(rest) or conclusion.is_waiting(turn, rest):
        conclusion.assign_all(turn, rest)
        return
    two_steps.in_two_steps(turn, "assign", rest, _show, Assignment, _do)


def _show(turn: Turn, rest: str) -> None:
    agencies, after = reference.leading_agencies(turn.office, order.day_last(turn.office, rest))
    typed, _, told = after.partition(" ")
    due = read_day(typed.strip(",;"), turn.office.today(turn.now))
    title, basis = _title_and_basis(told)
    if not agencies or due is None or not title:
        turn.answer(turn.text("assign.how"))
        return
    weigh(turn, AssignWish(agencies=agencies, due=due, title=title), basis)


def weigh(turn: Turn, wish: AssignWish, basis: str) -> None:
    """Shows the work that would be assigned, or asks for its basis; a day that is over is said."""
    due = wish.due
    if turn.office.calendar.late_after(due) < turn.office.today(turn.now):
        turn.answer(turn.text("dating.past", due=due))
        return
    if due > (last := turn.office.last_day(turn.office.today(turn.now))):
        turn.answer(turn.text("dating.too_far", due=due, last=last))
        return
    if not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, wish)
        return
    decision = Assignment(agencies=wish.agencies, due=due, title=wish.title, basis=basis)
    text = turn.text(
        Assignment.shows,
        agencies=short_names(turn.office, wish.agencies),
        count=len(wish.agencies),
        title=wish.title,
        basis=basis,
        **days_of(turn.office, due),
    )
    two_steps.propose(turn, decision, text)


def _title_and_basis(told: str) -> tuple[str, str]:
    """What is to be done, and what it rests on: that begins with the words "căn cứ"."""
    folded = codes.fold(told)
    match = BASIS.search(folded) if len(folded) == len(told) else None
    if match is None:
        return told.strip(), ""
    return told[: match.start()].strip(), told[match.end() :]


def _do(turn: Turn, shown: Assignment) -> None:
    carry_out(turn, acts.Assign(said_now(turn, shown.basis), shown.agencies, shown.due, shown.title))
