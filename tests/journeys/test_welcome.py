"""What each role reads once linked."""

import pytest

from plan.people import Role
from sandbox.world import World
from tests.journeys.test_people import code_for


@pytest.mark.parametrize(
    ("role", "agency", "pieces"),
    [
        (Role.OFFICER, "sondung", ("01/2020: ", "2b · đến hết 30/01/2020", "nhắc trước hạn 15, 7, 3, 1 ngày", "07:30")),
        (Role.HEAD, "sondung", ("01/2020: ", "gửi cho cán bộ đầu mối")),
        (Role.ADMIN, "noivu", ("36 nhiệm vụ", "23 đơn vị", "/nguoi", "/moi")),
        (Role.LEADER, "noivu", ("chỉ xem", "/tonghop")),
    ],
)
def test_the_years_work_is_shown_as_it_fits_the_role(
    world: World, role: Role, agency: str, pieces: tuple[str, ...]
) -> None:
    lan = world.phone("Lan")
    lan.starts(code_for(world, agency, role)).forgets().taps("Tôi đồng ý")
    lan.expects("Đã gắn tài khoản", *pieces).is_silent()


def test_somebody_linked_in_april_reads_what_is_overdue_and_what_comes_next(world: World) -> None:
    world.at(2020, 4, 6, 7, 0)
    lan = world.phone("Lan")
    lan.starts(code_for(world)).forgets().taps("Tôi đồng ý").expects("Đã quá hạn: ", "Gần nhất")
    assert "đến hết 30/01/2020" not in lan.last
