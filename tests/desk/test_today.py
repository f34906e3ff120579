"""The first page: what it says to whom, and as text for a chat."""

import re

from plan.people import Role
from tests.conftest import MakeWorld
from tests.desk.people import seated


def test_monday_morning(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0, review="all")
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Lan", "sondung").says("/done 2b đã ban hành")
    world.officer("Mai", "sonlong").says("/blocked 2b thiếu <script>kinh phí</script>").says("/vangmat 31/1 7/2")
    world.at(2020, 2, 3, 9, 0)
    screen = seated(world, "Hương").opens("/")
    screen.shows("Hôm nay, thứ Hai 03/02/2020", "Quá hạn: 23", "2b quá hạn 2 ngày làm việc , 30/01/2020", "Sơn Long")
    screen.shows("Chờ đồng chí xử lý: 2", "Đã báo, chờ xác nhận hoặc minh chứng: 1")
    screen.shows("Báo cáo quý I/2020: đã nộp 0/27", "Đơn vị không có ai nhận được tin nhắc: 22")
    screen.shows("Vắng mặt hôm nay: 1", "Mai (Xã Sơn Long), đến hết 07/02/2020; chưa có người thay")
    assert 'href="/nhiem-vu?muc=overdue"' in screen.page
    copied = re.search(r"<textarea[^>]*>(.*?)</textarea>", screen.page, re.DOTALL)
    assert copied is not None
    assert "- 2b (quá hạn 2 ngày làm việc): Xây dựng và triển khai" in copied[1]
    assert "Xã Sơn Long" in copied[1]
    assert "Lan" not in copied[1]
    seated(world, "Sếp").opens("/").shows("Quá hạn: 23", "Vắng mặt hôm nay: 1").shows_no("Chờ đồng chí")
    # An officer sees the own agency's part, and nothing of others.
    mine = seated(world, "Lan").opens("/")
    mine.shows("Đã báo, chờ xác nhận hoặc minh chứng: 1", "Báo cáo quý I/2020: đã nộp 0/1", "Chưa nộp: Xã Sơn Dung")
    mine.shows_no("Quá hạn", "Sơn Long", "Mai", "không có ai nhận được")
