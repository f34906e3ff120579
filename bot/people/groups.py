"""/link in a group: binds it to the office, or to a part of it, and to the topic it was said in."""

from bot.turn import Turn
from reports.figures.scope import about, agencies_of, find_body
from store import group_chats


def link(turn: Turn, rest: str) -> None:
    """/link for the whole office, /link xa for a group of agencies, /link sondung for one; said again it changes it."""
    incoming, office = turn.incoming, turn.office
    names = [each.strip() for each in rest.split(",") if each.strip()]
    found = [find_body(office, name) for name in names]
    if None in found:
        wanted = names[found.index(None)]
        turn.answer(turn.text("scope.unknown", wanted=wanted, groups=_groups(turn), example=office.owing()[-1]))
        return
    scope = [body for body in found if body is not None]
    new = group_chats.bind(turn.session, incoming.channel, incoming.chat, incoming.chat_title, turn.person_id, turn.now)
    changed = group_chats.scope(
        turn.session, incoming.channel, incoming.chat, scope, incoming.topic, turn.person_id, turn.now
    )
    key = "group.linked" if new else ("scope.changed" if changed else "group.already")
    of = about(office, scope)
    count = len(agencies_of(office, scope))
    turn.answer(turn.text(key, title=incoming.chat_title), turn.text("scope.now", about=of, count=count))


def _groups(turn: Turn) -> list[str]:
    return [f"{group.id} – {group.name}" for plan in turn.office.plans.values() for group in plan.groups]
