"""A period's report in the chat: drafts, the freezing of figures, corrections, and who gets whose."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from plan.people import Role
from reports.figures import issued
from sandbox.phone import Phone, text_of
from sandbox.world import GROUP, World
from store import audit
from store.tables import Obligation
from tests.conftest import MakeWorld
from tests.reports.docx_text import words

DRAFT, ISSUED = "bao-cao-2020-Q1-du-thao", "bao-cao-2020-Q1"


def figures(workbook: bytes) -> dict[str, Any]:
    """The first sheet of a workbook as it is read: the words of a line, and the figure beside them."""
    sheet = load_workbook(io.BytesIO(workbook)).worksheets[0]
    return {str(row[0].value): row[1].value for row in sheet.iter_rows(max_col=2) if row[0].value}


def number_after(text: str, words_before: str) -> int:
    match = re.search(re.escape(words_before) + r"\D*(\d+)", text)
    assert match, f"{words_before!r} is not in {text!r}"
    return int(match[1])


def documents(phone: Phone, name: str) -> tuple[bytes, bytes]:
    """The Word file and the workbook that come now, with the picture after them."""
    word = phone.gets_file(f"{name}.docx", "bản Word")
    book = phone.gets_file(f"{name}.xlsx", "bảng tính")
    phone.expects_photo("đã đến hạn").is_silent()
    return word, book


def test_the_files_say_what_the_chat_says(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b KH 05/KH-UBND 02/01/2020")
    world.at(2020, 3, 16, 9, 0)
    boss.forgets().says("/tonghop quý 1").expects("Đã đến hạn 24: hoàn thành 1, chưa hoàn thành 23")
    boss.forgets().says("/baocao quý 1").expects(
        "Báo cáo quý I/2020: dự thảo",
        "từ 15/12/2019 đến 14/03/2020: số liệu tại thời điểm kết thúc kỳ",
        "61 đầu việc có thời hạn ngày 31/03/2020",
        "Đã đến hạn 24: hoàn thành 1, quá hạn 23 · tỷ lệ 4%",
    ).expects_buttons("Chốt số liệu")
    actions = [call.params.get("action") for call in world.platform.calls if call.method == "sendChatAction"]
    assert "upload_document" in actions
    word, book = documents(boss, DRAFT)
    found = figures(book)
    assert (found["Đầu việc có thời hạn"], found["Hoàn thành đúng hạn"], found["Chưa hoàn thành, quá hạn"]) == (
        139,
        1,
        23,
    )
    text = words(word)
    assert "Phòng Nội vụ" in text or "PHÒNG NỘI VỤ" in text
    assert "quý I/2020" in text
    assert "05/KH-UBND" in text


def test_issuing_the_report_answers_the_duty_to_compile_it(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0)
    boss = world.admin("Hoa")
    world.at(2020, 3, 16, 9, 0)
    boss.forgets().says("/baocao quý 1 chốt").expects("Chốt số liệu").taps("Xác nhận")
    boss.expects("số 1. Mã kiểm tra", "Việc th (tổng hợp kỳ này) được ghi là đã hoàn thành")
    with world.service.store.look() as session:
        query = select(Obligation).where(Obligation.milestone == "th.1", Obligation.occurrence == "2020-Q1")
        row = session.exec(query).one()
        assert (row.state, row.due) == ("done", date(2020, 3, 16))
    boss.forgets()
    boss.says("/congvan noivu").expects("không có công văn gửi chính mình").is_silent()
    # A correction answers nothing again.
    boss.says("/baocao quý 1 đính chính nhầm số").taps("Xác nhận")
    assert "tổng hợp kỳ này" not in boss.last


def test_figures_are_frozen_once_and_are_the_same_in_december(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0)
    boss, other, lan = world.admin("Hoa"), world.admin("Mai"), world.officer("Lan", "sondung")
    lan.says("/done 2b")
    world.at(2020, 3, 16, 9, 0)
    boss.says("/baocao quý 1").forgets()
    other.forgets()
    boss.taps("Chốt số liệu").expects("Chốt số liệu báo cáo quý I/2020", "quá hạn 23").expects_buttons(
        "Xác nhận", "Không ghi"
    )
    # Frozen is what was shown: what comes in until the press is not in it.
    other.says("/giayto 2b sonlap 28/01/2020 căn cứ sổ công văn đến").taps("Xác nhận").forgets()
    boss.taps("Xác nhận", times=2).expects("Đã chốt số liệu quý I/2020: bản số 1")
    before = documents(boss, ISSUED)
    other.expects("Hoa (P. Nội vụ) đã chốt số liệu báo cáo quý I/2020: bản số 1", "/baocao quý 1").is_silent()
    boss.is_told("đã được quyết định")
    boss.says("/baocao quý 1 chốt").expects("đã chốt: bản số 1", "/baocao quý 1 đính chính lý do").is_silent()

    lan.says("/done 1e")
    world.at(2020, 12, 21, 9, 0)
    boss.forgets().says("/baocao quý 1").expects(
        "Đã chốt (bản số 1), 09:00 ngày 16/03/2020", "khác bản đã chốt", "quá hạn 22"
    ).expects_buttons()
    assert documents(boss, ISSUED) == before
    with world.service.store.look() as session:
        assert [each.action for each in audit.about(session, "report:1")] == ["report.issued"]
        frozen = issued.latest(session, "2020-Q1")
    assert frozen is not None
    assert frozen[1].dated.overdue == 23
    # The summary of the period says the same: computed anew, and what was frozen beside it.
    boss.forgets().says("/tonghop quý 1").expects(
        "chưa hoàn thành 22", "Tính lại hôm nay. Đã chốt (bản số 1, 09:00 ngày 16/03/2020)",
        "đã đến hạn 24, hoàn thành 1, chưa hoàn thành 23", "/baocao quý 1"
    ).taps("Theo đơn vị")  # fmt: skip
    assert "Tính lại hôm nay" in text_of(boss.unread[-1])
    boss.forgets().says("/tonghop quý 2")
    assert "Tính lại" not in text_of(boss.unread[0])


@pytest.mark.long
def test_figures_are_frozen_early_to_a_day_with_its_reason(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0)
    boss, other, lan = world.admin("Hoa"), world.admin("Mai"), world.officer("Lan", "sondung")
    lan.says("/done 2b")
    world.at(2020, 3, 10, 9, 0)
    lan.says("/done 1e")
    world.at(2020, 3, 12, 9, 0)
    boss.forgets().says("/baocao quý 1 chốt").expects("đến hết ngày 14/03/2020", "chốt đến 12/03/2020 vì").is_silent()
    for wrong in ("14/03", "13/03", "14/12/2019", "31/02", "sớm vì tỉnh cần"):
        boss.says(f"/baocao quý 1 chốt đến {wrong}").expects("từ 15/12/2019 đến hôm nay 12/03/2020").is_silent()
    boss.says("/baocao quý 1 chốt số liệu đến hết ngày 9 tháng 3").expects("cần có lý do", "chốt đến 09/03/2020 vì")
    lan.forgets().says("/baocao quý 1 chốt đến 09/03 vì tỉnh cần").expects("Chỉ đầu mối tổng hợp")
    other.forgets()
    boss.forgets().says("/baocao quý 1 chốt đến 9/3 vì UBND tỉnh yêu cầu đính chính sớm").expects(
        "Chốt số liệu báo cáo quý I/2020, sớm: số liệu đến 09/03/2020", "Lý do: UBND tỉnh yêu cầu đính chính sớm",
        "vẫn để mở", "số liệu chốt đến 23:59 ngày 09/03/2020", "hoàn thành 1, quá hạn 23",
    ).taps("Xác nhận")  # fmt: skip
    boss.expects("Đã chốt số liệu quý I/2020 đến 09/03/2020: bản số 1")
    assert "tổng hợp kỳ này" not in boss.last
    other.expects("chốt sớm đến 09/03/2020: bản số 1. Lý do: UBND tỉnh yêu cầu đính chính sớm")
    word = words(boss.gets_file(f"{ISSUED}.docx", "bản Word"))
    assert "chưa kết thúc. Số liệu trong báo cáo lấy đến hết ngày 09/3/2020 (chốt trước" in word
    assert "(chốt trước khi hết kỳ; lý do: UBND tỉnh yêu cầu đính chính sớm)" in word
    # Another day replaces it; so does the end of the period, which says its reason itself and answers the duty.
    boss.forgets().says("/baocao quý 1 chốt đến hôm nay do thiếu xã Sơn Dung").expects("thay thế bản số 1").taps(
        "Xác nhận"
    )
    boss.expects("đến 12/03/2020: bản số 2, thay thế bản số 1")
    world.at(2020, 3, 16, 9, 0)
    boss.forgets().says("/baocao quý 1 chốt đến 12/03 vì tỉnh cần").expects("đã khép", "/baocao quý 1 chốt").forgets()
    boss.says("/baocao quý 1").expects("Chốt sớm, số liệu đến 12/03/2020. Đính chính và thay thế bản số 1").forgets()
    boss.taps("Chốt số liệu").expects("thay thế bản số 2", "Lý do: đã hết kỳ, số liệu cả kỳ").taps("Xác nhận")
    boss.expects("bản số 3, thay thế bản số 2", "Việc th (tổng hợp kỳ này) được ghi là đã hoàn thành")


@pytest.mark.long
def test_a_correction_is_a_new_issue_that_names_the_one_it_replaces(world: World) -> None:
    boss, _ = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 3, 16, 9, 0)
    boss.forgets().says("/baocao quý 1 đính chính nhầm").expects("chưa được chốt nên chưa có gì để đính chính")
    boss.says("/baocao quý 1 chốt").taps("Xác nhận").forgets()
    boss.says("/giayto 2b sondung 28/01/2020 căn cứ sổ công văn đến").taps("Xác nhận").forgets()
    boss.says("/baocao quý 1").expects(
        "số 1", "Tính lại hôm nay, số liệu của kỳ khác bản đã chốt", "hoàn thành 1, quá hạn 23", "quá hạn 24"
    ).forgets()
    boss.says("/baocao quý 1 đính chính").expects("Đính chính cần có lý do")
    boss.says("/baocao quý 1 Đính chính: bổ sung bản giấy").expects(
        "Đính chính báo cáo quý I/2020, thay thế bản số 1", "Lý do: bổ sung bản giấy", "quá hạn 23"
    ).taps("Xác nhận").expects("số 2, thay thế bản số 1")
    word, _ = documents(boss, "bao-cao-2020-Q1-so-2")
    assert "bổ sung bản giấy" in words(word)
    boss.says("/baocao quý 1").expects("số 2", "Đính chính và thay thế bản số 1. Lý do: bổ sung bản giấy").forgets()
    with world.service.store.look() as session:
        first = issued.numbered(session, "2020-Q1", (), 1)
        assert first is not None
        assert first[1].dated.overdue == 24


def test_before_the_window_is_over_a_report_is_a_draft_that_says_so(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 3, 10, 9, 0)
    boss.forgets().says("/baocao quý 1").expects("dự thảo", "chưa kết thúc", "09:00 ngày 10/03/2020").expects_buttons()
    word, _ = documents(boss, DRAFT)
    assert "dự thảo" in words(word).lower()
    boss.says("/baocao quý 1 chốt").expects("đến hết ngày 14/03/2020 mới khép; trước đó báo cáo là dự thảo").is_silent()


def test_what_is_no_period_gets_a_clear_sentence(world: World) -> None:
    boss = world.admin("Hoa")
    boss.says("/baocao quý 2").expects("Chưa rõ «quý 2»", "Quý II nằm trong báo cáo 6 tháng").is_silent()
    boss.says("/baocao quý 1 sơn").expects("Chưa rõ «quý 1 sơn»").is_silent()
    boss.says("/baocao quý 3").expects("quý III/2020 bắt đầu từ ngày 15/06/2020").is_silent()
    boss.says("/baocao quý 1 năm 2019").expects("Không có việc nào để báo cáo trong quý I/2019").is_silent()


def test_a_head_has_the_own_agencys_report_and_nobody_elses(world: World) -> None:
    world.admin("Hoa")
    head, lan = world.officer("Bình", "sondung", role=Role.HEAD), world.officer("Lan", "sonlap")
    world.at(2020, 3, 10, 9, 0)
    head.forgets().says("/baocao").expects("Báo cáo quý I/2020 – UBND xã Sơn Dung: dự thảo").expects_buttons()
    word = head.gets_file("bao-cao-2020-Q1-sondung-du-thao.docx", "UBND xã Sơn Dung")
    assert "Sơn Lập" not in words(word)
    head.expects_file("bao-cao-2020-Q1-sondung-du-thao.xlsx").expects_photo("UBND xã Sơn Dung").is_silent()
    head.says("/baocao quý 1 sonlap").expects("báo cáo của đơn vị mình").is_silent()
    head.says("/baocao xa").expects("báo cáo của đơn vị mình").is_silent()
    head.says("/baocao quý 1 chốt").expects("Chỉ đầu mối tổng hợp").is_silent()
    lan.forgets().says("/baocao quý 1").expects("UBND xã Sơn Lập").forgets()


def test_a_leader_reads_and_freezes_nothing_and_a_group_is_sent_to_the_private_chat(world: World) -> None:
    boss, leader = world.admin("Hoa"), world.officer("Thu", "noivu", role=Role.LEADER)
    group = world.group(boss, leader)
    world.at(2020, 3, 16, 9, 0)
    leader.forgets().says("/baocao quý 1").expects("dự thảo").expects_buttons().forgets()
    leader.says("/baocao quý 1 chốt").expects("Chỉ đầu mối tổng hợp").is_silent()
    group.forgets()
    boss.in_chat(GROUP).says("/baocao@NhacViecBot quý 1")
    group.expects("tin nhắn riêng").is_silent()


def test_a_template_that_is_broken_keeps_no_figure_back(make_world: MakeWorld, tmp_path: Path) -> None:
    templates = tmp_path / "mau"
    templates.mkdir()
    (templates / "report.docx").write_bytes(b"not a document")
    world = make_world(2020, 1, 2, 7, 0, templates_dir=templates)
    boss = world.admin("Hoa")
    world.at(2020, 3, 10, 9, 0)
    boss.forgets().says("/baocao quý 1").expects("Đã đến hạn 24")
    boss.expects("bản Word", "không đính kèm được tệp").expects_file(f"{DRAFT}.xlsx").expects_photo(
        "Tiến độ"
    ).is_silent()


def test_the_admins_hear_once_that_a_period_is_over(world: World) -> None:
    boss = world.admin("Hoa")
    heard = []
    for day in (13, 14, 16, 17, 18):
        boss.forgets()
        world.at(2020, 3, day, 9, 0)
        heard += [day for message in boss.unread if "đã khép" in str(message.get("text"))]
    assert heard == [16]
    boss.forgets().taps("Báo cáo quý I/2020").expects("Báo cáo quý I/2020: dự thảo").forgets()


def test_a_period_whose_figures_are_frozen_is_no_news(world: World) -> None:
    boss = world.admin("Hoa")
    # A Sunday: nothing is sent, and somebody works.
    world.at(2020, 3, 15, 9, 0)
    boss.says("/baocao quý 1 chốt").taps("Xác nhận").forgets()
    world.at(2020, 3, 16, 9, 0)
    assert not any("đã khép" in str(message.get("text")) for message in boss.unread)
