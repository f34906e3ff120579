"""A day's work at the screen: signing in, the queue, what the officers hear of it, signing out."""

from plan.status import State
from store import obligations
from tests.conftest import MakeWorld
from tests.desk.people import sets_passphrase, signs_in


def test_a_morning_at_the_screen(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0, review="all")
    boss, other = world.admin("Hương"), world.admin("Phó")
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    lan.says("/done 2b đã ban hành <script>alert(1)</script>")
    mai.says("/done 2b đã xong")
    name = sets_passphrase(world, boss, other)
    before = signs_in(world, boss, name)
    before.shows("Danh sách nhiệm vụ", "Xây dựng và triển khai", "Sơn Dung")
    screen = before.opens("/cho-xu-ly").shows("Kết quả chờ xác nhận 2", "Lan", "đúng hạn", "<script>alert(1)</script>")
    assert "<script>alert(1)" not in screen.page
    lan.forgets()
    mai.forgets()
    form = screen.form("/lam/confirm")
    screen.posts("/lam/confirm", form).shows("Đã xác nhận việc 2b", "Kết quả chờ xác nhận 1")
    screen.posts("/lam/confirm", form).shows("Đã xác nhận việc 2b")
    world.settle()
    lan.expects("đã được xác nhận").is_silent()
    screen.opens("/cho-xu-ly").sends("/lam/return", note="Thiếu dấu của Chủ tịch").shows("Đã trả lại việc 2b")
    world.settle()
    mai.expects("được trả lại để bổ sung", "Thiếu dấu của Chủ tịch").is_silent()
    with world.service.store.look() as session:
        rows = [each for each in obligations.of_task(session, "2b") if each.agency_id in ("sondung", "sonlong")]
        assert {(each.agency_id, each.state) for each in rows if each.milestone == "2b.1"} == {
            ("sondung", State.DONE), ("sonlong", State.OPEN)
        }  # fmt: skip
        [event] = [e for e in obligations.events_of(session, next(r.id for r in rows if r.state == State.DONE) or 0)
                   if e.kind == "confirmed"]  # fmt: skip
        assert event.person_id is not None
    boss.forgets().says("/lichsu 2b.1 sondung").expects("qua màn hình")
    screen.sends("/ra").shows("Đăng nhập")
    screen.opens("/cho-xu-ly").shows("Đăng nhập").shows_no("Kết quả chờ xác nhận")
