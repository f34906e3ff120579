"""People in one go: a list becomes invites, the invites become pages, a page's link links."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook

from sandbox.world import TOKEN, World
from tests.channels.on_zalo import TOKEN as ZALO_TOKEN
from tests.channels.on_zalo import OnZalo
from tests.cli.command import nhacviec
from tests.conftest import MakeWorld

ROWS = [
    ("Đơn vị", "Họ và tên", "Vai trò"),
    ("UBND xã Sơn Dung", "Đinh Thị Lan", "cán bộ đầu mối"),
    ("sondung", "Đinh Văn Bình", "Thủ trưởng"),
    ("Phòng Tư pháp", "Trần Minh", ""),
    ("noivu", "Lê Hoa", "tổng hợp"),
]


@pytest.fixture
def folder(tmp_path: Path, migrated: Path) -> Path:
    """Where an office's empty database is."""
    shutil.copyfile(migrated, tmp_path / "office.db")
    return tmp_path


def workbook(folder: Path, rows: Sequence[tuple[str, ...]], name: str = "nguoi.xlsx") -> Path:
    """A workbook with a title above its header."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Danh sách cán bộ"])
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


def invites(folder: Path) -> list[tuple[str, str, str]]:
    """What is kept of the invites."""
    with closing(sqlite3.connect(folder / "office.db")) as connection:
        return connection.execute("SELECT agency_id, label, role FROM invite ORDER BY id").fetchall()


def run(folder: Path, *arguments: str, code: int = 0, api: str = "http://127.0.0.1:9") -> str:
    return nhacviec(
        folder,
        *arguments,
        code=code,
        DATABASE_URL=f"sqlite:///{folder / 'office.db'}",
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL=api,
    )


def test_a_list_is_imported_once_and_its_second_reading_changes_nothing(folder: Path) -> None:
    path = workbook(folder, ROWS)
    assert "--with-admins" in run(folder, "people", "import", str(path), code=2)
    assert "4 would be invited" in run(folder, "people", "import", str(path), "--dry-run", "--with-admins")
    assert invites(folder) == []
    assert "4 are invited, 0 were invited before" in run(folder, "people", "import", str(path), "--with-admins")
    assert invites(folder) == [
        ("sondung", "Đinh Thị Lan", "officer"),
        ("sondung", "Đinh Văn Bình", "head"),
        ("tuphap", "Trần Minh", "officer"),
        ("noivu", "Lê Hoa", "admin"),
    ]
    assert "0 are invited, 4 were invited before" in run(folder, "people", "import", str(path), "--with-admins")
    assert len(invites(folder)) == 4


def test_every_fault_is_named_with_its_row_and_nothing_is_half_done(folder: Path) -> None:
    wrong = [("Sơn Màuu", "A", ""), ("sonmua", "", ""), ("sonmua", "B", "giám đốc")]
    rows = [*ROWS, *wrong, ROWS[1], ("sonmua", "\u3164 …", "")]
    said = run(folder, "people", "import", str(workbook(folder, rows)), code=2)
    for piece in (
        "row 7: no agency is called 'Sơn Màuu'",
        "row 8: the name is missing",
        "row 9: 'giám đốc' is no role",
        "row 11: the name '…' has no letter in it",
    ):
        assert piece in said
    assert "row 10: the same person as in row 3" in said
    assert invites(folder) == []


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", "agency,name\nsondung,Lan\n".encode("utf-16"), "not in UTF-8"),
        ("a.xlsx", b"agency,name", "no Excel workbook"),
        ("a.pdf", b"%PDF", "neither .xlsx nor .csv"),
        ("a.csv", b"x,y\n1,2\n", "no header"),
        ("a.csv", b"agency,name\n", "names nobody"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(folder: Path, name: str, data: bytes, says: str) -> None:
    (folder / name).write_bytes(data)
    assert says in run(folder, "people", "import", str(folder / name), code=2)
    assert "cannot be read" in run(folder, "people", "import", str(folder / "none.csv"), code=2)


def test_the_printed_link_links_under_the_name_of_the_list_and_the_one_before_does_not(world: World) -> None:
    folder = world.database.parent
    (folder / "office.db").symlink_to(world.database)
    (folder / "nguoi.csv").write_text("đơn vị;họ tên\nsondung;Đinh Thị Lan\ntuphap;Trần Minh\n", "utf-8-sig")
    run(folder, "people", "import", "nguoi.csv", api=world.api)
    assert "2 links on 2 pages" in run(folder, "invites", "--out", "moi.docx", api=world.api)
    first = code_in(folder / "moi.docx", "Đinh Thị Lan")
    assert "1 links on 1 pages" in run(folder, "invites", "--out", "moi2.docx", "--agency", "sondung", api=world.api)
    page = "\n".join(each.text for each in Document(str(folder / "moi2.docx")).paragraphs)
    assert "UBND xã Sơn Dung" in page
    assert "@NhacViecBot" in page
    assert "Phòng Tư pháp" not in page
    lan = world.phone("Mèo Con")
    lan.starts(first).expects("đã được dùng hoặc đã hết hạn")
    lan.starts(code_in(folder / "moi2.docx", "Đinh Thị Lan")).taps("Tôi đồng ý").forgets()
    lan.says("/dulieu").expects("Tên: Đinh Thị Lan")
    world.phone("Minh").starts(code_in(folder / "moi.docx", "Trần Minh")).expects("Phòng Tư pháp")
    assert "0 are invited" in run(folder, "people", "import", "nguoi.csv", api=world.api)
    lan.says("/xoadulieu co")
    assert [label for _, label, _ in invites(folder)] == ["", "Trần Minh"]


def test_on_zalo_alone_a_code_is_printed_that_is_typed(make_world: MakeWorld) -> None:
    zalo = OnZalo()
    world = zalo.world = make_world(2020, 1, 2, 7, 0, beside=(zalo.channel,))
    world.settle()
    folder = world.database.parent
    given: dict[str, Any] = {
        "DATABASE_URL": f"sqlite:///{world.database}",
        "ZALO_BOT_TOKEN": ZALO_TOKEN,
        "ZALO_API_URL": "http://127.0.0.1:9",
    }
    said = nhacviec(folder, "invite", "sondung", **given)
    assert "«Nhắc Việc (thử)» trên Zalo" in said
    zalo.phone("Lan").says(said.splitlines()[-1]).expects("dữ liệu cá nhân", "Sơn Dung")
    assert "no channel 'telegram'" in nhacviec(folder, "invite", "sondung", "--channel", "telegram", code=2, **given)
    (folder / "nguoi.csv").write_text("đơn vị;họ tên\nsondung;Đinh Thị Lan\n", "utf-8-sig")
    nhacviec(folder, "people", "import", "nguoi.csv", **given)
    nhacviec(folder, "invites", "--out", "moi.docx", **given, ZALO_BOT_LINK="https://zalo.me/s/botcuaxa")
    page = Document(str(folder / "moi.docx"))
    assert "quét mã QR" in "\n".join(each.text for each in page.paragraphs)
    assert len(page.inline_shapes) == 1
    [code] = [line for line in page.tables[0].rows[0].cells[1].text.splitlines() if line[:4].isdigit()]
    mai = zalo.phone("Mèo Con").says(code).says("đồng ý").forgets()
    mai.says("/dulieu").expects("Tên: Đinh Thị Lan")
    nhacviec(folder, "people", "import", "nguoi.csv", **given)
    assert "nobody on the list waits" in nhacviec(folder, "invites", "--out", "moi.docx", code=2, **given)


def code_in(path: Path, name: str) -> str:
    """The code printed beside a name."""
    for table in Document(str(path)).tables:
        for row in table.rows:
            if name in row.cells[1].text:
                return str(row.cells[1].text.split("?start=")[1].split()[0])
    raise AssertionError(f"no {name} in {path}")


def test_without_anybody_to_print_for_the_command_says_what_to_do(folder: Path) -> None:
    run(folder, "people", "import", str(workbook(folder, ROWS)), "--dry-run", "--with-admins")
    said = run(folder, "invites", "--out", "moi.docx", code=2)
    assert "people import" in said or "network" in said
