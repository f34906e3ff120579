"""What an admin decides from the chat: a group, and how an old plan begins."""

from bot.turn import Turn
from plan.status import EventKind, State
from store import audit, obligations, people
from store.tables import PlanRow


def link(turn: Turn, _rest: str) -> None:
    """/link in a group binds it to the office."""
    incoming = turn.incoming
    new = people.bind_group(
        turn.session, incoming.channel, incoming.chat, incoming.chat_title, turn.person_id, turn.now
    )
    turn.answer(turn.text("group.linked" if new else "group.already", title=incoming.chat_title))


def begin(turn: Turn, rest: str) -> None:
    """/begin today PLAN, /begin history PLAN: what to do with what was past due when the plan was switched on."""
    how, _, plan_id = rest.partition(" ")
    row = turn.session.get(PlanRow, plan_id)
    if row is None or how not in ("today", "history") or row.start != "ask":
        turn.answer(turn.text("begin.done"))
        return
    first = turn.office.today(row.first_synced_at)
    late = [
        each
        for each in obligations.all_of(turn.session, states=(State.OPEN,))
        if each.plan_id == plan_id and each.due and turn.office.calendar.late_after(each.due) < first
    ]
    row.start = how
    turn.session.add(row)
    audit.record(turn.session, "plan.begin", f"plan:{plan_id}", turn.now, via=turn.via, actor=turn.person_id, how=how)
    if how == "history":
        for each in late:
            obligations.record(
                turn.session,
                each,
                EventKind.CLOSED,
                turn.now,
                turn.now,
                via=turn.via,
                person_id=turn.person_id,
                note="closed as history at the start",
            )
    turn.answer(turn.text(f"begin.{how}", count=len(late)))
