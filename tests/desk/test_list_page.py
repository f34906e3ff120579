"""The list on the screen: narrowed by its address, each person their own, and as a table, on paper and as text."""

import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from desk import access
from desk.access import Page
from desk.lists.kept import KeptLines
from desk.lists.tabs import Tab, counts
from desk.viewer import viewer_of
from plan.people import Role
from reports.figures import summary
from reports.figures.boxes import Box
from sandbox.world import World
from store import obligations, people
from tests.conftest import MakeWorld
from tests.desk.computer import Computer
from tests.desk.people import seated
from tests.desk.test_attacks import HOSTILE

PEOPLE = {"Hương": Role.ADMIN, "Sếp": Role.LEADER, "Trưởng": Role.HEAD, "Lan": Role.OFFICER}


def march_so_far(world: World) -> None:
    """Somebody in each role, and a few answers."""
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Trưởng", "tuphap", role=Role.HEAD)
    world.officer("Lan", "sondung").sends_photo(f"/done 2b KH 05/KH-UBND 12/03/2020 {HOSTILE}")
    world.officer("Mai", "sonlong").says("/blocked 1e thiếu kinh phí")
    world.settle()


@pytest.fixture
def march(make_world: MakeWorld) -> World:
    """An office in the middle of March with somebody in each role and a few answers."""
    return make_world(2020, 3, 24, 9, 0, review="all").begins(march_so_far)


def table(screen: Computer) -> str:
    """The rows that the page shows, as it says them."""
    return screen.page.partition("<tbody>")[2].partition("</tbody>")[0]


def test_a_morning_with_the_list(march: World) -> None:
    screen = seated(march, "Hương").opens("/nhiem-vu").shows("Chưa xong", "quá 38 ngày", "1–50 trong")
    screen.opens("/nhiem-vu?muc=waiting").shows("1–1 trong 1 việc")
    assert "Sơn Dung" in table(screen)
    assert "Sơn Long" not in table(screen)
    screen.opens("/nhiem-vu?muc=blocked&tim=son+long").shows("1–1 trong 1 việc", "đang lọc: «son long»")
    screen.opens("/nhiem-vu?tim=khong+co+viec+nay").shows("Không có việc nào như đang lọc")
    screen.opens("/nhiem-vu?muc=burn&don-vi=x&trang=0&xep=--").shows(
        "đã bỏ qua: mục, đơn vị, thứ tự, số trang", "Chưa xong"
    )
    screen.opens("/nhiem-vu?trang=999").shows("Trang 11/11")
    screen.opens("/nhiem-vu?xem=agencies&muc=overdue").shows("Xã Sơn Dung", "P. Tư pháp")
    screen.opens("/nhiem-vu?xem=tasks&muc=all").shows("SĐ sắp đến hạn", "QH quá hạn")
    screen.opens("/nhiem-vu?in=1&muc=overdue").shows("Quá hạn, đến 09:00 ngày 24/03/2020").shows_no("Chọn cột")
    assert screen.page.count('<tr class="is-late"') == 50
    screen.opens("/nhiem-vu/chep?muc=waiting").shows("Xã Sơn Dung:", "2b: Xây dựng và triển khai")


def test_columns_are_a_persons_own_choice(march: World) -> None:
    screen = seated(march, "Hương").opens("/nhiem-vu?muc=waiting").shows_no("05/KH-UBND")
    # What a browser sends for two ticked boxes.
    fields = screen.form("/nhiem-vu/cot") | {"cot": ["result", "reminded", "burn"]}
    screen.posts("/nhiem-vu/cot", fields).shows("05/KH-UBND", "1–1 trong 1 việc")
    assert "col-agency" not in screen.page
    assert "col-agency" in seated(march, "Sếp").opens("/nhiem-vu?muc=waiting").page
    screen.posts("/nhiem-vu/cot", {"cot": "agency"})
    assert screen.status == 403


def test_the_table_has_exactly_what_is_shown(march: World) -> None:
    screen = seated(march, "Hương").opens("/nhiem-vu?muc=overdue&don-vi=sonlong")
    shown = screen.page.count('<tr class="is-')
    data = screen.reads("/nhiem-vu/bang.xlsx?muc=overdue&don-vi=sonlong")
    sheet = load_workbook(io.BytesIO(data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    # Of what is late: why, and how often it was said. That it is late says the list.
    assert rows[0] == [
        *("STT", "Mã", "Nhiệm vụ", "Đơn vị", "Hạn", "Còn, quá (ngày làm việc)"),
        *("Khó khăn, lý do chậm", "Số lần nhắc tự động", "Số lần đôn đốc"),
    ]
    assert len(rows) - 1 == shown > 0
    assert {row[3] for row in rows[1:]} == {"Xã Sơn Long"}
    assert "Xã Sơn Long" in sheet.cell(2, 1).value


def test_each_sees_the_same_by_the_list_as_one_by_one(march: World) -> None:
    service, kept = march.service, KeptLines()
    with service.store.look() as session:
        office = service.live.of(session)
        today = office.today(march.now)
        lines = kept.of(session, office, today)
        rows = {row.id: row for row in obligations.all_of(session)}
        for name in PEOPLE:
            found = people.by_user(session, march.channel.name, str(march.phone(name).user))
            assert found is not None
            viewer = viewer_of(session, found[0].id or 0, 1, today, march.channel.name)
            assert viewer is not None
            may = {line.id for line in lines.lines if access.may_see(viewer, Page.TASK, rows[line.id], office, today)}
            assert {line.id for line in access.seen(viewer, lines, office, today).lines} == may
            assert may, name


def test_the_tabs_agree_with_the_figures_and_what_changed_is_read_anew(march: World) -> None:
    service, kept = march.service, KeptLines()
    for act in (None, "/done 1e BC 7/BC-UBND", "/blocked 6a thiếu người"):
        if act is not None:
            march.phone("Mai").says(act)
            march.settle()
        with service.store.look() as session:
            office = service.live.of(session)
            lines = kept.of(session, office, office.today(march.now)).lines
            right = {line.id: line for line in summary.build(session, office, march.now).lines}
        assert {line.id: line.box for line in lines} == {number: line.box for number, line in right.items()}
        assert {line.id: line.days for line in lines if line.days is not None} == {
            line.id: right[line.id].days for line in lines if line.days is not None
        }
        found = counts(lines)
        assert found[Tab.OVERDUE] == sum(line.box is Box.OVERDUE for line in right.values())
        assert found[Tab.BLOCKED] == sum(bool(line.standing.blocked) for line in right.values())


@pytest.mark.parametrize("path", ["/nhiem-vu", "/nhiem-vu?xem=tasks", "/nhiem-vu?in=1", "/nhiem-vu/chep"])
def test_what_the_address_says_is_shown_and_never_run(march: World, path: str) -> None:
    glue = "&" if "?" in path else "?"
    screen = seated(march, "Hương").opens(f"{path}{glue}tim=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&muc=all")
    assert screen.status == 200
    assert "<script>alert" not in screen.page


def test_who_carries_out_and_who_heads_stand_in_the_list_narrow_it_and_leave_with_it(march: World) -> None:
    head = march.officer("Bình", "sondung", role=Role.HEAD)
    lan = seated(march, "Lan")
    boss = seated(march, "Hương").opens("/nhiem-vu?muc=all").shows_no("Người thực hiện tất cả")
    fields = boss.form("/nhiem-vu/cot") | {"cot": ["head", "assignee"]}
    boss.posts("/nhiem-vu/cot", fields)
    head.says("/phancong 2b Lan")
    with march.service.store.look() as session:
        found = people.by_user(session, march.channel.name, str(march.phone("Lan").user))
        assert found is not None
        number = found[0].id
    # Both of its milestones, and no other agency's.
    boss.opens(f"/nhiem-vu?muc=all&nguoi={number}").shows("1–2 trong 2 việc", "đang lọc: Lan")
    assert table(boss).count("Lan") == table(boss).count("Bình") == 2 * 2  # the cell and its title
    boss.opens("/nhiem-vu?muc=all&nguoi=0").shows("đang lọc: chưa phân công")
    assert "Lan" not in table(boss)
    boss.opens("/nhiem-vu?nguoi=x").shows("đã bỏ qua: người thực hiện")
    lan.opens("/nhiem-vu?muc=all").shows("Người thực hiện tất cả chưa phân công Lan")
    sheet = load_workbook(io.BytesIO(boss.reads(f"/nhiem-vu/bang.xlsx?muc=all&nguoi={number}"))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0][3:] == ["Lãnh đạo phụ trách", "Người thực hiện"]
    assert [row[3:] for row in rows[1:]] == [["Bình", "Lan"]] * 2
    head.says("/phancong 2b -")
    boss.opens(f"/nhiem-vu?muc=all&nguoi={number}").shows("Không có việc nào")


def test_the_list_leaves_in_the_form_that_a_higher_office_wants(march: World) -> None:
    assert (
        seated(march, "Hương").opens("/nhiem-vu").shows_no("mẫu cấp trên").opens("/nhiem-vu/bang-theo-mau.xlsx").status
        == 404
    )
    service = march.service
    form = (("number", "STT"), ("agency", "Cơ quan, đơn vị"), ("state", ""), ("", "Ghi chú"))
    march.service = replace(service, settings=service.settings.model_copy(update={"desk_sheet_columns": form}))
    boss = seated(march, "Hương").opens("/nhiem-vu?muc=waiting").shows("Tải Excel theo mẫu cấp trên")
    [path] = re.findall(r'href="(/nhiem-vu/bang-theo-mau[^"]*)"', boss.page)
    sheet = load_workbook(io.BytesIO(boss.reads(path))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows == [["STT", "Cơ quan, đơn vị", "Tình trạng", "Ghi chú"], [1, "Xã Sơn Dung", "chờ xác nhận", None]]
    # Each their own, as on the page.
    lan = load_workbook(io.BytesIO(seated(march, "Lan").reads("/nhiem-vu/bang-theo-mau.xlsx?muc=all"))).active
    assert {row[1].value for row in lan.iter_rows(min_row=5)} == {"Xã Sơn Dung"}


def test_an_open_page_learns_which_of_its_rows_changed(march: World) -> None:
    head = march.officer("Bình", "sondung", role=Role.HEAD)

    def marks(screen: Computer) -> list[str]:
        return re.findall(r'data-mark="([^"]*)"', screen.page)

    def news(who: str, held: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(seated(march, who).reads(f"/nhiem-vu/moi?v={'_'.join(held)}"))
        return found

    boss = seated(march, "Hương").opens("/nhiem-vu?muc=all&don-vi=sondung&tim=2")
    shown = marks(boss)
    assert len(shown) > 3
    assert news("Hương", shown) == {"changed": [], "words": ""}
    march.phone("Lan").says("/tiendo 2h đang lấy ý kiến")
    assert news("Hương", shown)["words"] == "2h đã đổi từ lúc mở trang."
    [changed] = news("Hương", shown)["changed"]
    assert f'id="v{changed}"' in boss.page
    head.says("/phancong 2b Lan")
    assert len(news("Hương", shown)["changed"]) == 3
    assert news("Hương", marks(boss.opens(boss.path)))["changed"] == []
    # The page of one work asks the same.
    [mine] = marks(boss.opens(f"/nhiem-vu/{changed}"))
    assert news("Hương", [mine])["changed"] == []
    march.phone("Lan").says("/tiendo 2h đã trình ký")
    assert news("Hương", [mine])["changed"] == [changed]
    # Nobody learns of another's by asking, not even that it did not change.
    assert news("Mai", [mine, *shown[:1]]) == {
        "changed": [changed, shown[0].partition("-")[0]],
        "words": "Có việc đã đổi từ lúc mở trang.",
    }
    for odd in ([], ["x"], ["1-"], ["0-1.0"], [f"{'9' * 13}-1.0"], ["1-1.0"] * 500):
        assert seated(march, "Hương").opens(f"/nhiem-vu/moi?v={'_'.join(odd)}").status == 200
    assert "data-mark" not in boss.opens("/nhiem-vu?in=1&muc=overdue").page
