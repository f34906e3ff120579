"""Documents of shapes that were met later: agencies as headings, a meeting's conclusion, cards, cells merged down."""

from datetime import date

from tests.intake.cases import KT, ONGOING, TTPV, VHXH, VP, Case, T
from tests.intake.word_files import WordFile

TOP = """UBND XÃ BÌNH AN
Số: 20/KH-UBND
Bình An, ngày 03 tháng 02 năm 2026
KẾ HOẠCH
"""
DISTRICT = "Phòng Kinh tế, Hạ tầng và Đô thị"

PROGRAMME = """HỘI ĐỒNG NHÂN DÂN - ỦY BAN NHÂN DÂN PHƯỜNG HÒA BÌNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 07/CTr-UBND                 Hòa Bình, ngày 05 tháng 02 năm 2026
CHƯƠNG TRÌNH
Công tác trọng tâm năm 2026 của UBND phường Hòa Bình
A. MỤC TIÊU
I. Mục tiêu chung
Phấn đấu đạt 100% chỉ tiêu được giao trước 31/12/2026.
B. NHIỆM VỤ, GIẢI PHÁP
I. Phát triển kinh tế
1. Lĩnh vực thu ngân sách
1.1. Rà soát nguồn thu trên địa bàn
Chủ trì: Phòng Kinh tế, Hạ tầng và Đô thị
Phối hợp: Thuế cơ sở 5, Công an phường
Thời hạn: 28/02/2026
Sản phẩm: Báo cáo
1.10. Tổng kết công tác thu
Chủ trì: Chủ tịch UBND phường
Thời hạn: 10/12/2026
II. Văn hóa - xã hội
1. Tổ chức lễ hội
Chủ trì: Phòng Văn hóa - Xã hội; Phối hợp: các tổ dân phố; Thời hạn: tháng 3/2026
2. Điều tra hộ nghèo
Chủ trì: Phòng Kinh tế, Hạ tầng và Đô thị và Công an phường
Thời hạn: từ 01/9/2026 đến 30/10/2026
C. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND phường:
- Theo dõi, đôn đốc việc thực hiện Chương trình;
- Báo cáo UBND phường trước ngày 20 hằng tháng.
2. Các phòng, ban chuyên môn: Căn cứ chức năng, nhiệm vụ xây dựng kế hoạch chi tiết, hoàn thành trước ngày 28/02/2026.
3. Đề nghị Ủy ban MTTQ Việt Nam phường tuyên truyền, vận động nhân dân.
Nơi nhận:
- Như trên;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn B
"""

AGENCIES = f"""{TOP}Phòng, chống thiên tai năm 2026
I. MỤC ĐÍCH
- Chủ động ứng phó.
II. NỘI DUNG
1. Văn phòng HĐND và UBND xã
a) Tham mưu kiện toàn Ban Chỉ huy trước ngày 15/3/2026.
b) Trực ban 24/24 giờ.
2. Phòng Kinh tế
- Rà soát phương án ứng phó, trình UBND xã trước ngày 30/4/2026;
- Chủ trì, phối hợp với Ban Chỉ huy quân sự xã tổ chức diễn tập trong tháng 5/2026;
3. Các thôn
Tổ chức tuyên truyền thường xuyên trên loa truyền thanh.
"""

MEETING = """Kết luận họp giao ban ngày 12/3/2026:
1. Rà soát hộ nghèo – Phòng Văn hóa - Xã hội – 30/4/2026 – Thông báo 12/TB-UBND
2. Lập danh sách nhà tạm – Phòng Kinh tế – trước 15/4/2026
✅ Công an xã: báo cáo tạm trú trước 25/3/2026
Đính chính: việc 1 hạn 15/5/2026
"""


def cards() -> bytes:
    """A small table for each task, its labels in the left column."""
    file = WordFile()
    file.lines(f"{TOP}Kiểm soát thủ tục hành chính năm 2026\nII. NHIỆM VỤ\n1. Công khai")
    for title, lead, time in (("Niêm yết công khai", TTPV, "Quý I/2026"), ("Rà soát", KT, "Quý II/2026")):
        file.table((("Nhiệm vụ", title), ("Cơ quan chủ trì", lead), ("Thời gian", time), ("Sản phẩm", "Báo cáo")))
    return file.bytes()


def merged_down() -> bytes:
    """One number and one lead beside two pieces of work; the person who follows up is named."""
    file = WordFile()
    file.lines(f"{TOP}Kiểm tra năm 2026")
    rows = (
        ("STT", "Nội dung", "Thời gian", "Cơ quan thực hiện", "", "Lãnh đạo phụ trách"),
        ("", "", "", "Chủ trì", "Phối hợp", ""),
        ("1", "Kiểm tra đợt 1", "Quý I", KT, "Công an xã", "Đ/c Phó Chủ tịch UBND xã"),
        ("", "Kiểm tra đợt 2", "Quý III", "", "", ""),
        ("2", "Tổng kết", "Tháng 11 năm 2026", VHXH, "", "Đ/c Chủ tịch UBND xã"),
        ("3", "Sơ kết", "", VHXH, "", ""),
    )
    merges = ((0, 3, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 5, 1, 5), (2, 0, 3, 0), (2, 3, 3, 3),
              (2, 4, 3, 4), (2, 5, 3, 5))  # fmt: skip
    file.table(rows, merges)
    return file.bytes()


def nested_rows() -> bytes:
    """Rows that are headings for the rows below them, two offices in one cell, a total at the end."""
    file = WordFile()
    file.lines(f"{TOP}Chuyển đổi số năm 2026")
    file.table((
        ("TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành", "Kết quả, sản phẩm"),
        ("I", "Hạ tầng số", "", "", "", ""),
        ("1", "Nâng cấp mạng\n- Mạng LAN\n- Mạng WAN", f"{KT}\n{VP}", "Các đơn vị liên quan", "Quý II năm 2026", "Hệ thống"),
        ("2", "Trang bị máy tính", VP, "nt", "6/2026", "Máy tính"),
        ("II", "Dữ liệu số", "", "", "", ""),
        ("1", "Số hóa", "", "", "", ""),
        ("1.1", "Số hóa hộ tịch", "Công chức Tư pháp - Hộ tịch", "Công an xã", "Kế hoạch: tháng 02/2026; hoàn thành trước 31/10/2026", "CSDL"),
        ("1.2", "Số hóa đất đai", KT, "-nt-", "2026-2027", "CSDL"),
        ("2", "Làm sạch dữ liệu dân cư", "Công an xã", "Các thôn", "Thường xuyên", ""),
        ("", "Tổng cộng: 5 nhiệm vụ", "", "", "", ""),
    ))  # fmt: skip
    return file.bytes()


CASES = (
    Case("a ward's programme (.txt)", PROGRAMME.encode, (
        T("1.1", "Rà soát nguồn thu trên địa bàn", (DISTRICT,), ("Thuế cơ sở 5", "Công an phường"), "Báo cáo",
          (date(2026, 2, 28),)),
        T("1.10", "Tổng kết công tác thu", ("Chủ tịch UBND phường",), (), "", (date(2026, 12, 10),)),
        T("1", "Tổ chức lễ hội", (VHXH,), ("các tổ dân phố",), "", (date(2026, 3, 31),)),
        T("2", "Điều tra hộ nghèo", (DISTRICT, "Công an phường"), (), "", (date(2026, 10, 30),)),
    ), ("group", "leads"), "07/CTr-UBND", duties=4),
    Case("agencies as headings (.txt)", AGENCIES.encode, (
        T("1a", "Tham mưu kiện toàn Ban Chỉ huy trước ngày 15/3/2026", (VP,), (), "", (date(2026, 3, 14),)),
        T("1b", "Trực ban 24/24 giờ", (VP,)),
        T("2a", "Rà soát phương án ứng phó, trình UBND xã trước ngày 30/4/2026", (KT,), (), "", (date(2026, 4, 29),)),
        T("2b", "Chủ trì, phối hợp với Ban Chỉ huy quân sự xã tổ chức diễn tập trong tháng 5/2026", (KT,),
          ("Ban Chỉ huy quân sự xã",), "", (date(2026, 5, 31),)),
        T("3", "Tổ chức tuyên truyền thường xuyên trên loa truyền thanh", ("Các thôn",), (), "", (ONGOING,)),
    ), ("group", "no_time"), "20/KH-UBND", sections=("1", "2", "3")),
    Case("a meeting's conclusion (.txt)", MEETING.encode, (
        T("1", "Rà soát hộ nghèo", (VHXH,), (), "", (date(2026, 4, 30),)),
        T("2", "Lập danh sách nhà tạm", (KT,), (), "", (date(2026, 4, 14),)),
        T("3", "Công an xã: báo cáo tạm trú trước 25/3/2026", ("Công an xã",), (), "", (date(2026, 3, 24),)),
    ), ("correction",)),
    Case("a card a task (.docx)", cards, (
        T("1a", "Niêm yết công khai", (TTPV,), (), "Báo cáo", (date(2026, 3, 31),)),
        T("1b", "Rà soát", (KT,), (), "Báo cáo", (date(2026, 6, 30),)),
    ), (), "20/KH-UBND"),
    Case("numbers merged down (.docx)", merged_down, (
        T("1", "Kiểm tra đợt 1", (KT,), ("Công an xã",), "", (date(2026, 3, 31),), ("Đ/c Phó Chủ tịch UBND xã",)),
        T("1.2", "Kiểm tra đợt 2", (KT,), ("Công an xã",), "", (date(2026, 9, 30),), ("Đ/c Phó Chủ tịch UBND xã",)),
        T("2", "Tổng kết", (VHXH,), (), "", (date(2026, 11, 30),), ("Đ/c Chủ tịch UBND xã",)),
        T("3", "Sơ kết", (VHXH,)),
    ), ("no_time",), "20/KH-UBND"),
    Case("rows below rows (.docx)", nested_rows, (
        T("I.1", "Nâng cấp mạng - Mạng LAN - Mạng WAN", (KT, VP), ("Các đơn vị liên quan",), "Hệ thống",
          (date(2026, 6, 30),)),
        T("I.2", "Trang bị máy tính", (VP,), ("Các đơn vị liên quan",), "Máy tính", (date(2026, 6, 30),)),
        T("1.1", "Số hóa hộ tịch", ("Công chức Tư pháp - Hộ tịch",), ("Công an xã",), "CSDL",
          (date(2026, 2, 28), date(2026, 10, 30))),
        T("1.2", "Số hóa đất đai", (KT,), ("Công an xã",), "CSDL", (date(2027, 12, 31),)),
        T("II.2", "Làm sạch dữ liệu dân cư", ("Công an xã",), ("Các thôn",), "", (ONGOING,)),
    ), ("leads",), "20/KH-UBND"),
)  # fmt: skip
