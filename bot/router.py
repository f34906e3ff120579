"""The table of contents of the conversation: every command, its names, who may say it and where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot import admin, answer, help, people, privacy, start, summary, tasks
from bot.turn import Turn
from channels.base import ChatKind
from plan.people import Role
from words.codes import fold

EVERYBODY = frozenset(Role)
THOSE_WHO_OWE = frozenset({Role.OFFICER, Role.HEAD})
ADMINS = frozenset({Role.ADMIN})
PRIVATE = frozenset({ChatKind.PRIVATE})
GROUP = frozenset({ChatKind.GROUP})
ANYWHERE = PRIVATE | GROUP


@dataclass(frozen=True)
class Command:
    """One command. `roles` None means anybody, linked or not; `menu` lists the roles whose menu shows it."""

    verb: str
    names: tuple[str, ...]
    run: Callable[[Turn, str], None]
    roles: frozenset[Role] | None
    places: frozenset[ChatKind]
    menu: str | None = None


COMMANDS: tuple[Command, ...] = (
    Command("tasks", ("viec", "tasks", "việc"), tasks.tasks, THOSE_WHO_OWE, PRIVATE, "viec"),
    Command("done", ("done", "xong"), answer.done, THOSE_WHO_OWE, ANYWHERE, "done"),
    Command("progress", ("tiendo", "progress"), answer.progress, THOSE_WHO_OWE, ANYWHERE, "tiendo"),
    Command("blocked", ("vuongmac", "blocked"), answer.blocked, THOSE_WHO_OWE, ANYWHERE, "vuongmac"),
    Command("detail", ("chitiet", "detail"), tasks.detail, EVERYBODY, PRIVATE, "chitiet"),
    Command("undo", ("hoantac", "undo"), answer.undo, THOSE_WHO_OWE, ANYWHERE, "hoantac"),
    Command("acknowledge", ("nhan", "ack"), answer.acknowledge, THOSE_WHO_OWE, ANYWHERE, "nhan"),
    Command("nothing", ("khongphatsinh", "nothing"), answer.nothing, THOSE_WHO_OWE, ANYWHERE, "khongphatsinh"),
    Command("summary", ("tonghop", "summary"), summary.summary, EVERYBODY, ANYWHERE, "tonghop"),
    Command("overdue", ("quahan", "overdue"), summary.overdue, EVERYBODY, ANYWHERE, "quahan"),
    Command("invite", ("invite", "moi"), start.invite, ADMINS, PRIVATE, "invite"),
    Command("link", ("link", "gannhom"), admin.link, ADMINS, GROUP, "link"),
    Command("people", ("nguoi", "people"), people.board, ADMINS, PRIVATE, "nguoi"),
    Command("revoke", ("thuhoi", "revoke"), people.revoke, ADMINS, PRIVATE),
    Command("begin", ("begin", "batdau"), admin.begin, ADMINS, PRIVATE),
    Command("help", ("trogiup", "help", "huongdan"), help.help_, EVERYBODY, ANYWHERE, "trogiup"),
    Command("quiet", ("tamdung", "quiet"), privacy.quiet, THOSE_WHO_OWE, PRIVATE),
    Command("mydata", ("dulieu", "mydata"), privacy.mydata, None, PRIVATE),
    Command("erase", ("xoadulieu", "erase"), privacy.erase, None, PRIVATE),
    Command("start", ("start",), start.start, None, PRIVATE),
    Command("agree", ("agree",), start.agree, None, PRIVATE),
    Command("pick", ("pick",), answer.pick, THOSE_WHO_OWE, ANYWHERE),
)
BY_VERB: Mapping[str, Command] = {command.verb: command for command in COMMANDS}
VERBS: Mapping[str, str] = {fold(name): command.verb for command in COMMANDS for name in (*command.names, command.verb)}
# In a private chat the figures of the whole office are the admins' and leaders' business.
PRIVATELY_ADMINS = frozenset({"summary", "overdue"})


def menu(place: str) -> list[tuple[str, str]]:
    """The command menu of `private`, `group` or `admin` as (name, key of its text)."""
    shown = []
    for command in COMMANDS:
        if command.menu is None:
            continue
        in_group = ChatKind.GROUP in command.places and command.verb in ("summary", "overdue", "link", "help")
        private = ChatKind.PRIVATE in command.places
        for_admin = command.roles == ADMINS or command.verb in PRIVATELY_ADMINS
        if (
            (place == "group" and in_group)
            or (place == "admin" and private)
            or (place == "private" and private and not for_admin)
        ):
            shown.append((command.menu, f"menu.{command.verb}"))
    return shown
