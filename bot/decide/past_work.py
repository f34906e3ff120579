"""What an admin decides from the chat: how an old plan begins."""

from collections.abc import Mapping
from typing import Literal

from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts import beginning
from progress.acts.decisions import BeginPlan

HOWS: Mapping[str, Literal["today", "history"]] = {"today": "today", "history": "history"}


def begin(turn: Turn, rest: str) -> bool:
    """/begin today PLAN, /begin history PLAN: what to do with what was past due when the plan was switched on; alone it
    asks again what nobody has decided."""
    how, _, plan_id = rest.partition(" ")
    if how in HOWS:
        return carry_out(turn, BeginPlan(said_now(turn, ""), plan_id, HOWS[how])).is_over
    undecided = beginning.undecided(turn.session, turn.office)
    for row in undecided:
        turn.post(beginning.question(turn.session, turn.office, row))
    if not undecided:
        turn.hint(turn.text("begin.none"))
    return not undecided
