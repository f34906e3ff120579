"""Cuts what somebody typed into tokens: words, codes, shares, days, numbers of documents, and what stands between."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from words import codes
from words.codes import fold, normalise
from words.products import NUMBER as DOCUMENT

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
I_OR_Y = re.compile(r"^(k|l|qu)i$")
PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d+)?\s*(?:%|phần\s+trăm|phan\s+tram)", re.IGNORECASE)
DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\w/])|(\d{1,2})[.-](\d{1,2})[.-](\d{4})(?!\w)")
OF_ALL = re.compile(r"(\d{1,3})\s*(?:/|trên|tren)\s*(\d{1,3})(?![\w/])", re.IGNORECASE)
CLOCK = re.compile(r"\d{1,2}\s?(?:h|g|giờ|gio)\s?(?:\d{1,2})?(?:p|phút|phut)?(?!\w)", re.IGNORECASE)
WORD = re.compile(r"[đd]/c(?!\w)|v/v(?!\w)|[^\W\d_]+", re.IGNORECASE)
# A name with digits in it is one word, which nobody knows: "k12" is no "không".
MIXED = re.compile(r"[^\W\d_]+\d\w*")
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
BETWEEN = re.compile(r"[\s,;:.!()\[\]«»\"'“”_–—-]+")
# Signs of good will, which say nothing more than the words beside them.
KIND_SIGNS = frozenset("👍✅🙏😊🌹👌✔☑🤝💐❤🥰☺\ufe0f\u200d")
# Marks that stand between words and say nothing.
MARKS = frozenset("…#*+&=@~<>|\\^`$°/")
YEARS_BACK = 1


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    CODE = "code"
    SHARE = "share"
    PART = "part"
    DAY = "day"
    CLOCK = "clock"
    DOCUMENT = "document"
    NUMBER = "number"
    LINK = "link"
    BREAK = "break"
    QUESTION = "question"
    OTHER = "other"


@dataclass(frozen=True)
class Token:
    """A piece of a text from `start` to `end`. `syllable` is a word with its accents in one order, `bare` without any.

    `code` and `milestone` are of a code; `share` is per cent; `part` is three of nine as (3, 9), which may
    be a `day` as well.
    """

    kind: Kind
    start: int
    end: int
    syllable: str = ""
    bare: str = ""
    capital: bool = False
    code: str = ""
    milestone: int | None = None
    share: int | None = None
    part: tuple[int, int] | None = None
    day: date | None = None


@lru_cache(maxsize=4096)
def syllable(word: str) -> str:
    """A word in lower case with its tone behind it: hòa and hoà are one, and kí is ký."""
    letters = unicodedata.normalize("NFD", word.lower())
    tone = "".join(char for char in letters if char in TONES)
    plain = unicodedata.normalize("NFC", "".join(char for char in letters if char not in TONES))
    return I_OR_Y.sub(r"\1y", plain) + tone


def cut(text: str, known: Collection[str], today: date) -> list[Token]:
    """The tokens of a text, `known` being the codes of the plans and `today` the local date that days are read by."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        token = _next(text, place, known, today, found)
        found.append(token)
        place = token.end
    return found


def _next(text: str, place: int, known: Collection[str], today: date, before: list[Token]) -> Token:
    if match := LINK.match(text, place):
        return Token(Kind.LINK, place, match.end())
    if match := BETWEEN.match(text, place):
        marks = match[0].strip(" \t\"'“”«»_")
        sort = " " if not marks else "-" if not marks.strip("-–—") else ","
        return Token(Kind.BREAK, place, match.end(), syllable=sort)
    if text[place].isdecimal() and (token := _counted(text, place, known, today)):
        return token
    if (code := _code(text, place, known, before)) is not None:
        return code
    if match := DIGITS.match(text, place):
        return Token(Kind.NUMBER, place, match.end(), bare=match[0])
    if match := MIXED.match(text, place):
        return Token(Kind.WORD, place, match.end(), match[0].lower(), fold(match[0]))
    if match := WORD.match(text, place):
        word = match[0]
        return Token(
            Kind.WORD, place, match.end(), syllable(word), fold(word), capital=word[:1].isupper() and not word.isupper()
        )
    kind = Kind.QUESTION if text[place] == "?" else Kind.BREAK if text[place] in KIND_SIGNS | MARKS else Kind.OTHER
    return Token(kind, place, place + 1, syllable=" ")


def _counted(text: str, place: int, known: Collection[str], today: date) -> Token | None:
    """A number of a document, a share, a part of a whole, a day or an hour."""
    if match := DOCUMENT.match(text, place):
        return Token(Kind.DOCUMENT, place, match.end())
    if match := PERCENT.match(text, place):
        return Token(Kind.SHARE, place, match.end(), share=int(match[1]))
    of_all = OF_ALL.match(text, place)
    part = (int(of_all[1]), int(of_all[2])) if of_all and int(of_all[1]) <= int(of_all[2]) else None
    if match := DAY.match(text, place):
        day = _day(match, today)
        if day is not None:
            return Token(Kind.DAY, place, match.end(), day=day, part=part if of_all and not match[3] else None)
    if of_all and part:
        return Token(Kind.PART, place, of_all.end(), part=part)
    if (match := CLOCK.match(text, place)) and codes.at(text[place:], known) is None:
        return Token(Kind.CLOCK, place, match.end())
    return None


def names_no_day(text: str, today: date) -> bool:
    """Whether something is written as a day and is none: 31/2."""
    return any(_day(match, today) is None for match in DAY.finditer(text))


def _day(match: re.Match[str], today: date) -> date | None:
    """The day meant; without a year the one nearest to today."""
    day, month = int(match[1] or match[4]), int(match[2] or match[5])
    year = match[3] or match[6]
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else range(today.year - YEARS_BACK, today.year + 2)
    found = list(_dates(years, month, day))
    return min(found, key=lambda each: abs(each - today)) if found else None


def _dates(years: Collection[int] | range, month: int, day: int) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


# What may stand before a code that is a bare number, or has a space in it, or is a word: bc.
LEADS_TO_CODE = frozenset(
    {
        "viec",
        "vu",
        "ma",
        "muc",
        "so",
        "xong",
        "thanh",
        "tat",
        "done",
        "lam",
        "cho",
        "va",
        "bao",
        "da",
        "dang",
        "em",
        "nv",
    }
)


def _code(text: str, place: int, known: Collection[str], before: list[Token]) -> Token | None:
    found = codes.at(text[place:], known)
    if found is None:
        return None
    code, milestone, length = found
    typed = text[place : place + length]
    begins = typed[:1].isdigit() or (any(char in "._" for char in typed) and any(char.isdigit() for char in typed))
    glued = begins and any(char.isalpha() for char in typed) and not any(c.isspace() for c in typed)
    if not glued and not _may_follow(before):
        return None
    # "KH 05/KH-UBND" is a document, no duty.
    numbered = typed.isalpha() and _is_document_next(text, place + length)
    if (place and text[place - 1].isalnum()) or numbered:
        return None
    return Token(Kind.CODE, place, place + length, code=code, milestone=milestone)


def _is_document_next(text: str, place: int) -> bool:
    while place < len(text) and text[place] in " .:":
        place += 1
    return DOCUMENT.match(text, place) is not None


def _may_follow(before: list[Token]) -> bool:
    """Whether a code may stand here that could also be a number or a word: at the start, after a word that announces
    it, or in a list of codes."""
    said = [token for token in before if token.kind is not Kind.BREAK]
    if not said or said[-1].kind is Kind.CODE:
        return True
    last_code = max((place for place, token in enumerate(before) if token.kind is Kind.CODE), default=None)
    if last_code is not None:
        breaks = [place for place, token in enumerate(before) if token.kind is Kind.BREAK and token.syllable != " "]
        if not breaks or breaks[-1] < last_code:
            return False
        if breaks[-1] == len(before) - 1:
            return True
    return said[-1].bare in LEADS_TO_CODE


def clean(text: str) -> str:
    """The text as it is read: NFC, with one Đ."""
    return normalise(text)
