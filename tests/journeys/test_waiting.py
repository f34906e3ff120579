"""What waits for an admin, in one list."""

from sandbox.world import World
from tests.conftest import MakeWorld


def test_everything_that_waits_is_in_one_list(make_world: MakeWorld) -> None:
    world: World = make_world(2020, 1, 2, 7, 0, review="all")
    boss, lan, long = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Long", "sonlong")
    boss.forgets().says("/choxuly").expects("Không có gì đang chờ").is_silent()
    lan.says("/done 2b")
    lan.says("/giahan 1e 15/04 chờ hướng dẫn")
    long.says("/vuongmac 2h thiếu người")
    boss.forgets().says("/choxuly").expects(
        "Đang chờ xử lý: 3",
        "Đề nghị: 1",
        "R1 · 1e – Xã Sơn Dung",
        "gia hạn",
        "Kết quả chờ xác nhận: 1",
        "2b – Xã Sơn Dung",
        "Vướng mắc chưa trả lời: 1",
        "2h – Xã Sơn Long",
        "thiếu người",
    ).is_silent()
    boss.says("/traloi 2h sonlong Phòng sẽ cử người").says("/xacnhan 2b sondung").says("/tuchoi R1 đủ thời gian")
    boss.forgets().says("/choxuly").expects("Không có gì đang chờ").is_silent()
    long.says("/vuongmac 2h vẫn thiếu người")
    boss.forgets().says("/choxuly").expects("Vướng mắc chưa trả lời: 1", "vẫn thiếu người").is_silent()
