"""Documents that amend the plan of 2020, by articles, made by code."""

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN SƠN TÂY
Số: 512/QĐ-UBND
Sơn Tây, ngày 08 tháng 6 năm 2020
QUYẾT ĐỊNH
Sửa đổi, bổ sung một số nội dung của Kế hoạch cải cách hành chính năm 2020
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Theo đề nghị của Trưởng phòng Phòng Nội vụ,
QUYẾT ĐỊNH:
Điều 1. Sửa đổi, bổ sung một số nội dung của Kế hoạch cải cách hành chính năm 2020 \
ban hành kèm theo Quyết định số 2579/QĐ-UBND ngày 31/12/2019 của UBND huyện như sau:
"""
FOOT = """
Điều 2. Các nội dung khác của Quyết định số 2579/QĐ-UBND giữ nguyên hiệu lực.
Điều 3. Quyết định này có hiệu lực kể từ ngày ký.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
"""


def amendment(*points: str) -> bytes:
    """A decision that orders the points, numbered, as a text."""
    numbered = "\n".join(f"{number}. {point}" for number, point in enumerate(points, 1))
    return f"{HEAD}{numbered}{FOOT}".encode()
