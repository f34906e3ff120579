"""The agencies of a plan: who can owe work, from when until when, who comes after them; groups of them."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from plan.joint import joint_id
from plan.value import Name, Text, Value, broken_rule

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,23}$")]
# More names than this are counted in a short name.
_MOST_SHORT = 3


class Agency(Value):
    """A body that can owe work; `short` is for chat lists and narrow tables, `basis` why it is on the list.

    `since` and `until` are its first and last local day, where it was founded or ended within the plan; from the day
    after `until` the first of `successors` owes what it owed (renamed, merged; of a split one the others get theirs by
    an admin's word). `kind` says where it is a position of somebody, or a body outside the office.
    """

    id: Slug
    name: Name
    short: Name
    aliases: tuple[Text, ...] = ()
    kind: Literal["body", "position", "outside"] = "body"
    since: date | None = None
    until: date | None = None
    successors: tuple[Slug, ...] = ()
    basis: Text

    @model_validator(mode="after")
    def _ends_with_successors(self) -> Self:
        if self.successors and self.until is None:
            raise broken_rule("successors without until", "Give the last day of the agency as until.")
        if self.since and self.until and self.since > self.until:
            raise broken_rule("since comes after until", "Correct one of the two dates.")
        return self


class JointAgency(Agency):
    """Several agencies that owe one result together, under an identity made of theirs (plan.joint); in no file."""

    id: str


class Group(Value):
    """A phrase of the decision that means several agencies; each member owes its own result."""

    id: Slug
    name: Name
    aliases: tuple[Text, ...] = ()
    members: tuple[Slug, ...]
    basis: Text


def together(agencies: tuple[Agency, ...]) -> JointAgency:
    """Agencies that owe one result together, as one; a long list is counted in its short name."""
    shorts = [each.short for each in agencies]
    more = f" + {len(shorts) - 1}" if len(shorts) > _MOST_SHORT else ""
    return JointAgency(
        id=joint_id(each.id for each in agencies),
        name=" + ".join(each.name for each in agencies),
        short=shorts[0] + more if more else " + ".join(shorts),
        basis=agencies[0].basis,
    )
