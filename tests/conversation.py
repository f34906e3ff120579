"""The whole conversation as a table: who says what, by which names, and what the service answered to an example."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.commands import COMMANDS, Command
from plan.people import Role
from sandbox.phone import Phone, labels_of, text_of
from sandbox.world import World
from tests.conftest import HANOI

SHOWN = 150


@dataclass(frozen=True)
class Example:
    """Something that somebody says; `who` is an actor of the world below, `taps` a button pressed instead."""

    who: str
    says: str = ""
    taps: str = ""


# In this order, in one world: an example may lean on the ones before it.
EXAMPLES: Mapping[str, Example] = {
    "start": Example("newcomer", "/start"),
    "help": Example("officer", "/trogiup"),
    "tasks": Example("officer", "/viec"),
    "detail": Example("officer", "/chitiet 2b"),
    "progress": Example("officer", "/tiendo 2b 60 đang lấy ý kiến các thôn"),
    "blocked": Example("officer", "/vuongmac 2h chưa có kinh phí"),
    "acknowledge": Example("officer", "/nhan 2b"),
    "done": Example("officer", "/done 2b đã ban hành kế hoạch"),
    "undo": Example("officer", "/hoantac"),
    "takeback": Example("officer", "/rutlai #1"),
    "leave": Example("officer", "/huy"),
    "clarify": Example("officer", "/lamro"),
    "confirm": Example("admin", "/xacnhan 2b sondung"),
    "return": Example("admin", "/tralai 2b sondung thiếu dấu"),
    "assignee": Example("admin", "/phancong 2b sondung Lan"),
    "pick": Example("officer", taps="2h"),
    "quiet": Example("officer", "/tamdung 20/1"),
    "mydata": Example("officer", "/dulieu"),
    "erase": Example("officer", "/xoadulieu"),
    "summary": Example("admin", "/tonghop"),
    "chart": Example("admin", "/bieudo"),
    "overdue": Example("admin", "/quahan"),
    "invite": Example("admin", "/invite sonlong"),
    "people": Example("admin", "/nguoi"),
    "revoke": Example("admin", "/thuhoi M99"),
    "link": Example("group", "/link"),
    "begin": Example("admin", "/begin today cchc-2020"),
    "agree": Example("invited", taps="Tôi đồng ý"),
    "nothing": Example("officer", "2c không phát sinh"),
    "extend": Example("officer", "/giahan 1e 15/4 chờ văn bản của tỉnh"),
    "waiting": Example("admin", "/choxuly"),
    "grant": Example("admin", "/duyet R1"),
    "cause": Example("officer", "/lydo 2b mưa lũ chia cắt đường"),
    "ask": Example("officer", "/hoi 2b làm theo mẫu nào ạ"),
    "notours": Example("officer", "/khongthuoc 8b xã chưa có bộ phận này"),
    "refuse": Example("admin", "/tuchoi R2 xã đã có bộ phận một cửa"),
    "correct": Example("officer", "/suachua 2h đã kiện toàn ngày 13/01"),
    "snooze": Example("officer", "/nhaclai 4c sáng mai"),
    "evidence": Example("officer", "/minhchung 2h"),
    "attach": Example("officer", "/kemtep 2h"),
    "takeout": Example("officer", "/gotep 2h"),
    "sendfiles": Example("officer", "/guitep 4c"),
    "history": Example("officer", "/lichsu 1e"),
    "log": Example("admin", "/nhatky 1e sondung"),
    "taken": Example("admin", taps="Đã nhận"),
    "reply": Example("admin", "/traloi 2c sondung đã bố trí kinh phí"),
    "away": Example("officer", "/vangmat 3/2 10/2"),
    "desk": Example("admin", "/theodoi thoat"),
    "language": Example("officer", "/ngonngu vi"),
    "channels": Example("officer", "/kenh"),
    "mailbox": Example("admin", "/hopthu"),
    "report": Example("admin", "/baocao quý 1"),
    "letter": Example("admin", "/congvan sondung"),
    "proof": Example("admin", "/doichieu 2b.1 sondung"),
    "comment": Example("officer", "/ykien 2b.1 bản giấy đã nộp ngày 10/01"),
    "remark": Example("admin", "/ghichu 2b.1 sondung đã đối chiếu với sổ công văn đến"),
    "dossier": Example("admin", "/hoso 2h"),
    "urge": Example("admin", "/nhac 2b"),
    "move": Example("admin", "/chuyennguoi P99 tuphap"),
    "handover": Example("admin", "/bangiao P99 P98"),
    "putright": Example("admin", "/dinhchinh 1c 30/04/2020 đọc nhầm tháng"),
    "setdate": Example("admin", "/datngay 3d 30/06/2020 căn cứ KH 12/KH-UBND"),
    "happened": Example("admin", "/sukien 2g 02/01/2020 hạn 15/01/2020 kết thúc đợt kiểm tra 1"),
    "suspend": Example("admin", "/tamhoan 4c sonlong căn cứ CV 3/UBND-NV"),
    "resume": Example("admin", "/tieptuc 4c sonlong căn cứ CV 5/UBND-NV"),
    "transfer": Example("admin", "/chuyen 4c sonlong sontan căn cứ QĐ 8/QĐ-UBND"),
    "end": Example("admin", "/ketthuc 4c sonlong căn cứ QĐ 9/QĐ-UBND"),
    "assign": Example("admin", "/giaoviec tuphap 15/04/2020 rà soát văn bản; căn cứ CV 7/UBND"),
    "dayoff": Example("admin", "/ngaynghi 10/02/2020 nghỉ bù theo CV 1/UBND"),
    "workday": Example("admin", "/ngaylam 15/02/2020 làm bù theo CV 1/UBND"),
    "paper": Example("admin", "/giayto 2b sonlong 13/01/2020 căn cứ sổ công văn đến"),
    "plan": Example("admin", "/kehoach"),
    "serve": Example("admin", "/phucvu"),
    "judge": Example("admin", "/tinhhan dung tatca căn cứ hệ thống gián đoạn"),
}


def table() -> str:
    """Every command with who may say it where, its names, an example, and the beginning of the answer to it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        World(Path(folder), datetime(2020, 1, 14, 7, 0, tzinfo=HANOI)) as world,
    ):
        answers = _play(world)
    rows = ["| who | where | names | example | answer begins |", "|---|---|---|---|---|"]
    for command in COMMANDS:
        names = ", ".join(f"`/{name}`" for name in command.names)
        example = EXAMPLES[command.verb]
        said = f"`{example.says}`" if example.says else f"[{example.taps}]"
        rows.append(f"| {who(command)} | {where(command)} | {names} | {said} | {answers[command.verb]} |")
    return "\n".join(rows)


def who(command: Command) -> str:
    """The roles that may say it."""
    return "anybody" if command.roles is None else ", ".join(role for role in Role if role in command.roles)


def where(command: Command) -> str:
    """The kinds of chat."""
    return ", ".join(sorted(command.places))


def _play(world: World) -> dict[str, str]:
    people = _people(world)
    found = {}
    for verb, example in EXAMPLES.items():
        phone = people[example.who].forgets()
        if example.taps:
            _lead_to(verb, phone)
            phone.taps(example.taps)
        else:
            phone.says(example.says)
        found[verb] = _beginning(phone)
    return found


def _people(world: World) -> dict[str, Phone]:
    officer, admin = world.officer("Lan", "sondung"), world.admin("Hương")
    invited = world.phone("Tân")
    invited.starts(_invite(world, admin))
    return {
        "officer": officer,
        "admin": admin,
        "group": world.group(admin, officer, linked=False),
        "newcomer": world.phone("Mới"),
        "invited": invited,
    }


def _invite(world: World, admin: Phone) -> str:
    admin.says("/invite sontan")
    return admin.last.rpartition("start=")[2].split()[0]


def _lead_to(verb: str, phone: Phone) -> None:
    if verb == "pick":
        phone.sends_photo().says("2")
        phone.forgets()


def _beginning(phone: Phone) -> str:
    if not phone.unread:
        return "(nothing)"
    message = phone.unread[0]
    lines = [line for line in text_of(message).splitlines() if line.strip()]
    text = " / ".join(lines)
    buttons = "".join(f" [{label}]" for label in labels_of(message)[:3])
    clipped = text if len(text) <= SHOWN else text[:SHOWN].rpartition(" ")[0] + " …"
    return clipped.replace("|", "\\|") + buttons
