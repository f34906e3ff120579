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
        "không đúng mẫu", "thieu dau", "không nhất trí vì thiếu căn cứ", "ảnh bị lỗi", "Sai số liệu thôn 3",
    ],
)  # fmt: skip
def test_a_reason_gives_back(text: str) -> None:
    assert read(text) is Verdict.RETURN


@pytest.mark.parametrize(
    "text",
    [
        "ok", "Ok em", "ừ", "được", "vâng", "👍", "tốt rồi", "đã nhận được", "cảm ơn", "để tôi xem đã", "có ảnh không?",
        "đồng ý?", "xác nhận, nhưng lần sau gửi sớm hơn", "đồng ý nhưng thiếu dấu", "thôi", "2h xong", "",
        "Không có ý kiến", "Tôi đang họp, chưa xem được", "Hồ sơ đầy đủ, không sai sót, nhất trí", "phải rồi",
        "Không thiếu gì, xác nhận", "không có vấn đề gì, đồng ý", "không cần bổ sung gì, duyệt", "đề nghị xác nhận",
        "chưa xem, chiều xem nhé", "tôi cần xem bản giấy đã", "Tôi đã sửa giúp, ổn rồi", "Lời văn tốt",
        "tôi mở được tệp rồi", "cán bộ gửi đúng rồi",
    ],
)  # fmt: skip
def test_what_names_no_decision_is_unclear(text: str) -> None:
    assert read(text) is Verdict.UNCLEAR
