"""The codes of invites that are typed: eight digits, shown in two groups, read however a phone and a hand write them.

Digits alone: Telex and VNI turn letters that belong to no word into others.
"""

import re
import unicodedata

DIGITS = 8
# 4827 1936, 48271936, 4827-1936, 48 27 19 36, 4 8 2 7 1 9 3 6; and not a part of a longer number, as a telephone's.
CODE = re.compile(r"(?<![\d/])(?<!\d[ .\-])(\d{4}[ .\-–]{0,3}\d{4}|\d{2}(?: \d{2}){3}|\d(?: \d){7})(?!\d|[ .\-]\d|/)")
# Words that may stand beside a code of somebody who says nothing else.
BESIDE = re.compile(r"^(?:/?start|dạ|em|mã|mã mời|mã của (?:em|tôi)(?: là)?|là|ạ|[\s.,:;«»\"'])*$", re.IGNORECASE)


def shown(code: str) -> str:
    """A code as people read it: 4827 1936."""
    return f"{code[:4]} {code[4:]}"


def found_in(text: str) -> str | None:
    """The eight digits of the one code in a text; None where there is none, or more than one."""
    found = CODE.findall(unicodedata.normalize("NFKC", text))
    digits = {"".join(char for char in each if char.isdecimal()) for each in found}
    return digits.pop() if len(digits) == 1 else None


def alone_in(text: str) -> str | None:
    """The same of a text that says nothing else."""
    read = unicodedata.normalize("NFKC", text)
    return found_in(read) if BESIDE.match(CODE.sub("", read)) else None
