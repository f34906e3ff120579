"""What is courtesy and nothing else."""

import pytest

from words.courtesies import is_one


@pytest.mark.parametrize(
    "text",
    [
        "Cảm ơn", "cảm ơn anh nhé!", "Em cảm ơn ạ", "Đã rõ", "Dạ rõ rồi ạ", "ok", "OK anh", "Vâng ạ",
        "Xin cảm ơn đồng chí",        "chúc mừng cả nhà", "thanks", "da ro", "Đã rõ, cảm ơn", "Nhất trí ạ 👍",
    ],
)  # fmt: skip
def test_courtesy_and_nothing_else(text: str) -> None:
    assert is_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "👍", "ok 2b xong", "đã rõ, 2b", "cảm ơn, em xong rồi", "rõ chưa?", "đã nhận việc", "xong", "không", "hủy",
        "cảm ơn vì đã gia hạn", "em đang làm", "vướng mắc", "đồng ý", "mai em gửi",
    ],
)  # fmt: skip
def test_what_says_something_is_not_courtesy(text: str) -> None:
    assert not is_one(text)
