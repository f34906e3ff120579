"""/help, by role; the steps and hours it names come from the settings."""

from bot.turn import Turn
from channels.base import ChatKind
from plan.people import Role


def help_(turn: Turn, _rest: str) -> None:
    """What this person can do here."""
    if turn.incoming.chat_kind is ChatKind.GROUP:
        turn.answer(turn.text("help.group"))
        return
    office = turn.office
    parts = []
    if turn.agencies:
        parts.append(
            turn.text(
                "help.officer",
                compiler=office.agency_name(office.compiler),
                ladder=[str(step) for step in office.ladder if step],
                on_the_day=0 in office.ladder,
                at=f"{office.windows[0][0]:%H:%M}",
            )
        )
    if turn.roles == {Role.LEADER}:
        parts.append(turn.text("help.leader"))
    if Role.ADMIN in turn.roles:
        parts += [turn.text("help.admin"), turn.text("ending.help")]
    turn.answer(*parts)
