"""The state: the office's mailbox, those of people, and what the next letters meet."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

OWN, PASSWORD = "nhacviec@noivu.example.vn", "not-a-real-one"


@dataclass(frozen=True)
class Stored:
    """A letter as it lies in a mailbox; `at` is when it came there (UTC), `order` its place among all of the office."""

    uid: int
    at: datetime
    data: bytes
    order: int = 0

    @property
    def message(self) -> EmailMessage:
        """The letter, taken apart."""
        found = message_from_bytes(self.data, policy=default)
        assert isinstance(found, EmailMessage)
        return found


@dataclass
class Box:
    """A mailbox: numbers only grow, and begin anew under another validity."""

    letters: list[Stored] = field(default_factory=list)
    validity: int = 1
    following: int = 1

    def add(self, data: bytes, at: datetime, order: int = 0) -> None:
        """Puts a letter into it."""
        self.letters.append(Stored(self.following, at, data, order))
        self.following += 1

    def number_anew(self) -> None:
        """What a server does that was moved: all letters have other numbers, under another validity."""
        self.validity += 1
        self.letters = [replace(each, uid=place + 1) for place, each in enumerate(self.letters)]
        self.following = len(self.letters) + 1


class Post:
    """One office's mail, in memory, thread-safe; `now` gives aware UTC times.

    `refuses` says for an address what its server answers, `cuts` how many letters are taken before the line is lost.
    """

    def __init__(
        self, now: Callable[[], datetime], changed: Callable[[], None] = lambda: None, *, validity: int = 1
    ) -> None:
        self.now, self._changed = now, changed
        self.lock = threading.RLock()
        self.own = Box(validity=validity)
        self._count = 0
        self.people: dict[str, Box] = {}
        self.refuses: dict[str, str] = {}
        self.cuts = 0
        self.password = PASSWORD

    def person(self, address: str) -> Box:
        """The mailbox of somebody; the same address is the same person."""
        with self.lock:
            return self.people.setdefault(address.lower(), Box())

    def recipient(self, address: str) -> str:
        """What is answered to a letter for an address."""
        with self.lock:
            known = address.lower() in self.people
            return self.refuses.get(address.lower(), "250 2.1.5 OK" if known else "550 5.1.1 User unknown")

    def bring(self, address: str, data: bytes) -> bool:
        """Puts a letter of ours into somebody's mailbox; False where the line is lost after that."""
        with self.lock:
            self._count += 1
            self.person(address).add(data, self.now(), self._count)
            cut, self.cuts = self.cuts > 0, max(0, self.cuts - 1)
        self._changed()
        return not cut

    def write(self, data: bytes) -> None:
        """Somebody's letter comes into the office's mailbox."""
        with self.lock:
            self._count += 1
            self.own.add(data, self.now(), self._count)
        self._changed()
