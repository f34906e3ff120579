"""The audit at the screen: admins and leaders read who decided what, and that they read it stands in it."""

from plan.people import Role
from store import audit, invites
from store.audit_actions import Action
from tests.conftest import MakeWorld
from tests.desk.people import seated

LOG = "/can-bo/nhat-ky"


def test_who_decided_what_is_read_and_that_it_was_read(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0, review="all")
    boss = world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Lan <i>x</i>", "sondung").says("/done 2b đã xong")
    mai = world.officer("Mai", "sonlong")
    mai.says("/done 2b")
    boss.says("/xacnhan S1").says("/chuyennguoi P4 tuphap co")
    screen = seated(world, "Hương").opens("/can-bo").opens(LOG)
    screen.shows(
        "Hương (P1) Telegram Xác nhận kết quả 2b – Xã Sơn Dung",
        "Hương (P1) Telegram Chuyển đơn vị Mai (P4) từ Xã Sơn Long sang P. Tư pháp; cán bộ đầu mối",
        "Lan <i>x</i> (P3)", "mã nhật ký",
    ).shows_no("Xem trang có dữ liệu cá nhân 2")  # fmt: skip
    assert "<i>x" not in screen.page
    assert screen.page.index("Chuyển đơn vị</td>") < screen.page.index("Xác nhận kết quả</td>")
    screen.opens(f"{LOG}?nguoi=3").shows("Nhận vai trò Lan").shows_no("Chuyển đơn vị Mai")
    screen.opens(f"{LOG}?loai=people").shows_no("Xác nhận kết quả 2b")
    leader = seated(world, "Sếp").opens(LOG).shows("Xác nhận kết quả 2b")
    leader.opens(f"{LOG}?loai=seen").shows("Hương (P1) trang theo dõi Xem trang có dữ liệu cá nhân /can-bo/nhat-ky")
    with world.service.store.look() as session:
        seen = [each.actor for each in audit.of_actions(session, (Action.DESK_SEEN,)) if each.subject == f"page:{LOG}"]
    assert seen == [1, 1, 1, 2, 2]
    for name in ("Lan <i>x</i>", "Mai"):
        assert seated(world, name).opens(LOG).status == 404


def test_a_long_one_has_pages_of_fifty(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    with world.service.store.unit() as session:
        for number in range(60):
            invites.prepare(session, ("sondung", Role.OFFICER, f"Người {number}"), world.now, by=1)
    screen = seated(world, "Hương").opens(f"{LOG}?nguoi=1")
    screen.shows("62 dòng", "M60 Người 59 cán bộ đầu mối, Xã Sơn Dung", "Trang 1/2")
    assert screen.page.count("<tr>") == 51
    screen.opens(f"{LOG}?nguoi=1&trang=2").shows("Người 0 ", "Trang 2/2").shows_no("Người 59")
    for odd in ("trang=999", "trang=x", "loai=x", "nguoi=x", "nguoi=99999999999", "loai=installation&nguoi=1"):
        assert screen.opens(f"{LOG}?{odd}").status == 200, odd
    screen.shows("Không có dòng nào như vậy")
