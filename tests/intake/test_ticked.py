"""A list of names to tick, by letters or by whom it does not hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.draft import Doubt, Place
from intake.settled import said, ticked, typed
from intake.settled.settling import members
from intake.settled.values import Given, Option, Question, Typed
from tests.intake.settled_drafts import TODAY
from words import catalogue

VI = catalogue.load(Path(__file__).parents[2] / "data" / "texts_vi.toml")
NAMES = ["Văn phòng", "Phòng Kinh tế", "Phòng Văn hóa và Xã hội", "Công an xã"]


def asked(*names: str) -> Question:
    doubt = Doubt(about="1a", kind="group", words="các phòng, ban", place=Place())
    return Question("group:1a", doubt, (Option("listed-xa", {"title": "xã", "names": list(names)}),), Typed.NAMES)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("a, c", ["Văn phòng", "Phòng Văn hóa và Xã hội"]),
        ("A C", ["Văn phòng", "Phòng Văn hóa và Xã hội"]),
        ("a và d", ["Văn phòng", "Công an xã"]),
        ("b", ["Phòng Kinh tế"]),
        ("trừ b", ["Văn phòng", "Phòng Văn hóa và Xã hội", "Công an xã"]),
        ("tất cả trừ b, d", ["Văn phòng", "Phòng Văn hóa và Xã hội"]),
        ("bỏ Công an xã", ["Văn phòng", "Phòng Kinh tế", "Phòng Văn hóa và Xã hội"]),
        ("không có phòng văn hóa và xã hội", ["Văn phòng", "Phòng Kinh tế", "Công an xã"]),
        ("Thôn Đông, Thôn Tây", ["Thôn Đông", "Thôn Tây"]),
    ],
)
def test_who_is_meant(words: str, wanted: list[str]) -> None:
    assert typed.accepts(asked(*NAMES), words, TODAY, 2026)
    assert list(members(asked(*NAMES), Given(words=words), None)) == wanted


@pytest.mark.parametrize("words", ["e", "a, x", "trừ Phòng Tư pháp", "trừ a, b, c, d"])
def test_what_is_not_on_the_list_is_no_answer(words: str) -> None:
    assert not typed.accepts(asked(*NAMES), words, TODAY, 2026)


def test_the_letters_stand_before_the_names_and_the_hint_says_so() -> None:
    question = asked(*NAMES)
    assert "a Văn phòng; b Phòng Kinh tế" in said.members(VI, question)
    assert "trừ b" in said.hint(VI, question)
    assert "trừ b" not in said.hint(VI, Question("group:1a", question.doubt, (), Typed.NAMES))


@given(st.text(alphabet="abcdxyzđ ,;.vàtrừ123\n", max_size=20))
def test_ticking_names_nobody_who_is_not_on_the_list(words: str) -> None:
    found = ticked.read(asked(*NAMES), words)
    assert found is None or set(found) <= set(NAMES)
    assert found is None or len(set(found)) == len(found)
