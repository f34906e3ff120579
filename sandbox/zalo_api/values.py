"""The small values of the fake Zalo: people, calls, faults, and its one error."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]


class ApiError(Exception):
    """An answer with ok:false: the code and Zalo's words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


@dataclass
class Person:
    """A Zalo account of a human being, and what the bot and they said to each other.

    `knows` says whether they ever wrote to the bot: before, the bot cannot write to them.
    """

    id: str
    name: str
    knows: bool = False
    has_closed: bool = False
    messages: list[Json] = field(default_factory=list)


@dataclass(frozen=True)
class Call:
    """One call of the bot, and the code that it was answered with; 0 for a success."""

    at: datetime
    method: str
    params: Json
    code: int


FaultKind = Literal["429html", "502html", "504html", "drop", "accepted_but_lost", "accepted_but_504", "malformed"]


@dataclass
class Fault:
    """A failure of the next `times` calls of a method; None is every method but getUpdates.

    What was "accepted" was done before the answer was lost.
    """

    kind: FaultKind | int
    method: str | None = None
    times: int = 1

    def matches(self, method: str) -> bool:
        """Whether this fault is for a call."""
        return self.times > 0 and (method != "getUpdates" if self.method is None else method == self.method)
