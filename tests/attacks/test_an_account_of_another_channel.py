"""The same number on another channel is another account: nobody, whoever bears it on the first."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Column, UniqueConstraint

from bot.questions.about_answers import Reason
from bot.turn import Turn, identify
from channels.base import ChatKind, Incoming, What
from plan.people import Role
from sandbox.world import World
from store import invites, people, submissions
from store.answer_tables import Evidence
from store.types import metadata
from tests.channels.poor import Poor, PoorPhone
from tests.conftest import MakeWorld

# What a platform calls something: of no meaning without the platform.
FOREIGN = frozenset({"user", "chat", "file_id", "unique_id", "message_id", "shown_to", "handle"})
CHANNEL = {"shown_to": "shown_on"}


@pytest.fixture
def poor() -> Iterator[Poor]:
    """The second channel; nothing was asked of it that it cannot do."""
    channel = Poor()
    yield channel
    assert channel.faults == []


def twin_of(world: World, poor: Poor, user: int) -> PoorPhone:
    """Somebody on the second channel who bears a number of the first."""
    phone = PoorPhone(world, poor, "Kẻ trùng số")
    phone.user = phone.chat = str(user)
    return phone


def test_every_name_that_a_platform_gave_stands_beside_its_channel() -> None:
    bare, shared = [], []
    for table in metadata.sorted_tables:
        for name in FOREIGN & set(table.columns.keys()):
            if CHANNEL.get(name, "channel") not in table.columns:
                bare.append(f"{table.name}.{name}")
        for key in [each for each in table.constraints if isinstance(each, UniqueConstraint)]:
            names = {column.name for column in key.columns if isinstance(column, Column)}
            if names & FOREIGN and "channel" not in names:
                shared.append(f"{table.name}: {sorted(names)}")
    assert (bare, shared) == ([], [])


def test_the_first_admin_of_the_settings_is_that_of_their_channel(make_world: MakeWorld, poor: Poor) -> None:
    world = make_world(2020, 1, 2, 7, 0, beside=(poor,), telegram_admin_ids=str(70_100_201))
    twin = twin_of(world, poor, 70_100_201)
    twin.says("/start").expects("chưa gắn với đơn vị nào")
    twin.says("/agree admin")
    twin.says("đồng ý")
    with world.service.store.look() as session:
        assert people.admins(session) == []
    assert not people_of(world, "poor", twin.user)


def test_who_bears_an_admins_number_elsewhere_is_a_stranger(make_world: MakeWorld, poor: Poor) -> None:
    world = make_world(2020, 1, 2, 7, 0, beside=(poor,))
    boss = world.admin("Hoa")
    twin = twin_of(world, poor, boss.user)
    for text in ("/nguoi", "/invite sondung", "/thuhoi P1 co"):
        twin.says(text).expects("chưa gắn với đơn vị nào").is_silent()
    twin.says("/dulieu")
    assert "Hoa" not in twin.last


def test_an_invite_that_was_shown_on_one_channel_is_agreed_to_there_only(make_world: MakeWorld, poor: Poor) -> None:
    world = make_world(2020, 1, 2, 7, 0, beside=(poor,))
    lan = world.phone("Lan")
    with world.service.store.unit() as session:
        code = invites.make(session, "sondung", Role.OFFICER, None, world.now)
    lan.starts(code)
    twin = twin_of(world, poor, lan.user)
    twin.says("đồng ý").expects("chưa gắn với đơn vị nào")
    twin.says("/agree 1").expects("chưa gắn với đơn vị nào")
    assert not people_of(world, "poor", twin.user)
    lan.taps("Tôi đồng ý")
    assert people_of(world, "telegram", str(lan.user))


def people_of(world: World, channel: str, user: str) -> bool:
    """Whether an account is somebody's."""
    with world.service.store.look() as session:
        return people.by_user(session, channel, user) is not None


def heard(world: World, channel: str, user: str) -> Incoming:
    """Words of somebody who has the same number on two channels."""
    return Incoming(
        channel=channel,
        key="5",
        what=What.MESSAGE,
        chat=user,
        chat_kind=ChatKind.PRIVATE,
        chat_title="",
        user=user,
        user_name="Lan",
        text="chưa có kinh phí",
        sent_at=world.now,
        message_id="5",
        album=f"{user}:77",
    )


def test_a_question_an_album_and_a_notice_are_those_of_their_channel(make_world: MakeWorld, poor: Poor) -> None:
    world = make_world(2020, 1, 2, 7, 0, beside=(poor,))
    lan, office, limits = world.officer("Lan", "sondung"), world.service.current(), world.channel.abilities
    with world.service.store.unit() as session:
        # One person, who is reached at the same number on both.
        people.link(session, "poor", str(lan.user), str(lan.user), "Lan", "notice", world.now)
    with world.service.store.unit() as session:
        first, second = (
            Turn(session, office, heard(world, channel, str(lan.user)), world.now, limits)
            for channel in ("telegram", "poor")
        )
        identify(first)
        identify(second)
        second.person = first.person
        first.ask(Reason(obligation=1))
        session.flush()
        assert first.open_question() == Reason(obligation=1)
        assert second.open_question() is None
        second.settle_question()
        assert first.open_question() is not None
        assert len({first.update, second.update}) == len({first.source, second.source}) == 2
        assert first.album is not None
        assert second.album is not None
        session.add(
            Evidence(
                source="telegram:1#0", person_id=1, channel="telegram", file_id="f", unique_id="u", kind="photo",
                name="", mime="", album=first.album, sent_at=world.now, not_before=world.now + timedelta(days=1),
            )
        )  # fmt: skip
        session.flush()
        assert submissions.loose_of_album(session, second.album) == []
        assert len(submissions.loose_of_album(session, first.album)) == 1
