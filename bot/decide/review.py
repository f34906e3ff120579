"""Heads and admins decide about answers that wait: "Xác nhận", or "Trả lại" with a reason."""

import re
from collections.abc import Sequence
from typing import Any

from bot.turn import Turn
from bot.which.scope import leading_agency
from plan.people import Role
from plan.status import EventKind, State
from progress import review
from progress.items import code_of, command, item_of
from store import deliveries, obligations, people, submissions
from store.postings import Identity, Posting
from store.tables import Obligation, Submission
from store.types import DeliveryKind
from words import codes
from words.codes import fold
from words.message import Button, say

BY_SUBMISSION = re.compile(r"^S(\d{1,12})\s*(.*)$", re.DOTALL | re.IGNORECASE)
SHOWN = 10
YES = frozenset({"xac nhan", "dong y", "da xac nhan", "confirm"})
DECISIONS = (EventKind.CONFIRMED, EventKind.RETURNED)


def confirm(turn: Turn, rest: str) -> None:
    """/confirm 2b sondung, or the button: the answer counts as done from its own moment."""
    found = _find(turn, "confirm", rest)
    if found is not None:
        _confirm(turn, *found[:2])


def give_back(turn: Turn, rest: str) -> None:
    """/return 2b sondung reason, or the button, which asks for the reason."""
    found = _find(turn, "return", rest)
    if found is None:
        return
    row, submission, reason = found
    if reason:
        _give_back(turn, row, submission, reason)
        return
    turn.ask("return", {"submission": submission.id})
    turn.answer(turn.text("review.reason", **_names(turn, row)))


def reason_on(turn: Turn, data: dict[str, Any], text: str) -> None:
    """The next message after "Trả lại" is the reason."""
    found = _pending(turn, int(data["submission"]))
    if found is not None:
        _give_back(turn, *found, text)


def replied_notice(turn: Turn) -> int | None:
    """The submission whose notice to a reviewer is replied to."""
    incoming = turn.incoming
    if not incoming.reply_to or turn.person is None:
        return None
    row = deliveries.by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    wanted = row is not None and row.kind == DeliveryKind.NOTICE and row.person_id == turn.person_id
    return row.submission_id if row is not None and wanted else None


def reply_on(turn: Turn, data: dict[str, Any], text: str) -> None:
    """A reply to the notice: "xác nhận", or the reason for returning it."""
    found = _pending(turn, int(data["submission"]))
    if found is not None and fold(text).strip(" .") in YES:
        _confirm(turn, *found)
    elif found is not None:
        _give_back(turn, *found, text)


def _find(turn: Turn, verb: str, rest: str) -> tuple[Obligation, Submission, str] | None:
    """What is to be decided about, with what follows; None when an answer was given instead."""
    if match := BY_SUBMISSION.match(rest):
        found = _pending(turn, int(match[1]))
        return (*found, match[2].strip()) if found else None
    typed = codes.read(rest, turn.office.codes())
    here = waiting(turn)
    if typed.code is None:
        _ask_which(turn, verb, here, turn.text("review.which"))
        return None
    agency, reason = leading_agency(turn.office, typed.rest)
    ending = f".{typed.milestone}" if typed.milestone else "."
    same = [
        (row, submission)
        for row, submission in here
        if row.task == typed.code and agency in (None, row.agency_id) and f"{row.milestone}.".find(ending) > 0
    ]
    if len(same) == 1:
        return (*same[0], reason)
    name = turn.office.agency_name(agency) if agency else ""
    _ask_which(turn, verb, same, turn.text("review.none" if not same else "review.which", code=typed.code, agency=name))
    return None


def _ask_which(turn: Turn, verb: str, found: Sequence[tuple[Obligation, Submission]], text: str) -> None:
    buttons = []
    for row, submission in found[:SHOWN]:
        names = _names(turn, row)
        buttons.append([Button(turn.text("ask.option_agency", **names), f"/{verb} S{submission.id}")])
    turn.answer(text, buttons=buttons)


def waiting(turn: Turn) -> list[tuple[Obligation, Submission]]:
    """The answers that this person may decide about, each with its obligation."""
    rows = obligations.all_of(turn.session, states=(State.AT_HEAD, State.IN_REVIEW))
    mine = [row for row in rows if _may(turn, row)]
    return [(row, found) for row in mine if (found := submissions.standing_of(turn.session, row.id or 0))]


def _may(turn: Turn, row: Obligation) -> bool:
    """An agency's head where it waits for the head, the office's admins where it waits for them."""
    return turn.person_id in {person.id for person, _ in review.reviewers(turn.session, row)}


def _pending(turn: Turn, submission_id: int) -> tuple[Obligation, Submission] | None:
    """The answer while this person may decide about it; otherwise who decided is said."""
    submission = submissions.get(turn.session, submission_id)
    row = obligations.get(turn.session, submission.obligation_id) if submission else None
    if submission is None or row is None:
        turn.answer(turn.text("review.which"))
        return None
    if submission.withdrawn_at is None and _may(turn, row):
        return row, submission
    if Role.ADMIN not in turn.roles and row.agency_id not in turn.agencies:
        turn.answer(turn.text("ask.foreign"))
        return None
    decided = [each for each in obligations.events_of(turn.session, row.id or 0) if each.kind in DECISIONS]
    person = people.get(turn.session, decided[-1].person_id or 0) if decided else None
    at = decided[-1].at if decided else None
    turn.spent = True
    turn.hint(turn.text("review.decided", **_names(turn, row), name=person.name if person else "", at=at))
    return None


def _confirm(turn: Turn, row: Obligation, submission: Submission) -> None:
    review.confirm(turn.session, turn.office, row, submission, turn.person_id, turn.now)
    turn.spent = True
    names = _names(turn, row)
    if row.state == State.IN_REVIEW:
        compiler = turn.office.compiler_name
        turn.answer(turn.text("review.forwarded", **names, compiler=compiler))
        return
    turn.answer(turn.text("review.confirmed", **names))
    tell_officer(turn, row, submission, turn.text("review.confirmed_to_officer", **names), "confirmed")


def _give_back(turn: Turn, row: Obligation, submission: Submission, reason: str) -> None:
    at = row.done_at
    review.give_back(turn.session, row, submission, turn.person_id, reason, turn.now)
    names = _names(turn, row)
    turn.answer(turn.text("review.returned", **names))
    item = item_of(turn.office, row)
    typed = command(item) if item else ""
    text = turn.text("review.returned_to_officer", **names, reason=reason, at=at, command=typed)
    tell_officer(turn, row, submission, text, "returned")


def tell_officer(turn: Turn, row: Obligation, submission: Submission, text: str, what: str) -> None:
    """Who answered hears what became of it, unless it is who decided."""
    if submission.person_id == turn.person_id:
        return
    turn.tell(
        submission.person_id,
        Posting(
            DeliveryKind.ANSWER,
            f"submission {submission.id} was {what}",
            Identity(what, f"{submission.id}:{row.state}"),
            say(text),
            row.id,
        ),
    )


def _names(turn: Turn, row: Obligation) -> dict[str, str]:
    return {"code": code_of(turn.office, row), "agency": turn.office.agency_name(row.agency_id)}
