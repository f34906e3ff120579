"""The plan of an invented commune of 2026 as its office wrote it in Word: automatic numbers, forty tasks."""

from io import BytesIO

from tests.intake.word_files import WordFile

OFFICE, ECONOMY, CULTURE = "Văn phòng HĐND và UBND xã", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội"
SERVICE, POLICE = "Trung tâm Phục vụ hành chính công", "Công an xã"
VILLAGES, ALL = "Các thôn", "Các phòng, ban, đơn vị"
HEAD = """ỦY BAN NHÂN DÂN
XÃ ĐÔNG HÒA
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Đông Hòa, ngày 05 tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính nhà nước năm 2026 trên địa bàn xã Đông Hòa"""
AIMS = (
    "100% văn bản được rà soát đúng quy định.",
    "Tỷ lệ hồ sơ giải quyết đúng hạn đạt từ 98% trở lên.",
)
# Title, who leads, who coordinates, what comes out, when.
Line = tuple[str, str, str, str, str]
SECTIONS: dict[str, tuple[Line, ...]] = {
    "Cải cách thể chế": (
        ("Ban hành kế hoạch rà soát văn bản", OFFICE, CULTURE, "Kế hoạch của UBND xã", "Trước ngày 31/01/2026"),
        ("Rà soát văn bản do HĐND, UBND xã ban hành", OFFICE, ALL, "Báo cáo kết quả rà soát", "Quý III/2026"),
        ("Theo dõi tình hình thi hành pháp luật", CULTURE, OFFICE, "Báo cáo", "Trước ngày 05/12/2026"),
        ("Tuyên truyền, phổ biến pháp luật", CULTURE, VILLAGES, "Hội nghị, tin bài", "Thường xuyên"),
        ("Kiểm tra việc thực hiện quy chế dân chủ", CULTURE, VILLAGES, "Báo cáo", "Quý I, II năm 2026"),
    ),
    "Cải cách thủ tục hành chính": (
        ("Niêm yết công khai thủ tục hành chính", SERVICE, ALL, "Bảng niêm yết", "Thường xuyên"),
        ("Công khai hồ sơ trễ hạn", SERVICE, "", "Danh sách hồ sơ", "Ngày 25 hằng tháng"),
        ("Đánh giá tác động thủ tục nội bộ", OFFICE, SERVICE, "Báo cáo", "Tháng 6/2026"),
        ("Khảo sát sự hài lòng của người dân", VILLAGES, SERVICE, "Phiếu khảo sát", "Tháng 02/2026"),
        ("Xử lý phản ánh, kiến nghị", SERVICE, POLICE, "Văn bản trả lời", "Thường xuyên"),
    ),
    "Cải cách tổ chức bộ máy": (
        ("Rà soát chức năng, nhiệm vụ của các bộ phận", CULTURE, ALL, "Báo cáo", "Quý II/2026"),
        ("Xây dựng quy chế làm việc", OFFICE, ALL, "Quy chế", "Trước ngày 15/02/2026"),
        ("Sắp xếp thôn theo quy định", CULTURE, VILLAGES, "Đề án", "Quý IV/2026"),
        ("Báo cáo số lượng cán bộ", CULTURE, OFFICE, "Báo cáo", "Quý I, II năm 2026"),
        ("Bố trí trụ sở làm việc", OFFICE + ", " + ECONOMY, "", "Phương án", "Tháng 3/2026"),
    ),
    "Cải cách chế độ công vụ": (
        ("Ban hành kế hoạch đào tạo cán bộ", CULTURE, OFFICE, "Kế hoạch", "Trước ngày 28/02/2026"),
        ("Cử cán bộ dự lớp bồi dưỡng", CULTURE, ALL, "Quyết định", "Năm 2026"),
        ("Kiểm tra kỷ luật, kỷ cương", CULTURE, POLICE, "Báo cáo kiểm tra", "Tháng 5/2026 và tháng 10/2026"),
        ("Đánh giá, xếp loại cán bộ", ALL, CULTURE, "Kết quả xếp loại", "Trước ngày 15/12/2026"),
        ("Cập nhật cơ sở dữ liệu cán bộ", CULTURE, OFFICE, "Dữ liệu", "Hằng tháng"),
    ),
    "Cải cách tài chính công": (
        ("Công khai dự toán ngân sách", ECONOMY, OFFICE, "Quyết định công khai", "Quý I/2026"),
        ("Quyết toán ngân sách năm 2025", ECONOMY, "", "Báo cáo quyết toán", "Trước ngày 31/3/2026"),
        ("Rà soát tài sản công", ECONOMY, ALL, "Danh mục tài sản", "Quý II/2026"),
        ("Kiểm tra các khoản đóng góp của nhân dân", ECONOMY + ", " + POLICE, "", "Báo cáo", "Tháng 9/2026"),
        ("Xây dựng dự toán năm 2027", ECONOMY, ALL, "Dự toán", "Trước ngày 15/11/2026"),
    ),
    "Xây dựng chính quyền điện tử": (
        ("Ban hành kế hoạch chuyển đổi số", CULTURE, ECONOMY, "Kế hoạch", "Trước ngày 31/01/2026"),
        ("Số hóa hồ sơ, kết quả", SERVICE, OFFICE, "Hồ sơ số hóa", "Thường xuyên"),
        ("Duy trì trang thông tin điện tử", CULTURE, OFFICE, "Tin bài", "Hằng tuần"),
        ("Lập tổ công nghệ số cộng đồng", VILLAGES, CULTURE, "Quyết định", "Quý I/2026"),
        ("Bảo đảm an toàn thông tin", POLICE, CULTURE, "Báo cáo", "6 tháng đầu năm 2026"),
    ),
    "Thông tin, tuyên truyền": (
        ("Xây dựng kế hoạch tuyên truyền", CULTURE, VILLAGES, "Kế hoạch", "Tháng 02/2026"),
        ("Phát thanh về dịch vụ công trực tuyến", CULTURE, VILLAGES, "Tin bài", "Hằng tháng"),
        ("Tổ chức hội nghị đối thoại", OFFICE, VILLAGES, "Thông báo kết luận", "Quý II/2026"),
        ("Hướng dẫn người dân nộp hồ sơ trực tuyến", SERVICE, VILLAGES, "Báo cáo", "Thường xuyên"),
        ("Sơ kết công tác tuyên truyền", CULTURE, "", "Báo cáo", "Trước ngày 20/6/2026"),
    ),
    "Chỉ đạo, điều hành": (
        ("Báo cáo cải cách hành chính định kỳ", CULTURE, ALL, "Báo cáo", "Hằng quý, 6 tháng, năm"),
        ("Tự chấm điểm chỉ số cải cách hành chính", CULTURE, ALL, "Bảng tự chấm điểm", "Tháng 11/2026"),
        ("Kiểm tra công tác cải cách hành chính", CULTURE, OFFICE, "Báo cáo kiểm tra", "Quý III/2026"),
        ("Hội nghị tổng kết", OFFICE, CULTURE, "Báo cáo tổng kết", "Tháng 12/2026"),
        ("Xây dựng kế hoạch năm 2027", CULTURE, OFFICE, "Kế hoạch", "Trước ngày 31/12/2026"),
    ),
}  # fmt: skip


def document() -> bytes:
    """The file."""
    file = WordFile()
    file.lines(HEAD)
    numbers = file.list_of("plan")
    file.line("MỤC TIÊU", numbers, 0)
    for aim in AIMS:
        file.line(aim, numbers, 1)
    file.line("NHIỆM VỤ", numbers, 0)
    for section, tasks in SECTIONS.items():
        file.line(section, numbers, 1)
        for title, lead, beside, product, time in tasks:
            file.line(title, numbers, 2)
            fields = (
                ("Cơ quan chủ trì", lead),
                ("Cơ quan phối hợp", beside),
                ("Sản phẩm", product),
                ("Thời gian", time),
            )
            for label, words in fields:
                if words:
                    file.line(f"{label}: {words}.", numbers, 3)
    found = BytesIO()
    file.document.save(found)
    return found.getvalue()
