"""One person, several ways: a second one is linked by a code, one comes first, one goes, and nothing leaves twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app import wiring
from plan.people import Role
from sandbox.phone import Phone, text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import World
from sandbox.zalo_api.phone import ZaloPhone
from tests.channels.on_zalo import ADDRESS, TOKEN, OnZalo
from tests.conftest import MakeWorld


def on_both(make_world: MakeWorld, **settings: Any) -> OnZalo:
    """A service on Telegram and on Zalo, on the morning of 2 January 2020."""
    found = OnZalo()
    # A world that has something to send lets seconds pass without a poll, as no service does.
    found.platform.assumes.kept_s = 600.0
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
    there.says("dong y ạ").expects(
        "Đã gắn Zalo vào tài khoản của Lan", "vẫn gửi qua Telegram", "/kenh zalo"
    ).is_silent()
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


@contextmanager
def telegram_away(world: World) -> Iterator[None]:
    """A time in which a proxy answers for Telegram to everything that is sent."""
    quiet = world.platform.fault_source
    world.platform.fault_source = lambda method, _chat: Fault("401") if method.lower().startswith("send") else None
    yield
    world.platform.fault_source = quiet


def both(zalo: OnZalo, name: str = "Lan", agency: str = "sondung") -> tuple[Phone, ZaloPhone]:
    """Somebody who is reached by Telegram first and by Zalo."""
    phone = zalo.world.officer(name, agency).forgets()
    phone.says("/kenh zalo")
    there = zalo.phone(name).says(code_in(phone.last)).says("đồng ý").forgets()
    return phone.forgets(), there


def test_who_closes_one_chat_is_reminded_by_the_other_and_it_says_why(zalo: OnZalo) -> None:
    world = zalo.world
    lan, there = both(zalo)
    world.platform.faults.append(Fault("403", "sendMessage", lan.chat))
    world.at(2020, 1, 14, 8, 30)
    there.expects("2b", "Gửi qua Zalo vì Telegram không nhận được tin").is_silent()
    assert kept(world, "SELECT DISTINCT channel, moved_from, state FROM delivery WHERE kind = 'digest'") == [
        ("zalo", "telegram", "sent")
    ]
    # The next one goes there at once, and has nothing to explain.
    there.says("2b đang làm 60%").forgets()
    world.at(2020, 3, 10, 8, 30)
    assert "Gửi qua" not in "".join(there.unread)
    assert there.unread


def test_a_platform_that_is_away_for_hours_is_passed_by_and_used_again_the_next_day(zalo: OnZalo) -> None:
    world = zalo.world
    hoa = world.admin("Hoa")
    hoa.says("/kenh zalo")
    hoa_there = zalo.phone("Hoa").says(code_in(hoa.last)).says("đồng ý").forgets()
    lan, there = both(zalo)
    mai = world.officer("Mai", "sonlong").forgets()
    world.at(2020, 1, 13, 17, 0)
    hoa.forgets()
    hoa_there.forgets()
    with telegram_away(world):
        world.at(2020, 1, 14, 7, 30)
        world.later(minutes=50)
        there.is_silent()
        world.later(minutes=15)
        hoa_there.expects("Telegram không nhận tin của hệ thống từ 07:3", "Mai")
        world.later(minutes=60)
        there.expects("2b", "Gửi qua Zalo vì Telegram").is_silent()
        # What is asked there is answered there, and what comes now goes there at once.
        there.says("xong 2b đã ban hành").expects("Đã ghi nhận 2b").is_silent()
    hoa_there.forgets()
    world.later(minutes=20)
    mai.expects("2b")
    lan.is_silent()
    assert "Telegram nhận tin lại" in "".join([*map(text_of, hoa.unread), *hoa_there.unread])
    # Until the evening it is Zalo still, and the day after it is Telegram.
    assert kept(world, "SELECT key FROM setting WHERE key LIKE 'channel_%'") == [
        ("channel_back:telegram",),
        ("channel_rests:telegram",),
    ]
    world.at(2020, 3, 10, 8, 30)
    there.is_silent()
    assert lan.unread


@pytest.mark.long
def test_a_reminder_that_waited_for_days_comes_once_as_of_that_day(zalo: OnZalo) -> None:
    world = zalo.world
    hoa, mai = world.admin("Hoa"), world.officer("Mai", "sonlong").forgets()
    world.at(2020, 1, 6, 7, 0)
    hoa.forgets()
    with telegram_away(world):
        for day in (7, 8, 9, 10, 13, 14, 15):
            world.at(2020, 1, day, 8, 30)
    world.at(2020, 1, 16, 9, 0)
    world.later(minutes=30)
    assert sum("2b" in text_of(each) for each in mai.unread) == 1
    said = [text_of(each) for each in hoa.unread]
    assert len(said) == len(set(said)), said


def test_of_the_weeks_lists_that_waited_the_newest_comes(zalo: OnZalo) -> None:
    world = zalo.world
    hoa, head = world.admin("Hoa"), world.officer("Chủ tịch Long", "sonlong", role=Role.HEAD)
    world.officer("Long", "sonlong")
    group = world.group(hoa)
    world.at(2020, 2, 3, 8, 30)
    head.expects("tuần từ 03/02/2020").is_silent()
    group.forgets()
    # Nobody took the lists of two Mondays; the channel is back before the third one's is made.
    with telegram_away(world):
        for day in (10, 17):
            world.at(2020, 2, day, 8, 30)
    world.at(2020, 2, 24, 7, 30)
    world.later(minutes=30)
    head.expects("tuần từ 24/02/2020").is_silent()
    # The figures in words, and the picture.
    assert ["photo" in each for each in group.unread] == [False, True]


def test_what_others_do_at_night_is_told_in_the_morning_and_in_the_hours_that_somebody_chose(world: World) -> None:
    hoa, bình = world.admin("Hoa"), world.admin("Bình")
    lan = world.officer("Lan", "sondung").forgets()
    bình.says("/kenh gio 9h-22h30").expects("từ 09:00 đến 22:30", "Tin nhắc hạn vẫn theo giờ của cơ quan")
    bình.says("/kenh gio khuya").expects("Chưa rõ giờ nhận tin", "/kenh gio 8:00-17:30")
    bình.says("/kenh").expects("được báo từ 09:00 đến 22:30")
    world.at(2020, 1, 6, 21, 30)
    for each in (hoa, bình, lan):
        each.forgets()
    # Who asked is answered at once.
    lan.says("/vuongmac 2b chưa có kinh phí").expects("2b")
    bình.expects("2b", "chưa có kinh phí")
    hoa.is_silent()
    lan.says("/vuongmac 2h thiếu người").forgets()
    world.at(2020, 1, 6, 23, 0)
    lan.says("/vuongmac 1e chờ văn bản").forgets()
    world.at(2020, 1, 7, 7, 29)
    hoa.is_silent()
    world.at(2020, 1, 7, 7, 30)
    said = "".join(map(text_of, hoa.unread))
    assert all(words in said for words in ("chưa có kinh phí", "thiếu người", "chờ văn bản"))
    bình.forgets()
    world.at(2020, 1, 7, 9, 0)
    bình.says("/kenh gio bo").forgets()
    hoa.forgets()


def test_who_wrote_on_a_channel_that_was_away_for_days_is_asked_to_send_it_again(zalo: OnZalo) -> None:
    world = zalo.world
    tân, there = world.officer("Tân", "sontan"), zalo.linked("Mai", "tuphap")
    world.at(2020, 1, 6, 9, 0)
    world.away.add("telegram")
    world.at(2020, 1, 6, 10, 0)
    # Nobody hears it within the 24 hours that Telegram keeps it, and Zalo is heard all the while.
    world.platform.say(tân.user, tân.chat, "xong 2b đã ban hành kế hoạch")
    world.at(2020, 1, 8, 10, 0)
    there.says("/viec").forgets()
    tân.forgets()
    world.away.clear()
    world.settle()
    tân.expects("Từ 09:00 ngày 06/01/2020", "đề nghị gửi lại").is_silent()
    there.is_silent()
    assert kept(world, "SELECT count(*) FROM outage") == [(1,)]
    # Less than it keeps is no gap: it comes by itself.
    world.away.add("telegram")
    world.at(2020, 1, 9, 8, 0)
    tân.says("xong 2b đã ban hành kế hoạch")
    world.away.clear()
    world.settle()
    tân.expects("Đã ghi nhận 2b").is_silent()
