"""What a document of our own says, told beside it: the truth that the reader is held against."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class T:
    """A task as a careful person reads it; `times` are (kind, last day), a day alone is a dated one, None is asked."""

    code: str
    title: str
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    product: str = ""
    times: tuple[date | tuple[str, date | None] | None, ...] = ()
    monitor: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A document, how it is made, what it says, and the questions that a careful person would ask (their kinds)."""

    name: str
    make: Callable[[], bytes]
    tasks: tuple[T, ...]
    asked: tuple[str, ...] = ()
    number: str | None = None
    year: int | None = 2026
    duties: int = 0
    sections: tuple[str, ...] = field(default=())


ONGOING = ("ongoing", None)
UNDATED = ("undated", None)


HEAD = """ỦY BAN NHÂN DÂN
XÃ BÌNH AN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 45/KH-UBND
Bình An, ngày 12 tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026 trên địa bàn xã Bình An
Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND tỉnh;
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nâng cao chất lượng phục vụ, trước ngày 30/6/2026 đạt 90% hồ sơ.
2. Yêu cầu
a) Chỉ tiêu: 100% hồ sơ được số hóa.
"""
TAIL = """Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
"""
VP, KT, VHXH, TTPV = (
    "Văn phòng HĐND và UBND xã",
    "Phòng Kinh tế",
    "Phòng Văn hóa - Xã hội",
    "Trung tâm Phục vụ hành chính công",
)
