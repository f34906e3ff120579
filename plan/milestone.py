"""One result that is owed at one time: how it stands in time, and what its words were read as."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from plan.times.rules import Recurrence, Trigger
from plan.value import Text, Value, broken_rule


class Kind(StrEnum):
    """How a milestone stands in time; only dated and periodic ones (and undated ones with a set date) can be late."""

    DATED = "dated"
    ONGOING = "ongoing"  # thường xuyên: a progress line each quarter, closed at year end
    PERIODIC = "periodic"  # định kỳ: once for each reporting period
    UNDATED = "undated"  # chưa có hạn: waits for an admin to set a date
    EVENT = "event"  # sau mỗi đợt kiểm tra: owed when something happens


def milestone_number(milestone: str) -> int:
    """A milestone's place in its task, from its id: 2 of 2b.2."""
    return int(milestone.rpartition(".")[2])


def milestone_label(code: str, milestone: str) -> str:
    """A task's code as people say it; with the milestone where that is not the first: 2b, 2b.2."""
    number = milestone_number(milestone)
    return code if number == 1 else f"{code}.{number}"


def task_of_work(work: str) -> str:
    """The identity of the task to which a milestone's work belongs, whatever the plan prints for it: 2b of 2b.2."""
    return work.rpartition(".")[0]


class Milestone(Value):
    """One result that is owed at one time.

    `id` is the task's code, a dot and a number; `printed` the words that give its time; `part` counts from 1;
    `every` only for periodic ones; `evidence` says whether an answer needs a file: "required" (it waits for one, its
    moment kept), "asked" (the confirmation asks once) or "none"; `remind_days` replaces the installation's ladder, in
    working days before the anchor; `due_override` is a local date set by an admin for an undated one, with its
    `due_basis`.

    What was read or confirmed when the plan was adopted is not read from the words again: `due`, the nominal day of a
    dated one; `rule`, in the place of `every`, of a periodic one or of an event. Before `start` nobody is reminded.
    `confirmed` says so of the kind alone, where there is no day and no rule to say it.

    `uid` is the identity of the work where it is another than `id`: it stays when an amendment moves the letters up, is
    given by the adoption of the amendment (plan.amendment), and never stands in a file.
    """

    id: Text
    uid: str = ""
    kind: Kind
    printed: Text
    part: Annotated[int, Field(ge=1)] | None = None
    every: Literal["period", "year"] | None = None
    schedule: Literal["report", "compile"] = "report"
    evidence: Literal["required", "asked", "none"] = "none"
    remind_days: tuple[Annotated[int, Field(ge=0, le=250)], ...] | None = None
    due: date | None = None
    start: date | None = None
    rule: Recurrence | Trigger | None = None
    confirmed: bool = False
    due_override: date | None = None
    due_basis: Text | None = None

    @property
    def key(self) -> str:
        """The identity of the work, whatever code is printed beside it."""
        return self.uid or self.id

    @model_validator(mode="after")
    def _fields_agree(self) -> Self:
        recurs = isinstance(self.rule, Recurrence)
        said = self.every is not None
        if (self.kind is Kind.PERIODIC) != (said or recurs) or (recurs and said):
            raise broken_rule(
                f"kind is {self.kind} and every is {self.every}",
                'Give a periodic milestone "every": "period" or "year", or a "rule", and no other kind an "every".',
            )
        if isinstance(self.rule, Trigger) and self.kind is not Kind.EVENT:
            raise broken_rule(
                f"a rule for an event, but kind is {self.kind}", 'Set "kind" to "event", or remove the rule.'
            )
        if self.due is not None and self.kind is not Kind.DATED:
            raise broken_rule(f"due on a milestone that is {self.kind}", 'Set "kind" to "dated", or remove "due".')
        if self.start is not None and self.due is not None and self.start > self.due:
            raise broken_rule("start comes after due", "Correct one of the two dates.")
        if (self.due_override is None) != (self.due_basis is None):
            raise broken_rule(
                "due_override and due_basis belong together",
                "Give the date and the document or decision it rests on, or neither.",
            )
        if self.due_override is not None and self.kind is not Kind.UNDATED:
            raise broken_rule(
                f"due_override on a milestone that is {self.kind}",
                "Only an undated milestone takes a date here; a printed date changes by an extension.",
            )
        return self

    @property
    def owed_kind(self) -> Kind:
        """How it stands in time once it is owed: what waits for one event is undated until its day is known."""
        waits_once = isinstance(self.rule, Trigger) and not self.rule.each
        return Kind.UNDATED if self.kind is Kind.EVENT and waits_once else self.kind
