"""The acts that forms stand for: a name in the address, and how its fields become the act."""

from collections.abc import Callable, Mapping

from starlette.datastructures import FormData

from desk.forms import day, number
from progress.acts.values import (
    Acknowledge,
    AnswerBlock,
    AnyAct,
    Blocked,
    Comment,
    Confirm,
    Correct,
    Done,
    Extend,
    NotOurs,
    Progress,
    Remark,
    Return,
    TakeBack,
    TellCause,
    Withdraw,
)
from progress.submit import Statement

Make = Callable[[Statement, FormData], AnyAct]
"""Makes the act; raises HTTPException(404) where a field names no row. The words are the statement's note."""

ACTS: Mapping[str, Make] = {
    "confirm": lambda said, form: Confirm(said, number(form, "submission")),
    "return": lambda said, form: Return(said, number(form, "submission")),
    # About an obligation that the form names; whether it is theirs is asked of `progress.acts.may`, as in the chat.
    "done": lambda said, form: Done(said, number(form, "obligation")),
    "progress": lambda said, form: Progress(said, number(form, "obligation")),
    "blocked": lambda said, form: Blocked(said, number(form, "obligation")),
    "cause": lambda said, form: TellCause(said, number(form, "obligation")),
    "acknowledge": lambda said, form: Acknowledge(said, number(form, "obligation")),
    "extend": lambda said, form: Extend(said, number(form, "obligation"), day(form, "day"), said.note),
    "not-ours": lambda said, form: NotOurs(said, number(form, "obligation")),
    "correct": lambda said, form: Correct(said, number(form, "obligation")),
    "withdraw": lambda said, form: Withdraw(said, number(form, "obligation")),
    "answer-block": lambda said, form: AnswerBlock(said, number(form, "obligation")),
    "comment": lambda said, form: Comment(said, number(form, "obligation")),
    "remark": lambda said, form: Remark(said, number(form, "obligation")),
    "takeback-return": lambda said, form: TakeBack(said, submission=number(form, "submission")),
}
