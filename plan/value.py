"""The base of every value that a plan file holds."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

# Letters by Unicode that nobody sees.
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")


def _with_letter(name: str) -> str:
    if not any(unicodedata.category(char).startswith("L") and char not in FILLERS for char in name):
        raise broken_rule("a name has no letter in it", "write the name that people read")
    return name


Text = Annotated[str, StringConstraints(min_length=1)]
Name = Annotated[Text, AfterValidator(_with_letter)]
"""What people call a body or a plan: blanks that cannot be seen, dots and pictures name nobody."""


class Value(BaseModel):
    """Frozen, and unknown keys are refused: a misspelt key must not be lost in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def broken_rule(what: str, do: str) -> PydanticCustomError:
    """What a model raises where its fields contradict each other: what is wrong, and what to do about it."""
    return PydanticCustomError("plan_rule", "{what}", {"what": what, "do": do})
