"""What a draft asks and what was answered, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake.draft import Doubt, Values
from plan.model import Agency, Group
from plan.times.values import Time
from words.agency_lists import AgencyList


class Typed(StrEnum):
    """What a person may write in the place of an offered answer."""

    NOTHING = "nothing"
    YEAR = "year"
    DAY = "day"  # of the signing
    TIME = "time"  # the words of a deadline
    NAME = "name"
    NAMES = "names"
    NUMBER = "number"  # the number and symbol of a document
    CODE = "code"  # of work in the plan that an amendment changes


@dataclass(frozen=True)
class Option:
    """One answer that is offered: `key` names it and its words, `times` are the times it leads to."""

    key: str
    values: Values = field(default_factory=dict)
    times: tuple[Time, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question of a draft; `key` is the same at each look. One that blocks is answered before the plan serves."""

    key: str
    doubt: Doubt
    options: tuple[Option, ...] = ()
    typed: Typed = Typed.NOTHING

    @property
    def blocks(self) -> bool:
        """Whether the plan waits for the answer."""
        return self.doubt.blocks

    @property
    def about(self) -> tuple[str, ...]:
        """The codes of all tasks that the answer settles."""
        return self.doubt.about, *self.doubt.alike

    def option(self, key: str) -> Option | None:
        """The offered answer with this key."""
        return next((each for each in self.options if each.key == key), None)


@dataclass(frozen=True)
class Given:
    """An answer: the key of an offered one, or the words that were written; both empty for one that waits."""

    option: str = ""
    words: str = ""


Answers = Mapping[str, Given]
"""The answers so far, by the key of their question."""


@dataclass(frozen=True)
class Directory:
    """The agencies and groups that the office's plans name already: a name that is known is not asked about.

    `lists` are those of offices like it, to take whole where a group is asked about.
    """

    agencies: tuple[Agency, ...] = ()
    groups: tuple[Group, ...] = ()
    plans: frozenset[str] = frozenset()
    lists: tuple[AgencyList, ...] = ()
