"""A list of names to tick: each bears a letter, and letters say who is on it, or who is not.

Letters, because a number alone is the number of an offered answer.
"""

import re
from string import ascii_lowercase

from intake.letters import plain, tidy
from intake.settled.values import Question

LETTERS = re.compile(r"^[a-z](?:[\s,;.và+]+[a-z])*$")
BUT = re.compile(r"^(?:tất cả\s+)?(?:trừ|bỏ|không gồm|không có)\s+", re.IGNORECASE)
APART = re.compile(r"[,;\n]|\svà\s")


def letters(question: Question) -> dict[str, str]:
    """The names that the offered answers stand for, each once, by their letters; none where there are too many."""
    names: dict[str, None] = {}
    for offered in question.options:
        found = offered.values.get("names")
        if isinstance(found, list):
            names |= dict.fromkeys(map(str, found))
    return dict(zip(ascii_lowercase, names, strict=False)) if len(names) <= len(ascii_lowercase) else {}


def read(question: Question, words: str) -> tuple[str, ...] | None:
    """Who is meant by «a, c, d» or «trừ b», by letters or names; None where the words tick nothing of the list.

    Empty where a letter is not on the list, or nobody would be left.
    """
    listed = letters(question)
    text = tidy(words)
    but = BUT.match(text)
    rest = text[but.end() :] if but else text
    if not listed or not (but or LETTERS.match(rest.lower())):
        return None
    named = _letters(rest, listed) if LETTERS.match(rest.lower()) else _names(rest, listed)
    if named is None:
        return ()
    return tuple(each for each in listed.values() if each not in named) if but else tuple(named)


def _letters(text: str, listed: dict[str, str]) -> dict[str, None] | None:
    found = re.findall(r"(?<![^\W\d_])[a-z](?![^\W\d_])", text.lower())
    return None if any(each not in listed for each in found) else {listed[each]: None for each in found}


def _names(text: str, listed: dict[str, str]) -> dict[str, None] | None:
    known = {plain(name): name for name in listed.values()}
    # A name on the list may hold the word that parts names: «Phòng Văn hóa và Thông tin».
    if plain(text) in known:
        return {known[plain(text)]: None}
    said = [plain(each) for each in APART.split(text) if each.strip()]
    return None if any(each not in known for each in said) else {known[each]: None for each in said}
