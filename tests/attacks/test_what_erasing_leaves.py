"""Somebody asks to be erased: nothing of theirs is left in any column, and nothing of anybody else's is touched."""

import json
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markupsafe import escape
from sqlmodel import SQLModel, select

from app.logs import NOISY, Redacting
from sandbox.phone import PNG, Phone
from sandbox.world import World
from store import inbox, people, personal, privacy
from store.answer_tables import Blob, Evidence
from store.engine import Store
from store.people_tables import Address, Person
from store.personal import Holds, Then
from store.plan_tables import AgencyRow, PlanRow
from store.tables import Delivery, Obligation, Rate
from store.types import EvidenceState

# What may go on holding words of the person: the office's record of the work, which names nobody by itself.
RECORD = {
    f"{personal.name_of(table)}.{name}"
    for table, columns in personal.REGISTRY.items()
    for name, column in columns.items()
    if Holds.WORDS in column.holds and column.then is Then.STAYS
}


def cells(world: World) -> Iterator[tuple[str, str]]:
    """Every value of the database as text, with the column it stands in."""
    with closing(sqlite3.connect(world.database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in names:
            cursor = connection.execute(f"SELECT * FROM {table}")
            columns = [each[0] for each in cursor.description]
            for row in cursor:
                yield from ((f"{table}.{name}", str(value)) for name, value in zip(columns, row, strict=True))


def holding(world: World, *wanted: str) -> set[str]:
    """The columns in which something stands, as it is or as JSON writes it."""
    spelled = {each for word in wanted for each in (word, json.dumps(word)[1:-1])}
    return {place for place, text in cells(world) if any(each in text for each in spelled)}


def test_no_column_keeps_the_account_or_the_name(world: World) -> None:
    lan, admin = world.officer("Mèo Rất Riêng", "sondung"), world.admin("Hoa")
    lan.sends_photo("/done 2b").forgets()
    lan.says("/giahan 1e 15/03/2020 chờ hướng dẫn").forgets()
    lan.says("/vuongmac 2h thiếu người").forgets()
    lan.says("/suachua 2b nội dung khác").forgets()
    admin.forgets()
    account = str(lan.user)
    assert holding(world, "Mèo Rất Riêng") & {"person.name"}
    lan.says("/xoadulieu co").forgets()
    world.later(minutes=5)
    alone = re.compile(rf"(?<!\d){account}(?!\d)")
    assert {place for place, text in cells(world) if alone.search(text) and not place.startswith("rate.")} == set()
    assert holding(world, "Mèo Rất Riêng") - RECORD == set()


@pytest.mark.parametrize("name", ["a", "e", "null", "2b", "parts", '"', "\\", "<b>"])
def test_a_name_that_is_a_piece_of_other_words_takes_nothing_else_with_it(world: World, name: str) -> None:
    # Through the invite: what is kept of a name is made of what the platform says it is.
    lan, admin = World.officer(world, name, "sondung"), world.admin("Hoa")
    admin.forgets()
    lan.says("/giahan 2b 15/02/2020 chờ văn bản của huyện")
    before = _notices(world)
    lan.says("/xoadulieu co").forgets()
    after = _notices(world)[: len(before)]
    # What has no letter names nobody: there the account's number stands.
    called = str(escape(name)) if any(each.isalpha() for each in name) else str(lan.user)
    assert [each.replace("cán bộ đã xóa", called) for each in after] == before
    assert "chờ văn bản của huyện" in "".join(after)


def test_a_colleagues_answer_that_waits_is_not_blanked(world: World) -> None:
    lan, binh = world.officer("Lan", "sondung"), world.officer("Bình", "sondung")
    with world.service.store.unit() as session:
        raw = json.dumps(
            {"message": {"reply_to_message": {"from": {"id": lan.user, "first_name": "Lan"}}, "text": "x"}}
        )
        inbox.keep(session, "telegram", [("77", raw)], world.now)
    _erase(world, lan)
    assert any(place == "inbox.raw" and '"x"' in text for place, text in cells(world))
    assert binh is not None


def _notices(world: World) -> list[str]:
    """What others were told."""
    with closing(sqlite3.connect(world.database)) as connection:
        rows = connection.execute("SELECT body FROM delivery WHERE kind = 'notice' AND body IS NOT NULL ORDER BY id")
        from words.mentions import bare

        return [bare("\n".join(json.loads(row[0])["parts"])) for row in rows]


def _erase(world: World, phone: Phone) -> None:
    with world.service.store.unit() as session:
        found = people.by_user(session, "telegram", str(phone.user))
        assert found is not None
        privacy.erase(session, found[0].id or 0, "cán bộ đã xóa", world.now, via="test", actor=None)
    assert Path(world.database).exists()


def test_every_column_stands_in_the_registry_of_personal_data() -> None:
    """A new table or column says what it may hold of a person, and what erasing does with it."""
    tables = {each.name: {column.name for column in each.columns} for each in SQLModel.metadata.tables.values()}
    named = {personal.name_of(table): set(columns) for table, columns in personal.REGISTRY.items()}
    assert named == tables, "store/personal.py says it of each column, and of none that is not there"
    for table, columns in personal.REGISTRY.items():
        for name, column in columns.items():
            where = f"{personal.name_of(table)}.{name}"
            assert column.of in {*columns, personal.BY_ACCOUNT, personal.NOBODY}, f"{where}: whose is it?"
            if Holds.ACCOUNT in column.holds or Holds.NAME in column.holds:
                assert column.of == personal.NOBODY or column.then is not Then.STAYS, f"{where} outlives its person"


def test_what_is_kept_is_said_of_each_table(world: World) -> None:
    text = world.service.office.text
    for table in personal.REGISTRY:
        if personal.is_personal(table) and table not in privacy.SHOWN:
            assert f"mydata.{personal.name_of(table)}" in text, f"/dulieu has no word for {personal.name_of(table)}"
    lan = world.officer("Lan", "sondung").forgets()
    lan.says("/giahan 2b 15/02/2020 chờ văn bản của huyện").forgets()
    lan.says("/done 2b.1").forgets()
    lan.says("/dulieu").expects(f"Telegram: {lan.user}", "Kết quả đã báo: 1", "Đề nghị đã gửi, đã quyết định: 1")


def test_an_account_on_every_channel_is_shown_and_erased(store: Store) -> None:
    now = datetime(2020, 1, 2, tzinfo=UTC)
    with store.unit() as session:
        lan = people.link(session, "telegram", "101", "101", "Lan", "đồng ý", now)
        number = lan.id or 0
        session.add(Address(person_id=number, channel="zalo", user="z-7", chat="z-7", linked_at=now))
        session.add(Rate(key="zalo:chat:z-7", free_at=1.0))
        session.add(Delivery(kind="answer", priority=1, why="x", channel="zalo", chat="z-7", created_at=now,
                             not_before=now, state="sent", body={"parts": ["x"]}))  # fmt: skip
        session.add(AgencyRow(id="a", name="A"))
        session.add(PlanRow(id="p", digest="d", content="c", first_synced_at=now, synced_at=now))
        session.flush()
        session.add(Obligation(id=1, plan_id="p", work="2b", task="2b", milestone="2b", agency_id="a", kind="dated"))
        session.flush()
        session.add(Evidence(source="zalo:z-7:5#0", obligation_id=1, person_id=number, channel="zalo", file_id="f",
                             unique_id="u",
                             kind="photo", name="", mime="", sent_at=now, not_before=now, state="waiting"))  # fmt: skip
    with store.look() as session:
        assert [each.channel for each in privacy.kept(session, number).addresses] == ["telegram", "zalo"]
    with store.unit() as session:
        privacy.erase(session, number, "cán bộ đã xóa", now, via="test", actor=None)
        assert privacy.left_to_forget(session, now)
        privacy.forget_chats(session, now)
        file = session.exec(select(Evidence)).one()
        assert (file.file_id, file.source) == ("f", f"erased:{file.id}"), "what is still to be fetched is fetched"
        file.state = EvidenceState.STORED
        session.add(file)
    with store.unit() as session:
        privacy.forget_chats(session, now)
        assert not privacy.left_to_forget(session, now)
        assert session.exec(select(Evidence.file_id)).one() == ""
        assert [*session.exec(select(Rate.key)), *session.exec(select(Address.user))] == []
        assert [(row.chat, row.body) for row in session.exec(select(Delivery))] == [("", None)]


def test_the_log_holds_no_word_and_no_name_that_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    words = "căn cước 079 của Mèo"
    formatter = Redacting("%(message)s")

    def logged(raises: Callable[[], object]) -> str:
        try:
            raises()
        except Exception:
            logging.getLogger("x").exception("update %s failed", 7)
        return formatter.format(caplog.records[-1])

    nobody: dict[str, str] = {}
    person, none_of_its = Person(name=words), "of_nobody"
    trials = (
        lambda: int(words),
        lambda: nobody[words],
        lambda: words.encode("ascii"),
        lambda: getattr(person, none_of_its),
    )
    for raises in trials:
        found = logged(raises)
        assert words not in found.replace("lambda", ""), found
        assert "Error" in found
        assert "test_what_erasing_leaves.py" in found
    assert "disk" in logged(lambda: _raise(OSError("the disk is full")))


def test_an_update_that_cannot_be_read_is_not_quoted(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    lan = world.officer("Mèo Rất Riêng", "sondung")
    lan.says("/vuongmac 2b lời rất riêng").forgets()
    broken = {"update_id": 9001, "message": {"message_id": 1, "date": "lời rất riêng", "chat": {"id": lan.user}}}
    with world.service.store.unit() as session:
        inbox.keep(session, "telegram", [("9001", json.dumps(broken))], world.now)
    world.settle()
    assert any(place == "inbox.error" and "cannot be read" in text for place, text in cells(world))
    ours = [each for each in caplog.records if not each.name.startswith(NOISY) or each.levelno >= logging.WARNING]
    said = "\n".join(Redacting("%(message)s").format(each) for each in ours)
    assert "cannot be read" in said
    assert "rất riêng" not in said.lower()
    assert "lời rất riêng" not in "".join(text for place, text in cells(world) if place == "inbox.error")


def test_files_of_no_work_go_at_once_and_their_bytes_with_them(world: World) -> None:
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.sends_photo("/done 2b", data=PNG + b"work").forgets()
    lan.sends_photo(data=PNG + b"own").forgets().sends_photo(data=PNG + b"both").forgets()
    mua.sends_photo(data=PNG + b"both").forgets()
    _erase(world, lan)
    with world.service.store.look() as session:
        kept = {each.data.removeprefix(PNG) for each in session.exec(select(Blob))}
        assert kept == {b"work", b"both"}
        assert len(session.exec(select(Evidence)).all()) == 2


def _raise(error: Exception) -> None:
    raise error
