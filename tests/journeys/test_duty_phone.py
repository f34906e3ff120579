"""A telephone that is shared: who reports is asked each time, and the record says both."""

from __future__ import annotations

import re

from sqlmodel import select

from plan.people import Role
from plan.status import State
from sandbox.phone import text_of
from sandbox.world import World
from sandbox.zalo_api.phone import ZaloPhone
from store import addresses, duty, invites, people, submissions
from store.invites import Typed
from store.people_tables import Address, Person
from tests.conftest import MakeWorld
from tests.journeys.test_fairness import row_of
from tests.journeys.test_zalo import on_zalo

PHONE = "máy trực của UBND xã Sơn Dung"


def reporter_of(world: World, task: str) -> str:
    """Who answered for a task of the agency, as the record names them."""
    with world.service.store.look() as session:
        row = row_of(world, "sondung", task)
        answer = submissions.standing_of(session, row.id or 0)
        assert answer is not None
        return session.get_one(Person, answer.person_id).name


def chooses(phone: ZaloPhone, label: str) -> ZaloPhone:
    """Types the letter that stands before a choice of the newest message."""
    return phone.says(re.findall(rf"([A-Z])\. {label}", phone.last)[-1])


def test_each_report_names_who_made_it(make_world: MakeWorld) -> None:
    zalo = on_zalo(make_world)
    world, boss = zalo.world, zalo.world.admin("Hoa")
    world.officer("Mai", "sondung")
    shared = zalo.linked("Lan", "sondung")
    world.at(2020, 1, 14, 8, 30)
    shared.forgets().says("/kenh máy trực").expects(PHONE, "nhiều người dùng chung").is_silent()
    boss.forgets()
    # A photo with its code waits for a name: nothing is recorded before, and the moment is the message's own.
    shared.sends_photo("xong 2b").expects("Ai báo nội dung này?", ". Mai", ". Người khác").is_silent()
    assert row_of(world, "sondung", "2b.1").state == State.OPEN
    world.later(minutes=5)
    chooses(shared, "Mai").expects("Đã ghi nhận 2b", "08:30", "1 ảnh").is_silent()
    assert reporter_of(world, "2b.1") == f"{PHONE}, người báo: Mai"
    boss.forgets().says("/lichsu 2b.1 sondung").expects(f"{PHONE}, người báo: Mai").forgets()
    # It is asked anew each time; taking it back within ten minutes needs no name.
    shared.says("hoàn tác").expects("2b").is_silent()
    assert row_of(world, "sondung", "2b.1").state == State.OPEN
    chooses(shared.says("xong 2b").expects("Ai báo"), "Người khác").expects("họ tên")
    shared.says("Đinh Văn An").expects("Đã ghi nhận 2b")
    assert reporter_of(world, "2b.1") == f"{PHONE}, người báo: Đinh Văn An"
    # Words of a reading are answered at once, and a report that nobody names is recorded all the same.
    shared.says("vướng mắc 1e chưa có kinh phí").expects("Ai báo").says("/viec").forgets()
    world.later(minutes=31)
    shared.expects("1e")
    told = [text_of(each) for each in boss.unread]
    assert any("chưa có kinh phí" in each and "chưa rõ người báo" in each for each in told), told
    # No admin, head or leader stands on it, and no page is opened from it.
    with world.service.store.look() as session:
        phone = session.exec(select(Person).where(Person.duty_of == "sondung")).one()
        assert [each.role for each in people.memberships(session, phone.id or 0)] == [Role.OFFICER]
        assert not duty.may_hold(session, phone.id or 0, Role.HEAD)
        former = session.exec(select(Person).where(Person.name == "Lan")).one()
        assert not people.memberships(session, former.id or 0)
    shared.says("/theodoi").expects("không mở được trang theo dõi")
    with world.service.store.unit() as session:
        typed = Typed(world.service.office.invite_key(), "zalo")
        code = invites.make(session, "sondung", Role.HEAD, None, world.now, typed=typed)
    shared.says(code).expects("không nhận được vai trò thủ trưởng")


def test_an_admin_says_that_an_account_is_shared_and_its_person_keeps_the_others(make_world: MakeWorld) -> None:
    zalo = on_zalo(make_world)
    world, boss = zalo.world, zalo.world.admin("Hoa")
    shared = zalo.linked("Lan", "sondung")
    with world.service.store.unit() as session:
        lan = session.exec(select(Person.id).where(Person.name == "Lan")).one() or 0
        session.add(Address(person_id=lan, channel="telegram", user="77", chat="77", linked_at=world.now))
    boss.says(f"/kenh P{lan} zalo máy trực").expects("là máy trực dùng chung?").taps("Là máy trực")
    boss.expects("Tài khoản Zalo của Lan", PHONE).is_silent()
    shared.expects(PHONE).forgets().says("/kenh").expects(PHONE, "Zalo").forgets()
    with world.service.store.look() as session:
        assert [each.agency_id for each in people.memberships(session, lan)] == ["sondung"]
        assert [each.channel for each in addresses.addresses_of(session, lan)] == ["telegram"]
    # It is reminded as its agency's, and a letter chooses its person, who is there by another way.
    world.at(2020, 1, 14, 7, 30)
    assert "2b" in "".join(shared.unread)
    chooses(shared.forgets().says("nhận việc 2b").expects("Ai báo"), "Lan").expects("2b")
    # Somebody else's account is an admin's to speak about.
    shared.forgets().says("/kenh P1 zalo máy trực").expects("đầu mối tổng hợp")
