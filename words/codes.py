"""Reads the task codes that people type: 1đ, 1Đ, "1 đ", 1.đ, 1dd and 1d9 are one code, and 1d is another."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

SECTION_AND_LETTER = re.compile(r"^(\d{1,2})\s*[.\-_/)]?\s*(dd|d9|[a-zđ])(?![^\W_])", re.IGNORECASE)
SECTION = re.compile(r"^(\d{1,2})(?!\d|[^\W_])")
WORD = re.compile(r"^([a-zđ]{2,4})(?![^\W_])", re.IGNORECASE)
# Work that was assigned in the chat: gv12, GV 12, gv-12.
ASSIGNED = re.compile(r"^gv\s*[.\-_]?\s*(\d{1,4})(?![^\W_])", re.IGNORECASE)
# The third place of 2b.1 or 2b_1: a milestone of the task.
MILESTONE = re.compile(r"^\s*[._]\s*(\d{1,2})(?!\d)")
# Ð is the Icelandic eth and Ɖ the African D; keyboards and converters give both for Đ.
LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})


@dataclass(frozen=True)
class Typed:
    """What stood at the start of a text: the code as typed, the milestone's number, and what follows.

    `code` is None where nothing known stood there; `wanted` is then what looked like one.
    """

    code: str | None
    milestone: int | None
    rest: str
    wanted: str = ""


def normalise(text: str) -> str:
    """NFC, with the look-alikes of Đ made Đ."""
    return unicodedata.normalize("NFC", text).translate(LOOKALIKES)


def fold(text: str) -> str:
    """Lower case without accents, for names of commands and agencies; never for task codes."""
    decomposed = unicodedata.normalize("NFD", normalise(text).lower().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def read(text: str, known: Collection[str]) -> Typed:
    """The code at the start of `text` among the `known` ones of the plans; only the digits count when 5đ is no code."""
    text = normalise(text).strip()
    if (found := at(text, known)) is not None:
        code, milestone, end = found
        return Typed(code, milestone, text[end:].lstrip(" .,:;)_-–\n\t"))
    wanted = text.split(maxsplit=1)[0] if text.split() else ""
    looks_like = bool(re.match(r"^(?:gv)?\d", wanted, re.IGNORECASE))
    rest = text[len(wanted) :].strip() if looks_like else text
    return Typed(None, None, rest, wanted.strip(".,:;") if looks_like else "")


def at(text: str, known: Collection[str]) -> tuple[str, int | None, int] | None:
    """The known code that a normalised text begins with, its milestone, and how many letters they take."""
    for candidate, end in _candidates(text):
        if candidate in known:
            number = MILESTONE.match(text[end:])
            return candidate, int(number[1]) if number else None, end + (number.end() if number else 0)
    return None


def _candidates(text: str) -> list[tuple[str, int]]:
    found = []
    if match := SECTION_AND_LETTER.match(text):
        letter = match[2].lower()
        letter = "đ" if letter in ("dd", "d9") else letter
        found.append((f"{int(match[1])}{letter}", match.end()))
    if match := SECTION.match(text):
        found.append((str(int(match[1])), match.end()))
    if match := ASSIGNED.match(text):
        found.append((f"gv{int(match[1])}", match.end()))
    if match := WORD.match(text):
        found.append((match[1].lower(), match.end()))
    return found


def typeable(code: str) -> str:
    """The code with a-z and 0-9 only, as a command name allows: 1đ becomes 1dd."""
    return code.replace("đ", "dd")


def sort_key(code: str) -> tuple[int, tuple[int, ...]]:
    """Orders codes by section and the Vietnamese alphabet: đ after d and before e; words after numbers."""
    if match := ASSIGNED.match(code):
        return (100 + int(match[1]), ())
    digits = re.match(r"\d*", code)
    number = digits.group() if digits else ""
    return (int(number) if number else 99, tuple(_letter(char) for char in code[len(number) :]))


def _letter(char: str) -> int:
    return ord("d") * 2 + 1 if char == "đ" else ord(char) * 2


def nearest(code: str, known: Collection[str], limit: int = 4) -> tuple[str, ...]:
    """The known codes most like a mistyped one: the same section first, then the same letter."""
    digits = re.match(r"\d*", code)
    section = digits.group() if digits else ""

    def likeness(other: str) -> tuple[bool, bool, tuple[int, tuple[int, ...]]]:
        same_section = bool(section) and re.match(r"\d*", other).group() == section  # type: ignore[union-attr]
        return (not same_section, other[-1:] != code[-1:], sort_key(other))

    return tuple(sorted(known, key=likeness)[:limit])
