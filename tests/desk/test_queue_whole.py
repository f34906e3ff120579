"""Everything that waits stands in one queue, each with its forms; many at once are each an event of its own."""

import gzip
import re

import pytest

from desk.pages import queue
from desk.queue import many
from desk.viewer import viewer_of
from plan.people import Role
from plan.status import EventKind, State
from progress import queue as waiting
from progress.acts.scene import Scene
from progress.waiting import Kind
from sandbox.world import World
from store import obligations, people
from store.answer_tables import Submission
from tests.conftest import MakeWorld
from tests.desk.computer import Computer
from tests.desk.people import seated

CARD = re.compile(r"class=\"card\" id=\"(\w+)\"")
KINDS = ("Kết quả chờ xác nhận", "Đề nghị", "Vướng mắc", "Câu hỏi của cán bộ")


def town_so_far(world: World) -> None:
    """One thing of each kind waits for the admin, and two answers."""
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    lan.says("/done 2b đã ban hành")
    mai.says("/done 2b đã xong")
    tu, nga = world.officer("Tú", "sontinh"), world.officer("Nga", "sonmua")
    tu.says("/giahan 2b 15/02/2020 chờ tỉnh hướng dẫn")
    nga.says("/vuongmac 2b thiếu kinh phí")
    for each in (lan, mai, tu, nga):
        each.forgets()


@pytest.fixture
def town(make_world: MakeWorld) -> World:
    """An office on whose admin one thing of each kind waits, and two answers."""
    return make_world(2020, 1, 14, 9, 0, review="all").begins(town_so_far)


def confirmed(world: World) -> list[tuple[str, int]]:
    """The agencies whose answer was confirmed, each with how often."""
    with world.service.store.look() as session:
        rows = obligations.all_of(session, states=(State.DONE,))
        counts = [
            (row.agency_id, sum(e.kind == EventKind.CONFIRMED for e in obligations.events_of(session, row.id or 0)))
            for row in rows
        ]
    return sorted(counts)


def tick(screen: Computer, act: str, *rows: str) -> dict[str, str | list[str]]:
    """The form for many with these rows ticked."""
    return {**screen.form(f"/lam-nhieu/{act}"), many.TICKED: list(rows)}


def rows_of(screen: Computer) -> list[str]:
    """The numbers that can be ticked."""
    return [piece.split('"')[0] for piece in screen.page.split('name="ticked" value="')[1:]]


def test_each_kind_is_there_with_what_may_be_done(town: World) -> None:
    screen = seated(town, "Hương").opens("/cho-xu-ly")
    screen.shows("Kết quả chờ xác nhận 2", "Đề nghị 1", "Vướng mắc 1", "chờ tỉnh hướng dẫn", "thiếu kinh phí")
    screen.sends("/lam/refuse", note="đã đủ thời gian").shows("đã đủ thời gian").shows_no("Đề nghị 1")
    screen.opens("/cho-xu-ly").sends("/lam/take-up").opens("/cho-xu-ly").shows("đã nhận xem xét")
    assert "/lam/take-up" not in screen.page
    screen.sends("/lam/answer-block", note="cấp trong tuần này").opens("/cho-xu-ly").shows_no("thiếu kinh phí")
    town.settle()
    town.phone("Nga").expects("đã nhận vướng mắc")
    town.phone("Nga").expects("cấp trong tuần này")
    town.phone("Tú").expects("đã đủ thời gian")


def test_many_are_each_confirmed_once_however_often_it_is_pressed(town: World) -> None:
    screen = seated(town, "Hương").opens("/cho-xu-ly")
    fields = tick(screen, "confirm", *rows_of(screen))
    for _ in range(2):
        screen.posts("/lam-nhieu/confirm", fields).shows("Đã xử lý 2 mục đã chọn", "Sơn Dung", "Sơn Long")
        assert confirmed(town) == [("sondung", 1), ("sonlong", 1)]
    town.settle()
    for name in ("Lan", "Mai"):
        town.phone(name).expects("đã được xác nhận")
    screen.opens("/cho-xu-ly").shows_no("Kết quả chờ xác nhận 2")


@pytest.mark.parametrize("rows", [["1", "x"], ["1", "-1"], ["9" * 13]])
def test_one_that_is_no_number_ends_it_before_anything_is_done(town: World, rows: list[str]) -> None:
    screen = seated(town, "Hương").opens("/cho-xu-ly")
    assert screen.posts("/lam-nhieu/confirm", tick(screen, "confirm", *rows)).status == 404
    assert confirmed(town) == []


@pytest.mark.parametrize("act", ["return", "judge-late", "burn", "take-back"])
def test_what_wants_words_is_done_to_none_at_once(town: World, act: str) -> None:
    screen = seated(town, "Hương").opens("/cho-xu-ly")
    fields = tick(screen, "confirm", *rows_of(screen))
    assert screen.posts(f"/lam-nhieu/{act}", fields).status == 404


def test_a_leader_reads_all_of_it_and_decides_nothing(town: World) -> None:
    screen = seated(town, "Sếp").opens("/cho-xu-ly").shows(*KINDS[:3], "thiếu kinh phí")
    assert "/lam" not in screen.page
    fields = {"csrf": screen.form("/ra")["csrf"], "nonce": "A" * 22, "back": "/"}
    screen.posts("/lam-nhieu/confirm", {**fields, many.TICKED: ["1", "2"]})
    assert confirmed(town) == []


def test_a_page_hears_that_something_changed_and_keeps_nobody_signed_in(town: World) -> None:
    screen = seated(town, "Hương").opens("/cho-xu-ly")
    mark = screen.page.split('data-mark="')[1].split('"')[0]
    assert screen.opens("/cho-xu-ly/moi").page.count(mark) == 1
    town.officer("Hà", "sonbua").says("/done 2b xong")
    assert mark not in screen.opens("/cho-xu-ly/moi").page
    for _ in range(5):
        town.later(minutes=1, seconds=15)
        screen.opens("/cho-xu-ly/moi")
    screen.opens("/cho-xu-ly").shows("Trang đã khóa")


@pytest.mark.parametrize("count", [12, 200])
def test_the_page_is_small_however_much_waits(make_world: MakeWorld, count: int) -> None:
    world = make_world(2020, 1, 14, 9, 0, review="all")
    world.admin("Hương")
    lan = world.officer("Lan", "sondung")
    with world.service.store.unit() as session:
        found = people.by_user(session, world.channel.name, str(lan.user))
        assert found is not None
        for row in obligations.all_of(session, states=(State.OPEN,))[:count]:
            source, note = f"test:{row.id}", f"Đã ban hành kế hoạch số {row.id}/KH-UBND và niêm yết tại trụ sở"
            row.state = State.IN_REVIEW
            session.add(row)
            session.add(
                Submission(
                    obligation_id=row.id or 0, person_id=found[0].id or 0, at=world.now, recorded_at=world.now,
                    note=note, via="telegram:text", source=source,
                )
            )  # fmt: skip
    screen = seated(world, "Hương").opens("/cho-xu-ly").shows(f"Tất cả {count}")
    assert screen.page.count('class="card"') == min(count, queue.ON_A_PAGE)
    assert len(gzip.compress(screen.page.encode())) < 50_000
    seen = {name for number in range(1, 7) for name in CARD.findall(screen.opens(f"/cho-xu-ly?trang={number}").page)}
    assert len(seen) == count
    for odd in ("0", "99", "x", "-1", "9" * 30):
        assert screen.opens(f"/cho-xu-ly?trang={odd}&loai={odd}").status == 200


def test_each_page_counts_what_the_queue_holds(town: World) -> None:
    boss, lan, nga = town.phone("Hương"), town.phone("Lan"), town.phone("Nga")
    town.officer("Trưởng", "sondung", role=Role.HEAD)
    steps = (
        lambda: lan.says("/hoi 1e làm theo mẫu nào ạ"),
        lambda: boss.says("/xacnhan 2b sondung"),
        lambda: boss.says("/traloi 2b.1 sonmua đã bố trí kinh phí"),
        lambda: nga.says("/vuongmac 2b vẫn thiếu người"),
        lambda: boss.says("/traloi 2b.1 sonmua đã cử người").taps("Báo nhầm"),
        lambda: boss.says("/tuchoi R1 chưa đủ lý do"),
        lambda: lan.says("việc 1e chắc mai xong"),
    )
    seen = set()
    for step in (None, *steps):
        if step is not None:
            step()
        with town.service.store.look() as session:
            office = town.service.live.of(session)
            for name in ("Hương", "Sếp", "Trưởng", "Lan"):
                found = people.by_user(session, town.channel.name, str(town.phone(name).user))
                assert found is not None
                viewer = viewer_of(session, found[0].id or 0, 1, office.today(town.now), town.channel.name)
                assert viewer is not None
                scene = Scene(session, office, viewer.actor, town.now)
                whole = waiting.of(scene)
                number = whole.count
                things = [each for first in range(number + 1) for each in whole.page(first, 1)]
                assert len({each.name for each in things}) == len(things) == number, (name, step)
                assert whole.page(0, number + 1) == things
                by_kind = {kind: whole.page(0, count, kind) for kind, count in whole.counts.items()}
                assert [each for kind in Kind for each in by_kind.get(kind, ())] == things
                seen.add(number)
    assert len(seen) > 2
