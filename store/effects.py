"""Whether a transaction did more than talk: something that a second version of the same words must not do again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlmodel import Session, SQLModel

from plan.status import EventKind
from store.answer_tables import Evidence, Unclear
from store.people_tables import Address, GroupChat
from store.tables import Delivery, Inbox, Obligation, ObligationEvent, Question, Rate, Setting

# What is written whatever somebody says: that it came, what was answered, asked and kept, what they and the group are
# called. An obligation changes with its event, a group's binding with its entry in the audit.
TALK: tuple[type[SQLModel], ...] = (
    *(Inbox, Delivery, Evidence, Question, Rate, Setting, Unclear),
    *(Address, GroupChat, Obligation),
)


@contextmanager
def watched(session: Session) -> Iterator[Callable[[], bool]]:
    """Watches what is written; the function says whether it was more than talk."""
    found = False

    def look(flushed: Session, *_: object) -> None:
        nonlocal found
        rows = [*flushed.new, *flushed.deleted, *(each for each in flushed.dirty if flushed.is_modified(each))]
        found = found or any(map(_is_effect, rows))

    def has_acted() -> bool:
        session.flush()
        return found

    event.listen(session, "before_flush", look)
    try:
        yield has_acted
    finally:
        event.remove(session, "before_flush", look)


def _is_effect(row: object) -> bool:
    if isinstance(row, ObligationEvent):
        # Words that were kept and asked about are not recorded yet as anything.
        return row.kind != EventKind.SAID
    return not isinstance(row, TALK)
