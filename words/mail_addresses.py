"""Addresses of mail as people write them: in one form in which they are kept and compared."""

import re

# An address as offices have it: no quotes, no comment, nothing but ASCII, so that no server reads it otherwise than we.
ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
LONGEST = 254
IN_TEXT = re.compile(r"[^\s<>()\[\],;:\"«»]+@[^\s<>()\[\],;:\"«»]+")


def canonical(address: str) -> str | None:
    """An address in the one form in which it is kept and compared; None for what is none.

    The part before the @ may be written in capitals by the standard, and no office has two people who differ by that.
    """
    found = address.strip().strip(".").lower()
    return found if len(found) <= LONGEST and ADDRESS.fullmatch(found) else None


def found_in(text: str) -> str | None:
    """The one address in a text; None where there is none, or more than one."""
    found = {canonical(each) for each in IN_TEXT.findall(text)}
    return found.pop() if len(found) == 1 else None
