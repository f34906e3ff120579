"""How like a text is to a title: only to offer what may be meant, never to decide it."""

import re
from functools import lru_cache
from itertools import pairwise

from words.phrases import book

WORD = re.compile(r"[^\W\d_]+")


def likeness(text: str, title: str) -> int:
    """How many pairs of neighbouring words a folded text and a folded title have in common, without small words."""
    return len(_pairs(text) & _pairs(title))


@lru_cache(maxsize=2048)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    short = book().short
    words = [word for typed in WORD.findall(text) for word in short.get(typed, typed).split()]
    kept = [word for word in words if word not in _small()]
    return frozenset(pairwise(kept))


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    """Single words that say nothing of what a text is about: courtesies, and "xong"."""
    return frozenset(
        words[0][1]
        for phrases in book().phrases.values()
        for words, label in phrases
        if len(words) == 1 and label.value in ("polite", "done", "past")
    )
