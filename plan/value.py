"""The base of every value that a plan file holds."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Frozen, and unknown keys are refused: a misspelt key must not be lost in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")
