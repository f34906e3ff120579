"""Lists that go over several pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.long_list import Asked, Entry, _page, read


@pytest.mark.parametrize(
    ("rest", "wanted"),
    [
        ("", Asked("viec", "")),
        ("tuần", Asked("viec", "tuần")),
        ("từ 13", Asked("viec", "", 13)),
        ("tu.13", Asked("viec", "", 13)),
        ("tất cả từ 31", Asked("viec", "tất cả", 31)),
        ("all from 5", Asked("viec", "all", 5)),
        ("từ 0", Asked("viec", "", 1)),
    ],
)
def test_where_a_list_goes_on_is_read(rest: str, wanted: Asked) -> None:
    assert read("viec", rest) == wanted


@given(st.lists(st.text(max_size=300), max_size=60), st.integers(0, 20))
def test_every_entry_stands_on_one_page(texts: list[str], used: int) -> None:
    entries = [Entry(text, text[:1]) for text in texts]
    shown: list[Entry] = []
    while len(shown) < len(entries):
        page = _page(entries[len(shown) :], used)
        assert page
        shown += page
    assert shown == entries
