"""The base of every value that a plan file holds."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

Text = Annotated[str, StringConstraints(min_length=1)]


class Value(BaseModel):
    """Frozen, and unknown keys are refused: a misspelt key must not be lost in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def broken_rule(what: str, do: str) -> PydanticCustomError:
    """What a model raises where its fields contradict each other: what is wrong, and what to do about it."""
    return PydanticCustomError("plan_rule", "{what}", {"what": what, "do": do})
