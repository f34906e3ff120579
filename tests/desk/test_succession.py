"""Hand-over and moving from the screen: shown whole first, then the same effects as /bangiao and /chuyennguoi."""

from desk import forms
from plan.people import Role
from sandbox.phone import Phone
from sandbox.world import World
from store import audit, people
from tests.conftest import MakeWorld
from tests.desk.computer import Computer
from tests.desk.people import seated
from tests.journeys.test_absence import number_of


def looks(screen: Computer, path: str, query: str, phone: int) -> Computer:
    """The second look at what would happen to somebody."""
    return screen.opens(f"{path}?nguoi={phone}&{query}")


def roles(world: World, phone: Phone) -> list[str]:
    """What somebody holds."""
    with world.service.store.look() as session:
        return [f"{each.agency_id}:{each.role}" for each in people.memberships(session, number_of(world, phone))]


def test_a_hand_over_is_shown_whole_and_done_as_in_the_chat(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    boss, lan, mai = world.admin("Hương"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    lan.says("/tiendo 2b 60 đang lấy ý kiến").says("/vangmat 14/1 20/1")
    for phone in (boss, lan, mai):
        phone.forgets()
    old, new = number_of(world, lan), number_of(world, mai)
    screen = (
        seated(world, "Hương")
        .opens("/can-bo")
        .shows("Bàn giao Chuyển đơn vị Đánh dấu máy trực (Telegram) Kết thúc quyền")
    )
    screen.opens(f"/can-bo/ban-giao?nguoi={old}").shows("Lan (P2) – cán bộ đầu mối, UBND xã Sơn Dung", f"Mai (P{new})")
    assert "/lam/hand-over" not in screen.page
    looks(screen, "/can-bo/ban-giao", f"cho={new}", old).shows(
        "Bàn giao toàn bộ vai trò của Lan (cán bộ đầu mối, UBND xã Sơn Dung) cho Mai (Xã Sơn Long)",
        "Ghi vắng mặt của Lan (đến hết 20/01/2020) kết thúc", "việc đang mở chuyển cho Mai", "tiến độ: 60%",
        "bc · hạn 10/03/2020 Định kỳ",
    )  # fmt: skip
    assert roles(world, lan) == ["sondung:officer"]
    form = screen.form("/lam/hand-over")
    for _ in range(2):
        screen.posts("/lam/hand-over", form).shows("Mai (Xã Sơn Long) đã nhận bàn giao từ Lan")
    world.settle()
    lan.expects("Đồng chí đã bàn giao", "Mai").is_silent()
    mai.expects("Nhận bàn giao từ đồng chí Lan", "2b · còn", "tiến độ: 60%").is_silent()
    assert (roles(world, lan), roles(world, mai)) == ([], ["sonlong:officer", "sondung:officer"])
    lan.says("/done 2b").expects("chưa gắn với đơn vị nào")
    assert looks(screen, "/can-bo/ban-giao", f"cho={new}", old).status == 404
    looks(screen, "/can-bo/ban-giao", f"cho={old}", new).shows("Chưa bàn giao")
    with world.service.store.look() as session:
        [entry] = audit.of_actions(session, ("member.handed_over",))
        assert (entry.actor, entry.via, entry.detail) == (number_of(world, boss), "desk:form", {"to": new})


def test_an_admin_who_hands_over_stays_one_until_a_second_one_confirms(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    boss, other, lan = world.admin("Hương"), world.admin("Phó"), world.officer("Lan", "sondung")
    screen, me, new = seated(world, "Hương"), number_of(world, boss), number_of(world, lan)
    looks(screen, "/can-bo/ban-giao", f"cho={new}", me).shows("chỉ chuyển khi được xác nhận", "Hương vẫn giữ vai trò")
    for phone in (boss, other, lan):
        phone.forgets()
    screen.sends("/lam/hand-over").shows("sẽ làm đầu mối tổng hợp của Phòng Nội vụ khi được xác nhận bởi: Phó")
    world.settle()
    lan.expects("chưa có quyền này").is_silent()
    other.expects("Xác nhận đầu mối tổng hợp mới", "đồng chí Hương").taps("Xác nhận")
    assert (roles(world, boss), roles(world, lan)) == ([], ["sondung:officer", "noivu:admin"])
    screen.opens("/can-bo").shows("Đăng nhập")


def test_a_person_is_moved_and_nobody_but_an_admin_moves_anybody(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    lan, number = world.officer("Lan", "sondung"), 2
    world.officer("Sếp", "noivu", role=Role.LEADER)
    screen = seated(world, "Hương").opens(f"/can-bo/chuyen?nguoi={number}&tu=sondung").shows("Phòng Tư pháp")
    assert "/lam/move-person" not in screen.page
    looks(screen, "/can-bo/chuyen", "tu=sondung&den=tuphap", number).shows("từ UBND xã Sơn Dung sang Phòng Tư pháp")
    form = screen.form("/lam/move-person")
    for name in ("Sếp", "Lan"):
        other = seated(world, name).opens("/nhiem-vu")
        mine = {"csrf": other.form("/ra")["csrf"], "back": "/", "nonce": forms.new_nonce()}
        other.posts("/lam/move-person", form | mine).shows("dành cho đầu mối tổng hợp")
        hands = mine | {"nonce": forms.new_nonce(), "before": "1", "after": "2"}
        other.posts("/lam/hand-over", hands).shows("dành cho đầu mối tổng hợp")
    for new in ("sondung", "khong-co", "congan+kinhte", ""):
        screen.posts("/lam/move-person", form | {"new": new, "nonce": forms.new_nonce()}).shows("Chưa chuyển")
    assert roles(world, lan) == ["sondung:officer"]
    lan.forgets()
    screen.posts("/lam/move-person", form).shows("Đã chuyển Lan", "Không còn ai nhận tin cho: UBND xã Sơn Dung")
    world.settle()
    lan.expects("được chuyển từ UBND xã Sơn Dung sang Phòng Tư pháp")
    assert roles(world, lan) == ["tuphap:officer"]
    assert looks(screen, "/can-bo/chuyen", "tu=sondung&den=tuphap", number).status == 404
