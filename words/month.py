"""What a platform gives an office in a month, and how much of it is spent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# In hundredths of what there is: at each the admins are told once in a month.
TOLD_AT = (70, 90)
# From there on only what presses is sent.
NEAR = 90


@dataclass(frozen=True)
class Month:
    """How many people and messages of ours a platform takes in a local month; 0 is no end."""

    people: int = 0
    messages: int = 0


@dataclass(frozen=True)
class Spent:
    """How much of one thing is spent: `used` of `most`, which is above 0."""

    what: Literal["people", "messages"]
    used: int
    most: int

    @property
    def percent(self) -> int:
        """How much that is in hundredths, rounded down; above 100 where there is more than there may be."""
        return self.used * 100 // self.most

    @property
    def is_near(self) -> bool:
        """Whether so many messages are spent that the rest is for what presses."""
        return self.what == "messages" and self.percent >= NEAR

    @property
    def values(self) -> dict[str, str | int]:
        """What a sentence says of it."""
        return {"what": self.what, "used": self.used, "most": self.most, "percent": self.percent}

    @property
    def told_at(self) -> int | None:
        """The highest step of TOLD_AT that is reached; None below the first."""
        return max((each for each in TOLD_AT if each <= self.percent), default=None)


def spent(given: Month, people: int, messages: int) -> Iterable[Spent]:
    """Each thing that has an end, the people first."""
    if given.people:
        yield Spent("people", people, given.people)
    if given.messages:
        yield Spent("messages", messages, given.messages)
