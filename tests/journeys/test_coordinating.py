"""A coordinating agency is told twice, owes nothing, and what it adds is seen by the lead."""

from sqlmodel import select

from sandbox.phone import text_of
from sandbox.world import World
from store.answer_tables import Contribution, Evidence
from store.tables import Reminder
from tests.conftest import MakeWorld
from tests.journeys.test_absence import number_of


def heard(world: World) -> list[str]:
    """What Lan's phone got of tasks that her agency coordinates."""
    lan = world.phone("Lan")
    return [text_of(message) for message in lan._from_bot() if "Việc đơn vị phối hợp" in text_of(message)]


def test_told_once_when_the_tasks_open_and_once_before_each_is_due(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.expects("2b").is_silent()
    world.at(2020, 1, 2, 13, 30)
    lan.expects("Việc đơn vị phối hợp – thứ Năm, 02/01/2020", "Bắt đầu thực hiện", "1c", "Chủ trì: Phòng Tư pháp")
    lan.is_silent()
    for day in (3, 6, 7):
        world.at(2020, 1, day, 14, 0)
    assert len(heard(world)) == 1
    # Led by every agency, hers too: that is her own work and not among these.
    assert "1a " not in heard(world)[0]
    assert "2b " not in heard(world)[0]
    lan.forgets()
    for day in (24, 25, 26, 27, 30, 31):
        world.at(2020, 3, day, 14, 0)
    soon = [each for each in heard(world) if "Sắp đến hạn" in each]
    assert len([each for each in soon if "1c" in each]) == 1
    assert "26/03/2020" in soon[-1]
    lan.says("/quahan").forgets().says("/viec")
    assert "1c" not in lan.last.split()


def test_an_old_plan_begins_without_a_word_to_those_who_coordinate(make_world: MakeWorld) -> None:
    world = make_world(2020, 5, 4, 13, 0)
    world.officer("Lan", "sondung")
    world.at(2020, 5, 4, 13, 30)
    world.at(2020, 5, 5, 13, 30)
    assert heard(world) == []


def test_a_contribution_is_kept_with_its_files_and_seen_by_the_lead(world: World) -> None:
    lan, minh = world.officer("Lan", "sondung"), world.officer("Minh", "tuphap")
    lan.sends_photo("/done 1c đã gửi danh mục văn bản").expects(
        "Đã ghi nhận phần phối hợp của UBND xã Sơn Dung cho việc 1c", "(1 ảnh)", "Phòng Tư pháp"
    ).is_silent()
    # A photo first, its code later.
    lan.sends_photo().expects("Kết quả này của việc nào").says("/done 1c bổ sung").expects("(1 ảnh)").is_silent()
    lan.sends_album(3, "/done 1c ảnh họp")
    world.later(seconds=10)
    assert "Kết quả này của việc nào" not in lan.last
    minh.says("/chitiet 1c").expects("Phối hợp – Xã Sơn Dung: Lan", "đã gửi danh mục văn bản (1 ảnh)", "(3 ảnh)")
    minh.forgets().says("/viec")
    assert "1c" in minh.last
    with world.service.store.look() as session:
        assert len(session.exec(select(Contribution)).all()) == 3
        assert {row.contribution_id is None for row in session.exec(select(Evidence))} == {False}
    lan.forgets().says("/done 9z").expects("Chưa rõ việc").says("/progress 1c 50").expects("không phải việc của đơn vị")
    lan.says("/xoadulieu co")
    with world.service.store.look() as session:
        assert all(row.source.startswith("erased:") for row in session.exec(select(Contribution)))


def test_who_stands_in_is_told_and_who_is_back_is_not_told_again(world: World) -> None:
    lan, mai, boss = world.officer("Lan", "sondung"), world.officer("Mai", "sonlong"), world.admin("Hoa")
    lan.says(f"/vangmat 2/1 2/1 P{number_of(world, mai)}")
    boss.says("/duyet V1")
    lan.forgets()
    world.at(2020, 1, 2, 13, 30)
    assert any("Việc đơn vị phối hợp" in text_of(message) for message in mai.unread)
    world.at(2020, 1, 3, 13, 30)
    assert heard(world) == []
    with world.service.store.look() as session:
        keys = [(row.person_id, row.obligation_id, row.step) for row in session.exec(select(Reminder))]
    assert len(keys) == len(set(keys))
