"""Word files: automatic numbers, annex tables, one table a section, changes and notes, several annexes."""

from datetime import date

from tests.intake.cases import HEAD, KT, ONGOING, TTPV, VHXH, VP, Case, T
from tests.intake.word_files import WordFile, box, deleted, inserted, numbered, run

TOP = HEAD.partition("I. MỤC ĐÍCH")[0]


def automatic() -> bytes:
    """Chapters, sections and letters are numbers that Word sets; a list begins anew, another overrides its start."""
    file = WordFile()
    file.lines(TOP)
    plan = file.list_of("plan")
    for text, level in (("MỤC ĐÍCH, YÊU CẦU", 0), ("Mục đích", 1), ("NHIỆM VỤ", 0), ("Cải cách thể chế", 1)):
        file.line(text, plan, level)
    for at, (title, lead, time) in enumerate((
        ("Rà soát văn bản.", KT, "Quý I/2026"), ("Theo dõi thi hành.", VP, "Thường xuyên"),
        ("Kiểm tra văn bản.", KT, "Trước ngày 15/11/2026"),
    )):  # fmt: skip
        file.line(title, plan, 2)
        file.line(f"Cơ quan chủ trì: {lead}.", plan, 3)
        file.line(f"Thời gian: {time}.", None if at else plan, 3)
    file.line("Thủ tục hành chính", plan, 1)
    again = file.list_of("plan", start=5, level=2)
    file.line("Công khai thủ tục.", again, 2)
    file.line(f"Cơ quan chủ trì: {TTPV}.", plan, 3)
    file.line("Thời gian: Trong năm 2026.", plan, 3)
    return file.bytes()


def nested_codes() -> bytes:
    """II.1.1 and II.1.10 by Word's own numbers, with the fields below them."""
    file = WordFile()
    file.lines(TOP)
    codes = file.list_of("codes")
    file.line("MỤC TIÊU", codes, 0)
    file.line("NHIỆM VỤ", codes, 0)
    file.line("Hạ tầng số", codes, 1)
    for at in range(1, 12):
        file.line(f"Lắp đặt điểm truy cập số {at}", codes, 2)
        file.line(f"- Đơn vị chủ trì: {KT}")
        file.line(f"- Thời hạn hoàn thành: Tháng {at}/2026")
    return file.bytes()


ANNEX = (
    ("STT", "Nhiệm vụ", "Sản phẩm", "Thời gian thực hiện", "Phân công thực hiện", "", "Theo dõi, đôn đốc", "Ghi chú"),
    ("", "", "", "", "Chủ trì", "Phối hợp", "", ""),
    ("I. CẢI CÁCH THỂ CHẾ", "", "", "", "", "", "", ""),
    ("1", "Rà soát văn bản", "Báo cáo", "Quý I/2026", KT, "Công an xã", VP, ""),
    ("2", "Lập danh mục", "Danh mục", "30/6/2026", "", "nt", VP, "Theo mẫu"),
    ("II. CÔNG KHAI", "", "", "", "", "", "", ""),
    ("STT", "Nhiệm vụ", "Sản phẩm", "Thời gian thực hiện", "Phân công thực hiện", "", "Theo dõi, đôn đốc", "Ghi chú"),
    ("1", "Niêm yết thủ tục", "", "Thường xuyên", TTPV, "", VP, ""),
    ("2", "Khảo sát sự hài lòng", "Báo cáo", "Tháng 11 năm 2026", "//", "Các phòng, ban", VP, ""),
    ("", "Ghi chú: bảng này thay bảng năm 2025", "", "", "", "", "", ""),
)  # fmt: skip
ANNEX_MERGES = ((0, 4, 0, 5), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 1, 3), (0, 6, 1, 6), (0, 7, 1, 7),
                (2, 0, 2, 7), (3, 4, 4, 4), (5, 0, 5, 7))  # fmt: skip


def annex() -> bytes:
    """A landscape annex: letterhead and signature as tables, a head of two rows and once again, merged leads."""
    file = WordFile()
    left, right = "ỦY BAN NHÂN DÂN\nXÃ BÌNH AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    file.table(((left, right), ("Số:      /KH-UBND", "Bình An, ngày      tháng 01 năm 2026")))
    file.lines("PHỤ LỤC\nPhân công nhiệm vụ cải cách hành chính năm 2026")
    file.table(ANNEX, ANNEX_MERGES)
    file.table((("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A"),))
    return file.bytes()


def a_table_a_section() -> bytes:
    """A heading and a table for each section; who leads and who coordinates stand in one cell."""
    file = WordFile()
    file.lines(f"{TOP}II. NHIỆM VỤ\n1. Thể chế")
    head = ("TT", "Nội dung công việc", "Cơ quan chủ trì, phối hợp", "Thời hạn hoàn thành")
    both = f"Chủ trì: {KT}\nPhối hợp: {VHXH}, Công an xã"
    file.table((head, ("1", "Rà soát văn bản", both, "Trước ngày 15/3/2026"), ("2", "Lập kế hoạch", both, "31/3/2026")))
    file.lines("2. Công khai")
    file.table((head, ("1", "Niêm yết", f"{TTPV} chủ trì, phối hợp với các thôn", "Thường xuyên")))
    return file.bytes()


def changed() -> bytes:
    """Tracked changes, struck words, a text box, a soft break, a note with an abbreviation, a table in a cell."""
    file = WordFile()
    file.lines(f"{TOP}II. NHIỆM VỤ\n1. Thể chế")
    file.raw(run("a) Rà soát văn bản"))
    file.raw(run("- Cơ quan chủ trì: ") + deleted("Phòng Tư pháp") + inserted(KT))
    file.raw(run("- Thời gian: ") + deleted("Quý I/2026") + inserted("Quý II/2026"))
    file.raw(run("b) Lập danh mục") + box("Mẫu số 1"))
    file.raw(run("- Cơ quan chủ trì: TTPVHCC") + "<w:r><w:br/></w:r>" + run("- Thời gian: Trước ngày 31/3/2026"))
    file.raw(run("c) Công khai "))
    file.raw(run("- Cơ quan chủ trì: ") + run("Công an xã, ", "<w:strike/>") + run(VP))
    file.raw(run("- Thời gian: Thường xuyên"))
    file.note("TTPVHCC: Trung tâm Phục vụ hành chính công")
    table = file.table((("STT", "Nhiệm vụ", "Chủ trì", "Thời gian"), ("7", "Số hóa hồ sơ", VP, "30/9/2026")))
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "gồm hồ sơ hộ tịch"
    return file.bytes()


def annexes() -> bytes:
    """Two annexes of one decision whose numbers begin anew, the rows numbered by Word."""
    file = WordFile()
    file.lines(f"{TOP}II. NHIỆM VỤ\nCó các phụ lục kèm theo.")
    for name in ("PHỤ LỤC I", "PHỤ LỤC II"):
        file.lines(name)
        table = file.table((
            ("STT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
            ("", f"Rà soát theo {name.lower()}", KT, "Quý II/2026"),
            ("", f"Báo cáo theo {name.lower()}", VP, "Quý III/2026"),
        ))  # fmt: skip
        rows = file.list_of("rows", start=1)
        for at in (1, 2):
            cell = table.cell(at, 0).paragraphs[0]
            cell.add_run("\u200b")
            cell._p.get_or_add_pPr().append(numbered(rows, 0))
    return file.bytes()


CASES = (
    Case("automatic numbers (.docx)", automatic, (
        T("1a", "Rà soát văn bản", (KT,), (), "", (date(2026, 3, 31),)),
        T("1b", "Theo dõi thi hành", (VP,), (), "", (ONGOING,)),
        T("1c", "Kiểm tra văn bản", (KT,), (), "", (date(2026, 11, 14),)),
        T("2e", "Công khai thủ tục", (TTPV,), (), "", (date(2026, 12, 31),)),
    ), (), "45/KH-UBND"),
    Case("II.1.10 by Word (.docx)", nested_codes, tuple(
        T(f"II.1.{at}", f"Lắp đặt điểm truy cập số {at}", (KT,), (), "",
          ((date(2026, at + 1, 1) - date.resolution),)) for at in range(1, 12)
    ), (), "45/KH-UBND"),
    Case("an annex table (.docx)", annex, (
        T("I.1", "Rà soát văn bản", (KT,), ("Công an xã",), "Báo cáo", (date(2026, 3, 31),), (VP,)),
        T("I.2", "Lập danh mục", (KT,), ("Công an xã",), "Danh mục", (date(2026, 6, 30),), (VP,)),
        T("II.1", "Niêm yết thủ tục", (TTPV,), (), "", (ONGOING,), (VP,)),
        T("II.2", "Khảo sát sự hài lòng", (TTPV,), ("Các phòng, ban",), "Báo cáo", (date(2026, 11, 30),), (VP,)),
    ), ("number", "date")),
    Case("a table a section (.docx)", a_table_a_section, (
        T("1.1", "Rà soát văn bản", (KT,), (VHXH, "Công an xã"), "", (date(2026, 3, 14),)),
        T("1.2", "Lập kế hoạch", (KT,), (VHXH, "Công an xã"), "", (date(2026, 3, 31),)),
        T("2.1", "Niêm yết", (TTPV,), ("các thôn",), "", (ONGOING,)),
    ), (), "45/KH-UBND"),
    Case("changes, notes, boxes (.docx)", changed, (
        T("1a", "Rà soát văn bản", (KT,), (), "", (date(2026, 6, 30),)),
        T("1b", "Lập danh mục", ("TTPVHCC",), (), "", (date(2026, 3, 30),)),
        T("1c", "Công khai", (VP,), (), "", (ONGOING,)),
        T("7", "Số hóa hồ sơ gồm hồ sơ hộ tịch", (VP,), (), "", (date(2026, 9, 30),)),
    ), ("changed", "struck"), "45/KH-UBND"),
    Case("two annexes (.docx)", annexes, tuple(
        T(f"PL{annex}.{at}", f"{what} theo phụ lục {'i' * annex}", (who,), (), "", (day,))
        for annex in (1, 2)
        for at, what, who, day in (
            (1, "Rà soát", KT, date(2026, 6, 30)), (2, "Báo cáo", VP, date(2026, 9, 30)),
        )
    ), (), "45/KH-UBND"),
)  # fmt: skip
