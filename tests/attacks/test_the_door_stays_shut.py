"""Somebody who was let out, or never in, tries what they could do before, or what only others may."""

import sqlite3
from contextlib import closing

from plan.people import Role
from sandbox.phone import text_of
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


def test_what_another_agency_contributed_is_read_by_those_it_concerns(world: World) -> None:
    office = world.service.office
    plan = next(iter(office.plans.values()))
    task, leads, helpers, outside = next(
        (each, leads, helpers, outside)
        for each in plan.tasks
        if (leads := set(plan.expand(each.lead)))
        and (helpers := sorted(set(plan.expand(each.coordinating)) - leads))
        and (outside := sorted(set(office.owing()) - leads - {*helpers}))
    )
    world.officer("Lan", helpers[0]).says(f"/done {task.code} ý kiến riêng").forgets()
    for name, agency, reads in (("Bình", min(leads), True), ("Mai", helpers[0], True), ("Nga", outside[0], False)):
        phone = world.officer(name, agency).forgets()
        phone.says(f"/chitiet {task.code}").expects(task.code)
        shown = "\n".join(text_of(each) for each in phone._from_bot())
        assert ("ý kiến riêng" in shown) is reads, name
