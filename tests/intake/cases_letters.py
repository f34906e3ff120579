"""Letters and decisions that give work without a plan's chapters, labels in other words, and columns of time."""

from datetime import date

from tests.intake.cases import KT, ONGOING, TTPV, VHXH, VP, Case, T
from tests.intake.cases_more import TOP
from tests.intake.word_files import WordFile

LABELS = f"""{TOP}Công tác năm 2026
II. NHIỆM VỤ
1. Rà soát hộ nghèo
- Cơ quan chủ trì:
+ Phòng Kinh tế;
+ Phòng Văn hóa - Xã hội.
- Người chịu trách nhiệm: Đ/c Nguyễn Văn A
- Thời gian, địa điểm: trước 30/6/2026, tại các thôn
2. Thực hiện: công khai kết quả
- Phân công: Công an xã
- Thời gian: Quý I (kế hoạch), Quý IV (báo cáo)
3) Kiểm tra việc chấp hành
Đơn vị thực hiện: Công an xã
Hoàn thành: 30/9/2026
4. Tuyên truyền
- Chủ trì: Phòng Văn hóa - Xã hội.
- Thời gian: Thường xuyên
- Kết quả: Tin bài
- Kinh phí: 10 triệu đồng
"""

LETTER = """UBND XÃ X
Số: 112/UBND-VP
X, ngày 10 tháng 3 năm 2026
Kính gửi: Các phòng, ban, đơn vị thuộc xã.
Thực hiện Công văn số 55/SNV-CCHC ngày 05/3/2026 của Sở Nội vụ về đẩy mạnh cải cách hành chính, UBND xã yêu cầu:
1. Phòng Kinh tế chủ trì rà soát quy trình nội bộ, hoàn thành trước ngày 20/3/2026.
2. Phòng Văn hóa - Xã hội:
a) Xây dựng tin bài tuyên truyền, xong trong tháng 4/2026.
b) Niêm yết công khai, chậm nhất ngày 25/3/2026.
3. Giao Văn phòng HĐND và UBND xã tổng hợp, báo cáo UBND xã trước ngày 30/3/2026./.
Nơi nhận:
- Như trên;
CHỦ TỊCH
Nguyễn Văn A
"""

DECISION = """ỦY BAN NHÂN DÂN XÃ X
QUYẾT ĐỊNH
Về việc phân công nhiệm vụ thực hiện Kế hoạch số 12/KH-UBND năm 2026
CHỦ TỊCH UBND XÃ
Căn cứ Luật Tổ chức chính quyền địa phương;
QUYẾT ĐỊNH:
Điều 1. Phân công nhiệm vụ cho các cơ quan như sau:
1. Phòng Kinh tế: chủ trì rà soát danh mục, hoàn thành trong quý II năm 2026.
2. Công an xã: kiểm tra cư trú, báo cáo trước ngày 15/6/2026.
Điều 2. Quyết định có hiệu lực kể từ ngày ký.
Điều 3. Các cơ quan chịu trách nhiệm thi hành.
"""

NUMBERS = f"""{TOP}Công tác năm 2026
1. Mục tiêu
- Đạt 95%.
2. Nhiệm vụ
2.1. Nhiệm vụ trọng tâm
a. Rà soát thủ tục
Chủ trì: Phòng Kinh tế. Phối hợp: Công an xã. Hoàn thành trước 31/3/2026.
b. Công khai thủ tục
Chủ trì: Trung tâm Phục vụ hành chính công. Hoàn thành: 30/4/2026.
2.2. Nhiệm vụ khác
a. Báo cáo
Chủ trì: VP HĐND&UBND. Hoàn thành trước ngày 15/12/2026.
"""


def begins_and_ends() -> bytes:
    """A column for the beginning and one for the end, and a person beside the office."""
    file = WordFile()
    file.lines(f"{TOP}Công tác năm 2026\nII. NHIỆM VỤ")
    file.table((
        ("STT", "Nhiệm vụ", "Bắt đầu", "Kết thúc", "Đơn vị thực hiện", "Người phụ trách"),
        ("1", "Rà soát", "01/3/2026", "30/4/2026", KT, "Đ/c Lan"),
        ("2", "Báo cáo", "", "15/5/2026", VP, ""),
    ))  # fmt: skip
    return file.bytes()


def ticked() -> bytes:
    """A column for each quarter, in which the times are ticked."""
    file = WordFile()
    file.lines(f"{TOP}Công tác năm 2026\nII. NHIỆM VỤ")
    file.table((
        ("STT", "Nhiệm vụ", "Chủ trì", "Quý I", "Quý II", "Quý III", "Quý IV"),
        ("1", "Rà soát", KT, "x", "", "", ""),
        ("2", "Báo cáo", "Công an xã", "x", "x", "x", "x"),
        ("3", "Tổng kết", "Công an xã", "", "", "", "X"),
    ))  # fmt: skip
    return file.bytes()


CASES = (
    Case("labels in other words (.txt)", LABELS.encode, (
        T("1", "Rà soát hộ nghèo", (KT, VHXH), (), "", (date(2026, 6, 29),)),
        T("2", "Thực hiện: công khai kết quả", ("Công an xã",), (), "", (date(2026, 3, 31), date(2026, 12, 31))),
        T("3", "Kiểm tra việc chấp hành", ("Công an xã",), (), "", (date(2026, 9, 30),)),
        T("4", "Tuyên truyền", (VHXH,), (), "Tin bài", (ONGOING,)),
    ), ("leads",), "20/KH-UBND"),
    Case("a letter (.txt)", LETTER.encode, (
        T("1", "Phòng Kinh tế chủ trì rà soát quy trình nội bộ, hoàn thành trước ngày 20/3/2026", (KT,), (), "",
          (date(2026, 3, 19),)),
        T("2a", "Xây dựng tin bài tuyên truyền, xong trong tháng 4/2026", (VHXH,), (), "", (date(2026, 4, 30),)),
        T("2b", "Niêm yết công khai, chậm nhất ngày 25/3/2026", (VHXH,), (), "", (date(2026, 3, 25),)),
        T("3", "Giao Văn phòng HĐND và UBND xã tổng hợp, báo cáo UBND xã trước ngày 30/3/2026", (VP,), (), "",
          (date(2026, 3, 29),)),
    ), (), "112/UBND-VP"),
    Case("articles of a decision (.txt)", DECISION.encode, (
        T("1", "Phòng Kinh tế: chủ trì rà soát danh mục, hoàn thành trong quý II năm 2026", (KT,), (), "",
          (date(2026, 6, 30),)),
        T("2", "Công an xã: kiểm tra cư trú, báo cáo trước ngày 15/6/2026", ("Công an xã",), (), "",
          (date(2026, 6, 14),)),
    ), ("number", "date")),
    Case("numbers without chapters (.txt)", NUMBERS.encode, (
        T("2.1a", "Rà soát thủ tục", (KT,), ("Công an xã",), "", (date(2026, 3, 30),)),
        T("2.1b", "Công khai thủ tục", (TTPV,), (), "", (date(2026, 4, 30),)),
        T("2.2a", "Báo cáo", ("VP HĐND&UBND",), (), "", (date(2026, 12, 14),)),
    ), (), "20/KH-UBND", sections=("2.1", "2.2")),
    Case("columns from and to (.docx)", begins_and_ends, (
        T("1", "Rà soát", (KT,), (), "", (date(2026, 4, 30),)),
        T("2", "Báo cáo", (VP,), (), "", (date(2026, 5, 15),)),
    ), (), "20/KH-UBND"),
    Case("ticked quarters (.docx)", ticked, (
        T("1", "Rà soát", (KT,), (), "", (date(2026, 3, 31),)),
        T("2", "Báo cáo", ("Công an xã",), (), "", (None,)),
        T("3", "Tổng kết", ("Công an xã",), (), "", (date(2026, 12, 31),)),
    ), ("time",), "20/KH-UBND"),
)  # fmt: skip
