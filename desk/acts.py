"""The acts that forms stand for: a name in the address, and how its fields become the act."""

from collections.abc import Callable, Mapping

from starlette.datastructures import FormData

from desk.forms import day, day_or_none, number, numbers, one_of
from progress.acts.decisions import NoteUrging, UrgeShown, Way
from progress.acts.values import (
    Acknowledge,
    AnswerBlock,
    AnyAct,
    Blocked,
    Comment,
    Confirm,
    Correct,
    Done,
    EndRights,
    Extend,
    NotOurs,
    Progress,
    Remark,
    Return,
    RevokeInvite,
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
    "extend": lambda said, form: Extend(said, number(form, "obligation"), day_or_none(form, "day"), said.note),
    "not-ours": lambda said, form: NotOurs(said, number(form, "obligation")),
    "correct": lambda said, form: Correct(said, number(form, "obligation")),
    "withdraw": lambda said, form: Withdraw(said, number(form, "obligation")),
    "answer-block": lambda said, form: AnswerBlock(said, number(form, "obligation")),
    "comment": lambda said, form: Comment(said, number(form, "obligation")),
    "remark": lambda said, form: Remark(said, number(form, "obligation")),
    "urge": lambda said, form: UrgeShown(said, numbers(form, "rows")),
    "note-urging": lambda said, form: NoteUrging(
        said, numbers(form, "rows"), one_of(form, "way", tuple(Way)), day(form, "day")
    ),
    "end-rights": lambda said, form: EndRights(said, number(form, "person")),
    "revoke-invite": lambda said, form: RevokeInvite(said, number(form, "invite")),
    "takeback-return": lambda said, form: TakeBack(said, submission=number(form, "submission")),
}
