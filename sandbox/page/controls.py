"""What the page needs of the service beside its Telegram: who lives here, and a clock that can be moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True)
class Resident:
    """A person whose phone the page shows: its number (Telegram's id), the name, and a line on who this is."""

    user: int
    name: str
    about: str


@dataclass(frozen=True)
class Room:
    """A group that the page shows, by its chat id."""

    chat: int
    title: str


class Controls(Protocol):
    """The hands on the service's clock; every method may be called from any thread."""

    def now(self) -> datetime:
        """The service's clock, aware, UTC."""
        ...

    def residents(self) -> Sequence[Resident]:
        """The people to choose from, in the order to show them."""
        ...

    def rooms(self) -> Sequence[Room]:
        """The groups to choose from."""
        ...

    def moving(self) -> str:
        """Words on the progress of a jump, such as a date; "" when the clock runs by itself."""
        ...

    def next_reminder(self) -> date | None:
        """The next local day on which somebody would be reminded; the same all day long."""
        ...

    def jump(self, to: str) -> None:
        """Begin to move to "next", "morning" or a day, 14/01/2020, and return at once; ValueError with a sentence."""
        ...

    def play(self) -> None:
        """Begin to move to the end of the year and return at once; ValueError with a sentence."""
        ...

    def stop(self) -> None:
        """End a move soon; nothing when there is none."""
        ...

    def has_steps(self) -> bool:
        """Whether there are the steps of a demo."""
        ...

    def step(self, name: str) -> int:
        """Do one of them and give the chat to look at; ValueError with a sentence."""
        ...

    def begin_again(self) -> None:
        """Begin the whole sandbox anew and return at once; ValueError with a sentence."""
        ...
