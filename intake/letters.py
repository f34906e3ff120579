"""Makes printed letters comparable: composed accents, one Đ, one kind of space, nothing without a shape."""

import re
import unicodedata
from functools import lru_cache

from words.codes import fold, normalise
from words.names import DROPPED, UNSEEN

# Every space of Unicode but the line's end, and the tab that Word sets between a number and its text.
SPACES = re.compile(r"[^\S\n]+")
SOFT_HYPHEN = re.compile("\u00ad\\s*")
# A minus, a dash of any length or a bullet of a symbol font, as a line begins with it.
DASHES = str.maketrans({"‐": "-", "‑": "-", "−": "-", "﹣": "-", "－": "-", "／": "/", "：": ":", "；": ";", "，": ","})
# A font of symbols has its bullets in the private area; a letter there is a bullet and nothing else.
SYMBOL = re.compile("^\\s*[\ue000-\uf8ff]")


# A table of three thousand rows says the same names, times and heads over and over.
@lru_cache(8192)
def tidy(text: str) -> str:
    """The text in NFC on as many lines as before: Ð and Ɖ are Đ, each run of spaces is one, unseen letters go.

    A zero-width space goes without a trace: after «trước» it would move a day by one.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = SYMBOL.sub("- ", SOFT_HYPHEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")))
    text = DROPPED.sub("", UNSEEN.sub("", normalise(text))).translate(DASHES)
    return "\n".join(line.strip() for line in SPACES.sub(" ", text).split("\n")).strip()


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


@lru_cache(8192)
def plain(text: str) -> str:
    """Lower case without accents on one line, for comparing what stands in fixed words; never for codes or names."""
    return " ".join(fold(text).split())


def is_capitals(text: str) -> bool:
    """Whether a line is printed in capitals, as titles and letterheads are."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 2 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)


def joined(first: str, second: str) -> str:
    """Two pieces of one line that was broken: a date or a number is put together again, words get a space.

    «31/01/» and «2026», «31/01/20» and «26» are one date.
    """
    first, second = first.rstrip(), second.lstrip()
    if not first or not second:
        return first or second
    broken = re.search(r"(?:^|[^\d/])\d{1,2}/\d{0,2}(?:/\d{0,3})?$", first) and re.match(r"[\d/]", second)
    whole = re.search(r"\d{1,2}/\d{1,2}/\d{4}$", first)
    return first + ("" if broken and not whole else " ") + second


def composed(text: str) -> bool:
    """Whether the letters stand as they are kept here; the original is kept beside where they do not."""
    return unicodedata.is_normalized("NFC", text)
