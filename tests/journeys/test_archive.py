"""Proof sheets, what admins add to them, and evidence files, from an admin's phone."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook

from reports.archive.dossier import write
from reports.archive.dossier_values import Selection
from reports.archive.proof import build
from reports.word.proof_words import ToldLine
from sandbox.world import World
from store import audit, remarks, retention
from store.remarks import of as remarks_of
from tests.conftest import MakeWorld
from tests.reports.answers import obligation
from tests.reports.docx_text import words


def test_a_proof_sheet_says_who_was_told_and_takes_remarks(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.says("/done 2b đã ban hành")
    boss.forgets().says("/ghichu 2b.1 sondung đã đối chiếu với sổ công văn đến").expects(
        "Đã ghi vào phiếu đối chiếu việc 2b – UBND xã Sơn Dung", "/doichieu 2b sondung"
    )
    boss.says("/doichieu 2b.1 sondung")
    page = words(boss.gets_file("phieu-doi-chieu-2b-sondung.docx", "2b – UBND xã Sơn Dung"))
    assert "đã ban hành" in page
    assert "đã đối chiếu với sổ công văn đến" in page
    boss.is_silent()
    with world.service.store.look() as session:
        row = obligation(session, "2b.1", "sondung")
        assert [each.text for each in remarks_of(session, row.id or 0)] == ["đã đối chiếu với sổ công văn đến"]
        entry = audit.about(session, f"obligation:{row.id}")[-1]
        assert (entry.action, entry.actor) == ("remark.added", 1)


def test_the_words_of_a_remark_wait_while_the_milestone_is_chosen(world: World) -> None:
    boss = world.admin("Hoa")
    boss.says("/ghichu 2b sondung cần bản gốc").expects("nhiều mốc").taps("2b – ").expects("Đã ghi").is_silent()
    boss.says("/ghichu 2b.1 sonlap").expects("cần ghi gì").says("bản giấy ở văn thư").expects("Đã ghi").is_silent()
    with world.service.store.look() as session:
        texts = [
            each.text
            for agency in ("sondung", "sonlap")
            for each in remarks.of(session, obligation(session, "2b.1", agency).id or 0)
        ]
    assert texts == ["cần bản gốc", "bản giấy ở văn thư"]


def test_an_evidence_file_of_a_period_a_task_or_an_agency(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    boss.says("/hoso quý 1").expects("Chưa có kết quả hay minh chứng nào của quý I/2020").is_silent()
    lan.sends_photo("/done 2b")
    boss.says("/hoso 9z").expects("Chưa rõ «9z»").is_silent()
    boss.says("/hoso").expects("/hoso quý 1").is_silent()
    for asked, name in (("quý 1", "2020-Q1"), ("2b", "2b"), ("sondung", "sondung")):
        boss.says(f"/hoso {asked}")
        data = boss.gets_file(f"ho-so-minh-chung-{name}.zip", "1 kết quả, 1 tệp")
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert package.testzip() is None
            assert [each for each in package.namelist() if each.startswith("minh-chung/")]
    boss.is_silent()
    lan.forgets().says("/hoso 2b").expects("Lệnh này dành cho").is_silent()


def test_an_evidence_file_that_no_message_can_carry_is_made_on_the_server(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.sends_photo("/done 2b")
    world.channel.abilities = replace(world.channel.abilities, send=1024)
    boss.says("/hoso 2b").expects(
        "1 tệp", "lớn hơn mức 1 KB", "nhacviec dossier --task 2b --out ho-so-minh-chung-2b.zip"
    ).is_silent()


def test_what_people_were_told_outlives_the_outbox_and_names_nobody_erased(world: World, tmp_path: Path) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan Rất Riêng", "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.says("/vuongmac 2b.1 thiếu kinh phí")
    boss.taps("Đã nhận")
    service, later = world.service, world.now + timedelta(days=401)
    before = _told(world)
    assert ("tin nhắc trong ngày", "đã gửi") in {(each.what, each.state) for each in before}
    with service.store.unit() as session:
        policy = retention.Policy(inbox_days=30, outbox_days=400, loose_days=90, person_months=12)
        dropped = retention.drop(session, policy, later, date(2021, 2, 18), lambda *_: None)
    assert dropped.messages
    # The same sheet, to the letter, and in the evidence file the words that went out.
    assert _told(world) == before
    assert any("thiếu kinh phí" in each for each in _texts(world, tmp_path))
    assert any("2b · còn 7 ngày làm việc" in each for each in _texts(world, tmp_path))
    lan.says("/xoadulieu co")
    assert "Lan Rất Riêng" not in "".join(_texts(world, tmp_path))
    with service.store.look() as session:
        rows = session.connection().exec_driver_sql("SELECT body FROM kept_message").all()
    assert rows
    assert "Rất Riêng" not in "".join(str(json.loads(row[0])) for row in rows if row[0])


def _told(world: World) -> tuple[ToldLine, ...]:
    with world.service.store.look() as session:
        number = obligation(session, "2b.1", "sondung").id or 0
        return build(session, world.service.office, number, world.now).told


def _texts(world: World, folder: Path) -> list[str]:
    """What the evidence file of the task says that people were told."""
    path = folder / "ho-so.zip"
    write(world.service.store, world.service.office, Selection(task="2b"), world.now, path)
    with zipfile.ZipFile(path) as package:
        assert "tin-da-gui.xlsx" in package.read("SHA256SUMS").decode()
        sheet = load_workbook(io.BytesIO(package.read("tin-da-gui.xlsx"))).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
