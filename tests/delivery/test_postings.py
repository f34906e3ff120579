"""What makes a message this one and no other is kept as it is made, and the pages behind it keep its place."""

from datetime import UTC, datetime

import pytest

from store.postings import Destination, Identity, continuation, destination_of, notice
from store.tables import Delivery
from store.types import DeliveryKind
from words.message import Button, say

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
DAY = NOW.date()


@pytest.mark.parametrize(
    ("identity", "key"),
    [
        (Identity("digest", day=DAY, person_id=3), "digest:2020-01-02:3"),
        (Identity("late", 7, DAY), "late:2020-01-02:7"),
        (Identity("late", 0), "late:0"),
        (Identity("late", 7, page=2), "late:7#2"),
        (Identity("late", 7).to(4), "late:7:4"),
        (Identity("late", 7, person_id=3).to(None), "late:7"),
    ],
)
def test_an_identity_is_kept_as_its_parts(identity: Identity, key: str) -> None:
    assert identity.key == key


def test_what_is_made_of_a_row_keeps_its_place() -> None:
    row = Delivery(
        id=5, created_at=NOW, not_before=NOW, kind=DeliveryKind.DIGEST, priority=2, why="x", channel="telegram",
        chat="1", person_id=3, topic="9", in_group=True, occasion="digest", day=DAY, page=1,
    )  # fmt: skip
    assert destination_of(row) == Destination("telegram", "1", 3, "9", in_group=True)
    second = continuation(row)
    assert second == Identity("digest", "after 5", DAY, 3, 2)
    row.id, row.first_id, row.page = 6, 5, 2
    assert continuation(row) == Identity("digest", "after 5", DAY, 3, 3)
    assert (Destination("telegram", "1").in_group, Identity("late").page) == (False, 1)


def test_a_notice_says_its_words_and_what_it_is_about() -> None:
    buttons = [[Button("x", "/x")]]
    made = notice(Identity("late"), "words", "why", buttons, about=4)
    assert (made.kind, made.why, made.identity, made.obligation_id) == (DeliveryKind.NOTICE, "why", Identity("late"), 4)
    assert made.message == say("words", buttons=buttons)
