"""Something is decided without a trace, or what was decided is rewritten past the guards of the history."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from bot.commands import BY_VERB
from plan.status import EventKind
from sandbox.phone import Phone
from sandbox.world import World
from store import audit, decisions, plan_drafts, serving
from tests.conftest import MakeWorld

# What leaves an entry in the audit, and which; in the order in which the office below says it.
CHAINED: Mapping[str, str] = {
    "begin": "plan.begin",
    "link": "group.bound",
    "invite": "invite.made",
    "agree": "member.joined",
    "confirm": "obligation.confirmed",
    "return": "obligation.returned",
    "assignee": "assignee.named",
    "takeout": "file.removed",
    "done": "obligation.submitted",
    "grant": "request.granted",
    "refuse": "request.refused",
    "taken": "blocked.taken",
    "reply": "blocked.answered",
    "setdate": "obligation.dated",
    "putright": "plan.put_right",
    "happened": "obligation.created",
    "plan": "plan.adopted",
    "suspend": "obligation.suspended",
    "resume": "obligation.resumed",
    "transfer": "obligation.transferred",
    "end": "obligation.ended",
    "assign": "obligation.created",
    "dayoff": "day.off",
    "workday": "day.work",
    "paper": "obligation.retimed",
    "judge": "obligation.judged",
    "remark": "remark.added",
    "serve": "installation.serves",
    "report": "report.issued",
    "urge": "urge.sent",
    "away": "absence.made",
    "quiet": "person.quiet",
    "move": "member.moved",
    "handover": "member.handed_over",
    "revoke": "member.ended",
    "erase": "person.erased",
}
# Somebody reads, or an agency says something of its own work: no decision about people, plan or others' work.
NOT_DECISIONS = frozenset(
    {
        "tasks", "progress", "blocked", "detail", "acknowledge", "extend", "notours", "correct", "snooze", "history",
        "log", "evidence", "waiting", "undo", "nothing", "summary", "chart", "overdue", "letter", "proof", "dossier",
        "cause", "comment", "people", "language", "help", "mydata", "start", "pick", "clarify", "leave", "takeback",
        "attach", "ask", "desk", "channels", "sendfiles", "mailbox",
    }
)  # fmt: skip


def test_every_command_and_every_event_is_known_as_a_decision_or_as_none() -> None:
    assert set(CHAINED) | NOT_DECISIONS == set(BY_VERB), "say of a new command whether it decides"
    assert not set(CHAINED) & NOT_DECISIONS
    kinds = (decisions.DECIDED, decisions.DECIDED_BY_SOMEBODY, decisions.ABOUT_ANSWERS, decisions.NOT_DECIDED)
    assert sorted(each for kind in kinds for each in kind) == sorted(EventKind), "say of a new event whether it decides"


def said(world: World) -> Iterator[tuple[str, Phone, tuple[str, ...]]]:
    """What each decision takes: who says what, and the buttons that follow."""
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    group = world.group(boss, lan, linked=False)
    with world.service.store.unit() as session:
        session.connection().exec_driver_sql("UPDATE plan SET start = 'ask'")
    yield "begin", boss, ("/begin today cchc-2020",)
    yield "link", group, ("/link",)
    yield "invite", boss, ("/invite sontan",)
    tan = world.phone("Tân").starts(boss.last.rpartition("start=")[2].split()[0])
    yield "agree", tan, ("[Tôi đồng ý]",)
    yield "urge", boss, ("/nhac gui 2b",)
    lan.sends_photo("/done 2b đã ban hành")
    yield "confirm", boss, ("/xacnhan 2b sondung",)
    mai.sends_photo("/done 2b đã ban hành")
    yield "return", boss, ("/tralai 2b sonlong thiếu dấu",)
    yield "assignee", boss, ("/phancong 2b sondung Lan",)
    yield "takeout", boss, ("/gotep T2 gửi nhầm",)
    yield "done", boss, ("/done 2b sonlong nhận qua văn thư",)
    lan.says("/giahan 1e 15/4 chờ văn bản của tỉnh")
    yield "grant", boss, ("/duyet R1",)
    lan.says("/khongthuoc 8b xã chưa có bộ phận này")
    yield "refuse", boss, ("/tuchoi R2 đã có bộ phận",)
    lan.says("/vuongmac 2h chưa có kinh phí")
    yield "taken", boss, ("[Đã nhận]",)
    yield "reply", boss, ("/traloi 2h sondung đã bố trí",)
    yield "setdate", boss, ("/datngay 3d 30/06/2020 căn cứ KH 12", "[Xác nhận]")
    yield "putright", boss, ("/dinhchinh 1c 30/04/2020 đọc nhầm tháng", "[Xác nhận]")
    yield "happened", boss, ("/sukien 2g 02/01/2020 hạn 15/01/2020 kết thúc đợt 1", "[Xác nhận]")
    yield "suspend", boss, ("/tamhoan 4c sonlong căn cứ CV 3", "[Xác nhận]")
    yield "resume", boss, ("/tieptuc 4c sonlong căn cứ CV 5", "[Xác nhận]")
    yield "transfer", boss, ("/chuyen 3d noivu tuphap căn cứ QĐ 8", "[Xác nhận]")
    yield "end", boss, ("/ketthuc 3d tuphap căn cứ QĐ 9", "[Xác nhận]")
    yield "assign", boss, ("/giaoviec tuphap 15/04/2020 rà soát văn bản; căn cứ CV 7/UBND", "[Xác nhận]")
    yield "dayoff", boss, ("/ngaynghi 10/02/2020 nghỉ bù theo CV 1/UBND", "[Xác nhận]")
    yield "workday", boss, ("/ngaylam 15/02/2020 làm bù theo CV 1/UBND", "[Xác nhận]")
    yield "paper", boss, ("/giayto 2b sondung 13/01/2020 căn cứ sổ công văn đến", "[Xác nhận]")
    with world.service.store.unit() as session:
        session.connection().exec_driver_sql("UPDATE obligation SET judged = 'flagged' WHERE state = 'done'")
    yield "judge", boss, ("/tinhhan dung tatca căn cứ hệ thống gián đoạn", "[Xác nhận]")
    with world.service.store.unit() as session:
        code = serving.hold(session, serving.Why.COPIED, world.now).code
    yield "serve", boss, (f"/phucvu {code}",)
    yield "remark", boss, ("/ghichu 2b.1 sondung đã đối chiếu với sổ công văn đến",)
    with world.service.store.unit() as session:
        plan = plan_drafts.adopted(session, "cchc-2020")
        assert plan is not None
        plan_drafts.offer(
            session,
            plan.model_copy(update={"tasks": plan.tasks[:-1]}),
            world.service.office.calendar,
            world.now,
            plan_drafts.Origin("file"),
        )
    yield "plan", boss, ("/kehoach apdung", "[Xác nhận]")
    yield "away", lan, ("/vangmat 3/2 10/2",)
    yield "quiet", lan, ("/tamdung 20/1",)
    yield "move", boss, ("/chuyennguoi P3 sontan", "[Chuyển]")
    yield "handover", boss, ("/bangiao P3 P4", "[Bàn giao]")
    yield "revoke", boss, ("/thuhoi P4", "[Thu hồi]")
    yield "erase", lan, ("/xoadulieu", "[Xóa dữ liệu của tôi]")
    world.at(2020, 4, 6, 8, 0)
    yield "report", boss, ("/baocao quý 1 chốt", "[Xác nhận]")


@pytest.mark.long
def test_every_decision_that_a_person_makes_is_in_the_chain(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 7, 0, review="all")
    left: dict[str, list[str]] = {}
    for verb, phone, steps in said(world):
        with world.service.store.look() as session:
            before, _ = audit.head(session)
        for step in steps:
            if step.startswith("["):
                phone.taps(step.strip("[]"))
            else:
                phone.says(step)
        with world.service.store.look() as session:
            left[verb] = [each.action for each in audit.entries(session, before)]
    missing = {verb: found for verb, found in left.items() if CHAINED[verb] not in found}
    assert missing == {}
    assert set(left) == set(CHAINED), "show how each decision is said"
    with world.service.store.look() as session:
        assert audit.verify(session).why == ""
        assert decisions.verify(session) == ""


def forge(world: World, *statements: str) -> str:
    """What is found after somebody with the file in hand worked on it."""
    with closing(sqlite3.connect(world.database, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    with world.service.store.look() as session:
        return audit.verify(session).why or decisions.verify(session)


UNGUARDED = ("DROP TRIGGER obligation_event_no_update", "DROP TRIGGER obligation_event_no_delete")
DECISION = "kind = 'suspended'"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (f"UPDATE obligation_event SET note = 'căn cứ khác' WHERE {DECISION}", "was changed"),
        (f"UPDATE obligation_event SET person_id = 2 WHERE {DECISION}", "was changed"),
        (f"UPDATE obligation_event SET at = '2019-01-01 00:00:00.000000' WHERE {DECISION}", "was changed"),
        (f"DELETE FROM obligation_event WHERE {DECISION}", "was taken out"),
        (
            "INSERT INTO obligation_event (obligation_id, kind, at, recorded_at, via, note) "
            "SELECT obligation_id, 'ended', at, recorded_at, via, '' FROM obligation_event WHERE " + DECISION,
            "the audit knows nothing of it",
        ),
    ],
)
def test_a_decision_that_was_rewritten_past_the_triggers_is_found(world: World, statement: str, says: str) -> None:
    boss = world.admin("Hoa")
    boss.says("/tamhoan 4c sonlong căn cứ CV 3/UBND-NV").taps("Xác nhận")
    assert forge(world, "SELECT 1") == ""
    assert says in forge(world, *UNGUARDED, statement)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO audit SELECT * FROM audit",
        "INSERT OR REPLACE INTO obligation_event SELECT * FROM obligation_event LIMIT 1",
        "UPDATE OR REPLACE obligation_event SET id = 1 WHERE id = 2",
        "INSERT INTO obligation_event SELECT * FROM obligation_event WHERE true ON CONFLICT DO UPDATE SET note = 'x'",
        "REPLACE INTO plan_version SELECT * FROM plan_version",
    ],
)
def test_replace_does_not_pass_the_guards(world: World, statement: str, recursive: str) -> None:
    world.admin("Hoa")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        forge(world, f"PRAGMA recursive_triggers = {recursive}", statement)


def test_an_issued_report_is_not_replaced_by_one_of_its_number(world: World) -> None:
    insert = (
        "INSERT OR REPLACE INTO issued_report (id, key, scope, number, issued_at, content, sha256, reason) "
        "VALUES ({}, '2020-Q1', '', 1, '2020-04-06', '{}', '', '')"
    )
    forge(world, insert.format(1, "{}"))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        forge(world, insert.format(2, "forged"))
