"""What a reviewer's words decide."""

import pytest

from words.verdicts import Verdict, read


@pytest.mark.parametrize(
    "text",
    [
        "xác nhận",
        "Xác nhận.",
        "xác nhận nhé",
        "Đồng ý",
        "dạ đồng ý ạ",
        "duyệt",
        "nhất trí",
        "ok xác nhận",
        "đồng ý nhé em",
    ],
)
def test_what_confirms_is_nothing_but_that(text: str) -> None:
    assert read(text) is Verdict.CONFIRM


@pytest.mark.parametrize("text", ["trả lại", "Trả lại nhé", "không đồng ý", "không xác nhận"])
def test_what_gives_back_without_a_reason_waits_for_it(text: str) -> None:
    assert read(text) is Verdict.RETURN_WHY


@pytest.mark.parametrize(
    "text",
    [
        "Thiếu dấu của Chủ tịch", "chưa có số văn bản", "Đề nghị ghi rõ ngày", "ảnh mờ quá", "trả lại thiếu dấu",
        "không đúng mẫu", "thieu dau", "Sai số liệu thôn 3",
    ],
)  # fmt: skip
def test_a_reason_gives_back(text: str) -> None:
    assert read(text) is Verdict.RETURN


@pytest.mark.parametrize(
    "text",
    [
        "ok", "Ok em", "ừ", "được", "vâng", "👍", "tốt rồi", "đã nhận được", "cảm ơn", "để tôi xem đã", "có ảnh không?",
        "đồng ý?", "xác nhận, nhưng lần sau gửi sớm hơn", "đồng ý nhưng thiếu dấu", "thôi", "2h xong", "",
    ],
)  # fmt: skip
def test_what_names_no_decision_is_unclear(text: str) -> None:
    assert read(text) is Verdict.UNCLEAR
