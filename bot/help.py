"""/help, by role; the steps and hours it names come from the settings."""

from collections.abc import Iterable

from bot.people import papers
from bot.turn import Turn
from bot.which import examples
from channels.base import ChatKind
from plan.people import Role
from words.codes import fold

EVERYTHING = frozenset({"du", "day du", "tat ca", "all"})


def help_(turn: Turn, rest: str) -> None:
    """/help: three examples for each role of this person; /help all: every command."""
    if turn.incoming.chat_kind is ChatKind.GROUP:
        turn.answer(turn.text("help.group"), turn.text("papers.in_group"))
    elif fold(rest).strip(" .") in EVERYTHING:
        turn.answer(*_everything(turn), papers.before(turn))
    else:
        more = turn.text("help.more") if turn.roles != {Role.LEADER} else ""
        turn.answer(*_examples(turn), papers.before(turn), more)


def _examples(turn: Turn) -> Iterable[str]:
    office, now = turn.office, examples.values(turn)
    if Role.OFFICER in turn.roles or turn.roles == {Role.HEAD}:
        yield turn.text(
            "help.officer",
            compiler=office.compiler_name,
            ladder=[str(step) for step in office.ladder if step],
            on_the_day=0 in office.ladder,
            at=f"{office.windows[0][0]:%H:%M}",
            **now,
        )
    for role in (Role.HEAD, Role.ADMIN):
        if role in turn.roles:
            yield turn.text(f"help.{role}", **now)
    if turn.roles == {Role.LEADER}:
        yield turn.text("help.leader", **now)


def _everything(turn: Turn) -> Iterable[str]:
    now = examples.values(turn) | {"today": turn.office.today(turn.now), "public": bool(turn.office.public_url)}
    if turn.agencies:
        is_officer = Role.OFFICER in turn.roles
        yield turn.text("help.officer_all", compiler=turn.office.compiler_name, is_officer=is_officer, **now)
    if Role.HEAD in turn.roles:
        yield turn.text("help.head", **now)
    if Role.ADMIN in turn.roles:
        yield turn.text("help.admin_all", **now)
        yield turn.text("ending.help", **now)
    if turn.roles == {Role.LEADER}:
        yield turn.text("help.leader", **now)
