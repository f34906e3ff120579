"""Papers behind a report: an agency's own, proof sheets, evidence files, opinions with their days; and for whom."""

import io
import zipfile

import pytest

from desk.pages.reports import OF_AGENCIES
from plan.people import Role
from plan.status import State
from sandbox.world import World
from store import audit, files_about, obligations, opinions
from tests.conftest import MakeWorld
from tests.desk.people import seated
from tests.desk.test_taking_in import PDF
from tests.reports.docx_text import words

OURS = f"{OF_AGENCIES}/sondung/2020-Q1"


def town_so_far(world: World) -> None:
    """Somebody in each role; two agencies have answered."""
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Trưởng", "sondung", role=Role.HEAD)
    world.officer("Lan", "sondung").sends_photo("/done 2b KH 05/KH-UBND 02/01/2020")
    world.officer("Mai", "sonlong").says("/done 2b")


@pytest.fixture
def town(make_world: MakeWorld) -> World:
    """An office on the day after a period's end."""
    world = make_world(2020, 1, 14, 9, 0).begins(town_so_far)
    world.at(2020, 3, 16, 9, 0)
    return world


def number_of(world: World, agency: str) -> int:
    """The obligation 2b of an agency."""
    with world.service.store.look() as session:
        [row] = obligations.of_agencies(session, [agency], task="2b", states=(State.DONE,))
        return row.id or 0


def test_a_head_reads_the_own_agency_whole_and_nothing_of_others(town: World) -> None:
    head = seated(town, "Trưởng").opens(OF_AGENCIES).shows("UBND xã Sơn Dung", "Báo cáo quý I/2020")
    head.opens(OURS).shows("Báo cáo quý I/2020: UBND xã Sơn Dung", "05/KH-UBND (02/01/2020)", "hoàn thành đúng hạn: 1")
    head.opens(f"{OURS}/so/du-thao/done_in_time").shows("1 kết quả").shows_no("Sơn Long")
    assert "/bao-cao/ho-so" not in head.opens(OURS).page
    assert "Sơn Dung" in words(head.reads(f"{OURS}/tep/du-thao/docx")).title()
    ours, theirs = number_of(town, "sondung"), number_of(town, "sonlong")
    assert "05/KH-UBND" in words(head.reads(f"/nhiem-vu/{ours}/phieu-doi-chieu"))
    assert "phieu-doi-chieu-2b-sondung.docx" in head.headers["content-disposition"]
    foreign = (
        f"{OF_AGENCIES}/sonlong/2020-Q1", f"{OF_AGENCIES}/sonlong/2020-Q1/tep/du-thao/csv",
        f"{OF_AGENCIES}/sonlong/2020-Q1/so/du-thao/total", f"/nhiem-vu/{theirs}/phieu-doi-chieu", "/bao-cao",
        "/bao-cao/2020-Q1", "/bao-cao/2020-Q1/so/du-thao/total", "/bao-cao/2020-Q1/so-sanh", "/bao-cao/y-kien",
        "/bao-cao/ho-so?ky=2020-Q1", "/bao-cao/2020-Q1/nhan", f"{OF_AGENCIES}/x/2020-Q1",
        f"{OF_AGENCIES}/sondung/2020-Q2", f"{OURS}/tep/1/docx", "/nhiem-vu/99999/phieu-doi-chieu",
    )  # fmt: skip
    for name in ("Trưởng", "Lan"):
        screen = seated(town, name)
        for path in foreign:
            assert screen.opens(path).status == 404, (name, path)
        assert screen.opens(OURS).status == 200
    leader = seated(town, "Sếp")
    assert [leader.opens(path).status for path in foreign[:2]] == [200, 200]
    assert [leader.opens(path).status for path in (OF_AGENCIES, "/bao-cao/ho-so?ky=2020-Q1")] == [404, 404]


def test_the_evidence_file_is_looked_at_and_saved_by_an_admin(town: World) -> None:
    boss, path = seated(town, "Hương"), "/bao-cao/ho-so?ky=2020-Q1&don-vi=sondung"
    boss.opens("/bao-cao/2020-Q1").shows("Hồ sơ minh chứng (zip)")
    boss.opens(path).shows("quý I/2020, UBND xã Sơn Dung: 1 kết quả, 1 tệp")
    with zipfile.ZipFile(io.BytesIO(boss.reads(f"{path}&tai=1"))) as package:
        assert {"muc-luc.html", "SHA256SUMS"} <= set(package.namelist())
        assert package.testzip() is None
        assert any(name.startswith("minh-chung/2b_sondung_") for name in package.namelist())
    assert "ho-so-minh-chung-2020-Q1-sondung.zip" in boss.headers["content-disposition"]
    boss.opens("/bao-cao/ho-so?don-vi=sontan").shows("Chưa có kết quả hay minh chứng nào")
    for query in ("", "?ky=x", "?don-vi=x", "?viec=zz", "?ky=2020-Q1&don-vi=../etc"):
        assert boss.opens(f"/bao-cao/ho-so{query}").status == 404, query
    with town.service.store.look() as session:
        seen = [each.subject for each in audit.entries(session) if each.action == "desk.seen"]
    assert "page:/bao-cao/ho-so" in seen


def test_opinions_are_answered_with_a_file_and_their_days_are_counted(town: World) -> None:
    lan, ours = town.phone("Lan"), number_of(town, "sondung")
    officer = seated(town, "Lan").opens(f"/nhiem-vu/{ours}")
    officer.sends("/lam/comment", note="nộp giấy ngày 02/01 <b>mới đúng</b>").shows("Đã ghi ý kiến")
    boss = seated(town, "Hương").opens("/bao-cao").shows("Ý kiến của cán bộ 1")
    boss.opens("/bao-cao/y-kien").shows("Chờ trả lời: 1", "2b – Xã Sơn Dung", "còn 7 ngày làm việc, đến hết 25/03/2020")
    assert "<b>mới" not in boss.page
    seated(town, "Sếp").opens("/bao-cao/y-kien").shows("Chờ trả lời: 1").shows_no("Tệp kèm theo")
    town.at(2020, 3, 26, 9, 0)
    boss = seated(town, "Hương").opens("/bao-cao/y-kien").shows("quá hạn trả lời 1 ngày làm việc")
    form, scan = boss.form("/lam/answer-opinion"), {"file": ("so.pdf", PDF, "application/pdf")}
    lan.forgets()
    # Without words the form is asked for them, and for the file with them.
    boss.posts("/lam/answer-opinion", form, files=scan).shows("Chọn lại tệp: so.pdf")
    again = boss.form("/lam/answer-opinion") | {"note": "Đúng, đã ghi ngày 02/01"}
    del again["file"]
    for _ in range(2):
        boss.posts("/lam/answer-opinion", again, files=scan)
        boss.shows("Chờ trả lời: 0", "Đã trả lời", "Đúng, đã ghi ngày 02/01", "Kèm tệp: so.pdf")
    town.settle()
    lan.expects("Đúng, đã ghi ngày 02/01")
    with town.service.store.look() as session:
        [opinion] = opinions.answered(session, 9)
        assert [each.name for each in files_about.of_opinion(session, opinion.id or 0)] == ["so.pdf"]
