"""The acts that forms stand for: a name in the address, and how its fields become the act."""

from collections.abc import Callable, Mapping

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from desk.forms import day, number, numbers, one_of, word
from plan.status import Judgement
from progress.acts.decisions import Judge, NoteUrging, UrgeShown, Way
from progress.acts.scene import Meaning
from progress.acts.values import (
    AllowKey,
    AllowStandIn,
    AnswerBlock,
    AnswerComment,
    AnswerInquiry,
    AnyAct,
    Appoint,
    Clarify,
    Confirm,
    EndRights,
    Grant,
    Refuse,
    Return,
    RevokeInvite,
    TakeBack,
    TakeOut,
    TakeUp,
)
from progress.submit import Statement

Make = Callable[[Statement, FormData], AnyAct]
"""Makes the act; raises HTTPException(404) where a field names no row. The words are the statement's note."""


def _judge(said: Statement, form: FormData, verdict: Judgement) -> Judge:
    # A decision without its basis is none; the page's field is required.
    if not said.note:
        raise HTTPException(400)
    return Judge(said, (number(form, "obligation"),), verdict)


def _clarify(said: Statement, form: FormData) -> Clarify:
    meaning = word(form, "meaning")
    if meaning not in set(Meaning):
        raise HTTPException(404)
    return Clarify(said, (number(form, "unclear"),), Meaning(meaning))


ACTS: Mapping[str, Make] = {
    "confirm": lambda said, form: Confirm(said, number(form, "submission")),
    "return": lambda said, form: Return(said, number(form, "submission")),
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
    "answer-block": lambda said, form: AnswerBlock(said, number(form, "obligation")),
    "answer-opinion": lambda said, form: AnswerComment(said, number(form, "opinion")),
    "answer-question": lambda said, form: AnswerInquiry(said, number(form, "inquiry")),
    "clarify": _clarify,
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
