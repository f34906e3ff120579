"""The plan as Excel, out and back, by the command line: edited, refused with its rows, refused when it is stale."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.command import nhacviec

HEADS = 5  # keys, title, how to, basis, heads


class Office:
    """An installation with the plan of 2020, and its commands."""

    def __init__(self, folder: Path, migrated: Path) -> None:
        self.folder, self.url = folder, f"sqlite:///{folder / 'office.db'}"
        shutil.copyfile(migrated, folder / "office.db")

    def run(self, *words: str, code: int = 0) -> str:
        """One command, which ends with `code`."""
        return nhacviec(self.folder, *words, code=code, DATABASE_URL=self.url)

    def edit(self, **cells: object) -> Path:
        """Exports the plan, writes cells by «code_column» into it, and gives the file."""
        file = self.folder / "ke-hoach.xlsx"
        self.run("plan", "export", "--xlsx", str(file), "--force")
        book = load_workbook(file)
        sheet = book.worksheets[0]
        rows = {code: row(sheet, code) for code in {name.partition("_")[0] for name in cells}}
        for name, value in cells.items():
            code, _, column = name.partition("_")
            sheet.cell(rows[code], column_of(sheet, column)).value = value
        book.save(file)
        return file


def row(sheet: Worksheet, code: str) -> int:
    """The first row of a code, or the first free one for «new»."""
    codes = [(each[2].value, each[0].row) for each in sheet.iter_rows(min_row=HEADS + 1)]
    return next(int(number) for found, number in codes if found == (None if code == "new" else code))


def column_of(sheet: Worksheet, key: str) -> int:
    """Where a column stands, by its hidden key."""
    return next(int(cell.column) for cell in sheet[1] if cell.value == key)


@pytest.fixture
def office(tmp_path: Path, migrated: Path) -> Office:
    made = Office(tmp_path, migrated)
    made.run("plan", "import", str(_other(tmp_path)))
    return made


def _other(folder: Path) -> Path:
    """Any document: importing one makes the plan of the settings serve."""
    file = folder / "khac.txt"
    file.write_text("KẾ HOẠCH\nKhác năm 2026\nII. NHIỆM VỤ\n1. Việc một\n- Cơ quan chủ trì: Phòng Kinh tế\n"
                    "- Thời gian: 30/6/2026\n", "utf-8")  # fmt: skip
    return file


@pytest.mark.long
def test_what_an_office_edits_is_a_change_to_be_looked_at(office: Office) -> None:
    file = office.edit(
        **{"1c_due": date(2020, 5, 15), "2b_drop": "x", "2c_code": "2b", "1a_title": "Nâng cao chất lượng văn bản",
           "new_code": "2i", "new_section": "2. Cải cách thủ tục hành chính", "new_title": "Công khai kết quả",
           "new_lead": "Phòng Nội vụ; Phòng Tư pháp", "new_printed": "trước ngày 15/06/2020"}
    )  # fmt: skip
    shown = office.run("plan", "import", str(file))
    for words in ("deadline", "withdraw", "renumber", "reword", "add", "plan adopt"):
        assert words in shown
    assert "already" in office.run("plan", "import", str(file))
    office.run("plan", "adopt", "--yes")
    plan = json.loads(office.run("plan", "export", "cchc-2020"))
    tasks = {each["code"]: each for each in plan["tasks"]}
    assert tasks["1c"]["milestones"][0]["printed"] == "ngày 15/05/2020"
    assert tasks["2i"]["milestones"][0]["due"] == "2020-06-14"
    assert tasks["2i"]["lead"] == ["noivu", "tuphap"]
    # The plan's own file says what it said: it does not take the change back at the next start.
    assert "No version" in office.run("plan", "adopt", "--yes")
    # The same file after it was adopted, and another that went out before: neither changes anything.
    assert "already" in office.run("plan", "import", str(file))
    book = load_workbook(file)
    book.worksheets[0].cell(row(book.worksheets[0], "1e"), column_of(book.worksheets[0], "due")).value = date(
        2020, 6, 1
    )
    book.save(file)
    assert "được xuất trước khi" in office.run("plan", "import", str(file), code=2)
    assert json.loads(office.run("plan", "export", "cchc-2020")) == plan


def test_an_untouched_sheet_changes_nothing(office: Office) -> None:
    assert "không có gì thay đổi" in office.run("plan", "import", str(office.edit()))
    assert "No version" in office.run("plan", "adopt", "--yes")


def test_rows_that_are_wrong_are_told_with_what_to_do(office: Office) -> None:
    file = office.edit(
        **{"1c_due": "31/6/2020", "1d_lead": "Phòng Không Có", "1e_printed": "khi nào xong thì thôi", "2d_code": "2c",
           "new_code": "9z", "new_title": "Việc thiếu chủ trì", "new_section": "Mục lạ"}
    )  # fmt: skip
    told = office.run("plan", "import", str(file), code=2)
    for words in ("cột «Hạn»: «31/6/2020» không phải ngày có thật", "«Phòng Không Có»", "khi nào xong thì thôi",
                  "mã 2c đã có", "cột «Chủ trì»: ô này không được để trống", "không có mục «Mục lạ»"):  # fmt: skip
        assert words in " ".join(told.split()), words
    assert "No version" in office.run("plan", "adopt", "--yes")
