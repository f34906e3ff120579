"""Somebody writes as much as a message holds, in the shape that is slowest to read."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from bot import reference
from bot.commands import VERBS
from bot.which import figures_of
from sandbox.world import World
from tests.attacks.patterns import LETTERS, PIECES, hostile, patterns
from tests.conftest import MakeWorld
from words import grammar
from words.reach import READ, joined, parted

# Of this process's own time, whatever else the machine does, for texts of LETTERS; all of them together take a third
# of it, and of shorter texts in proportion.
SECONDS = 30


@contextmanager
def in_bounds(what: str, seconds: float = SECONDS) -> Iterator[None]:
    """Fails where this takes more of the process's own time than it may; a pattern that never ends is stopped."""

    def over(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"{what}: more than {seconds} s of computing")

    former = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


@pytest.mark.parametrize("letters", [LETTERS // 8, pytest.param(LETTERS, marks=pytest.mark.long)])
def test_no_pattern_of_the_program_takes_long_on_any_message(letters: int) -> None:
    texts, found = list(hostile(letters)), patterns()
    assert len(found) > 80
    with in_bounds("all patterns", SECONDS * letters / LETTERS):
        for where, (pattern, way) in found.items():
            for text in texts:
                assert getattr(pattern, way)(text) is not where


def test_a_pattern_that_explodes_is_seen() -> None:
    slow = re.compile("".join(("(a+", ")+$")))
    with pytest.raises(AssertionError, match="computing"), in_bounds("it", 0.2):
        slow.match("a" * 40 + "!")


def test_a_long_text_is_read_in_its_beginning_and_kept_whole(make_world: MakeWorld) -> None:
    office = make_world(2020, 1, 2, 7, 0).service.office
    # Signs between a code and its words are neither.
    for piece in (each for each in PIECES if len(each.strip()) > 2):
        note = (piece * 4000)[:4000].strip()
        said = grammar.read(f"/done 2b {note}", VERBS)
        found = reference.read(office, said.rest)
        assert said.verb == "done"
        assert len("".join(found.words.split())) >= len("".join(note.split())) - 6, f"{piece!r} was cut"
        assert len(found.wanted) <= READ


def test_a_question_at_the_end_of_a_long_text_is_no_answer() -> None:
    long = "xong 2b " + "đơn vị đã làm nhiều việc " * 80
    assert grammar.read(long, VERBS).verb == "done"
    assert grammar.read(f"{long} như vậy đã được chưa?", VERBS).verb is None


def test_a_text_is_parted_between_two_words_and_whole_again() -> None:
    head, tail = parted("chữ " * 500)
    assert (len(head) <= READ, head.split()[-1], tail.split()[0]) == (True, "chữ", "chữ")
    assert joined(head, tail).split() == ("chữ " * 500).split()
    assert parted("x" * 1500) == ("x" * READ, "x" * 500)
    assert parted("ngắn") == ("ngắn", "")


def test_a_report_is_asked_for_in_words_without_end(world: World) -> None:
    """Each parting of the words into a period and a name was looked at: 42 seconds for one message."""
    boss = world.admin("Hoa").forgets()
    with in_bounds("/baocao"):
        boss.says("/baocao " + "a " * 2000)
        boss.says("/tonghop " + "quý 1 " * 600)
    assert boss.unread
    boss.forgets().says("/baocao quý 1 năm 2020 sondung").expects("Sơn Dung")
    assert figures_of.PERIOD_WORDS * 2 < READ


def test_of_a_strangers_words_only_a_codes_length_is_read(world: World) -> None:
    stranger = world.phone("Người lạ")
    stranger.says("/dulieu" + " " * 200 + "x " * 1500).expects("không lưu dữ liệu nào")
    stranger.forgets().says("x " * 1500 + "/start").expects("chưa gắn với đơn vị nào")
