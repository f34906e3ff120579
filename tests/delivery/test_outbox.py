"""What is put into the outbox, what changes before it leaves, and in which order it may leave."""

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session

from store import deliveries, delivery_queue
from store.delivery_queue import LOOK_AHEAD
from store.engine import Store
from store.postings import Destination, Identity, Posting
from store.tables import Delivery
from store.types import DeliveryKind
from tests.delivery.rows import (
    BEFORE,
    DAY,
    DOUBT,
    DROPPED,
    DUE,
    NOW,
    SENDING,
    SENT,
    SOON,
    TO,
    add,
    emptied,
    ids,
    person,
    which,
)
from words.message import say
from words.office import Office


def test_what_is_posted_is_kept_whole(store: Store, office: Office) -> None:
    with store.unit() as session:
        lan = person(session, language="en")
        identity = Identity("late", 7, DAY, lan, 2)
        sentence = office.text("done.edited")
        posting = Posting(DeliveryKind.NOTICE, "why", identity, say(sentence), None, None, "55", lan, SOON)
        row = deliveries.post(session, Destination("telegram", "1", lan, "9", in_group=True), posting, NOW)
        assert row is not None
        session.refresh(row)
        assert (row.created_at, row.kind, row.priority, row.why) == (NOW, "notice", 1, "why")
        assert (row.identity, row.occasion, row.day, row.page) == (identity.key, "late", DAY, 2)
        assert (row.person_id, row.channel, row.chat, row.in_group, row.topic) == (lan, "telegram", "1", True, "9")
        assert (row.reply_to, row.caused_by, row.not_before, row.state) == ("55", lan, SOON, DUE)
        english = office.text.speaking("en")("done.edited")
        assert row.body is not None
        assert row.body["parts"] == [english] != [sentence]
        # Both forms are kept, with and without buttons.
        assert row.body["typed"] not in ([], [english])
        assert deliveries.post(session, TO, posting, NOW) is None
        group = deliveries.post(session, TO, Posting(DeliveryKind.WEEKLY, "why", None, say(sentence)), NOW)
        assert group is not None
        assert group.body is not None
        assert (group.body["parts"], group.identity, group.occasion, group.not_before) == ([sentence], None, "", NOW)
        assert deliveries.post(session, TO, Posting(DeliveryKind.WEEKLY, "why", None), NOW) is not None


@pytest.mark.parametrize("made", [True, False])
def test_the_next_page_is_about_the_same_unless_it_is_made_when_sent(store: Store, made: bool) -> None:
    with store.unit() as session:
        lan = person(session)
        first = add(session, person_id=lan, caused_by=lan, topic="9", priority=3, doubts=2, occasion="late", day=DAY)
        first.identity = "late"
        page = deliveries.post_next_page(session, first, say("2") if made else None, NOW)
        assert page is not None
        session.refresh(page)
        assert (page.first_id, page.page, page.priority, page.topic) == (first.id, 2, 3, "9")
        assert (page.person_id, page.caused_by, page.day, page.why) == (lan, lan, DAY, f"continues delivery {first.id}")
        assert (page.doubts, page.body is not None) == ((2, True) if made else (0, False))
        assert deliveries.post_next_page(session, first, say("2"), NOW) is None
        assert deliveries.first_page(session, page) is first
        assert deliveries.first_page(session, first) is first
        first_id = first.id
        session.delete(first)
        session.flush()
        third = deliveries.post_next_page(session, page, None, NOW)
        assert third is not None
        assert (third.first_id, third.page) == (first_id, 3)
        assert deliveries.first_page(session, third) is third


def test_what_has_left_was_sent(store: Store) -> None:
    with store.unit() as session:
        asked = Identity("late", 7)
        assert not deliveries.was_sent(session, asked)
        row = add(session, identity=asked.key)
        assert [deliveries.was_sent(session, asked), deliveries.exists(session, asked)] == [False, True]
        row.state = SENT
        session.flush()
        assert deliveries.was_sent(session, asked)
        assert not deliveries.exists(session, Identity("late", 8))


def test_a_row_made_anew_lets_go_of_the_pages_it_was_cut_into(store: Store) -> None:
    with store.unit() as session:
        row = add(session, kind=DeliveryKind.DIGEST, identity="old", first_id=None)
        cut, doubtful = add(session, first_id=row.id, page=2), add(session, first_id=row.id, page=3, state=DOUBT)
        kept = [
            add(session, first_id=row.id, body=None),
            add(session, first_id=row.id, state=SENT),
            add(session, first_id=row.id, state=SENDING),
            add(session),
        ]
        identity = Identity("digest", "", DAY, None, 1)
        deliveries.rename(session, row, identity, Destination("other", "2"), SOON)
        assert which(session, Delivery.state == DROPPED) == ids(cut, doubtful)
        assert not ids(*kept) & which(session, Delivery.state == DROPPED)
        session.refresh(row)
        assert (row.identity, row.occasion, row.day, row.page) == (identity.key, "digest", DAY, 1)
        assert (row.first_id, row.body, row.not_before, row.channel, row.chat) == (None, None, SOON, "other", "2")


def test_only_the_answers_of_this_instant_go_to_the_topic(store: Store) -> None:
    with store.unit() as session:
        moved = [add(session), add(session, kind=DeliveryKind.CONFIRMATION)]
        for other in (
            {"kind": DeliveryKind.NOTICE}, {"state": DOUBT}, {"channel": "other"}, {"chat": "2"},
            {"created_at": BEFORE}, {"topic": "8"},
        ):  # fmt: skip
            add(session, **other)
        session.add(late := Delivery(**moved[0].model_dump(exclude={"id"})))
        deliveries.put_into_topic(session, "telegram", "1", "9", NOW)
        assert which(session, Delivery.topic == "9") == ids(*moved, late)


def test_only_the_notices_of_this_instant_are_marked_as_repeats(store: Store) -> None:
    with store.unit() as session:
        notice = {"kind": DeliveryKind.NOTICE, "occasion": "late"}
        marked = add(session, **notice)
        for other in ({"kind": DeliveryKind.ANSWER}, {"state": SENT}, {"created_at": BEFORE}, {"occasion": "began"}):
            add(session, **notice | other)
        session.add(late := Delivery(**marked.model_dump(exclude={"id"})))
        deliveries.mark_repeats(session, NOW, but="began")
        assert which(session, Delivery.doubts == 1) == ids(marked, late)
        assert which(session, Delivery.doubts == 0)


def test_the_unsettled_digest_is_the_first_that_is_no_rest_of_one(store: Store) -> None:
    with store.unit() as session:
        lan, nam = person(session), person(session, 2)
        digest = {"kind": DeliveryKind.DIGEST, "person_id": lan}
        first = add(session, **digest)
        for other in ({"person_id": nam}, {"kind": DeliveryKind.HEAD}, {"state": SENT}, {"first_id": first.id}):
            add(session, **digest | other)
        found = add(session, **digest, body=None, first_id=first.id)
        last = add(session, **digest)
        seen = []
        for _ in range(4):
            row = deliveries.unsettled_digests(session, [lan]).get(lan)
            seen.append(row)
            if row is not None:
                row.state = SENT
                session.flush()
        assert seen == [first, found, last, None]


def waiting_ids(session: Session, now: datetime = NOW, *, reminders: bool = True) -> list[int]:
    """The numbers of what may leave, in order."""
    return [each.id for each in delivery_queue.waiting(session, now, reminders=reminders)]


def test_a_chat_is_held_by_what_is_on_its_way_there(store: Store) -> None:
    with store.unit() as session:
        digest = add(session, kind=DeliveryKind.DIGEST)
        later = add(session, chat="2", not_before=SOON)
        add(session, chat="2")
        notice = add(session, chat="2", kind=DeliveryKind.NOTICE, in_group=True)
        add(session, chat="3", state=SENDING)
        add(session, chat="3", kind=DeliveryKind.NOTICE)
        elsewhere = add(session, chat="3", channel="other", state=DOUBT)
        assert waiting_ids(session) == [elsewhere.id, notice.id, digest.id]
        assert waiting_ids(session, SOON) == [later.id, elsewhere.id, notice.id, digest.id]
        assert waiting_ids(session, reminders=False) == [elsewhere.id, notice.id]
        found = delivery_queue.waiting(session, NOW, reminders=True)
        assert [each[1:] for each in found] == [
            ("other", "3", False), ("telegram", "2", True), ("telegram", "1", False),
        ]  # fmt: skip
        assert delivery_queue.waiting(session, NOW, reminders=True, limit=2) == found[:2]
        assert delivery_queue.waiting(session, NOW, reminders=True, limit=1) == found[:1]


def test_what_the_office_begins_keeps_to_the_windows_and_goes_behind_what_was_asked(store: Store) -> None:
    asked = (DeliveryKind.ANSWER, DeliveryKind.CONFIRMATION, DeliveryKind.NOTICE)
    begun = [kind for kind in DeliveryKind if kind not in asked]
    with store.unit() as session:
        number = {kind: add(session, kind=kind, chat=kind).id for kind in (*begun, *reversed(asked))}
        first = [number[kind] for kind in (DeliveryKind.CONFIRMATION, DeliveryKind.ANSWER, DeliveryKind.NOTICE)]
        assert waiting_ids(session) == first + [number[kind] for kind in begun]
        assert waiting_ids(session, reminders=False) == first


def test_no_more_is_looked_at_than_can_be_held_back(store: Store) -> None:
    with store.unit() as session:
        session.add_all(
            Delivery(**add(session, chat=str(number)).model_dump(exclude={"id", "chat"}), chat=f"x{number}")
            for number in range(LOOK_AHEAD // 2 + 1)
        )
        assert len(waiting_ids(session)) == LOOK_AHEAD == 80


ANSWERS: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"kind": DeliveryKind.CONFIRMATION}, True),
    ({"kind": DeliveryKind.NOTICE}, False),
    ({"not_before": SOON}, False),
    ({"not_before": SOON, "state": SENDING}, True),
    ({"state": SENT}, False),
    ({"chat": "2"}, False),
    ({"channel": "other"}, False),
]


def test_an_answer_waits_while_it_is_on_its_way_or_could_be(store: Store) -> None:
    for values, waits in ANSWERS:
        with emptied(store) as session:
            add(session, **values)
            assert delivery_queue.answers_wait(session, "telegram", "1", NOW) is waits, values


def test_what_waits_for_the_morning_holds_nothing_else_up(store: Store) -> None:
    with store.unit() as session:
        person(session), person(session, 2)
        held = add(session, kind=DeliveryKind.NOTICE, person_id=1, caused_by=2)
        own = add(session, kind=DeliveryKind.NOTICE, person_id=1, caused_by=1)
        by_time = add(session, kind=DeliveryKind.NOTICE, person_id=1)
        night = delivery_queue.waiting(session, NOW, reminders=True, may_tell=lambda _hours, _made: False)
        assert [each.id for each in night] == [own.id]
        day = delivery_queue.waiting(session, NOW, reminders=True)
        assert [each.id for each in day] == [held.id]
        assert by_time.id not in {each.id for each in (*night, *day)}
