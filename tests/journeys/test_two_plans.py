"""Two plans that both have a 2b: whatever is said about 2b, the plan is asked for and shown."""

from pathlib import Path

from sqlmodel import select

from plan.status import State
from sandbox.phone import labels_of
from sandbox.world import World
from store.tables import Obligation
from tests import second_plan
from tests.conftest import MakeWorld


def both(make_world: MakeWorld, tmp_path: Path) -> World:
    return make_world(2020, 1, 2, 7, 0, plan_file=second_plan.write(tmp_path))


def states(world: World, agency: str, milestone: str) -> dict[str, str]:
    with world.service.store.look() as session:
        rows = session.exec(
            select(Obligation).where(Obligation.agency_id == agency, Obligation.milestone == milestone)
        ).all()
        return {row.plan_id: row.state for row in rows}


def test_an_answer_goes_to_the_plan_that_was_chosen(make_world: MakeWorld, tmp_path: Path) -> None:
    world = both(make_world, tmp_path)
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("/done 2b").expects("Mã 2b có trong nhiều kế hoạch")
    lan.expects_buttons("2b – CCHC 2020", "2b – Chỉ thị 5 2020", "Không ghi").taps("2b – Chỉ thị 5").expects(
        "Đã ghi nhận 2b", "1 ảnh"
    )
    assert states(world, "sondung", "2b.1") == {"cchc-2020": State.OPEN, "ct-2020": State.DONE}


def test_two_agencies_and_two_plans_are_four_buttons(make_world: MakeWorld, tmp_path: Path) -> None:
    world = both(make_world, tmp_path)
    lan = world.officer("Lan", "sondung", "sonlong").forgets()
    lan.says("/done 2b").expects("nhiều kế hoạch")
    found = labels_of(world.platform.messages(lan.chat)[-1])
    assert sorted(found[:-1]) == sorted(
        f"2b – {plan} – {agency}"
        for plan in ("CCHC 2020", "Chỉ thị 5 2020")
        for agency in ("Xã Sơn Dung", "Xã Sơn Long")
    )


def test_details_and_figures_are_of_one_plan(make_world: MakeWorld, tmp_path: Path) -> None:
    world = both(make_world, tmp_path)
    boss, lan = world.admin("Hoa").forgets(), world.officer("Lan", "sondung")
    lan.says("/chitiet 2b").expects("nhiều kế hoạch").taps("Chỉ thị 5 2020").expects("Chỉ thị: ").is_silent()
    lan.says("/chitiet 1a").expects("1a").is_silent()
    lan.says("/done 2b").taps("2b – CCHC").forgets()
    boss.says("/tonghop 2b").expects("nhiều kế hoạch").taps("CCHC 2020").expects("1/23").is_silent()
    boss.says("/tonghop 2b").expects("nhiều kế hoạch").taps("Chỉ thị 5").expects("Chỉ thị: ", "0/23").is_silent()
    boss.says("/tonghop theo mục").expects("Chỉ thị 5 2020 – 2. ", "CCHC 2020 – 2. ")


def test_an_admins_command_asks_and_goes_on_with_what_was_said(make_world: MakeWorld, tmp_path: Path) -> None:
    world = both(make_world, tmp_path)
    boss = world.admin("Hoa").forgets()
    boss.says("/tamhoan 2b.1 sondung căn cứ công văn số 15/UBND ngày 02/01/2020 của huyện").expects("nhiều kế hoạch")
    boss.taps("Chỉ thị 5 2020").expects("Tạm hoãn việc 2b.1 – Chỉ thị", "công văn số 15/UBND").taps("Xác nhận")
    boss.expects("Đã ghi: Tạm hoãn").is_silent()
    assert states(world, "sondung", "2b.1") == {"cchc-2020": State.OPEN, "ct-2020": State.SUSPENDED}
    boss.says("/datngay 3d 30/06/2020").expects("nhiều kế hoạch").taps("CCHC 2020").expects("Căn cứ là gì?")
    boss.says("KH 1").expects("Đặt thời hạn", "30/06/2020").taps("Xác nhận").expects("Đã đặt thời hạn")
