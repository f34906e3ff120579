"""What came by mail or on paper, many at once: each once, counted from its own moment; mistakes stay in the form."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from desk.pages import taking_in
from desk.pages.taking_in import WrongError, read
from desk.viewer import viewer_of
from plan.people import Role
from plan.status import State
from progress.acts.decisions import Delivered, RecordPaper
from progress.acts.do import do
from progress.acts.scene import Scene
from progress.handed_in import handed_in
from progress.submit import Statement
from reports.figures.period import window
from store import people, submissions
from tests.conftest import MakeWorld
from tests.desk.people import seated

PATH = "/bao-cao/2020-Q1/nhan"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_many_are_taken_in_at_once_and_mistakes_stay(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    boss = world.admin("Hương")
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    world.at(2020, 3, 16, 9, 0)
    screen = seated(world, "Hương").opens("/bao-cao/2020-Q1")
    screen.opens(PATH).shows("Nhận báo cáo quý I/2020", "từ 15/12/2019", "Xã Sơn Dung (bc)")
    with world.service.store.look() as session:
        rows = {row.agency_id: row.id for row in handed_in(session, "2020-Q1").missing}
    dung, long, tan = rows["sondung"], rows["sonlong"], rows["sontan"]
    form = screen.form(PATH) | {
        f"day-{dung}": "2020-03-10", f"time-{dung}": "14:30", f"way-{dung}": "mail", f"number-{dung}": "12/BC-UBND",
        f"signed-{dung}": "2020-03-09", f"title-{dung}": "báo cáo <b>quý I</b>",
        f"day-{long}": "2020-03-17", f"way-{long}": "paper",
        f"day-{tan}": "2020-03-11", f"way-{tan}": "paper",
    }  # fmt: skip
    lan.forgets()
    mai.forgets()
    boss.forgets()
    scan = {f"file-{dung}": ("C:\\quét\\bc.pdf", PDF, "application/pdf"), f"file-{long}": ("", b"", "")}
    screen.posts(PATH, form, files=scan)
    screen.shows(
        "Đã ghi kết quả nộp qua thư điện tử của việc bc : Xã Sơn Dung, 14:30 ngày 10/03/2020, đúng hạn",
        "Đã ghi kết quả nộp bằng giấy của việc bc : Xã Sơn Tân, 17:00 ngày 11/03/2020, quá hạn",
        "1 dòng chưa ghi được",
        "Ngày, giờ nhận chưa đến",
    ).shows_no("Xã Sơn Dung (bc)")
    assert 'value="2020-03-17"' in screen.page
    # Sent twice nothing more happens, and put right the line goes with the others of the same form.
    form[f"day-{long}"], form[f"time-{long}"] = "2020-03-09", "23:59"
    for _ in range(2):
        screen.posts(PATH, form, files=scan).shows("Chưa nộp: 24", "Đã nộp: 3")
    world.settle()
    lan.expects("đã ghi kết quả nộp qua thư điện tử, 14:30 ngày 10/03/2020, đúng hạn", "12/BC-UBND ngày 09/03/2020")
    boss.is_silent()
    with world.service.store.look() as session:
        there = {row.agency_id: row for row in handed_in(session, "2020-Q1").there}
        answer = submissions.standing_of(session, dung or 0)
        assert answer is not None
        assert (answer.product_number, answer.product_date, answer.on_behalf) == ("12/BC-UBND", date(2020, 3, 9), True)
        [file] = submissions.files_of(session, answer.id or 0)
        assert (file.name, submissions.blob(session, file.sha256 or ""), file.content) == (
            "bc.pdf",
            PDF,
            "application/pdf",
        )
    assert {row.state for row in there.values()} == {State.DONE}
    assert there["sondung"].done_at == datetime(2020, 3, 10, 7, 30, tzinfo=UTC)
    assert there["sonlong"].done_at == datetime(2020, 3, 9, 16, 59, tzinfo=UTC)
    screen.opens(f"/nhiem-vu/{dung}").shows("bc.pdf", "báo cáo <b>quý I</b>")


def test_what_came_meanwhile_stands_and_a_lock_asks_for_the_file_again(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    lan = world.officer("Lan", "sondung")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.at(2020, 3, 9, 9, 0)
    screen = seated(world, "Hương").opens(PATH)
    with world.service.store.look() as session:
        [row] = [each for each in handed_in(session, "2020-Q1").missing if each.agency_id == "sondung"]
    form = screen.form(PATH) | {f"day-{row.id}": "2020-03-09", f"time-{row.id}": "08:00", f"way-{row.id}": "mail"}
    scan = {f"file-{row.id}": ("bc.pdf", PDF, "application/pdf")}
    leader = seated(world, "Sếp").opens("/bao-cao/2020-Q1").shows_no("Nhận báo cáo nộp")
    mine = {"csrf": leader.form("/ra")["csrf"]}
    assert leader.opens(PATH).status == 404
    assert leader.posts(PATH, form | mine, files=scan).status == 404
    world.at(2020, 3, 9, 9, 20)
    screen.posts(PATH, form, files=scan).shows("mật khẩu")
    assert f'name="kept:file-{row.id}" value="bc.pdf"' in screen.page
    screen = seated(world, "Hương").opens(PATH)
    again = form | {"csrf": screen.form(PATH)["csrf"], f"file-{row.id}": "bc.pdf"}
    screen.posts(PATH, again).shows("Tệp «bc.pdf» trống, hoặc chưa lên được")
    lan.says("/done bc")
    # Between the look and the press the agency answered itself: its own moment stands.
    del again[f"file-{row.id}"]
    screen.posts(PATH, again | {f"time-{row.id}": "07:00"}).shows("Đã nộp: 1")
    with world.service.store.look() as session:
        [found] = handed_in(session, "2020-Q1").there
        assert found.done_at == datetime(2020, 3, 9, 2, 20, tzinfo=UTC)
    # The same between the reading of the form and the writing.
    with world.service.store.unit() as session:
        boss = people.admins(session)[0][0].id or 0
        me = viewer_of(session, boss, 1, date(2020, 3, 9), world.channel.name)
        assert me is not None
        said = Statement(boss, world.now, "desk:x", "desk:form", "sổ công văn đến")
        act = RecordPaper(
            said, (found.id or 0,), date(2020, 3, 9), datetime(2020, 3, 9, 1, 0, tzinfo=UTC), open_only=True
        )
        do(Scene(session, world.service.office, me.actor, world.now, together=True), act)
    with world.service.store.look() as session:
        [found] = handed_in(session, "2020-Q1").there
        assert found.done_at == datetime(2020, 3, 9, 2, 20, tzinfo=UTC)


def test_very_many_lines_come_page_by_page(make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_in, "AT_ONCE", 10)
    world = make_world(2020, 3, 16, 9, 0)
    world.admin("Hương")
    screen = seated(world, "Hương").opens(PATH).shows("VP HĐND&UBND (bc)").shows_no("Xã Sơn Lập")
    screen.opens(f"{PATH}?trang=3").shows("Xã Sơn Lập (bc)").shows_no("VP HĐND&UBND (bc)")
    [row] = [name.partition("-")[2] for name in screen.form(PATH) if name.startswith("day-")][-1:]
    # A mistake on the last page is the first line of the answer.
    typed: dict[str, Any] = {f"day-{row}": "2020-03-17", f"way-{row}": "mail"}
    screen.sends(PATH, **typed).shows("Xã Sơn Màu (bc) Ngày, giờ nhận chưa")
    for page in ("0", "99", "x"):
        assert screen.opens(f"{PATH}?trang={page}").status == 200


BLANK = {"day": "2020-03-09", "time": "", "way": "paper", "number": "", "signed": "", "title": ""}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"day": ""}, "day"),
        ({"day": "09/03/2020"}, "day"),
        ({"time": "25:00"}, "time"),
        ({"day": "2020-03-10", "time": "09:01"}, "future"),
        ({"day": "2020-03-11"}, "future"),
        ({"day": "2019-12-14"}, "before"),
        ({"signed": "x", "number": "1"}, "signed"),
        ({"signed": "2020-03-08"}, "number"),
        ({"signed": "2020-03-10", "number": "1"}, "signed_later"),
        ({"way": "pigeon"}, "way"),
        ({"number": "1" * 201}, "long"),
    ],
)
def test_a_line_with_a_mistake_says_which(make_world: MakeWorld, typed: dict[str, str], wrong: str) -> None:
    office = make_world(2020, 3, 10, 9, 0).service.office
    now = datetime(2020, 3, 10, 2, 0, tzinfo=UTC)
    with pytest.raises(WrongError) as refused:
        read(office, window(office, "2020-Q1", now), BLANK | typed, now)
    assert refused.value.key == wrong


def test_a_line_that_is_right_counts_from_its_moment(make_world: MakeWorld) -> None:
    office = make_world(2020, 3, 10, 9, 0).service.office
    now = datetime(2020, 3, 10, 2, 0, tzinfo=UTC)
    found = read(office, window(office, "2020-Q1", now), BLANK | {"number": "12/BC-UBND", "signed": "2020-03-09"}, now)
    assert (found.at, found.way) == (datetime(2020, 3, 9, 10, 0, tzinfo=UTC), Delivered.PAPER)
    assert found.words == "12/BC-UBND ngày 09/03/2020; nhận bằng giấy, 17:00 ngày 09/03/2020"
    # Of today, before the day's close, it counts from now.
    assert read(office, window(office, "2020-Q1", now), BLANK | {"day": "2020-03-10"}, now).at == now
