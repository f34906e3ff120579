"""The phrases of data/phrases_vi.toml and what each says: the longest one at a place counts."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from words.codes import fold, normalise
from words.tokens import WORD, Kind, Token, syllable

FILE = Path(__file__).parent.parent / "data" / "phrases_vi.toml"


class Label(StrEnum):
    """What a phrase says; a phrase of two lists is of the one that stands first here."""

    DONE = "done"
    HANDED = "handed"
    FOR_SIGNATURE = "for_signature"
    BLOCKED = "blocked"
    EXTEND = "extend"
    ASK = "ask"
    DOUBT = "doubt"
    OTHERS = "others"
    FUTURE = "future"
    PROGRESS = "progress"
    OPEN = "open"
    UNDONE = "undone"
    SEND = "send"
    MAYBE = "maybe"
    LEADER = "leader"
    TOWARDS = "towards"
    OBJECT = "object"
    PAST = "past"
    POLITE = "polite"
    BODY = "body"
    UNIT = "unit"
    # Of no list: a name after a title, an agency of the speaker's own, and a word that nobody knows.
    NAME = "name"
    OWN = "own"
    UNKNOWN = "unknown"


Pattern = tuple[tuple[str, str], ...]
"""A phrase as (with accents, without) for each of its syllables."""


@dataclass(frozen=True)
class Phrasebook:
    """The phrases by their first syllable without accents, the longest first."""

    phrases: Mapping[str, Sequence[tuple[Pattern, Label]]]
    spelling: Mapping[str, Pattern]
    own: frozenset[str]
    units: frozenset[str]
    short: Mapping[str, str]


def pattern(phrase: str) -> Pattern:
    """A phrase, syllable by syllable."""
    return tuple((syllable(word), fold(word)) for word in WORD.findall(normalise(phrase)))


@cache
def book() -> Phrasebook:
    """The phrases of the installation, read once."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    found: dict[str, dict[Pattern, Label]] = {}
    for label in Label:
        for phrase in data["phrases"].get(label.value, ()):
            words = pattern(phrase)
            found.setdefault(words[0][1], {}).setdefault(words, label)
    by_first = {first: sorted(phrases.items(), key=lambda item: -len(item[0])) for first, phrases in found.items()}
    spelling = {syllable(typed): pattern(meant) for typed, meant in data["spelling"].items()}
    units = frozenset(fold(unit) for unit in data["phrases"]["unit"])
    return Phrasebook(by_first, spelling, frozenset(data["own"]["words"]), units, data["short"])


@dataclass(frozen=True)
class Piece:
    """A run of tokens that is one phrase, or one token that is none; `label` is None of what is no word."""

    tokens: tuple[Token, ...]
    label: Label | None

    @property
    def first(self) -> Token:
        """Where it begins."""
        return self.tokens[0]

    @property
    def last(self) -> Token:
        """Where it ends."""
        return self.tokens[-1]


def pieces(
    tokens: Sequence[Token], text: str, own: Sequence[Pattern] = (), others: Sequence[Pattern] = ()
) -> list[Piece]:
    """The tokens of a text as phrases; `own` and `others` are the names of agencies, the speaker's and not."""
    known = book()
    accented = fold(text) != text.lower()
    found: list[Piece] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind is not Kind.WORD:
            found.append(Piece((token,), None))
            place += 1
            continue
        label, end = _longest(tokens, place, known, own, others, accented=accented)
        found.append(Piece(tuple(tokens[place:end]), label))
        place = end
    return found


def _longest(
    tokens: Sequence[Token],
    place: int,
    known: Phrasebook,
    own: Sequence[Pattern],
    others: Sequence[Pattern],
    *,
    accented: bool,
) -> tuple[Label, int]:
    """What the longest phrase at a place says, and where it ends."""
    first = next(iter(_meant(tokens[place], known)))[1]
    listed = [(name, Label.OWN) for name in own] + [(name, Label.OTHERS) for name in others]
    best, best_end = Label.UNKNOWN, place + 1
    best_length = 0
    for words, label in (*known.phrases.get(first, ()), *listed):
        if len(words) > best_length and (end := _matches(tokens, place, words, known, accented=accented)):
            best, best_end, best_length = label, end, len(words)
    return best, best_end


def _meant(token: Token, known: Phrasebook) -> Pattern:
    return known.spelling.get(token.syllable) or ((token.syllable, token.bare),)


def _matches(tokens: Sequence[Token], place: int, words: Pattern, known: Phrasebook, *, accented: bool) -> int | None:
    """Where a phrase that begins at a place ends; None where another stands there."""
    left = list(words)
    while left:
        if place >= len(tokens):
            return None
        token = tokens[place]
        place += 1
        if token.kind is Kind.BREAK and token.syllable != "," and len(left) < len(words):
            continue
        if token.kind is not Kind.WORD:
            return None
        for typed, bare in _meant(token, known):
            if not left or not _same(typed, bare, left[0], known, accented=accented):
                return None
            left.pop(0)
    return place


def _same(typed: str, bare: str, wanted: tuple[str, str], known: Phrasebook, *, accented: bool) -> bool:
    """Whether a syllable is the wanted one; left without accents it may be any, but for words that are whole so."""
    if typed == wanted[0]:
        return True
    return typed == bare == wanted[1] and not (accented and bare in known.own)
