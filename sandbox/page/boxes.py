"""Phones on the page that are not Telegram's: whose they are, and what the page may do with any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sandbox.telegram_api.values import Json, Upload


@dataclass(frozen=True)
class Owner:
    """Whose it is, under which number the page knows it, the account or address there, and a line on who this is."""

    chat: int
    name: str
    address: str
    about: str


class Box(Protocol):
    """The phones or mailboxes of one platform, each a chat of the page under its owner's number."""

    @property
    def owners(self) -> Mapping[int, Owner]:
        """Who has one."""
        ...

    def person(self, chat: int) -> Json:
        """An owner as the page lists people; `kind` names the platform."""
        ...

    def chat(self, chat: int, last: int, bot: int) -> Json:
        """The `last` newest messages as the page draws them; `bot` is the number of who is on the other side."""
        ...

    def write(self, chat: int, text: str, files: Sequence[Upload] = (), reply_to: int | None = None) -> None:
        """The owner writes; raises ValueError with a sentence where that cannot be done."""
        ...

    def holds(self, file_id: str) -> bool:
        """Whether a file lies here."""
        ...

    def file(self, file_id: str) -> tuple[str, bytes]:
        """The name and the bytes of a file; raises ValueError where there is none."""
        ...

    def calls(self) -> Sequence[Json]:
        """The calls of the service to the platform as the page lists them, oldest first."""
        ...
