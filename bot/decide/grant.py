"""Admins decide what officers asked for: the notice with its two buttons, the decision, and the word to the agency."""

import re
from typing import Any

from bot.turn import Turn
from progress import requests as life
from progress.items import code_of, item_of
from store import obligations, people, requests, submissions
from store.postings import Identity, Posting, notice
from store.tables import Obligation, Request
from store.types import DeliveryKind, RequestKind, RequestState
from words.message import Button, say

REFERENCE = re.compile(r"^r?\s*(\d{1,9})(?:[\s.,:–-]+(.*))?$", re.IGNORECASE | re.DOTALL)
SHOWN = 8


def tell_admins(turn: Turn, request: Request, row: Obligation) -> None:
    """Puts the question to every admin, the asker too where they are one."""
    identity, text = Identity("request", request.id), _question(turn, request, row)
    asked = notice(identity, text, f"a request: {request.kind}", _buttons(turn, request), about=row.id)
    turn.tell_admins(asked, myself=True)


def _question(turn: Turn, request: Request, row: Obligation) -> str:
    item = item_of(turn.office, row)
    person = people.get(turn.session, request.person_id)
    submission = submissions.get(turn.session, request.submission_id or 0)
    return turn.text(
        f"request.to_admin_{request.kind}",
        reference=f"R{request.id}",
        code=code_of(turn.office, row),
        agency=turn.office.agency_name(row.agency_id),
        title=item.task.short(100) if item else "",
        person=person.name if person else "",
        at=request.asked_at,
        reason=request.reason,
        **_more(request, row, submission.note if submission else "", submission.at if submission else None),
    )


def _more(request: Request, row: Obligation, before: str, answered: Any) -> dict[str, Any]:
    match request.kind:
        case RequestKind.EXTENSION:
            return {
                "planned": row.planned,
                "due": row.due,
                "wanted": request.wanted,
                "times": row.extensions,
                "late": request.late,
            }
        case RequestKind.NOT_OURS:
            return {"due": row.due}
        case RequestKind.WITHDRAWAL:
            return {"answered": answered, "before": before}
        case _:
            return {"answered": answered, "before": before}


def _buttons(turn: Turn, request: Request) -> list[list[Button]]:
    return [
        [
            Button(turn.text("request.grant_button"), f"/grant R{request.id}"),
            Button(turn.text("request.refuse_button"), f"/refuse R{request.id}"),
        ]
    ]


def grant(turn: Turn, rest: str) -> None:
    """/grant R12, or its button; /grant alone shows what waits."""
    found = _to_decide(turn, rest)
    if found is None:
        return
    request, row, _ = found
    due, agency = row.due, row.agency_id
    turn.about = row.id
    if not life.grant(turn.session, request, row, turn.person_id, turn.now, turn.via):
        turn.answer(turn.text("request.void", reference=f"R{request.id}"))
        return
    said: dict[str, Any] = {
        "reference": f"R{request.id}",
        "code": code_of(turn.office, row),
        "agency": turn.office.agency_name(agency),
        "compiler": turn.office.compiler_name,
    }
    if request.kind == RequestKind.EXTENSION:
        said |= {"due": due, "wanted": request.wanted, "planned": row.planned}
    _tell_decided(turn, request, agency, turn.text(f"request.granted_{request.kind}", **said), "granted")
    _confirm(turn, request, row)


def refuse(turn: Turn, rest: str) -> None:
    """/refuse R12 lý do, or its button, after which the reason is asked for; /refuse alone shows what waits."""
    found = _to_decide(turn, rest)
    if found is None:
        return
    request, row, words = found
    if words:
        _refuse(turn, request, row, words)
        return
    turn.ask("refusal", {"request": request.id})
    turn.answer(turn.text("request.why_refused", reference=f"R{request.id}", code=code_of(turn.office, row)))


def refuse_on(turn: Turn, data: dict[str, Any], text: str) -> None:
    """The reason of a refusal has come."""
    refuse(turn, f"R{data['request']} {text}")


def _refuse(turn: Turn, request: Request, row: Obligation, words: str) -> None:
    turn.about = row.id
    life.refuse(turn.session, request, row, turn.person_id, words, turn.now, turn.via)
    text = turn.text(
        "request.refused",
        reference=f"R{request.id}",
        what=turn.text(f"request.kind_{request.kind}"),
        code=code_of(turn.office, row),
        agency=turn.office.agency_name(row.agency_id),
        compiler=turn.office.compiler_name,
        due=row.due if request.kind in life.PAUSING else None,
        reason=words,
    )
    _tell_decided(turn, request, row.agency_id, text, "refused")
    _confirm(turn, request, row)


def _tell_decided(turn: Turn, request: Request, agency: str, text: str, what: str) -> None:
    why, identity = f"request R{request.id} was {what}", Identity("decided", request.id)
    answer = Posting(DeliveryKind.ANSWER, why, identity, say(text), request.obligation_id)
    turn.tell_officers(agency, request.person_id, answer)


def _confirm(turn: Turn, request: Request, row: Obligation) -> None:
    turn.answer(
        turn.text(
            "request.decided",
            reference=f"R{request.id}",
            what=turn.text(f"request.kind_{request.kind}"),
            code=code_of(turn.office, row),
            agency=turn.office.agency_name(row.agency_id),
            granted=request.state == RequestState.GRANTED,
        )
    )


def _to_decide(turn: Turn, rest: str) -> tuple[Request, Obligation, str] | None:
    """The request that is meant and the words after it; what cannot be decided is answered here."""
    match = REFERENCE.match(rest.strip())
    if match is None:
        _show_waiting(turn, rest.strip())
        return None
    request = requests.get(turn.session, int(match[1]))
    row = obligations.get(turn.session, request.obligation_id) if request else None
    if request is None or row is None:
        turn.answer(turn.text("request.unknown", reference=f"R{int(match[1])}"))
        return None
    if request.state != RequestState.WAITING:
        turn.answer(_decided_before(turn, request))
        return None
    return request, row, (match[2] or "").strip()


def _decided_before(turn: Turn, request: Request) -> str:
    reference = f"R{request.id}"
    if request.state == RequestState.VOID:
        return turn.text("request.void", reference=reference)
    by = people.get(turn.session, request.decided_by or 0)
    return turn.text(
        "request.decided_before",
        reference=reference,
        person=by.name if by else "",
        at=request.decided_at,
        granted=request.state == RequestState.GRANTED,
        reason=request.answer,
    )


def _show_waiting(turn: Turn, wanted: str) -> None:
    waiting = requests.all_waiting(turn.session)
    if not waiting:
        turn.answer(turn.text("request.none"))
        return
    turn.answer(turn.text("request.list", count=len(waiting), shown=min(SHOWN, len(waiting)), wanted=wanted))
    for request in waiting[:SHOWN]:
        row = obligations.get(turn.session, request.obligation_id)
        if row is not None:
            turn.answer(_question(turn, request, row), buttons=_buttons(turn, request))
