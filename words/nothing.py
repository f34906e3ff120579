"""Hears "không phát sinh" as the whole of an answer: "quý I không phát sinh", but not "không phát sinh vướng mắc"."""

import re

from words.codes import fold

YEAR = r"(?:(?:[\s/]\s?|\s+nam\s+)\d{4})?"
WHICH = r"(?:\s+(?:nay|dau\s+nam|[ivx]{1,4}|\d{1,4}))?"
PERIOD = rf"(?:trong\s+)?(?:6\s+thang|(?:ky|dot|quy|thang|nam){WHICH}){YEAR}"
WHAT = r"(?:gi|moi|them|(?:viec|noi\s+dung|truong\s+hop|vu\s+viec|ho\s+so)(?:\s+(?:nao|moi))?)"
NOTHING = re.compile(
    rf"(?:{PERIOD},?\s+)?(?:khong|ko)\s+(?:co\s+)?phat\s+sinh(?:\s+{WHAT})?(?:\s+{PERIOD})?[\s.,;]*", re.ASCII
)


def nothing_arose(text: str) -> bool:
    """Whether a text says that nothing arose, and nothing else."""
    return NOTHING.fullmatch(fold(text).strip()) is not None
