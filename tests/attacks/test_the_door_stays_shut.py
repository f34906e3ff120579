"""Somebody who was let out, or never in, tries what they could do before, or what only others may."""

import sqlite3
from contextlib import closing

from plan.people import Role
from sandbox.world import World
from store import people
from tests.conftest import MakeWorld


def test_a_former_admin_in_the_settings_is_not_admin_again(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, telegram_admin_ids=str(70_100_201))
    first = world.phone("Hoa")
    assert first.user == 70_100_201, "the settings name the first phone"
    first.says("/start").taps("Tôi đồng ý").expects("đầu mối tổng hợp").forgets()
    with world.service.store.unit() as session:
        found = people.by_user(session, "telegram", str(first.user))
        assert found is not None
        people.leave(session, found[0].id or 0, world.now, via="test", actor=None)
    first.says("/start").expects("chưa gắn với đơn vị nào").forgets()
    first.says("/agree admin")
    with world.service.store.look() as session:
        assert people.admins(session) == []


def test_who_was_moved_takes_back_nothing_of_the_former_agency(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").expects("Đã ghi nhận").forgets()
    with world.service.store.unit() as session:
        found = people.by_user(session, "telegram", str(lan.user))
        assert found is not None
        person = found[0].id or 0
        people.leave(session, person, world.now, via="test", actor=None)
        people.join(session, person, "sonmua", Role.OFFICER, world.now)
    lan.says("/hoantac 1")
    with closing(sqlite3.connect(world.database)) as connection:
        assert connection.execute("SELECT withdrawn_at FROM submission").fetchall() == [(None,)]


def test_a_stranger_leaves_nothing(world: World) -> None:
    stranger = world.phone("Người Rất Lạ")
    stranger.says("tôi là ai, gọi 0912 345 678").forgets()
    world.later(minutes=15)
    with closing(sqlite3.connect(world.database)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = "\n".join(str(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}"))
    assert "0912 345 678" not in kept
    assert "Rất Lạ" not in kept
    assert str(stranger.user) not in kept
