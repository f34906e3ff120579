"""Which document a note names, as officers write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.products import FIRST, Product, read

TODAY = date(2020, 12, 31)
KINDS = ("", "QĐ ", "KH ", "Báo cáo số ", "số ", "Số: ", "đã ban hành kế hoạch ", "Tờ trình số ")
SIGNS = ("QĐ-UBND", "KH-UBND", "BC-UBND", "TTr-PNV", "UBND-NV", "KH-HĐND&UBND", "QĐ-CT.UBND", "CV")
JOINTS = (" ", ", ", " ngày ", ", ngày ", " (ngày ", " ký ngày ", " ngay ")


@pytest.mark.parametrize(
    ("note", "found"),
    [
        (
            "QĐ 45/QĐ-UBND 12/03/2020 về việc ban hành kế hoạch.",
            Product("45/QĐ-UBND", date(2020, 3, 12), "ban hành kế hoạch"),
        ),
        ("KH 05/KH-UBND 12/3/2020", Product("05/KH-UBND", date(2020, 3, 12))),
        ("Báo cáo số 12/BC-UBND ngày 05/01/2020", Product("12/BC-UBND", date(2020, 1, 5))),
        ("số 45/QĐ-UBND", Product("45/QĐ-UBND")),
        ("đã trình 45 / QĐ-UBND v/v rà soát\nxong", Product("45/QĐ-UBND", None, "rà soát")),
        ("kh 05/kh-ubnd ngày 5 tháng 1 năm 2020", Product("05/KH-UBND", date(2020, 1, 5))),
        ("02/2020/QĐ-UBND 01.02.2020", Product("02/2020/QĐ-UBND", date(2020, 2, 1))),
        ("số 12-KH/HU ngày 3-2-2020", Product("12-KH/HU", date(2020, 2, 3))),
        ("CV 123/UBND-NV", Product("123/UBND-NV")),
        # What cannot be its date is left where it was.
        ("KH 05/KH-UBND 31/02/2020 về việc rà soát", Product("05/KH-UBND", None, "rà soát")),
        ("KH 05/KH-UBND 01/01/2021", Product("05/KH-UBND")),
        ("KH 05/KH-UBND 12/03/1020", Product("05/KH-UBND")),
        ("KH 05/KH-UBND 12/3", Product("05/KH-UBND")),
        ("45/QĐ-UBND về huyện, họp ngày 12/03/2020", Product("45/QĐ-UBND")),
    ],
)
def test_what_officers_write(note: str, found: Product) -> None:
    assert read(note, TODAY) == found


@pytest.mark.parametrize(
    "note",
    ["", "đã ban hành kế hoạch 05", "12/03/2020", "2/xã", "đạt 60/100", "7/tuần-tới", "số 45", "2b/2c", "a45/QĐ-UBND"],
)
def test_what_names_no_document(note: str) -> None:
    assert read(note, TODAY) is None


@given(
    st.sampled_from(KINDS),
    st.integers(1, 99999),
    st.sampled_from(SIGNS),
    st.sampled_from(JOINTS),
    st.dates(FIRST, TODAY),
    st.sampled_from("/.-"),
    st.booleans(),
    st.sampled_from(("", "rà soát TTHC năm 2020", "kiện toàn Bộ phận một cửa")),
)
def test_every_part_comes_back_day_first(
    kind: str, number: int, sign: str, joint: str, day: date, by: str, padded: bool, title: str
) -> None:
    written = f"{day:%d}{by}{day:%m}{by}{day.year}" if padded else f"{day.day}{by}{day.month}{by}{day.year}"
    note = f"{kind}{number:02d}/{sign}{joint}{written}" + (f" về việc {title}" if title else "")
    assert read(note, TODAY) == Product(f"{number:02d}/{sign}", day, title)


@given(st.dates(FIRST, date(2040, 1, 1)), st.dates(FIRST, date(2040, 1, 1)))
def test_a_document_is_never_of_a_day_to_come(day: date, today: date) -> None:
    found = read(f"KH 05/KH-UBND ngày {day:%d/%m/%Y}", today)
    assert found == Product("05/KH-UBND", day if day <= today else None)


@given(st.text(max_size=60) | st.text(alphabet="0123456789/-. KHQĐUBNDngày", max_size=60))
def test_any_text_is_read_without_an_error(note: str) -> None:
    found = read(note, TODAY)
    assert found is None or (found.number and " " not in found.number and len(found.title) <= 300)
