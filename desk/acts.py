"""The acts that forms stand for: a name in the address, and how its fields become the act."""

from collections.abc import Callable, Mapping
from typing import Literal

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from desk.forms import day, day_or_none, number, numbers, one_of, word
from desk.undoing import NAMED
from plan.status import Judgement
from progress.acts.decisions import BeginPlan, Judge, NoteUrging, SetOfficeDay, UrgeShown, Way
from progress.acts.rights import (
    AllowKey,
    AllowStandIn,
    Appoint,
    EndRights,
    EndSession,
    HandOver,
    MovePerson,
    ReviewRights,
    RevokeInvite,
    ShareOnDuty,
)
from progress.acts.scene import Meaning
from progress.acts.values import (
    Acknowledge,
    AnswerBlock,
    AnswerComment,
    AnswerInquiry,
    AnyAct,
    Blocked,
    Clarify,
    Comment,
    Confirm,
    Correct,
    Done,
    Extend,
    Grant,
    NameAssignee,
    NotOurs,
    PlaceLetter,
    Progress,
    Refuse,
    Remark,
    Return,
    SettleLetter,
    TakeBack,
    TakeOut,
    TakeUp,
    TellCause,
    Undo,
    Withdraw,
)
from progress.submit import Statement

Make = Callable[[Statement, FormData], AnyAct]
"""Makes the act; raises HTTPException(404) where a field names no row. The words are the statement's note."""


def _of(act: Callable[[Statement, int], AnyAct], field: str) -> Make:
    """An act about the row that a field names; whether it is theirs is asked of `progress.acts.may`, as in the chat."""
    return lambda said, form: act(said, number(form, field))


def _verdict(act: Callable[[Statement, int, bool], AnyAct], field: str, *, granted: bool) -> Make:
    return lambda said, form: act(said, number(form, field), granted)


def _name(said: Statement, form: FormData) -> NameAssignee:
    chosen = word(form, "person")
    return NameAssignee(said, number(form, "obligation"), number(form, "person") if chosen else None)


def _take_back(said: Statement, form: FormData) -> TakeBack:
    """What one field names; a form that names none, or several, is none of ours."""
    named = {name: number(form, name) for name in NAMED.values() if word(form, name)}
    if len(named) != 1:
        raise HTTPException(404)
    return TakeBack(said, **named)


def _judge(said: Statement, form: FormData, verdict: Judgement) -> Judge:
    # A decision without its basis is none; the page's field is required.
    if not said.note:
        raise HTTPException(400)
    return Judge(said, (number(form, "obligation"),), verdict)


def _office_day(said: Statement, form: FormData) -> SetOfficeDay:
    undo = bool(word(form, "undo"))
    # A day is set with its basis, which the page's field requires; it is taken back without one.
    if not undo and not said.note:
        raise HTTPException(400)
    kinds: tuple[Literal["off", "work"], ...] = ("off", "work")
    return SetOfficeDay(said, day(form, "day"), one_of(form, "kind", kinds), undo)


ACTS: Mapping[str, Make] = {
    "confirm": _of(Confirm, "submission"),
    "return": _of(Return, "submission"),
    "done": _of(Done, "obligation"),
    "progress": _of(Progress, "obligation"),
    "blocked": _of(Blocked, "obligation"),
    "cause": _of(TellCause, "obligation"),
    "acknowledge": _of(Acknowledge, "obligation"),
    "extend": lambda said, form: Extend(said, number(form, "obligation"), day_or_none(form, "day"), said.note),
    "not-ours": _of(NotOurs, "obligation"),
    "correct": _of(Correct, "obligation"),
    "withdraw": _of(Withdraw, "obligation"),
    "answer-block": _of(AnswerBlock, "obligation"),
    "comment": _of(Comment, "obligation"),
    "remark": _of(Remark, "obligation"),
    "assignee": _name,
    "urge": lambda said, form: UrgeShown(said, numbers(form, "rows")),
    "note-urging": lambda said, form: NoteUrging(
        said, numbers(form, "rows"), one_of(form, "way", tuple(Way)), day(form, "day")
    ),
    "end-rights": _of(EndRights, "person"),
    "hand-over": lambda said, form: HandOver(said, number(form, "before"), number(form, "after")),
    "move-person": lambda said, form: MovePerson(said, number(form, "person"), word(form, "old"), word(form, "new")),
    "review-rights": lambda said, _form: ReviewRights(said),
    "end-session": _of(EndSession, "session"),
    "share-on-duty": lambda said, form: ShareOnDuty(said, number(form, "person"), word(form, "channel")),
    "revoke-invite": _of(RevokeInvite, "invite"),
    "take-back": _take_back,
    "undo": _of(Undo, "submission"),
    "grant": _of(Grant, "request"),
    "refuse": _of(Refuse, "request"),
    "take-up": _of(TakeUp, "obligation"),
    "answer-opinion": _of(AnswerComment, "opinion"),
    "answer-question": _of(AnswerInquiry, "inquiry"),
    "clarify": lambda said, form: Clarify(said, (number(form, "unclear"),), one_of(form, "meaning", tuple(Meaning))),
    "judge-in-time": lambda said, form: _judge(said, form, Judgement.IN_TIME),
    "judge-late": lambda said, form: _judge(said, form, Judgement.LATE),
    "stand-in-yes": _verdict(AllowStandIn, "absence", granted=True),
    "stand-in-no": _verdict(AllowStandIn, "absence", granted=False),
    "appoint-yes": _verdict(Appoint, "person", granted=True),
    "appoint-no": _verdict(Appoint, "person", granted=False),
    "key-yes": _verdict(AllowKey, "key", granted=True),
    "key-no": _verdict(AllowKey, "key", granted=False),
    "settle-letter": _of(SettleLetter, "letter"),
    "place-letter": lambda said, form: PlaceLetter(said, number(form, "obligation"), number(form, "letter")),
    "take-out": _of(TakeOut, "file"),
    "office-day": _office_day,
    "begin-today": lambda said, form: BeginPlan(said, word(form, "plan"), "today"),
    "begin-history": lambda said, form: BeginPlan(said, word(form, "plan"), "history"),
}

# The acts that keep the files which came with what was said; with any other they would be nobody's.
WITH_FILES = frozenset({
    "done", "progress", "blocked", "cause", "extend", "not-ours", "comment", "return", "grant", "refuse",
    "answer-block", "answer-opinion", "answer-question", "place-letter",
})  # fmt: skip

# What may be done to many that are alike, and the field that names each one's row: nothing that wants words.
MANY: Mapping[str, str] = {
    "confirm": "submission",
    "grant": "request",
    "take-up": "obligation",
    "stand-in-yes": "absence",
    "appoint-yes": "person",
    "key-yes": "key",
    "settle-letter": "letter",
}
