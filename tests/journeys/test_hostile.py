"""Hostile words in every place where a person's words go: they arrive as they are, as nothing but text."""

import re
from typing import Any

import pytest

from sandbox.phone import Phone, text_of
from sandbox.world import World
from tests.fuzz.grounds import FOUND_BY_TELEGRAM, contents_of
from tests.fuzz.hostile import MARK, TEXTS

TURNS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TYPED = [text for text in TEXTS if text.strip() and "\x00" not in text]


def check(world: World, *phones: Phone) -> None:
    """The platform refused nothing, and what arrived holds nobody's words as markup and no direction overrides."""
    assert not [call.error for call in world.platform.calls if not call.ok]
    for message in (each for phone in phones for each in phone._from_bot()):
        text = text_of(message)
        assert not TURNS.search(text)
        entities: list[dict[str, Any]] = [*message.get("entities", ()), *message.get("caption_entities", ())]
        marked = [contents_of(text, each) for each in entities if each["type"] not in FOUND_BY_TELEGRAM]
        assert not [words for words in marked if MARK in words]


@pytest.mark.parametrize("first", [1, *(pytest.param(each, marks=pytest.mark.long) for each in (0, 2, 3, 4, 5))])
def test_words_arrive_as_text_wherever_they_were_typed(world: World, first: int) -> None:
    batch = TYPED[first::6]
    boss, lan = world.admin("Hoa"), world.officer(f"Lan {batch[0]}"[:64], "sondung")
    group = world.group(boss, lan, title=f"Nhóm {batch[-1]}"[:120])
    for words in batch:
        lan.says(f"/done {words}"[:4096])
        lan.says(f"/vuongmac 2b {words}"[:4096])
        lan.says(f"/tiendo 2b {words}"[:4096])
        lan.sends_file(f"{words}.pdf"[:200], b"%PDF-1.4", f"/done 2c {words}"[:1024])
        lan.sends_photo(words[:1024])
        boss.says(f"/invite {words}"[:4096]).says(f"/begin today {words}"[:4096]).says(f"/tonghop {words}"[:4096])
    lan.says("/chitiet 2b")
    world.at(2020, 2, 10, 7, 30)
    boss.says("/quahan").says("/tonghop 2b")
    group.says("/quahan@NhacViecBot")
    assert "Vướng mắc" in "\n".join(map(text_of, boss._from_bot()))
    check(world, boss, lan, group)
