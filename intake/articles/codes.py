"""Codes of what an amendment orders, which no plan prints and no person is told: they tell its work apart until it is
placed."""

import re

LETTERS = "abcdeghiklmnopqrstuvxy"
MADE_UP = re.compile(f"z[{LETTERS}]{{2}}")


def made_up(number: int) -> str:
    """The code of the work of a number: zaa, zab …"""
    first, second = divmod(number, len(LETTERS))
    return f"z{LETTERS[first % len(LETTERS)]}{LETTERS[second]}"


def is_made_up(code: str) -> bool:
    """Whether a code is one of these."""
    return MADE_UP.fullmatch(code) is not None
