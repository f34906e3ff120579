"""What is different between the old words and the new ones, piece by piece, so that long sentences show it."""

import re
from difflib import SequenceMatcher
from itertools import groupby

WORD = re.compile(r"\s+|[^\s]+")
# Comparing is quadratic at its worst: longer texts are shown whole.
MOST = 600

Pieces = tuple[tuple[str, bool], ...]
"""A text in its pieces, each with whether it is different from the other text."""


def pieces(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Both texts in their pieces; joined, the pieces of each are the text."""
    before, after = WORD.findall(old), WORD.findall(new)
    if not before or not after or max(len(before), len(after)) > MOST:
        return _whole(old, is_other=old != new), _whole(new, is_other=old != new)
    mine, theirs = [], []
    for kind, start, end, begins, ends in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        # A space that both have between words that differ is no word that is the same.
        other = kind != "equal" or not "".join(before[start:end]).strip()
        mine.append(("".join(before[start:end]), other))
        theirs.append(("".join(after[begins:ends]), other))
    return _told(mine), _told(theirs)


def _whole(text: str, *, is_other: bool) -> Pieces:
    return ((text, is_other),) if text else ()


def _told(found: list[tuple[str, bool]]) -> Pieces:
    """Neighbours of one kind are one piece."""
    return tuple(("".join(text for text, _ in them), other) for other, them in groupby(found, lambda each: each[1]))
