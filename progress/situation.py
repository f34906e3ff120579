"""What happened to open work since it was last spoken of, in the lines that a reminder says of it."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from progress.acts import blockage
from progress.items import Item
from store.answer_tables import Request
from store.types import RequestKind, RequestState
from words.office import Office
from words.render import clip

WORDS = 80
SPOKEN_OF = (RequestKind.EXTENSION, RequestKind.NOT_OURS)


def lines(session: Session, office: Office, item: Item, requests: Sequence[Request]) -> list[str]:
    """What is missing of what was returned, with whom a difficulty or a request lies, and what was said last.

    `requests` are those about it, the oldest first.
    """
    text, row = office.text, item.row
    found = [text("since.returned", note=clip(row.returned, WORDS))] if row.returned else []
    found += [*_blocked(session, office, item), *_asked(office, requests)]
    if found or row.acknowledged_at is None:
        return found
    since = office.today(row.acknowledged_at)
    if row.progress:
        return [text("since.progress", day=since, note=clip(row.progress, WORDS))]
    return [text("since.acknowledged", day=since)]


def _blocked(session: Session, office: Office, item: Item) -> Iterable[str]:
    found = blockage.difficulty(session, item.row)
    if found is None:
        return []
    return [
        office.text(
            "since.blocked",
            day=office.today(found.reported.at),
            note=clip(found.reported.note, WORDS),
            compiler=office.compiler_name,
            taken=office.today(found.taken_at) if found.taken_at else None,
            answered=office.today(found.answered_at) if found.answered_at else None,
            answer=clip(found.answer, WORDS),
        )
    ]


def _asked(office: Office, requests: Sequence[Request]) -> Iterable[str]:
    """What was asked for last, while it waits or was refused; what was granted is in the deadline."""
    asked = [each for each in requests if each.kind in SPOKEN_OF]
    if not asked or asked[-1].state not in (RequestState.WAITING, RequestState.REFUSED):
        return []
    last = asked[-1]
    return [
        office.text(
            f"since.{last.kind}_{last.state}",
            day=office.today(last.asked_at),
            wanted=last.wanted,
            reference=f"R{last.id}",
            answer=clip(last.answer, WORDS),
            compiler=office.compiler_name,
        )
    ]
