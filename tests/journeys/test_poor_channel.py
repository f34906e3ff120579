"""Everything by words, on a channel of 500 characters that has no buttons, files, replies or menus."""

from collections.abc import Iterator

import pytest

from channels.abilities import Abilities
from plan.people import Role
from sandbox.world import World
from store import invites
from store.invites import Typed
from store.types import DeliveryState
from tests.channels.poor import Poor, PoorPhone, linked
from tests.conftest import MakeWorld
from tests.outbox import posted


@pytest.fixture
def poor() -> Iterator[Poor]:
    """The channel; nothing was asked of it that it cannot do."""
    channel = Poor()
    yield channel
    assert channel.faults == []


@pytest.fixture
def world(make_world: MakeWorld, poor: Poor) -> World:
    """A service on Telegram and on the poor channel, on the morning of 2 January 2020."""
    return make_world(2020, 1, 2, 7, 0, beside=(poor,))


def test_an_officer_is_linked_reminded_and_answers_in_words(world: World, poor: Poor) -> None:
    boss = world.admin("Hoa")
    invited = PoorPhone(world, poor, "Lan")
    invited.says("/start abcdabcdabcd").expects("mời không đúng").is_silent()
    invited.says("đồng ý").expects("chưa gắn với đơn vị nào").is_silent()
    lan = linked(world, poor, "Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    assert "2b" in "".join(lan.unread)
    assert "Đồng chí nhắn: «xong 2b», «vướng mắc 2b lý do», «nhận việc 2b» hoặc «tiến độ 2b»" in lan.unread[-1]
    boss.forgets()
    lan.forgets().says("vướng mắc 2b chưa bố trí được kinh phí").expects("2b").is_silent()
    # Who is told reads it on their own channel, with its buttons.
    boss.expects("chưa bố trí được kinh phí").expects_buttons("Đã nhận", "Trả lời")
    boss.taps("Trả lời").says("Phòng sẽ báo cáo huyện")
    lan.expects("Phòng sẽ báo cáo huyện").is_silent()
    lan.says("xong 2b đã ban hành kế hoạch").expects("Đã ghi nhận 2b", "đúng hạn")
    lan.taps("Báo nhầm – hủy")
    assert "2b" in lan.last
    with world.service.store.look() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM submission").scalar_one() == 1
        query = "SELECT count(*) FROM submission WHERE withdrawn_at IS NOT NULL"
        assert session.connection().exec_driver_sql(query).scalar_one() == 1


def test_a_code_that_leaves_a_doubt_is_not_what_to_type(world: World, poor: Poor) -> None:
    jurist = linked(world, poor, "Tư", "tuphap", Role.OFFICER)
    jurist.says("/done 1d đã ban hành văn bản").expects("Đồng chí báo việc nào?")
    jurist.taps("1d").expects("Đã ghi nhận 1d")


def test_an_admin_decides_in_words(world: World, poor: Poor) -> None:
    boss, lan = linked(world, poor, "Hoa", "noivu", Role.ADMIN), world.officer("Lan", "sondung")
    lan.says("/giahan 2b 15/02/2020 chờ hướng dẫn của tỉnh")
    assert "chờ hướng dẫn" in "".join(boss.unread)
    boss.taps("Đồng ý")
    assert "2b" in boss.last
    lan.forgets()
    boss.says("/datngay 3d 30/10/2020 căn cứ KH 12/KH-UBND").taps("Xác nhận")
    assert "30/10/2020" in boss.last
    boss.says("/invite sondung")
    assert "tám chữ số" in boss.last
    code = boss.last.splitlines()[-1].replace(" ", "")
    PoorPhone(world, poor, "Tân").starts(code).taps("Tôi đồng ý").expects("Thông báo về dữ liệu cá nhân").expects(
        "«đồng ý»"
    ).expects("Đã gắn tài khoản")


def test_a_question_with_options_is_answered_by_the_words_that_stand_beside_them(world: World, poor: Poor) -> None:
    mai = PoorPhone(world, poor, "Mai")
    for agency in ("sondung", "sonlong"):
        with world.service.store.unit() as session:
            typed = Typed(world.service.office.invite_key(), poor.name)
            code = invites.make(session, agency, Role.OFFICER, None, world.now, typed=typed)
        mai.starts(code).taps("Tôi đồng ý")
    mai.forgets().says("xong 2b đã ban hành")
    mai.taps("2b – Xã Sơn Long")
    assert "Đã ghi nhận 2b – UBND xã Sơn Long" in mai.last


def test_what_does_not_fit_comes_in_several_messages_whole_and_in_order(world: World, poor: Poor) -> None:
    lan = linked(world, poor, "Lan", "sondung")
    lan.says("/viec")
    assert len(lan.unread) > 1
    said = "\n".join(lan.unread)
    lan.forgets().says("/trogiup")
    assert "2b" in said
    assert all(len(text) <= 500 for text in poor.received[lan.chat])


def test_a_row_of_a_channel_that_nobody_holds_waits_with_its_reason_and_harms_no_other(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    with world.service.store.unit() as session:
        lost = posted(session, "7", "Xin chào", world.now)
        session.connection().exec_driver_sql(f"UPDATE delivery SET channel = 'zalo' WHERE id = {lost}")
    lan.says("/viec").expects("Việc chưa hoàn thành")
    world.later(minutes=5)
    with world.service.store.look() as session:
        query = f"SELECT state, last_error, attempts FROM delivery WHERE id = {lost}"
        row = session.connection().exec_driver_sql(query).one()
    assert (row.state, row.attempts) == (DeliveryState.DUE, 0)
    assert row.last_error == "no channel 'zalo' is set up here"


def test_what_was_cut_into_pages_and_could_not_leave_goes_out_anew_the_next_day(world: World, poor: Poor) -> None:
    # Less than a reminder with what stands in the place of its buttons.
    poor.abilities = Abilities(text=350)
    lan = linked(world, poor, "Lan", "sondung")
    poor.is_down = True
    world.at(2020, 1, 14, 7, 30)
    world.at(2020, 1, 15, 7, 30)
    poor.is_down = False
    world.at(2020, 1, 20, 7, 30)
    lan.expects("2b · còn 3 ngày làm việc").expects("Đồng chí nhắn: «xong 2b»").is_silent()
