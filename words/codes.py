"""Reads the task codes that people type: 1đ, 1Đ, "1 đ", 1.đ, 1dd and 1d9 are one code, and 1d is another.

A code in several places, II.1.1, is typed whole (ii.1.1, ii_1_1), without its first places where no other ends so
(1.1), and without its dots where letters part its numbers (A.2 as a2).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

SECTION_AND_LETTER = re.compile(r"^(\d{1,2})\s*[.\-_/)]?\s*(dd|d9|[a-zđ])(?![^\W_])", re.IGNORECASE)
SECTION = re.compile(r"^(\d{1,3})(?!\d|[^\W_])")
# II.1.1, 1.10, 2.a; what a place of one looks like is for the known codes to say.
PLACES = re.compile(r"^[^\W_]{1,6}(?:[._][^\W_]{1,6}){0,6}(?![^\W_])")
# The beginning of a mistyped code: a number, gv12, or a Roman number or a letter before a dot and a number.
LIKE_A_CODE = re.compile(r"^(?:(?:gv)?\d|(?:[ivxlc]{1,6}|[a-zđ])[._]\d)", re.IGNORECASE)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
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
    looks_like = bool(LIKE_A_CODE.match(wanted))
    rest = text[len(wanted) :].strip() if looks_like else text
    return Typed(None, None, rest, wanted.strip(".,:;") if looks_like else "")


def at(text: str, known: Collection[str]) -> tuple[str, int | None, int] | None:
    """The known code that a normalised text begins with, its milestone, and how many letters they take."""
    if (placed := _in_places(text, known)) is not None:
        return placed
    for candidate, end in _candidates(text):
        if candidate in known:
            number = MILESTONE.match(text[end:])
            return candidate, int(number[1]) if number else None, end + (number.end() if number else 0)
    return None


def _in_places(text: str, known: Collection[str]) -> tuple[str, int | None, int] | None:
    """What `at` gives of a code in several places: all places that are typed are its own, but for a milestone's."""
    forms = _forms(known if isinstance(known, frozenset) else frozenset(known))
    match = PLACES.match(text) if forms else None
    if match is None:
        return None
    typed, end = _places(match[0]), match.end()
    if (code := forms.get(typed)) is not None:
        return code, None, end
    code, last = forms.get(typed[:-1]), typed[-1]
    if code is None or not (last.isdigit() or (last.isalpha() and len(last) > 1)):
        return None
    # II.1.1.2 is a milestone, "1.1.xong" the code and a word; "1.1a" and "1.1.b" are other codes.
    return (code, int(last), end) if last.isdigit() else (code, None, end - len(last) - 1)


def _places(text: str) -> tuple[str, ...]:
    """The places of a code as they are compared: small letters, đ however it is typed."""
    places = re.split(r"[._]", normalise(text).lower())
    return tuple(re.sub(r"^(\d*)d[d9]$", r"\1đ", place) for place in places)


@lru_cache(16)
def _forms(known: frozenset[str]) -> Mapping[tuple[str, ...], str]:
    """The codes in several places by every form that is typed for one; none that could mean another code."""
    in_places = {code: _places(code) for code in known if "." in code}
    whole = {places: code for code, places in in_places.items()}
    short = [(form, code) for code, places in in_places.items() for form in _short_forms(places)]
    times = Counter(form for form, _ in short)
    taken = {*whole, *((code,) for code in known)}
    return {
        form: code for form, code in short if times[form] == 1 and form not in taken and form[:-1] not in taken
    } | whole


def _short_forms(places: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield from (places[start:] for start in range(1, len(places) - 1))
    if all(first.isdigit() != second.isdigit() for first, second in pairwise(places)):
        yield ("".join(places),)


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
    """The code with a-z, 0-9 and _ only, as a command name allows: 1đ becomes 1dd, II.1 becomes ii_1."""
    return code.replace("đ", "dd").replace(".", "_").lower()


def sort_key(code: str) -> tuple[int, tuple[int, ...]]:
    """Orders codes by section and the Vietnamese alphabet: đ after d and before e; words after numbers."""
    if match := ASSIGNED.match(code):
        return (100 + int(match[1]), ())
    if "." in code:
        first, *places = code.split(".")
        return (_rank(first), tuple(_place_rank(place) for place in places))
    digits = re.match(r"\d*", code)
    number = digits.group() if digits else ""
    return (int(number) if number else 99, tuple(_letter(char) for char in code[len(number) :]))


def _place_rank(place: str) -> int:
    """A place of a code among those beside it: 9 before 10, 10 before 10a, and letters after all numbers."""
    number = re.match(r"\d*", place)
    digits = number.group() if number else ""
    if not digits:
        return 300_000 + _rank(place) if place.isupper() else 300_000 + _letter(place)
    rest = place[len(digits) :]
    return int(digits) * 300 + (_letter(rest) if rest else 0)


def _rank(place: str) -> int:
    """The first place of a code as a number: 2, II and B are the second."""
    if match := re.match(r"\d+", place):
        return int(match.group())
    if len(place) == 1 and place not in "IVX":
        return "ABCDĐEGHIKLMNOPQRSTUVXY".find(place) + 1
    values = [ROMAN[char] for char in place.lower()]
    return sum(-each if each < after else each for each, after in zip(values, [*values[1:], 0], strict=True))


def _letter(char: str) -> int:
    return ord("d") * 2 + 1 if char == "đ" else ord(char) * 2


def nearest(code: str, known: Collection[str], limit: int = 4) -> tuple[str, ...]:
    """The known codes most like a mistyped one: the same section first, then the same letter."""
    section = _section(code)

    def likeness(other: str) -> tuple[bool, bool, tuple[int, tuple[int, ...]]]:
        same_section = bool(section) and _section(other) == section
        return (not same_section, other[-1:] != code[-1:], sort_key(other))

    return tuple(sorted(known, key=likeness)[:limit])


def _section(code: str) -> str:
    """What a code begins with: 2 of 2b, ii of II.1.1; "" of a word."""
    match = re.match(r"\d+|[ivxlc]+(?=[._])|[a-zđ](?=[._])", code.lower())
    return match.group() if match else ""
