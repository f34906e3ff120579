"""Every kind of question; what is kept under a kind is read here."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from bot.questions.about_answers import (
    Comment,
    CommentWords,
    Correction,
    Extension,
    Forwarding,
    NotOurs,
    Reason,
    Target,
    WhatWasMeant,
    WhyLate,
    WhyTakenOut,
    Withdrawal,
)
from bot.questions.base import OpenQuestion
from bot.questions.decisions import (
    Adoption,
    Assignment,
    Issuing,
    Judging,
    MeetingWork,
    OfficeDay,
    Paper,
    PuttingFieldRight,
    PuttingRight,
    RecordEvent,
    SetAside,
    SetDate,
    TakingOver,
    Transfer,
)
from bot.questions.to_deciders import (
    CommentReply,
    Deciding,
    Granting,
    InquiryReply,
    Refusal,
    Remark,
    RemarkWords,
    Reply,
    Return,
)
from bot.questions.wishes import Basis, PlanQuestion, WhichPlan

QUESTIONS: tuple[type[OpenQuestion], ...] = (
    # To those who owe.
    Target,
    WhatWasMeant,
    Reason,
    WhyLate,
    Extension,
    NotOurs,
    Withdrawal,
    Correction,
    WhyTakenOut,
    Forwarding,
    Comment,
    CommentWords,
    # To those who decide, in words.
    Granting,
    Refusal,
    Return,
    Deciding,
    Reply,
    CommentReply,
    InquiryReply,
    Remark,
    RemarkWords,
    # To admins, before something is shown.
    WhichPlan,
    Basis,
    PlanQuestion,
    # What was shown, to be confirmed.
    SetDate,
    RecordEvent,
    SetAside,
    Transfer,
    Paper,
    Judging,
    Assignment,
    MeetingWork,
    OfficeDay,
    Adoption,
    TakingOver,
    PuttingFieldRight,
    PuttingRight,
    Issuing,
)


def load(kind: str, data: Mapping[str, Any]) -> OpenQuestion | None:
    """The question that was kept; None where nobody knows its kind, or can read it any more."""
    for each in QUESTIONS:
        if each.stored_as == kind:
            with suppress(ValidationError):
                return each.model_validate(data)
    return None
