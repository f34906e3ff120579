"""What each change to the outbox reaches and what it leaves alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import Session, col, select

from store import deliveries, rates
from store.deliveries import LEASE, LOOK_AHEAD
from store.engine import Store
from store.people_tables import Address, Person
from store.postings import Destination, Identity, Posting
from store.rates import UNLIMITED, Limit, Rates
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from words.message import say
from words.office import Office

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
SOON, BEFORE = NOW + timedelta(seconds=1), NOW - timedelta(seconds=1)
DAY = date(2020, 1, 2)
TO = Destination("telegram", "1")
DUE, SENDING, DOUBT, SENT, FAILED, DROPPED = DeliveryState
OPEN_STATES = {DUE, DOUBT}


def add(session: Session, **values: Any) -> Delivery:
    """A row as it is, due now for chat 1."""
    usual: dict[str, Any] = {
        "created_at": NOW, "kind": DeliveryKind.ANSWER, "why": "a test", "channel": "telegram", "chat": "1",
        "not_before": NOW, "body": {"parts": ["x"], "buttons": [], "picture": None},
    }  # fmt: skip
    row = Delivery(**usual | {"priority": deliveries.PRIORITY[values.get("kind", DeliveryKind.ANSWER)]} | values)
    session.add(row)
    session.flush()
    return row


def person(session: Session, number: int = 1, language: str | None = None) -> int:
    """Somebody in the chat of that number."""
    session.add(Person(id=number, name="Lan", created_at=NOW, language=language))
    session.flush()
    session.add(Address(person_id=number, channel="telegram", user=str(number), chat=str(number), linked_at=NOW))
    session.flush()
    return number


def which(session: Session, *conditions: Any) -> set[int]:
    """The rows for which something holds, read from the database."""
    session.expire_all()
    return {row.id or 0 for row in session.exec(select(Delivery).where(*conditions))}


def kept(session: Session, *rows: Delivery) -> list[dict[str, Any]]:
    """What the database holds of them."""
    for row in rows:
        session.refresh(row)
    return [row.model_dump() for row in rows]


def ids(*rows: Delivery) -> set[int]:
    """Their numbers."""
    return {row.id or 0 for row in rows}


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


def test_the_unsent_digest_is_the_first_that_is_no_rest_of_one(store: Store) -> None:
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
            row = deliveries.unsent_digest(session, lan)
            seen.append(row)
            if row is not None:
                row.state = SENT
                session.flush()
        assert seen == [first, found, last, None]


def waiting_ids(session: Session, now: datetime = NOW, *, reminders: bool = True) -> list[int]:
    """The numbers of what may leave, in order."""
    return [each.id for each in deliveries.waiting(session, now, reminders=reminders)]


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
        found = deliveries.waiting(session, NOW, reminders=True)
        assert [each[1:] for each in found] == [
            ("other", "3", False), ("telegram", "2", True), ("telegram", "1", False),
        ]  # fmt: skip
        assert deliveries.waiting(session, NOW, reminders=True, limit=2) == found[:2]
        assert deliveries.waiting(session, NOW, reminders=True, limit=1) == found[:1]


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


@pytest.mark.parametrize(
    ("values", "waits"),
    [
        ({}, True), ({"kind": DeliveryKind.CONFIRMATION}, True), ({"kind": DeliveryKind.NOTICE}, False),
        ({"not_before": SOON}, False), ({"not_before": SOON, "state": SENDING}, True), ({"state": SENT}, False),
        ({"chat": "2"}, False), ({"channel": "other"}, False),
    ],
)  # fmt: skip
def test_an_answer_waits_while_it_is_on_its_way_or_could_be(store: Store, values: dict[str, Any], waits: bool) -> None:
    with store.unit() as session:
        add(session, **values)
        assert deliveries.answers_wait(session, "telegram", "1", NOW) is waits


def test_a_claim_takes_a_row_under_a_lease(store: Store) -> None:
    with store.unit() as session:
        row = add(session, attempts=2)
        taken = deliveries.claim(session, row.id or 0, UNLIMITED, NOW)
        assert taken is not None
        assert (taken.state, taken.attempts, taken.lease_until) == (SENDING, 3, NOW + timedelta(seconds=90))
        assert len(taken.lease_token or "") == 16
        assert deliveries.claim(session, row.id or 0, UNLIMITED, NOW) is None
        assert deliveries.claim(session, 99, UNLIMITED, NOW) is None
        for values in ({"not_before": SOON}, {"state": SENT}, {"state": FAILED}):
            assert deliveries.claim(session, add(session, **values).id or 0, UNLIMITED, NOW) is None
        assert deliveries.claim(session, add(session, state=DOUBT).id or 0, UNLIMITED, NOW) is not None


def test_a_claim_takes_its_place_under_the_limits_of_its_chat(store: Store) -> None:
    limits = Rates(Limit(0.0), Limit(1.0), Limit(4.0))
    with store.unit() as session:
        first, second = add(session, in_group=True), add(session, in_group=True)
        assert deliveries.claim(session, first.id or 0, limits, NOW) is not None
        assert deliveries.claim(session, second.id or 0, limits, NOW) is None
        assert second.state == DUE
        assert rates.wait_s(session, limits, rates.Chat("telegram", "1", in_group=True), NOW) == 4.0


Change = Callable[[Session, Delivery], object]


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        (lambda session, row: deliveries.put_off(session, row.id, SOON, "changed"), OPEN_STATES),
        (lambda session, _: deliveries.fail_chat(session, "telegram", "1", "changed"), OPEN_STATES),
        (lambda session, _: deliveries.move_chat(session, "telegram", "1", "5"), OPEN_STATES),
        (lambda session, row: deliveries.arrived(session, row.id, "77", SOON), {DOUBT}),
        (lambda session, _: deliveries.rescue(session, NOW, 3), {SENDING}),
        (lambda session, row: deliveries.settle(session, row, SENT, message_id="77"), {SENDING}),
    ],
)
def test_what_is_changed_depends_on_how_far_a_row_is(store: Store, change: Change, reached: set[DeliveryState]) -> None:
    for state in DeliveryState:
        with store.unit() as session:
            session.connection().execute(delete(Delivery))
            row = add(session, state=state, lease_until=NOW, lease_token="lease", message_id="1", last_error="old")
            others = [
                add(session, state=state, lease_until=SOON, lease_token="other", **elsewhere)
                for elsewhere in ({"chat": "2"}, {"channel": "other"})
            ]
            before = kept(session, row, *others)
            change(session, row)
            after = kept(session, row, *others)
            assert [new != old for new, old in zip(after, before, strict=True)] == [state in reached, False, False]


def test_each_change_says_what_it_came_to(store: Store) -> None:
    with store.unit() as session:
        put_off, gone, moved, doubtful, ours = (add(session, chat=str(number)) for number in range(1, 6))
        deliveries.put_off(session, put_off.id or 0, SOON, "why")
        assert [deliveries.fail_chat(session, "telegram", chat, "403") for chat in ("2", "9")] == [1, 0]
        deliveries.move_chat(session, "telegram", "3", "-3")
        doubtful.state = DOUBT
        ours.state, ours.lease_token, ours.lease_until = SENDING, "lease", NOW
        session.flush()
        deliveries.arrived(session, doubtful.id or 0, "77", SOON)
        assert deliveries.settle(session, ours, DUE, not_before=SOON) is True
        session.expire_all()
        assert (put_off.not_before, put_off.last_error, put_off.state) == (SOON, "why", DUE)
        assert (gone.state, gone.last_error, moved.chat) == (FAILED, "403", "-3")
        assert (doubtful.state, doubtful.message_id, doubtful.sent_at) == (SENT, "77", SOON)
        [own] = kept(session, ours)
        assert [own[name] for name in ("state", "not_before", "lease_token", "lease_until")] == [DUE, SOON, None, None]
        assert deliveries.settle(session, ours, SENT) is False


def test_a_claim_is_ended_under_its_own_lease_only(store: Store) -> None:
    with store.unit() as session:
        row, other = add(session, state=SENDING, lease_token="a"), add(session, state=SENDING, lease_token="a")
        stale = Delivery(**row.model_dump() | {"lease_token": "b"})
        assert not deliveries.settle(session, stale, SENT)
        assert deliveries.settle(session, row, SENT)
        assert which(session, Delivery.state == SENDING) == ids(other)


@pytest.mark.parametrize(("doubts", "state"), [(0, DOUBT), (2, DOUBT), (3, FAILED), (4, FAILED)])
def test_a_lease_that_ran_out_is_a_doubt_more(store: Store, doubts: int, state: DeliveryState) -> None:
    with store.unit() as session:
        row = add(session, state=SENDING, lease_token="a", lease_until=NOW, doubts=doubts)
        assert deliveries.rescue(session, BEFORE, 3) == 0
        assert deliveries.rescue(session, NOW, 3) == 1
        session.refresh(row)
        assert (row.state, row.doubts, row.lease_token, row.lease_until) == (state, doubts + 1, None, None)
        assert (row.not_before, row.last_error) == (NOW, "the process ended while sending")
    assert timedelta(seconds=90) == LEASE


@pytest.mark.parametrize(
    ("others", "known", "arrives"),
    [([], None, True), ([{"state": DOUBT}], None, False), ([], "77", False), ([{"state": DUE}], "76", True)],
)
def test_an_answer_to_an_unknown_message_settles_the_one_in_doubt(
    store: Store, others: list[dict[str, Any]], known: str | None, arrives: bool
) -> None:
    with store.unit() as session:
        row = add(session, state=DOUBT)
        for values in (*others, {"state": DOUBT, "chat": "2"}, {"state": DOUBT, "channel": "other"}):
            add(session, **values)
        add(session, state=SENT, message_id=known)
        deliveries.arrived_unseen(session, "telegram", "1", "77", SOON)
        session.refresh(row)
        assert (row.state == SENT, row.message_id) == (arrives, "77" if arrives else None)


def test_what_was_given_up_is_told_once_and_never_about_strangers(store: Store) -> None:
    with store.unit() as session:
        lan = person(session)
        weekly = add(session, state=FAILED, kind=DeliveryKind.WEEKLY)
        own = add(session, state=FAILED, person_id=lan)
        add(session, state=FAILED)
        add(session, state=FAILED, person_id=lan, reported=True)
        add(session, state=DUE, person_id=lan)
        assert list(deliveries.unreported(session)) == [weekly, own]


def test_a_message_on_a_phone_is_found_by_all_three_of_its_names(store: Store) -> None:
    with store.unit() as session:
        for values in ({"message_id": "8"}, {"chat": "2"}, {"channel": "other"}):
            add(session, **{"message_id": "7"} | values)
        row = add(session, message_id="7")
        assert deliveries.by_message(session, "telegram", "1", "7") is row
        assert deliveries.by_message(session, "telegram", "1", "9") is None


def test_the_last_that_a_chat_got_come_newest_first(store: Store) -> None:
    with store.unit() as session:
        old, sent, doubtful = (add(session, state=state) for state in (SENT, SENT, DOUBT))
        for values in ({"state": DUE}, {"state": SENDING}, {"chat": "2"}, {"channel": "other"}):
            add(session, **{"state": SENT} | values)
        assert list(deliveries.last_sent(session, "telegram", "1", 9)) == [doubtful, sent, old]
        assert list(deliveries.last_sent(session, "telegram", "1", 2)) == [doubtful, sent]
        assert deliveries.get(session, sent.id or 0) is sent


def test_the_next_moment_is_that_of_what_may_still_leave(store: Store) -> None:
    with store.unit() as session:
        assert deliveries.next_moment(session) is None
        add(session, state=SENT, not_before=BEFORE)
        add(session, state=SENDING, not_before=BEFORE)
        assert [deliveries.next_moment(session), deliveries.busy(session, NOW)] == [None, True]
        add(session, state=DOUBT, not_before=SOON + LEASE)
        add(session, not_before=SOON)
        assert deliveries.next_moment(session) == SOON


@pytest.mark.parametrize(
    ("values", "busy"),
    [
        ({}, True),
        ({"not_before": SOON}, False),
        ({"not_before": SOON, "state": SENDING}, True),
        ({"state": SENT}, False),
    ],
)
def test_it_is_busy_while_something_is_sent_or_could_be(store: Store, values: dict[str, Any], busy: bool) -> None:
    with store.unit() as session:
        assert deliveries.busy(session, NOW) is False
        add(session, **values)
        assert deliveries.busy(session, NOW) is busy
        assert len(session.exec(select(col(Delivery.id))).all()) == 1
