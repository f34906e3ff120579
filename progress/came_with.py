"""With what a file came that belongs to no answer: progress, a difficulty, a request, an opinion, a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from plan.status import EventKind
from store import inquiries, obligations, opinions, requests
from store.answer_tables import Evidence, Request
from store.tables import ObligationEvent
from words.office import Office

# What an officer says about an obligation without answering; an album's pictures follow its words within seconds.
SAYING = (EventKind.PROGRESSED, EventKind.FOR_SIGNATURE, EventKind.BLOCKED, EventKind.SAID)
FOLLOWS = timedelta(seconds=10)
# A photo without words waits so long for the reason of who returns an answer.
WAITS = timedelta(days=2)


@dataclass(frozen=True)
class CameWith:
    """What it was (`of`, in words: kèm lý do chậm R3), and what was said with it."""

    of: str
    words: str


def came_with(session: Session, office: Office, file: Evidence) -> CameWith:
    """With what a file about an obligation came; what nobody can tell any more is progress."""
    if file.request_id is not None and (request := requests.get(session, file.request_id)) is not None:
        if is_of_decision(file, request):
            return CameWith(office.text("evidence.of_decision", reference=f"R{request.id}"), request.answer)
        of = office.text(f"evidence.of_{request.kind}", reference=f"R{request.id}")
        return CameWith(of, request.reason)
    if file.opinion_id is not None and (opinion := opinions.get(session, file.opinion_id)) is not None:
        return CameWith(office.text("evidence.of_opinion", reference=f"Y{opinion.id}"), opinion.words)
    if (inquiry := inquiries.of_file(session, file)) is not None:
        return CameWith(office.text("evidence.of_inquiry", reference=f"H{inquiry.id}"), inquiry.words)
    events = obligations.events_of(session, file.obligation_id or 0)
    if (returned := _returned_with(file, events)) is not None:
        return CameWith(office.text("evidence.of_returned"), returned.note)
    said = [each for each in events if each.kind in SAYING and each.note and each.at <= file.sent_at + FOLLOWS]
    if not said:
        return CameWith(office.text("evidence.of_progressed"), file.caption)
    last = max(said, key=lambda each: (each.at, each.id or 0))
    return CameWith(office.text(f"evidence.of_{last.kind}"), last.note)


def is_of_decision(file: Evidence, request: Request) -> bool:
    """Whether a file came with what was decided about a request, and not with the request."""
    return file.person_id == request.decided_by and file.sent_at > request.asked_at


def _returned_with(file: Evidence, events: Sequence[ObligationEvent]) -> ObligationEvent | None:
    """When its sender returned an answer with it; None for what came with no return."""
    first, last = file.sent_at - FOLLOWS, file.sent_at + WAITS
    own = [each for each in events if each.kind == EventKind.RETURNED and each.person_id == file.person_id]
    return next((each for each in own if first <= each.at <= last), None)
