"""One person, several ways: a second one is linked by a code, one comes first, one goes, and nothing leaves twice."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app import wiring
from sandbox.world import World
from tests.channels.on_zalo import ADDRESS, TOKEN, OnZalo
from tests.conftest import MakeWorld


def on_both(make_world: MakeWorld, **settings: Any) -> OnZalo:
    """A service on Telegram and on Zalo, on the morning of 2 January 2020."""
    found = OnZalo()
    given = {"zalo_bot_token": TOKEN, "zalo_api_url": ADDRESS} | settings
    found.world = make_world(2020, 1, 2, 7, 0, beside=(found.channel,), **given)
    found.world.settle()
    return found


@pytest.fixture
def zalo(make_world: MakeWorld) -> OnZalo:
    """That, as it is set up unasked."""
    return on_both(make_world)


def code_in(text: str) -> str:
    """The eight digits in an answer."""
    found = re.search(r"\d{4} \d{4}", text)
    assert found is not None
    return found[0]


def kept(world: World, query: str) -> list[tuple[object, ...]]:
    """What the database holds."""
    with world.service.store.look() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(query).all()]


def test_a_second_way_is_linked_by_a_code_and_a_reminder_goes_by_one_of_them(zalo: OnZalo) -> None:
    world = zalo.world
    lan = world.officer("Lan", "sondung").forgets()
    lan.says("/kenh").expects("Telegram – gắn từ", "tin nhắc gửi vào đây")
    lan.taps("Gắn thêm Zalo").expects("Mã gắn Zalo", "«Nhắc Việc (thử)»", "tám chữ số")
    code = code_in(lan.last)
    there = zalo.phone("Lan trên Zalo")
    there.says(code).expects("Gắn Zalo này vào tài khoản của Lan", "dữ liệu cá nhân", "«đồng ý»")
    there.says("dong y ạ").expects("Đã gắn Zalo vào tài khoản của Lan", "vẫn gửi qua Telegram", "/kenh zalo").is_silent()
    lan.expects("Đã gắn thêm Zalo", "/kenh bo zalo").is_silent()
    # The code is spent, and the roles are what they were.
    zalo.phone("ai đó").says(code).expects("không đúng")
    assert kept(world, "SELECT count(*) FROM membership WHERE until IS NULL AND person_id > 0") == [(1,)]
    world.at(2020, 1, 14, 8, 30)
    lan.expects("2b")
    there.is_silent()
    # What is said there is answered there, as the same person.
    there.says("xong 2b đã ban hành").expects("Đã ghi nhận 2b").is_silent()
    lan.forgets().says("/viec").forgets()
    there.says("/kenh zalo").expects("gửi qua Zalo trước").is_silent()
    world.at(2020, 3, 10, 8, 30)
    lan.is_silent()
    assert there.unread
    there.forgets().says("/kenh bo telegram").expects("Đã bỏ Telegram", "nay qua Zalo").is_silent()
    there.says("/kenh bo zalo").expects("kênh duy nhất")
    lan.says("/viec").expects("chưa gắn với đơn vị nào")


def test_an_admin_vouches_for_who_has_lost_the_phone_and_the_old_account_is_out(zalo: OnZalo) -> None:
    world, hoa = zalo.world, zalo.world.admin("Hoa")
    lan = zalo.linked("Lan", "sondung")
    lan.says("xong 2b đã ban hành").forgets()
    hoa.forgets().says("/kenh P99 zalo").expects("/kenh P12")
    hoa.says("/kenh P2 zalo").expects("Mã gắn Zalo cho Lan", "thay tài khoản đang gắn")
    code = code_in(hoa.last)
    lan.expects("Hoa", "vừa tạo mã", "báo ngay").is_silent()
    # An officer vouches for nobody, and nobody for an admin.
    lan.says("/kenh P1 zalo").expects("dành cho đầu mối tổng hợp").is_silent()
    new = zalo.phone("máy mới của Lan")
    new.says(code).says("đồng ý").expects("Gắn Zalo này").expects("Đã gắn Zalo vào tài khoản của Lan", "gửi vào đây")
    lan.expects("không còn gắn", "báo ngay").says("xong 2c").expects("chưa gắn với đơn vị nào")
    # History came along.
    new.says("/lichsu 2b").expects("2b")
    assert kept(world, "SELECT count(*) FROM address WHERE channel = 'zalo'") == [(1,)]


def test_an_account_of_somebody_else_is_no_way(zalo: OnZalo) -> None:
    world = zalo.world
    lan, mai = world.officer("Lan", "sondung").forgets(), zalo.linked("Mai", "tuphap")
    lan.says("/kenh zalo")
    code = code_in(lan.last)
    mai.says(code).expects("đang gắn với một người khác").is_silent()
    # A newer code ends the older one.
    lan.says("/kenh zalo")
    zalo.phone("Lan").says(code).expects("không đúng")
    zalo.phone("Lan 2").says(code_in(lan.last)).expects("Gắn Zalo này")


def test_the_office_says_which_channel_is_first_for_who_chose_none(make_world: MakeWorld) -> None:
    zalo = on_both(make_world, channel_order=("zalo", "telegram"))
    world = zalo.world
    lan = world.officer("Lan", "sondung")
    wiring.sync(world.service)
    lan.forgets().says("/kenh zalo")
    there = zalo.phone("Lan")
    there.says(code_in(lan.last)).says("đồng ý")
    assert "Tin nhắc gửi vào đây" in there.last
    lan.forgets()
    world.at(2020, 1, 14, 8, 30)
    lan.is_silent()
    lan.says("/kenh").expects("Zalo – gắn từ")
    lan.says("/kenh telegram").expects("gửi qua Telegram trước")
    wiring.sync(world.service)
    lan.forgets().says("/kenh").expects("Telegram – gắn từ")
    assert lan.last.index("Telegram –") < lan.last.index("Zalo –")
