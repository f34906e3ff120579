"""Who carries a task out: named by the head or an admin, told once, named in reminders, ended when they leave."""

import pytest

from plan.people import Role
from sandbox.phone import text_of
from sandbox.world import World
from store import assignees, audit, obligations
from store.assignees import Key
from tests.conftest import MakeWorld
from tests.journeys.test_absence import named, number_of

TASK = Key("cchc-2020", "2b", "sondung")


def town_so_far(world: World) -> None:
    """Two officers and the head of one commune, somebody of another, an admin."""
    world.admin("Hoa")
    named(world, world.officer("Lan", "sondung"), "lan_sondung").says("/viec")
    world.officer("Tú", "sondung")
    world.officer("Bình", "sondung", role=Role.HEAD)
    named(world, world.officer("Mai", "sonlong"), "mai_sonlong").says("/viec")


@pytest.fixture
def town(make_world: MakeWorld) -> World:
    return make_world(2020, 1, 13, 9, 0).begins(town_so_far)


def who(world: World, key: Key = TASK) -> int | None:
    with world.service.store.look() as session:
        found = assignees.of(session, key)
        return found.person_id if found is not None else None


def test_the_head_names_an_officer_who_hears_it_once_and_everybody_is_reminded_as_before(town: World) -> None:
    head, lan, tu, boss = (town.phone(name) for name in ("Bình", "Lan", "Tú", "Hoa"))
    head.says("/phancong 2b @Lan_SonDung").expects(
        "Đã phân công đồng chí Lan thực hiện việc 2b – UBND xã Sơn Dung.", "được báo qua tin nhắn"
    ).is_silent()
    lan.expects("Thủ trưởng đơn vị (đồng chí Bình) phân công đồng chí thực hiện việc 2b", "/chitiet_2b").is_silent()
    lan.says("/chitiet_2b").expects("Xã Sơn Dung", "Người thực hiện: Lan").is_silent()
    head.says("/phancong 2b Lan").expects("đã do đồng chí Lan thực hiện", "không có gì thay đổi").is_silent()
    lan.is_silent()
    boss.is_silent()
    town.at(2020, 1, 14, 7, 30)
    lan.expects("2b · còn 7 ngày làm việc (hạn 30/01) · người thực hiện: Lan").is_silent()
    tu.expects("2b · còn 7 ngày làm việc (hạn 30/01) · người thực hiện: Lan").is_silent()
    boss.forgets()
    # An admin's word, in the agency of whom they name; the one before hears it, and so does the head.
    boss.says(f"/phancong 2b P{number_of(town, tu)}").expects("đồng chí Tú", "thay đồng chí Lan").is_silent()
    tu.expects("Phòng Nội vụ (đồng chí Hoa) phân công đồng chí").is_silent()
    lan.expects("đã chuyển việc 2b – UBND xã Sơn Dung cho đồng chí Tú", "vẫn nhận tin nhắc").is_silent()
    head.expects("ghi đồng chí Tú là người thực hiện việc 2b").is_silent()
    boss.says("/lichsu 2b.1 sondung").expects(
        "Phân công đồng chí Lan thực hiện", "Phân công đồng chí Tú thực hiện"
    ).is_silent()
    # Taken back as it was said, and by the button.
    head.says("/phancong 2b -").expects("không còn phân công cho đồng chí Tú")
    tu.expects("thôi phân công đồng chí").is_silent()
    head.taps("Hoàn tác").expects("Đã phân công đồng chí Tú")
    assert who(town) == number_of(town, tu)
    with town.service.store.look() as session:
        said = [each.action for each in audit.entries(session) if each.action.startswith("assignee.")]
    assert said == ["assignee.named", "assignee.named", "assignee.ended", "assignee.named"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/phancong", "Phân công người thực hiện: gửi mã việc"),
        ("/phancong 99x @lan", "Chưa rõ việc «99x»"),
        ("/phancong 1c Lan", "Không có việc 1c mà đồng chí được phân công"),
        ("/phancong 2b sonlong Mai", "Không có việc 2b của UBND xã Sơn Long mà đồng chí được phân công"),
        ("/phancong 2b", "chưa phân công người thực hiện. Phân công cho ai?"),
        ("/phancong 2b @khongai", "Chưa thấy «@khongai»"),
        ("/phancong 2b Hương", "Chưa thấy «Hương»"),
        ("/phancong 2b P999", "Chưa thấy «P999»"),
        ("/phancong 2b @mai_sonlong", "Đồng chí Mai không thuộc UBND xã Sơn Dung"),
        ("/phancong 2b -", "chưa phân công người thực hiện nên không có gì thay đổi"),
        ("phân công 2b cho đồng chí Tú", "Đã phân công đồng chí Tú thực hiện việc 2b"),
        ("/phancong Sơn Dung 2b Tú", "Đã phân công đồng chí Tú thực hiện việc 2b"),
    ],
)
def test_what_a_head_may_say_is_answered_clearly_and_loses_nothing(town: World, words: str, answer: str) -> None:
    town.phone("Bình").says(words).expects(answer).is_silent()
    assert (who(town) is not None) == ("Đã phân công" in answer)


def test_an_admin_is_asked_which_agency_and_an_officer_names_nobody(town: World) -> None:
    boss, lan = town.phone("Hoa"), town.phone("Lan")
    boss.says("/phancong 2b").expects("của đơn vị nào").taps("Xã Sơn Dung")
    boss.expects("Phân công cho ai?").taps("Lan").expects("Đã phân công đồng chí Lan")
    lan.expects("Phòng Nội vụ (đồng chí Hoa) phân công").is_silent()
    lan.says("/phancong 2b Tú").expects("thủ trưởng").is_silent()
    # Told as progress, it is no order.
    lan.says("phân công 2b cho đồng chí Tú").expects("Đã giữ tin của đồng chí về việc 2b")
    assert who(town) == number_of(town, lan)


def test_who_is_revoked_or_moved_carries_it_out_no_more_and_a_successor_does(town: World) -> None:
    head, lan, tu, boss = (town.phone(name) for name in ("Bình", "Lan", "Tú", "Hoa"))
    head.says("/phancong 2b Lan").says("/phancong 1e Lan").says("/phancong 4c Tú")
    for phone in (head, lan, tu, boss):
        phone.forgets()
    boss.says(f"/chuyennguoi P{number_of(town, lan)} sonlong").taps("Chuyển").forgets()
    town.at(2020, 1, 13, 9, 20)
    head.expects(
        "Đồng chí Lan không còn nhận việc của UBND xã Sơn Dung nên thôi là người thực hiện (việc 1e, 2b)",
        "Phân công người khác: /phancong 1e @tên",
    ).expects("Thay đổi về người dùng", "Lan").is_silent()
    assert who(town) is None
    head.says("/phancong 2b @lan_sondung").expects("Đồng chí Lan không thuộc UBND xã Sơn Dung")
    # What passes to a successor passes whole.
    boss.forgets().says(f"/bangiao P{number_of(town, tu)} P{number_of(town, head)}").taps("Bàn giao")
    assert who(town, TASK._replace(work="4c")) == number_of(town, head)
    town.at(2020, 1, 13, 9, 40)
    boss.forgets().says(f"/thuhoi P{number_of(town, head)}").taps("Thu hồi")
    town.at(2020, 1, 13, 10, 0)
    assert who(town, TASK._replace(work="4c")) is None
    assert any("thôi là người thực hiện (việc 4c)" in text for text in map(text_of, boss.unread))


def test_who_carries_out_is_kept_while_the_plan_prints_another_code(town: World) -> None:
    town.phone("Bình").says("/phancong 2b Lan")
    with town.service.store.unit() as session:
        rows = [row for row in obligations.of_task(session, "2b") if row.agency_id == "sondung"]
        for row in rows:
            row.task, row.milestone = "2z", row.milestone.replace("2b", "2z")
            session.add(row)
        assert {assignees.key_of(row) for row in rows} == {TASK}
        assert assignees.of(session, assignees.key_of(rows[0])) is not None
