"""Messages as values: cut into pages without losing a letter, and safe whatever a person has typed."""

import json

from hypothesis import assume, given
from hypothesis import strategies as st

from words.message import Button, Message, escape, fit, length, pages, plain, say

TEXTS = st.text(alphabet=st.sampled_from("abđậ <>&;\"'\n😀"), max_size=120)
MARKUP = TEXTS.map(lambda text: f"<b>{escape(text)}</b> {escape(text[:9])}")
LIMITS = st.integers(min_value=1, max_value=60)
BUTTONS = ((Button("Đã xong", "/done #1"),),)


def letters(*texts: str) -> str:
    return "".join("".join(text.split()) for text in texts)


@given(st.lists(MARKUP, max_size=8), LIMITS)
def test_pages_lose_no_letter_and_none_is_too_long_or_empty(parts: list[str], limit: int) -> None:
    written = letters(*(plain(part) for part in parts))
    assume(written)
    found = pages(Message(tuple(parts)), limit)
    assert letters(*(page.plain for page in found)) == written
    assert all(length(page.markup) <= limit for page in found)
    assert all(page.plain.strip() for page in found)


@given(st.lists(MARKUP, min_size=1, max_size=6), LIMITS)
def test_buttons_stand_under_the_last_page_and_the_picture_over_the_first(parts: list[str], limit: int) -> None:
    found = pages(Message(tuple(parts), BUTTONS, "matrix@x"), limit)
    assert [page.buttons for page in found] == [()] * (len(found) - 1) + [BUTTONS]
    assert [page.picture for page in found] == ["matrix@x"] + [None] * (len(found) - 1)


def test_pieces_are_kept_whole_while_they_fit() -> None:
    found = pages(Message(("<b>một</b>", "hai", "ba bốn")), 8)
    assert [page.parts for page in found] == [("<b>một</b>", "hai"), ("ba bốn",)]


def test_a_piece_that_is_too_long_is_cut_at_a_word() -> None:
    found = pages(Message(("mười hai chữ cái",)), 9)
    assert [page.plain for page in found] == ["mười hai", "chữ cái"]


def test_a_tail_of_spaces_makes_no_page() -> None:
    assert [page.plain for page in pages(Message(("aaaa ",)), 4)] == ["aaaa"]


@given(st.text(max_size=200))
def test_what_a_person_typed_is_shown_as_it_is(text: str) -> None:
    assert plain(escape(text)) == text
    assert length(escape(text)) == len(text)


@given(st.lists(MARKUP, max_size=8), LIMITS, st.integers(min_value=0, max_value=20))
def test_fit_takes_the_longest_head_that_fits(parts: list[str], limit: int, used: int) -> None:
    count = fit(parts, limit, used=used)
    sizes = [used + sum(length(part) + 2 for part in parts[:n]) for n in range(len(parts) + 1)]
    assert count == 0 or sizes[count] <= limit
    assert count == len(parts) or sizes[count + 1] > limit


@given(st.lists(MARKUP, min_size=1, max_size=5), st.none() | st.text(max_size=9))
def test_the_outbox_gives_back_what_was_put_in(parts: list[str], picture: str | None) -> None:
    message = Message(tuple(parts), BUTTONS, picture)
    assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message


def test_say_leaves_out_what_is_empty() -> None:
    assert say("a", "", "b", buttons=([],)) == Message(("a", "b"))
