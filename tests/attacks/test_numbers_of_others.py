"""Somebody tries every command on every number there is: answers, requests, people, invites of another agency."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.commands import COMMANDS
from bot.door.pipeline import handle
from channels.base import ChatKind, Incoming, What
from plan.people import Role
from sandbox.phone import Phone, text_of
from sandbox.world import World
from store import people

SECRET = "bi-mat-cua-son-dung"
# What a neighbour's commands may leave: the message itself, answers to it, what was asked, and counts of messages.
NOT_OURS = {"inbox", "delivery", "question", "rate", "setting", "alembic_version", "lease", "sqlite_sequence"}
NUMBERS = ("1", "#1", "R1", "R2", "H1", "P1", "P2", "M1", "M3", "B1")
NAMED = ("2b sondung", "2h.1 sondung", "2c.1 sondung 100", "4c sondung 30/12/2020 căn cứ CV 1/UBND", "P2 sonmua")


@pytest.fixture
def office(world: World) -> World:
    """An office in which one agency has one of everything that bears a number."""
    world.admin("Hoa")
    lan = world.officer("Lan", "sondung")
    world.officer("Tư", "sondung", role=Role.HEAD)
    for said in (
        f"/done 2h {SECRET}",
        f"/tiendo 4c 40 {SECRET}",
        f"/vuongmac 2c {SECRET}",
        f"/giahan 1e 15/4 {SECRET}",
        f"/khongthuoc 8b {SECRET}",
        f"2b đã trình ký {SECRET}",
        "/vangmat 3/2 10/2",
    ):
        lan.says(said)
    lan.sends_photo(f"/done 2b {SECRET}")
    lan.sends_file(f"{SECRET}.pdf", b"%PDF-1.4 x")
    lan.sends_photo(f"2b nộp cho ai {SECRET}?").taps("Gửi câu hỏi cho Phòng Nội vụ")
    world.phones["Hoa"].says("/moi sondung")
    return world


def attempts(world: World, phone: Phone, tried: tuple[str, ...]) -> Iterator[Incoming]:
    """Each command with each of these, in its private chat."""
    verbs = sorted({each.verb for each in COMMANDS} - {"start", "erase"})
    for at, said in enumerate(f"/{verb} {number}" for verb in verbs for number in tried):
        yield Incoming(
            channel="telegram",
            key=f"idor{at}",
            what=What.MESSAGE,
            chat=str(phone.chat),
            chat_kind=ChatKind.PRIVATE,
            chat_title="",
            user=str(phone.user),
            user_name="",
            text=said,
            sent_at=world.now,
            message_id=str(90_000 + at),
        )


def kept(session: Session, tables: list[str]) -> dict[str, list[str]]:
    """Every row of these tables, as text, in the order of its first column."""
    return {
        table: [str(tuple(row)) for row in session.connection().execute(text(f"SELECT * FROM {table} ORDER BY 1"))]
        for table in tables
    }


def try_all(world: World, phone: Phone, agency: str, tried: tuple[str, ...]) -> int:
    """Fails where one of them changes a row that stood, adds one about the other agency, or is told its secret."""
    office, count = world.service.office, 0
    with world.service.store.look() as session:
        known = people.by_user(session, "telegram", str(phone.user))
        me = known[0].id if known else None
        names = session.connection().execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        tables = sorted({row[0] for row in names} - NOT_OURS)
        before = kept(session, tables)
        theirs = "SELECT id FROM obligation WHERE agency_id = :agency"
        own = {row[0] for row in session.connection().execute(text(theirs), {"agency": agency})}
        foreign = f"SELECT count(*) FROM obligation_event WHERE obligation_id NOT IN ({','.join(map(str, own)) or 0})"
        events = session.connection().execute(text(foreign)).scalar()
    mine = {"obligation": own, "person": {me}}
    for each in attempts(world, phone, tried):
        with world.service.store.unit() as session:
            newest = session.connection().execute(text("SELECT coalesce(max(id), 0) FROM delivery")).scalar()
            handle(session, office, each, world.now, world.channel.abilities)
            session.flush()
            after = kept(session, tables)
            for table, rows in before.items():
                now = set(after[table])
                changed = [row for row in rows if row not in now and int_at(row) not in mine.get(table, set())]
                assert not changed, (each.text, table, changed)
            assert session.connection().execute(text(foreign)).scalar() == events, each.text
            said = "SELECT body FROM delivery WHERE id > :newest AND chat = :chat"
            for row in session.connection().execute(text(said), {"newest": newest, "chat": str(phone.chat)}):
                assert SECRET not in str(row[0]), (each.text, row[0])
            session.rollback()
        count += 1
    return count


def row_of(world: World) -> str:
    """How a button names the work that the agency reported."""
    with world.service.store.look() as session:
        said = "SELECT id FROM obligation WHERE agency_id = 'sondung' AND task = '2h'"
        return f"#{session.connection().execute(text(said)).scalar()}"


def int_at(row: str) -> int | None:
    """The number with which a row begins, if it does."""
    first = row[1:].partition(",")[0]
    return int(first) if first.isdigit() else None


def test_no_command_on_the_number_of_another_reads_or_changes_anything(office: World) -> None:
    lan, neighbour = office.phones["Lan"].forgets(), office.officer("Kim", "sontan")
    lan.says("/chitiet 2h")
    assert any(SECRET in text_of(each) for each in lan.unread), "its own agency reads it"
    assert try_all(office, neighbour, "sontan", (row_of(office), "R1", "P2")) > 180


@pytest.mark.long
@pytest.mark.parametrize("who", ["officer", "head", "stranger"])
def test_not_with_any_number_and_whoever_tries(office: World, who: str) -> None:
    if who == "stranger":
        phone, agency = office.phone("Lạ"), "nobody"
    else:
        phone, agency = office.officer("Kim", "sontan", role=Role(who)), "sontan"
    assert try_all(office, phone, agency, (row_of(office), *NUMBERS, *NAMED)) > 800
