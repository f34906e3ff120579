"""Documents of text: labelled fields, a bad scan, sentences without labels, a chat, a .csv."""

import unicodedata
from datetime import date

from tests.intake.cases import HEAD, KT, ONGOING, TAIL, TTPV, UNDATED, VHXH, VP, Case, T

LABELLED = f"""{HEAD}II. NHIỆM VỤ CỤ THỂ
1. Cải cách thể chế
a) Rà soát văn bản quy phạm pháp luật theo Quyết định số 916/QĐ-UBND ngày 26/5/2016 của UBND tỉnh.
- Bộ phận chủ trì: Văn phòng HĐND và UBND xã.
- Bộ phận phối hợp: Phòng Kinh tế; Phòng Văn hóa - Xã hội.
- Sản phẩm: Báo cáo.
- Thời gian: Quý III/2026.
b) Theo dõi thi hành pháp luật.
- Tham mưu: Văn phòng HĐND và UBND xã.
- Sản phẩm: Kế hoạch; báo cáo.
- Thời gian: Kế hoạch ban hành trước 31/01/2026; báo cáo trước 05/12/2026.
2. Cải cách thủ tục hành chính
a) Vận hành Trung tâm Phục vụ hành chính công xã.
- Đơn vị chủ trì: Trung tâm Phục vụ hành chính công. Đơn vị phối hợp: Công an xã; Thời gian: Thường xuyên trong năm.
d) Niêm yết công khai:
+ Tại trụ sở;
+ Trên trang thông tin điện tử.
- Cơ quan chủ trì thực hiện: Trung tâm Phục vụ hành chính công; các thôn.
- Thời gian thực hiện: Trong năm 2026.
đ) Kiểm tra, xử lý phản ánh, kiến nghị.
- Cơ quan chủ trì: Phòng Kinh tế, Phòng Văn hóa - Xã hội.
- Sản phẩm:
+ Báo cáo quý;
+ Báo cáo năm.
- Thời hạn hoàn thành: Theo kế hoạch của tỉnh.
3. Hiện đại hóa
- Ứng dụng chữ ký số trong văn bản điện tử.
+ Cơ quan chủ trì: Phòng Văn hóa - Xã hội.
+ Thời gian: Trước ngày 30 tháng 6 năm 2026.
III. KINH PHÍ THỰC HIỆN
Từ ngân sách xã năm 2026.
IV. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế bố trí kinh phí thực hiện Kế hoạch.
2. Các cơ quan được giao chủ trì có trách nhiệm phối hợp chặt chẽ.
3. Các phòng, ban báo cáo định kỳ hằng quý, 6 tháng, năm về UBND xã.
Trong quá trình thực hiện nếu có vướng mắc, báo cáo UBND xã xem xét./.
{TAIL}"""
LABELLED_TASKS = (
    T("1a", "Rà soát văn bản quy phạm pháp luật theo Quyết định số 916/QĐ-UBND ngày 26/5/2016 của UBND tỉnh", (VP,),
      (KT, VHXH), "Báo cáo", (date(2026, 9, 30),)),
    T("1b", "Theo dõi thi hành pháp luật", (VP,), (), "Kế hoạch; báo cáo", (date(2026, 1, 30), date(2026, 12, 4))),
    T("2a", "Vận hành Trung tâm Phục vụ hành chính công xã", (TTPV,), ("Công an xã",), "", (ONGOING,)),
    T("2d", "Niêm yết công khai: + Tại trụ sở; + Trên trang thông tin điện tử", (TTPV, "các thôn"), (), "",
      (date(2026, 12, 31),)),
    T("2đ", "Kiểm tra, xử lý phản ánh, kiến nghị", (KT, VHXH), (), "+ Báo cáo quý; + Báo cáo năm", (UNDATED,)),
    T("3", "Ứng dụng chữ ký số trong văn bản điện tử", (VHXH,), (), "", (date(2026, 6, 29),)),
)  # fmt: skip


def scanned() -> bytes:
    """The same as a bad scan gives it: decomposed, Ð, no-break and zero-width spaces, a page number inside a line."""
    text = LABELLED.replace("Số: 45/KH-UBND", "Số: 45/KHUBND").replace("đ) Kiểm", "dd) Kiểm")
    text = text.replace(
        "Phòng Kinh tế; Phòng Văn hóa - Xã hội.\n- Sản", "Phòng Kinh tế; Phòng\n\n2\n\nVăn hóa - Xã hội.\n- Sản"
    )
    text = text.replace("trước 31/01", "trước\u200b 31/01").replace("Thời gian: ", "Thời gian\u00a0: ")
    return unicodedata.normalize("NFD", text).replace("Đ", "Ð").encode()


SENTENCES = f"""{HEAD}II. NHIỆM VỤ
1. Giao Phòng Kinh tế chủ trì, phối hợp với Công an xã rà soát hộ nghèo, hoàn thành trước ngày 30/6/2026.
2. Phòng Văn hóa - Xã hội tham mưu ban hành kế hoạch chuyển đổi số trong quý II năm 2026.
3. Văn phòng HĐND và UBND xã báo cáo kết quả theo Quyết định số 55/QĐ-UBND ngày 02/02/2025, chậm nhất ngày 15/11/2026.
4. Trung tâm Phục vụ hành chính công thường xuyên niêm yết thủ tục hành chính.
5. Bảo đảm công khai, minh bạch.
{TAIL}"""

CHAT = """📢 Phân công công việc tháng này, đề nghị các đồng chí thực hiện:
📌 Phòng Kinh tế: rà soát hộ nghèo, xong trước ngày 30/6/2026
📌 Phòng Văn hóa - Xã hội: báo cáo du lịch, trước ngày 15/7/2026
👉 Công an xã: kiểm tra tạm trú, hoàn thành trong tháng 8/2026
Cảm ơn các đồng chí!
"""

CSV = """STT,Nội dung công việc,Đơn vị thực hiện,Thời hạn,Kết quả,Ghi chú
I,CẢI CÁCH THỂ CHẾ,,,,
1,"Rà soát văn bản, quy trình",Phòng Kinh tế,Quý I/2026,Báo cáo,
2,Lập danh mục,nt,Trước 31/3/2026,Danh mục,"theo mẫu, 2 bản"
II,CÔNG KHAI,,,,
1,Niêm yết,"Phòng Kinh tế, Hạ tầng và Đô thị",Thường xuyên,,
,Tổng số: 3 nhiệm vụ,,,,
"""

CASES = (
    Case("labelled lines (.txt)", LABELLED.encode, LABELLED_TASKS, ("group", "leads", "group"), "45/KH-UBND", duties=2,
         sections=("1", "2", "3")),
    Case("a bad scan (.txt)", scanned, LABELLED_TASKS, ("group", "leads", "group"), "45/KH-UBND", duties=2,
         sections=("1", "2", "3")),
    Case("sentences (.txt)", SENTENCES.encode, (
        T("1", "Giao Phòng Kinh tế chủ trì, phối hợp với Công an xã rà soát hộ nghèo, hoàn thành trước ngày 30/6/2026",
          (KT,), ("Công an xã",), "", (date(2026, 6, 29),)),
        T("2", "Phòng Văn hóa - Xã hội tham mưu ban hành kế hoạch chuyển đổi số trong quý II năm 2026", (VHXH,), (), "",
          (date(2026, 6, 30),)),
        T("3", "Văn phòng HĐND và UBND xã báo cáo kết quả theo Quyết định số 55/QĐ-UBND ngày 02/02/2025, chậm nhất ngày "
          "15/11/2026", (VP,), (), "", (date(2026, 11, 15),)),
        T("4", "Trung tâm Phục vụ hành chính công thường xuyên niêm yết thủ tục hành chính", (TTPV,), (), "", (ONGOING,)),
    ), ("bare",), "45/KH-UBND"),
    Case("a chat (.txt)", CHAT.encode, (
        T("1", "Phòng Kinh tế: rà soát hộ nghèo, xong trước ngày 30/6/2026", (KT,), (), "", (date(2026, 6, 29),)),
        T("2", "Phòng Văn hóa - Xã hội: báo cáo du lịch, trước ngày 15/7/2026", (VHXH,), (), "", (date(2026, 7, 14),)),
        T("3", "Công an xã: kiểm tra tạm trú, hoàn thành trong tháng 8/2026", ("Công an xã",), (), "",
          (date(2026, 8, 31),)),
    )),
    Case("a list (.csv)", CSV.encode, (
        T("I.1", "Rà soát văn bản, quy trình", (KT,), (), "Báo cáo", (date(2026, 3, 31),)),
        T("I.2", "Lập danh mục", (KT,), (), "Danh mục", (date(2026, 3, 30),)),
        T("II.1", "Niêm yết", ("Phòng Kinh tế, Hạ tầng và Đô thị",), (), "", (ONGOING,)),
    ), sections=("I", "II")),
)  # fmt: skip
