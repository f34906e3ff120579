"""The acts that forms stand for: a name in the address, and how its fields become the act."""

from collections.abc import Callable, Mapping

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from desk.forms import day, day_or_none, number, numbers, one_of
from plan.status import Judgement
from progress.acts.decisions import Judge, NoteUrging, UrgeShown, Way
from progress.acts.scene import Meaning
from progress.acts.values import (
    Acknowledge,
    AllowKey,
    AllowStandIn,
    AnswerBlock,
    AnswerComment,
    AnswerInquiry,
    AnyAct,
    Appoint,
    Blocked,
    Clarify,
    Comment,
    Confirm,
    Correct,
    Done,
    EndRights,
    Extend,
    Grant,
    NotOurs,
    Progress,
    Refuse,
    Remark,
    Return,
    RevokeInvite,
    TakeBack,
    TakeOut,
    TakeUp,
    TellCause,
    Withdraw,
)
from progress.submit import Statement

Make = Callable[[Statement, FormData], AnyAct]
"""Makes the act; raises HTTPException(404) where a field names no row. The words are the statement's note."""


def _judge(said: Statement, form: FormData, verdict: Judgement) -> Judge:
    # A decision without its basis is none; the page's field is required.
    if not said.note:
        raise HTTPException(400)
    return Judge(said, (number(form, "obligation"),), verdict)


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
    "grant": lambda said, form: Grant(said, number(form, "request")),
    "refuse": lambda said, form: Refuse(said, number(form, "request")),
    "take-up": lambda said, form: TakeUp(said, number(form, "obligation")),
    "answer-opinion": lambda said, form: AnswerComment(said, number(form, "opinion")),
    "answer-question": lambda said, form: AnswerInquiry(said, number(form, "inquiry")),
    "clarify": lambda said, form: Clarify(said, (number(form, "unclear"),), one_of(form, "meaning", tuple(Meaning))),
    "judge-in-time": lambda said, form: _judge(said, form, Judgement.IN_TIME),
    "judge-late": lambda said, form: _judge(said, form, Judgement.LATE),
    "stand-in-yes": lambda said, form: AllowStandIn(said, number(form, "absence"), granted=True),
    "stand-in-no": lambda said, form: AllowStandIn(said, number(form, "absence"), granted=False),
    "appoint-yes": lambda said, form: Appoint(said, number(form, "person"), granted=True),
    "appoint-no": lambda said, form: Appoint(said, number(form, "person"), granted=False),
    "key-yes": lambda said, form: AllowKey(said, number(form, "key"), granted=True),
    "key-no": lambda said, form: AllowKey(said, number(form, "key"), granted=False),
    "take-out": lambda said, form: TakeOut(said, number(form, "file")),
}

# What may be done to many that are alike, and the field that names each one's row: nothing that wants words.
MANY: Mapping[str, str] = {
    "confirm": "submission",
    "grant": "request",
    "take-up": "obligation",
    "stand-in-yes": "absence",
    "appoint-yes": "person",
    "key-yes": "key",
}
