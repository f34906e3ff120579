"""By what a letter of ours is known again: a number with a proof, in its Message-ID and in its subject.

The number is that of the row of the outbox, so a letter that is sent again after a doubt is the same for the reader's
program. The proof binds it to the address that it went to: nobody makes one up, and it serves nobody else.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# Forty bits: guesses cost a letter each, of which strangers have few.
LETTERS = 8
IN_SUBJECT = re.compile(rf"\[?NV-(\d{{1,18}})-([A-Z2-7]{{{LETTERS}}})\]?", re.IGNORECASE)
IN_ID = re.compile(rf"<nv-(\d{{1,18}})-([a-z2-7]{{{LETTERS}}})@[^<>\s]{{1,255}}>", re.IGNORECASE)


@dataclass(frozen=True)
class Tokens:
    """The tokens of one installation: `key` gives its secret once one is needed, `domain` is that of its address."""

    key: Callable[[], bytes]
    domain: str

    def in_subject(self, delivery: int, address: str) -> str:
        """What the subject of a letter ends with."""
        return f"[NV-{delivery}-{self._proof(delivery, address).upper()}]"

    def message_id(self, delivery: int, address: str) -> str:
        """The Message-ID of a letter."""
        return f"<nv-{delivery}-{self._proof(delivery, address)}@{self.domain}>"

    def letter(self, texts: Iterable[str], address: str) -> int | None:
        """The number of our letter to an address that one of these texts names; None where none does."""
        for text in texts:
            for pattern in (IN_ID, IN_SUBJECT):
                for number, proof in pattern.findall(text):
                    if hmac.compare_digest(proof.lower(), self._proof(int(number), address)):
                        return int(number)
        return None

    def _proof(self, delivery: int, address: str) -> str:
        made = hmac.new(self.key(), f"letter {delivery} to {address}".encode(), hashlib.sha256).digest()
        return base64.b32encode(made).decode()[:LETTERS].lower()


def names_one(text: str) -> bool:
    """Whether a text names a letter of ours, for whomever it was."""
    return bool(IN_ID.search(text) or IN_SUBJECT.search(text))


def without(text: str) -> str:
    """A text without the tokens in it."""
    return " ".join(IN_SUBJECT.sub(" ", text).split())
