"""With what a file came that belongs to no answer: progress, a difficulty, a request, an opinion, a question."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from plan.status import EventKind
from store import inquiries, obligations, opinions, requests
from store.answer_tables import Evidence
from words.office import Office

# What an officer says about an obligation without answering; an album's pictures follow its words within seconds.
SAYING = (EventKind.PROGRESSED, EventKind.FOR_SIGNATURE, EventKind.BLOCKED, EventKind.SAID)
FOLLOWS = timedelta(seconds=10)


@dataclass(frozen=True)
class CameWith:
    """What it was (`of`, in words: kèm lý do chậm R3), and what was said with it."""

    of: str
    words: str


def came_with(session: Session, office: Office, file: Evidence) -> CameWith:
    """With what a file about an obligation came; what nobody can tell any more is progress."""
    if file.request_id is not None and (request := requests.get(session, file.request_id)) is not None:
        of = office.text(f"evidence.of_{request.kind}", reference=f"R{request.id}")
        return CameWith(of, request.reason)
    if file.opinion_id is not None and (opinion := opinions.get(session, file.opinion_id)) is not None:
        return CameWith(office.text("evidence.of_opinion", reference=f"Y{opinion.id}"), opinion.words)
    if (inquiry := inquiries.of_file(session, file)) is not None:
        return CameWith(office.text("evidence.of_inquiry", reference=f"H{inquiry.id}"), inquiry.words)
    events = obligations.events_of(session, file.obligation_id or 0)
    said = [each for each in events if each.kind in SAYING and each.note and each.at <= file.sent_at + FOLLOWS]
    if not said:
        return CameWith(office.text("evidence.of_progressed"), file.caption)
    last = max(said, key=lambda each: (each.at, each.id or 0))
    return CameWith(office.text(f"evidence.of_{last.kind}"), last.note)
