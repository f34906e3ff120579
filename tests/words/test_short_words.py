"""Short words: what leaves a question, what says nothing, what agrees, and what is chosen of what is offered."""

import unicodedata

import pytest

from words import short_words


@pytest.mark.parametrize("text", ["hủy", "thôi, bấm nhầm", "Không ạ", "nhầm rồi em ơi", "ko", "báo nhầm"])
def test_what_leaves_a_question(text: str) -> None:
    assert short_words.leaves(text)
    assert short_words.leaves(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", ["không có kinh phí", "", "thôi để tuần sau làm", "bỏ phiếu chưa đủ", "2b"])
def test_what_says_something_leaves_nothing(text: str) -> None:
    assert not short_words.leaves(text)


def test_where_it_is_asked_why_a_slip_is_the_reason() -> None:
    for text in ("gửi nhầm", "dạ em báo nhầm ạ", "Ghi nhầm rồi"):
        assert not short_words.leaves(text, slip_is_reason=True)
    for text in ("thôi", "bấm nhầm", "hủy"):
        assert short_words.leaves(text, slip_is_reason=True)


@pytest.mark.parametrize("text", ["ok", "Dạ vâng ạ.", "dạ được rồi anh", "đồng ý", "ừ"])
def test_courtesy_is_no_reason(text: str) -> None:
    assert short_words.says_nothing(text)
    assert not short_words.says_nothing(f"{text} thiếu kinh phí")


@pytest.mark.parametrize("text", ["đồng ý", "Tôi đồng ý.", "dạ em đồng ý ạ", "vâng, đồng ý nhé", "I agree", "agree"])
def test_plain_consent(text: str) -> None:
    assert short_words.agrees(text)
    assert short_words.begins_to_agree(text)


@pytest.mark.parametrize(
    "text",
    ["đồng ý nhưng chưa rõ", "đồng ý cái gì?", "đồng ý?", "dạ em đồng ý một phần", "không đồng ý"],
)
def test_what_says_more_is_no_consent(text: str) -> None:
    assert not short_words.agrees(text)
    assert short_words.begins_to_agree(text) is not text.startswith("không")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("đang làm ạ", "progress"),
        ("Đã trình, chờ ký", "for_signature"),
        ("dạ xong rồi ạ", "done"),
        ("không ghi", "none"),
        ("ghi tất cả", "all"),
        ("vướng", "blocked"),
        ("không", None),
        ("mai nhé", None),
    ],
)
def test_what_is_chosen(text: str, meaning: str | None) -> None:
    assert short_words.meaning(text) == meaning
