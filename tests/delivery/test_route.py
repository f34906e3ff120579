"""Which way next: what a channel refuses or does not take goes by another of its person, once, and says why."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from channels.errors import ChannelError, Sent
from delivery import route
from plan.people import Role
from scheduler import channels_away
from store import addresses, people, ways
from store.engine import Store
from store.people_tables import Address
from store.plan_tables import AgencyRow
from store.tables import Delivery
from store.types import DeliveryKind
from tests.delivery import rows
from tests.delivery.rows import DOUBT, DROPPED, DUE, FAILED, NOW, SENT
from words.office import Office

LATER = NOW + timedelta(hours=2)


def reached(session: Session, *channels: str) -> int:
    """An officer with a chat on each of these beside Telegram."""
    number = rows.person(session)
    session.add(AgencyRow(id="noivu", name="Phòng Nội vụ"))
    for each in channels:
        session.add(Address(person_id=number, channel=each, user=each, chat=f"chat of {each}", linked_at=NOW))
    session.flush()
    people.join(session, number, "noivu", Role.OFFICER, NOW)
    return number


def test_what_waits_for_a_closed_chat_goes_the_next_way_and_what_has_none_is_given_up(store: Store) -> None:
    with store.unit() as session:
        number = reached(session, "zalo", "mail")
        first, doubtful = (
            rows.add(session, person_id=number),
            rows.add(session, person_id=number, state=DOUBT, doubts=2),
        )
        tried = rows.add(session, person_id=number, moved_from="zalo,mail")
        group = rows.add(session, in_group=True)
        assert route.closed(session, "telegram", "1", "closed: 403", NOW) == 2
        session.flush()
        assert [(each.state, each.channel, each.chat) for each in (first, doubtful, tried, group)] == [
            (DUE, "zalo", "chat of zalo"),
            (DOUBT, "zalo", "chat of zalo"),
            (FAILED, "telegram", "1"),
            (FAILED, "telegram", "1"),
        ]
        # What perhaps came before still says so.
        assert (doubtful.doubts, doubtful.moved_from) == (2, "telegram")


def test_a_way_that_rests_or_is_closed_is_none_and_so_is_one_of_somebody_who_left(store: Store) -> None:
    with store.unit() as session:
        number = reached(session, "zalo", "mail")
        ways.rest(session, "zalo", NOW)
        addresses.mark_unreachable(session, "mail", "chat of mail", "closed", NOW)
        row = rows.add(session, person_id=number)
        assert route.closed(session, "telegram", "1", "closed: 403", NOW) == 1
        ways.serve_again(session, "zalo")
        people.leave(session, number, NOW, via="cli", actor=None)
        row.state = DUE
        session.add(row)
        session.flush()
        assert route.closed(session, "telegram", "1", "closed: 403", NOW) == 1


def test_another_channel_gets_the_message_as_it_was_before_it_was_cut(store: Store) -> None:
    whole = {"parts": ["x", "y"], "buttons": [[["Xong", "/done 2b", "xong 2b"]]], "picture": None, "attachment": None}
    with store.unit() as session:
        number = reached(session, "zalo")
        cut = whole | {"parts": ["x", "Nhắn «A»: Xong"], "buttons": []}
        first = rows.add(session, person_id=number, body=cut | {"whole": whole})
        page = rows.add(session, person_id=number, first_id=first.id, body=cut | {"parts": ["y"]})
        rest = rows.add(session, person_id=number, first_id=first.id, body=None)
        route.closed(session, "telegram", "1", "closed: 403", NOW)
        session.flush()
        assert first.body == whole
        assert (page.state, page.channel) == (DROPPED, "telegram")
        assert (rest.state, rest.channel) == (DUE, "zalo")


def test_after_hours_a_channel_rests_and_what_waits_goes_but_answers_and_groups(store: Store, office: Office) -> None:
    with store.unit() as session:
        number = reached(session, "zalo")
        ways.fails(session, "telegram", NOW)
        # A second failure is no other beginning.
        ways.fails(session, "telegram", NOW + timedelta(hours=1))
        moved = [
            rows.add(session, person_id=number, kind=kind, last_error="other: 401")
            for kind in (DeliveryKind.DIGEST, DeliveryKind.NOTICE)
        ]
        stays = [
            rows.add(session, person_id=number, kind=DeliveryKind.CONFIRMATION, last_error="other: 401"),
            rows.add(session, person_id=number, kind=DeliveryKind.SNOOZE, not_before=NOW + timedelta(days=2)),
            rows.add(session, in_group=True, chat="-5", kind=DeliveryKind.WEEKLY),
        ]
        assert route.pass_by(session, office, LATER - timedelta(minutes=1)) == 0
        assert ways.resting(session) == {}
        assert route.pass_by(session, office, LATER) == 2
        session.flush()
        assert {(each.channel, each.moved_from) for each in moved} == {("zalo", "telegram")}
        assert {each.channel for each in stays} == {"telegram"}
        # Whom something comes to now it reaches by the other way at once.
        assert [each.channel for each in addresses.addresses_of(session, number)] == ["zalo", "telegram"]


def test_a_channel_that_came_back_is_used_again_the_next_day(store: Store, office: Office) -> None:
    with store.unit() as session:
        number = reached(session, "zalo")
        ways.fails(session, "telegram", NOW)
        route.pass_by(session, office, LATER)
        ways.works(session, "telegram", LATER + timedelta(minutes=5))
        route.pass_by(session, office, LATER + timedelta(hours=8))
        assert [each.channel for each in addresses.addresses_of(session, number)] == ["zalo", "telegram"]
        route.pass_by(session, office, LATER + timedelta(hours=24))
        assert [each.channel for each in addresses.addresses_of(session, number)] == ["telegram", "zalo"]
        assert not ways.needs_care(session)


def test_a_channel_that_took_something_since_is_not_away_whoever_noted_it(store: Store, office: Office) -> None:
    with store.unit() as session:
        number = reached(session, "zalo")
        ways.fails(session, "telegram", NOW)
        rows.add(session, person_id=number, state=SENT, sent_at=NOW + timedelta(minutes=30))
        waits = rows.add(session, person_id=number, kind=DeliveryKind.NOTICE, last_error="other: x")
        assert route.pass_by(session, office, LATER) == 0
        assert waits.channel == "telegram"
        assert ways.failing(session) == {}


@pytest.mark.parametrize(
    ("error", "is_away"),
    [
        (ChannelError("401", stop=True), True),
        (ChannelError("network"), True),
        (ChannelError("502", sent=Sent.UNKNOWN), True),
        (ChannelError("429", retry_after=5.0), False),
        (ChannelError("400", permanent=True), False),
        (ChannelError("403", gone=True), False),
        (ChannelError("moved", moved_to="-5"), False),
    ],
)
def test_what_is_about_one_chat_says_nothing_of_the_platform(error: ChannelError, *, is_away: bool) -> None:
    assert error.is_of_platform is is_away


def test_of_many_who_have_no_other_way_some_are_named(store: Store, office: Office) -> None:
    with store.unit() as session:
        boss = reached(session, "zalo")
        people.join(session, boss, "noivu", Role.ADMIN, NOW)
        for number in range(2, 15):
            people.join(session, rows.person(session, number), "noivu", Role.OFFICER, NOW)
        ways.fails(session, "telegram", NOW)
    channels_away.look_after(store, office, NOW + timedelta(hours=1))
    with store.unit() as session:
        [told] = [each for each in session.exec(select(Delivery)) if each.occasion == "channel-away"]
        assert (told.channel, told.person_id) == ("zalo", boss)
        [text] = (told.body or {})["parts"]
        assert "13 người" in text
        assert "và 3 người khác" in text
        ways.works(session, "telegram", NOW + timedelta(hours=1, minutes=5))
    channels_away.look_after(store, office, NOW + timedelta(hours=1, minutes=6))
    with store.look() as session:
        assert not ways.needs_care(session)
        assert [each.occasion for each in session.exec(select(Delivery))] == ["channel-away", "channel-back"]
