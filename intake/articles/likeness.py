"""How like two titles are, word by word."""

import re
from difflib import SequenceMatcher

from intake.letters import plain
from plan.alike import LIKE


def alike(mine: str, theirs: str) -> bool:
    """Whether two titles are the same but for a word or two; one that is cut short is like the whole."""
    first, second = re.findall(r"\w+", plain(mine)), re.findall(r"\w+", plain(theirs))
    if len(second) > 4 and first[: len(second)] == second:
        return True
    return SequenceMatcher(a=first, b=second, autojunk=False).ratio() >= LIKE
