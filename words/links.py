"""Addresses of our own inside a message: marked until it leaves, so that no secret of theirs is kept with the words.

A mark holds what is read where the address itself is not known any more: https://a.vn/b/**************************,
as long as the address that takes its place. The marks are letters of Unicode's private use, which nobody's words can
hold (words.names.clean).
"""

import re
from collections.abc import Callable

OPEN, OF, CLOSE = "\ue003", "\ue001", "\ue004"
ANSWER = re.compile(f"{OPEN}answer:([0-9]+){OF}[^{CLOSE}]*{CLOSE}")
MARK = re.compile(f"{OPEN}[a-z0-9:]+{OF}([^{CLOSE}]*){CLOSE}")
# A token of 128 bits in small letters and digits: no programme that finds addresses in a text cuts them.
TOKEN = re.compile("[a-z2-7]{26}")
HIDDEN = "*" * 26
TO_ANSWER, TO_FILE = "/b/", "/t/"


def to_answer(site: str, obligation_id: int) -> str:
    """Where the address is to stand by which its reader answers for an obligation."""
    return f"{OPEN}answer:{obligation_id}{OF}{address(site, TO_ANSWER, HIDDEN)}{CLOSE}"


def to_file(site: str) -> str:
    """What stands in the place of the address of the picture or file that a message carries, until it leaves."""
    return address(site, TO_FILE, HIDDEN)


def address(site: str, path: str, token: str) -> str:
    """The whole address."""
    return f"{site}{path}{token}"


def is_marked(text: str) -> bool:
    """Whether an address is still to be put into it."""
    return OPEN in text


def bare(text: str) -> str:
    """The text as it is read where no address stands for what is marked."""
    return MARK.sub(r"\1", text) if OPEN in text else text


def with_answers(text: str, address_of: Callable[[int], str]) -> str:
    """The text with an address in the place of each mark to answer by, made of its obligation."""
    return ANSWER.sub(lambda match: address_of(int(match[1])), text) if OPEN in text else text


def without(text: str) -> str:
    """The text without the lines that would bear an address to answer by."""
    return "\n".join(line for line in text.split("\n") if not ANSWER.search(line)) if OPEN in text else text
