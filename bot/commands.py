"""The table of contents of the conversation: every command, its names, who may say it and where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot import help
from bot.answers import answer, by_link, clarify, files, inquire, leave, mailbox, undo
from bot.decide import (
    assign,
    assignee,
    blockage,
    grant,
    happened,
    judge,
    office_days,
    paper,
    past_work,
    pending,
    plan_change,
    put_right,
    review,
    serve,
    set_aside,
    set_date,
    urge,
)
from bot.papers import dossier, letter, proof, report
from bot.people import absence, board, groups, language, privacy, revoke, screen, start, succession, ways
from bot.reading import chart, evidence, history, message_log, summary, tasks
from bot.turn import Turn
from channels.base import ChatKind
from plan.people import Role
from words.codes import fold

EVERYBODY = frozenset(Role)
THOSE_WHO_OWE = frozenset({Role.OFFICER, Role.HEAD})
OFFICERS = frozenset({Role.OFFICER})
ADMINS = frozenset({Role.ADMIN})
# An admin answers in an agency's place.
THOSE_WHO_ANSWER = THOSE_WHO_OWE | ADMINS
THOSE_WHO_CONFIRM = frozenset({Role.HEAD, Role.ADMIN})
PRIVATE = frozenset({ChatKind.PRIVATE})
GROUP = frozenset({ChatKind.GROUP})
ANYWHERE = PRIVATE | GROUP


@dataclass(frozen=True)
class Command:
    """One command. `roles` None means anybody, linked or not; `menu` lists the roles whose menu shows it.

    `run` gives True where what the command's button offered is over: done, or done before.
    """

    verb: str
    names: tuple[str, ...]
    run: Callable[[Turn, str], bool | None]
    roles: frozenset[Role] | None
    places: frozenset[ChatKind]
    menu: str | None = None


COMMANDS: tuple[Command, ...] = (
    Command("tasks", ("viec", "tasks", "việc"), tasks.tasks, THOSE_WHO_OWE, PRIVATE, "viec"),
    Command("done", ("done", "xong"), answer.about("done"), THOSE_WHO_ANSWER, ANYWHERE, "xong"),
    Command("progress", ("tiendo", "progress"), answer.about("progress"), THOSE_WHO_OWE, ANYWHERE, "tiendo"),
    Command("blocked", ("vuongmac", "blocked"), answer.about("blocked"), THOSE_WHO_OWE, ANYWHERE, "vuongmac"),
    Command("cause", ("lydo", "cause"), answer.about("cause"), THOSE_WHO_ANSWER, ANYWHERE, "lydo"),
    Command("ask", ("hoi", "ask"), inquire.ask, THOSE_WHO_OWE, ANYWHERE),
    Command("detail", ("chitiet", "detail"), tasks.detail, EVERYBODY, PRIVATE, "chitiet"),
    Command("confirm", ("xacnhan", "confirm"), review.confirm, THOSE_WHO_CONFIRM, PRIVATE),
    Command("return", ("tralai", "return"), review.give_back, THOSE_WHO_CONFIRM, PRIVATE),
    Command("assignee", ("phancong", "assignee"), assignee.name, THOSE_WHO_CONFIRM, PRIVATE),
    Command("acknowledge", ("nhan", "ack"), answer.about("acknowledge"), THOSE_WHO_OWE, ANYWHERE, "nhan"),
    Command("extend", ("giahan", "extend"), answer.about("extend"), THOSE_WHO_OWE, ANYWHERE, "giahan"),
    Command("notours", ("khongthuoc", "notours"), answer.about("notours"), THOSE_WHO_OWE, ANYWHERE),
    Command("correct", ("suachua", "correct"), answer.about("correct"), THOSE_WHO_OWE, ANYWHERE),
    Command("snooze", ("nhaclai", "snooze"), answer.about("snooze"), THOSE_WHO_OWE, PRIVATE),
    Command("history", ("lichsu", "history"), history.history, EVERYBODY, PRIVATE, "lichsu"),
    Command("log", ("nhatky", "log"), message_log.log, ADMINS, PRIVATE),
    Command("evidence", ("minhchung", "evidence"), evidence.evidence, EVERYBODY, PRIVATE, "minhchung"),
    Command("attach", ("kemtep", "attach"), files.attach, THOSE_WHO_ANSWER, PRIVATE),
    Command("takeout", ("gotep", "takeout"), files.take_out, THOSE_WHO_ANSWER, PRIVATE),
    Command("sendfiles", ("guitep", "sendfiles"), by_link.give, THOSE_WHO_OWE, PRIVATE),
    Command("grant", ("duyet", "grant"), grant.grant, ADMINS, PRIVATE, "duyet"),
    Command("waiting", ("choxuly", "waiting"), pending.waiting, ADMINS, PRIVATE, "choxuly"),
    Command("refuse", ("tuchoi", "refuse"), grant.refuse, ADMINS, PRIVATE),
    Command("taken", ("tiepnhan", "taken"), blockage.taken, ADMINS, PRIVATE),
    Command("reply", ("traloi", "reply"), blockage.reply, ADMINS, PRIVATE),
    Command("undo", ("hoantac", "undo"), undo.undo, THOSE_WHO_OWE, ANYWHERE, "hoantac"),
    Command("nothing", ("khongphatsinh", "nothing"), answer.about("nothing"), THOSE_WHO_OWE, ANYWHERE, "khongphatsinh"),
    Command("takeback", ("rutlai", "takeback"), undo.take_back, THOSE_WHO_ANSWER, ANYWHERE),
    Command("leave", ("huy", "leave"), leave.leave, EVERYBODY, ANYWHERE),
    Command("clarify", ("lamro", "clarify"), clarify.clarify, THOSE_WHO_ANSWER, ANYWHERE),
    Command("summary", ("tonghop", "summary"), summary.summary, EVERYBODY, ANYWHERE, "tonghop"),
    Command("chart", ("bieudo", "chart"), chart.chart, EVERYBODY, ANYWHERE, "bieudo"),
    Command("overdue", ("quahan", "overdue"), summary.overdue, EVERYBODY, ANYWHERE, "quahan"),
    Command("report", ("baocao", "report"), report.report, EVERYBODY, PRIVATE, "baocao"),
    Command("letter", ("congvan", "letter"), letter.letter, ADMINS, PRIVATE, "congvan"),
    Command("proof", ("doichieu", "proof"), proof.proof, THOSE_WHO_ANSWER, PRIVATE, "doichieu"),
    Command("comment", ("ykien", "comment"), proof.comment, THOSE_WHO_OWE, PRIVATE),
    Command("remark", ("ghichu", "remark"), proof.remark, ADMINS, PRIVATE),
    Command("dossier", ("hoso", "dossier"), dossier.dossier, ADMINS, PRIVATE, "hoso"),
    Command("urge", ("nhac", "remind", "dondoc", "donoc", "urge"), urge.urge, ADMINS, PRIVATE, "nhac"),
    Command("invite", ("invite", "moi"), start.invite, ADMINS, PRIVATE, "moi"),
    Command("link", ("link", "gannhom"), groups.link, ADMINS, GROUP, "gannhom"),
    Command("people", ("nguoi", "people"), board.board, ADMINS, PRIVATE, "nguoi"),
    Command("mailbox", ("hopthu", "mailbox"), mailbox.mailbox, ADMINS, PRIVATE),
    Command("revoke", ("thuhoi", "revoke"), revoke.revoke, ADMINS, PRIVATE),
    Command("away", ("vangmat", "away"), absence.away, OFFICERS, PRIVATE),
    Command("move", ("chuyennguoi", "move"), succession.move, ADMINS, PRIVATE),
    Command("desk", ("theodoi", "desk"), screen.screen, EVERYBODY, PRIVATE, "theodoi"),
    Command("language", ("ngonngu", "language"), language.language, EVERYBODY, PRIVATE),
    Command("channels", ("kenh", "channels"), ways.show, EVERYBODY, PRIVATE),
    Command("handover", ("bangiao", "handover"), succession.hand_over, ADMINS, PRIVATE),
    Command("begin", ("begin", "batdau"), past_work.begin, ADMINS, PRIVATE),
    Command("setdate", ("datngay", "setdate"), set_date.setdate, ADMINS, PRIVATE),
    Command("happened", ("sukien", "event"), happened.happened, THOSE_WHO_ANSWER, PRIVATE),
    Command("suspend", ("tamhoan", "suspend"), set_aside.suspend, ADMINS, PRIVATE),
    Command("resume", ("tieptuc", "resume"), set_aside.resume, ADMINS, PRIVATE),
    Command("transfer", ("chuyen", "transfer"), set_aside.transfer, ADMINS, PRIVATE),
    Command("end", ("ketthuc", "end"), set_aside.end, ADMINS, PRIVATE),
    Command("assign", ("giaoviec", "assign"), assign.assign, ADMINS, PRIVATE),
    Command("dayoff", ("ngaynghi", "dayoff"), office_days.dayoff, ADMINS, PRIVATE),
    Command("workday", ("ngaylam", "workday"), office_days.workday, ADMINS, PRIVATE),
    Command("paper", ("giayto", "paper"), paper.paper, ADMINS, PRIVATE),
    Command("plan", ("kehoach", "plan"), plan_change.plan, ADMINS, PRIVATE),
    Command("putright", ("dinhchinh", "putright"), put_right.put_right, ADMINS, PRIVATE),
    Command("serve", ("phucvu", "serve"), serve.serve, ADMINS, PRIVATE),
    Command("judge", ("tinhhan", "judge"), judge.judge, ADMINS, PRIVATE),
    Command("help", ("trogiup", "help", "huongdan"), help.help_, EVERYBODY, ANYWHERE, "trogiup"),
    Command("quiet", ("tamdung", "quiet"), privacy.quiet, THOSE_WHO_OWE, PRIVATE),
    Command("mydata", ("dulieu", "mydata"), privacy.mydata, None, PRIVATE),
    Command("erase", ("xoadulieu", "erase"), privacy.erase, None, PRIVATE),
    Command("start", ("start",), start.start, None, PRIVATE),
    Command("agree", ("agree",), start.agree, None, PRIVATE),
    Command("pick", ("pick",), answer.pick, THOSE_WHO_ANSWER, ANYWHERE),
)
BY_VERB: Mapping[str, Command] = {command.verb: command for command in COMMANDS}
VERBS: Mapping[str, str] = {fold(name): command.verb for command in COMMANDS for name in (*command.names, command.verb)}
# In a private chat the figures of the whole office are the admins' and leaders' business, an agency's its head's too.
PRIVATELY_ADMINS = frozenset({"summary", "overdue"})
READERS = frozenset({Role.ADMIN, Role.LEADER, Role.HEAD})


def menu(place: str) -> list[tuple[str, str]]:
    """The command menu of `private`, `group`, `admin` or `leader` as (name, key of its text)."""
    shown = []
    for command in COMMANDS:
        if command.menu is None:
            continue
        in_group = ChatKind.GROUP in command.places and command.verb in ("summary", "chart", "overdue", "link", "help")
        private = ChatKind.PRIVATE in command.places
        for_admin = command.roles == ADMINS or command.verb in PRIVATELY_ADMINS
        if (
            (place == "group" and in_group)
            or (place == "admin" and private)
            or (place == "private" and private and not for_admin and Role.OFFICER in (command.roles or EVERYBODY))
            or (place == "leader" and private and command.roles is not None and Role.LEADER in command.roles)
        ):
            shown.append((command.menu, f"menu.{command.verb}"))
    return shown
