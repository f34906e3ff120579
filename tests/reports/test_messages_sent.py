"""Which messages count as reminders: what the log says was answered, and the days that a letter names."""

from datetime import date

import pytest

from plan.status import EventKind
from reports.story.messages_sent import messages
from reports.word.letter import build
from store import memory
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from tests.reports.answers import obligation, officer
from tests.reports.book import Book, at


@pytest.mark.parametrize(
    ("kind", "reminds"),
    [
        (DeliveryKind.DIGEST, True),
        (DeliveryKind.SNOOZE, True),
        (DeliveryKind.URGE, True),
        (DeliveryKind.HEAD, True),
        (DeliveryKind.NOTICE, False),
        (DeliveryKind.CONFIRMATION, False),
    ],
)
def test_a_head_is_reminded_as_an_officer_is_and_an_admins_list_reminds_nobody(
    book: Book, kind: DeliveryKind, reminds: bool
) -> None:
    lan = officer(book, "Lan", at(2020, 1, 2, 8))
    sent, said = at(2020, 2, 3, 8), at(2020, 2, 3, 10)
    with book.store.unit() as session:
        row = obligation(session, "2b.1", "sondung")
        message = Delivery(
            created_at=sent, kind=kind, why="test", person_id=lan, channel="telegram", chat="1", not_before=sent,
            sent_at=sent, state=DeliveryState.SENT, priority=1,
        )  # fmt: skip
        session.add(message)
        session.flush()
        memory.note(session, lan, row.id or 0, row.due, "test", message.id)
    book.record("2b.1", "sondung", said, EventKind.BLOCKED, note="thiếu kinh phí")
    with book.store.look() as session:
        (told,) = messages(session, obligation(session, "2b.1", "sondung"))
        letter = build(session, book.office, "sondung", at(2020, 2, 10, 8))
    assert (told.reminding, told.answered is not None) == (reminds, reminds)
    assert letter is not None
    assert letter.late[0].reminded == ((date(2020, 2, 3),) if reminds else ())
