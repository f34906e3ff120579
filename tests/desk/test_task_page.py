"""One obligation on the screen: what stands there, what may be done, and that nobody comes to another's."""

import re
from itertools import product

import pytest

from desk import forms
from desk.viewer import viewer_of
from plan.people import Role
from plan.status import State
from progress import queue, waiting
from progress.acts.scene import Scene
from sandbox.world import World
from store import assignees, obligations, people, submissions
from store.tables import Obligation
from tests.conftest import MakeWorld
from tests.desk.computer import Computer
from tests.desk.people import seated
from tests.desk.test_attacks import HOSTILE

PDF = b"%PDF-1.4\n%%EOF\n"
WORDS = "chỉ là chữ".encode()
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def march_so_far(world: World) -> None:
    """Somebody in each role, and files of several kinds."""
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Trưởng", "tuphap", role=Role.HEAD)
    lan = world.officer("Lan", "sondung")
    lan.sends_photo(f"/done 2b đã ban hành {HOSTILE}")
    lan.sends_file(f"{HOSTILE}.pdf", PDF, "/done 2b")
    lan.sends_file("bang.pdf", WORDS, "/done 2b")
    lan.sends_file("anh.png", DRAWING, "/done 2b", mime="image/png")
    lan.says("/blocked 1e thiếu kinh phí")
    world.officer("Mai", "sonlong").sends_photo("/done 2b")
    world.settle()


@pytest.fixture
def march(make_world: MakeWorld) -> World:
    """An office in the middle of March, with somebody in each role and files of several kinds."""
    return make_world(2020, 3, 24, 9, 0, review="all").begins(march_so_far)


def owed(world: World, milestone: str, agency: str) -> Obligation:
    with world.service.store.look() as session:
        rows = obligations.of_task(session, milestone.partition(".")[0])
        return next(each for each in rows if (each.milestone, each.agency_id) == (milestone, agency))


def page(world: World, who: str, milestone: str, agency: str) -> Computer:
    return seated(world, who).opens(f"/nhiem-vu/{owed(world, milestone, agency).id}")


def files(screen: Computer) -> list[str]:
    """The addresses of the files that the page leads to."""
    found = set(re.findall(r'href="(/nhiem-vu/\d+/tep/\d+)"', screen.page))
    return sorted(found, key=lambda each: int(each.rpartition("/")[2]))


def test_all_that_is_known_of_an_obligation_stands_on_its_page(march: World) -> None:
    screen = page(march, "Hương", "2b.1", "sondung")
    screen.shows(
        "2b – UBND xã Sơn Dung", "trước ngày 31/01/2020 → hạn 30/01/2020", "2b.2", "quá hạn 38 ngày làm việc",
        "Các cơ quan, đơn vị; UBND cấp xã", "+ Hoàn thành việc ban hành kế hoạch", "Báo hoàn thành", HOSTILE,
        "Tin đã gửi", "xác nhận kết quả", "số 2579/QĐ-UBND",
    )  # fmt: skip
    assert "<img src=x" not in screen.page
    assert "<script>alert" not in screen.page
    page(march, "Hương", "1e.1", "sondung").shows("thiếu kinh phí", "còn 5 ngày làm việc")


def test_files_are_shown_where_they_can_do_nothing_and_saved_otherwise(march: World) -> None:
    screen = page(march, "Hương", "2b.1", "sondung")
    photo, pdf, words, drawing = files(screen)
    assert screen.page.count("<img ") == 1
    kinds = {photo: ("image/png", True), pdf: ("application/pdf", True), words: ("", False), drawing: ("", False)}
    for path, (kind, shown) in kinds.items():
        data = screen.reads(path)
        held = screen.headers
        assert screen.status == 200
        assert held["content-type"] == (kind or "application/octet-stream")
        assert held["content-disposition"].startswith("inline;" if shown else "attachment;")
        assert held["x-content-type-options"] == "nosniff"
        assert held["cache-control"] == "no-store"
        assert {"default-src 'none'", "sandbox"} <= {*held["content-security-policy"].split("; ")}
        assert data
    assert screen.reads(pdf) == PDF
    assert "<" not in screen.headers["content-disposition"]


def test_nobody_comes_to_anothers_by_its_number(march: World) -> None:
    dung, long, agency = owed(march, "2b.1", "sondung"), owed(march, "2b.1", "sonlong"), owed(march, "1c.1", "tuphap")
    [mine] = files(page(march, "Mai", "2b.1", "sonlong"))
    theirs = files(page(march, "Lan", "2b.1", "sondung"))
    readers = {"Hương": "all", "Sếp": "all", "Trưởng": "tuphap", "Lan": "sondung", "Mai": "sonlong"}
    for (name, of), row in product(readers.items(), (dung, long, agency)):
        screen = seated(march, name)
        assert screen.opens(f"/nhiem-vu/{row.id}").status == (200 if of in ("all", row.agency_id) else 404), (name, row)
    for (name, of), path in product(readers.items(), (mine, *theirs)):
        owner = "sonlong" if path == mine else "sondung"
        assert seated(march, name).opens(path).status == (200 if of in ("all", owner) else 404), (name, path)
    # A file of another under the number of one's own.
    for path in theirs:
        number = path.rpartition("/")[2]
        assert seated(march, "Mai").opens(f"/nhiem-vu/{long.id}/tep/{number}").status == 404
    assert Computer(march).opens(mine).shows("Đăng nhập").page.count("<form") == 1


def test_a_number_of_nothing_is_not_there(march: World) -> None:
    screen, here = seated(march, "Hương"), owed(march, "2b.1", "sondung").id
    for number in ("0", "999999", "-1", "1.5", "x", "9" * 13, "9" * 40, "%C2%B2", "١", "1%00"):
        assert screen.opens(f"/nhiem-vu/{number}").status == 404, number
        assert screen.opens(f"/nhiem-vu/{here}/tep/{number}").status == 404, number


OFFERED = {
    ("Hương", "2b.1"): {"confirm", "return", "done", "cause", "remark", "assignee"},
    ("Sếp", "2b.1"): set(),
    ("Lan", "2b.1"): {"done", "correct", "withdraw", "cause", "comment"},
    ("Hương", "1e.1"): {"take-up", "answer-block", "done", "progress", "blocked", "remark", "assignee"},
    ("Sếp", "1e.1"): set(),
    ("Lan", "1e.1"): {"done", "progress", "blocked", "acknowledge", "extend", "not-ours", "comment"},
}


def test_each_is_offered_what_they_may_do(march: World) -> None:
    for (who, milestone), offered in OFFERED.items():
        found = re.findall(r'action="/lam/([a-z-]+)"', page(march, who, milestone, "sondung").page)
        assert set(found) == offered, (who, milestone)
        assert len(found) == len(set(found))


def test_what_is_done_here_is_done_as_in_the_chat(march: World) -> None:
    phone = march.phone("Lan").forgets()
    boss = page(march, "Hương", "1e.1", "sondung")
    boss.sends("/lam/answer-block", note="đã bố trí kinh phí").shows("đã bố trí kinh phí")
    march.settle()
    phone.expects("đã bố trí kinh phí")
    lan = page(march, "Lan", "1e.1", "sondung")
    lan.sends("/lam/progress", note=f"đang trình {HOSTILE}").shows("Đã ghi tiến độ việc 1e", HOSTILE)
    assert "<img src=x" not in lan.page
    lan.sends("/lam/extend", day="", note="chờ kinh phí").shows("Cần thêm nội dung").sends(
        "/lam/extend", day="2020-05-15", note="chờ kinh phí"
    )
    lan.shows("Đã gửi", "15/05/2020", "Đề nghị và quyết định", "chờ kinh phí")
    boss.opens(boss.path)
    boss.sends("/lam/done", note="BC 3/BC-UBND 23/03/2020").shows("Đã ghi nhận 1e", "đúng hạn")
    boss.sends("/lam/remark", note="bản giấy ở tủ 3").shows("Ghi chú của đầu mối tổng hợp", "bản giấy ở tủ 3")
    march.settle()
    phone.expects("1e", "BC 3/BC-UBND")
    assert owed(march, "1e.1", "sondung").state == State.DONE
    with march.service.store.look() as session:
        answer = submissions.standing_of(session, owed(march, "1e.1", "sondung").id or 0)
        assert answer is not None
        assert (answer.on_behalf, answer.product_number) == (True, "3/BC-UBND")


def test_what_is_not_offered_is_not_done_either(march: World) -> None:
    row = owed(march, "2b.1", "noivu")
    acts = ("done", "progress", "blocked", "cause", "acknowledge", "extend", "not-ours", "correct", "withdraw",
            "answer-block", "comment", "remark", "assignee")  # fmt: skip
    for who, act in product(("Sếp", "Trưởng", "Lan"), acts):
        screen = seated(march, who).opens("/nhiem-vu")
        fields = {"csrf": screen.form("/ra")["csrf"], "back": "/", "nonce": forms.new_nonce(), "day": "2020-12-01"}
        screen.posts(f"/lam/{act}", fields | {"obligation": str(row.id), "note": "vì thế"})
    with march.service.store.look() as session:
        assert [each.kind for each in obligations.events_of(session, row.id or 0)] == ["created"]


def test_a_head_names_who_carries_a_task_out_here_too(march: World) -> None:
    phone = march.officer("Tâm", "tuphap").forgets()
    head = page(march, "Trưởng", "1c.1", "tuphap")
    assert "Tâm</option>" in head.page
    with march.service.store.look() as session:
        found = people.by_user(session, march.channel.name, str(phone.user))
        other = people.by_user(session, march.channel.name, str(march.phone("Lan").user))
        assert found is not None
        assert other is not None
        mine, theirs = str(found[0].id), str(other[0].id)
    head.sends("/lam/assignee", person=theirs).shows("Đồng chí Lan không thuộc Phòng Tư pháp")
    head.sends("/lam/assignee", person=mine).shows("Đã phân công đồng chí Tâm", "Người thực hiện Tâm", "qua màn hình")
    march.settle()
    phone.expects("Thủ trưởng đơn vị (đồng chí Trưởng) phân công đồng chí thực hiện việc 1c")
    for wrong in ("0", "-1", "x", "9" * 13):
        assert head.sends("/lam/assignee", person=wrong).status in (200, 404)
        head.opens(f"/nhiem-vu/{owed(march, '1c.1', 'tuphap').id}").shows("Người thực hiện Tâm")
    # An officer of it is offered nothing, and a head of another agency comes to nothing.
    assert "/lam/assignee" not in page(march, "Tâm", "1c.1", "tuphap").page
    head.sends("/lam/assignee", obligation=str(owed(march, "2b.1", "sondung").id), person=theirs)
    with march.service.store.look() as session:
        assert assignees.of(session, assignees.Key("cchc-2020", "2b", "sondung")) is None
    head.opens(f"/nhiem-vu/{owed(march, '1c.1', 'tuphap').id}")
    head.sends("/lam/assignee", person="").shows("không còn phân công cho đồng chí Tâm")


def test_what_waits_for_a_word_is_decided_on_the_page_of_its_work(march: World) -> None:
    lan, mai = march.phone("Lan").forgets(), march.phone("Mai")
    mai.says("/giahan 1e 15/5 chờ văn bản của tỉnh").forgets()
    # Confirmed: nothing waits any more.
    boss = page(march, "Hương", "2b.1", "sondung").shows("Đang chờ quyết định Kết quả chờ xác nhận", HOSTILE)
    form = boss.form("/lam/return")
    boss.posts("/lam/return", form | {"note": "thiếu dấu"}).shows("được trả lại", "Báo nhầm – hủy")
    march.settle()
    lan.expects("thiếu dấu")
    # Pressed again it says the same and does nothing; taken back it waits as before.
    boss.posts("/lam/return", form | {"note": "lý do khác"}).shows("thiếu dấu").shows_no("lý do khác")
    undo = boss.form("/lam/take-back")
    boss.posts("/lam/take-back", undo).shows("Đang chờ quyết định")
    march.settle()
    lan.expects("2b")
    boss.sends("/lam/confirm").shows("Đã xác nhận việc 2b").shows_no("Đang chờ quyết định")
    assert owed(march, "2b.1", "sondung").state == State.DONE
    # A request, a difficulty.
    boss = page(march, "Hương", "1e.1", "sonlong").shows("Đang chờ quyết định Đề nghị", "chờ văn bản của tỉnh")
    boss.sends("/lam/refuse", note="hạn của tỉnh").shows("hạn của tỉnh").sends("/lam/take-back").shows(
        "Đang chờ quyết định Đề nghị"
    )
    boss.sends("/lam/grant").shows("Đã ghi đồng ý R1", "15/05/2020")
    boss = page(march, "Hương", "1e.1", "sondung").shows("Đang chờ quyết định Vướng mắc")
    boss.sends("/lam/take-up").shows("Đang chờ quyết định Vướng mắc").sends("/lam/answer-block", note="đã bố trí")
    boss.shows("đã bố trí", "Báo nhầm – hủy").shows_no("Đang chờ quyết định")
    # Ten minutes later it is too late, and is not offered.
    march.at(2020, 3, 24, 9, 30)
    here = boss.path
    assert "/lam/take-back" not in boss.opens(here).page
    # A leader reads what waits; an officer does not, and takes back what is their own.
    leader = page(march, "Sếp", "2b.1", "sonlong").shows("Đang chờ quyết định")
    assert "/lam/" not in leader.page
    officer = page(march, "Mai", "2b.1", "sonlong").shows_no("Đang chờ quyết định")
    officer.opens(f"/nhiem-vu/{owed(march, '4c.1', 'sonlong').id}").sends("/lam/done", note="BC 4/BC-UBND 24/03/2020")
    officer.sends("/lam/undo").shows("Đã hủy")
    fields = leader.form("/ra") | {"back": "/", "nonce": forms.new_nonce()}
    for wrong in ({}, {"submission": "1", "request": "1"}, {"submission": "x"}):
        assert leader.posts("/lam/take-back", fields | wrong).status == 404


def test_the_page_of_each_work_has_of_what_waits_its_own(march: World) -> None:
    march.phone("Mai").says("/giahan 1e 15/5 chờ tỉnh").says("/ykien 2b.1 đã nộp bản giấy").says("1c chắc mai xong")
    march.phone("Lan").says("2h chắc mai xong")
    with march.service.store.look() as session:
        office = march.service.live.of(session)
        for name in ("Hương", "Sếp", "Trưởng"):
            found = people.by_user(session, march.channel.name, str(march.phone(name).user))
            assert found is not None
            viewer = viewer_of(session, found[0].id or 0, 1, office.today(march.now), march.channel.name)
            assert viewer is not None
            scene = Scene(session, office, viewer.actor, march.now)
            whole = queue.of(scene)
            all_of_it = [each for each in whole.page(0, whole.count) if each.row is not None]
            by_row = [each for row in obligations.all_of(session) for each in waiting.about(scene, row)]
            assert sorted(each.name for each in by_row) == sorted(each.name for each in all_of_it)
            assert {each.name: each for each in by_row} == {each.name: each for each in all_of_it}
            assert (len(by_row) > 4) == (name != "Trưởng")
