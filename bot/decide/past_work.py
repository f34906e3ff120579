"""What an admin decides from the chat: how an old plan begins."""

from bot.turn import Turn
from plan.status import EventKind, State
from store import audit, obligations, plans
from store.obligations import NewEvent


def begin(turn: Turn, rest: str) -> bool:
    """/begin today PLAN, /begin history PLAN: what to do with what was past due when the plan was switched on."""
    how, _, plan_id = rest.partition(" ")
    row = plans.get(turn.session, plan_id)
    if row is None or how not in ("today", "history") or row.start != "ask":
        turn.hint(turn.text("begin.done"))
        return True
    first = turn.office.today(row.first_synced_at)
    late = [
        each
        for each in obligations.all_of(turn.session, states=(State.OPEN,))
        if each.plan_id == plan_id and each.due and turn.office.calendar.has_passed(each.due, first)
    ]
    row.start = how
    turn.session.add(row)
    audit.record(turn.session, "plan.begin", f"plan:{plan_id}", turn.now, via=turn.via, actor=turn.person_id, how=how)
    if how == "history":
        for each in late:
            obligations.record(
                turn.session,
                each,
                NewEvent(
                    EventKind.CLOSED,
                    turn.now,
                    via=turn.via,
                    person_id=turn.person_id,
                    note="closed as history at the start",
                ),
                turn.now,
            )
    turn.answer(turn.text(f"begin.{how}", count=len(late)))
    return True
