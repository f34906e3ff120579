"""What is different between the old words and the new ones, piece by piece, so that long sentences show it."""

import re
from difflib import SequenceMatcher

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
        other = kind != "equal"
        mine.append(("".join(before[start:end]), other))
        theirs.append(("".join(after[begins:ends]), other))
    return _told(mine), _told(theirs)


def _whole(text: str, *, is_other: bool) -> Pieces:
    return ((text, is_other),) if text else ()


def _told(found: list[tuple[str, bool]]) -> Pieces:
    return tuple((text, other) for text, other in found if text)
