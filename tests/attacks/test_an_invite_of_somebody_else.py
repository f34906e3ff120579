"""Somebody uses an invite that is not theirs: forwarded, run out, made up, guessed, or read from the database."""

from sqlmodel import select

from sandbox.world import World
from store.people_tables import Invite, Membership
from tests.journeys.test_people import code_for


def test_a_link_works_once_and_not_for_somebody_it_was_forwarded_to(world: World) -> None:
    code = code_for(world)
    lan, friend = world.phone("Lan"), world.phone("Bạn")
    lan.starts(code).expects("dữ liệu cá nhân")
    friend.starts(code).expects("dữ liệu cá nhân")
    lan.taps("Tôi đồng ý").is_told("không đúng, đã được dùng hoặc đã hết hạn")
    friend.taps("Tôi đồng ý").expects("Đã gắn tài khoản").is_silent()
    third = world.phone("Người thứ ba")
    third.starts(code).expects("không đúng, đã được dùng hoặc đã hết hạn").is_silent()
    with world.service.store.look() as session:
        assert len(session.exec(select(Membership)).all()) == 1


def test_a_link_expires_and_a_made_up_one_never_worked(world: World) -> None:
    code = code_for(world)
    world.at(2020, 1, 16, 7, 1)
    world.phone("Lan").starts(code).expects("đã hết hạn").is_silent()
    world.phone("Hà").starts("khong-co-ma-nay").expects("không đúng").is_silent()


def test_codes_are_kept_as_hashes_only(world: World) -> None:
    code = code_for(world)
    with world.service.store.look() as session:
        assert code not in session.exec(select(Invite)).one().code_hash
    assert len(code) >= 43


def test_invite_codes_cannot_be_guessed_at_will(world: World) -> None:
    guesser, lan = world.phone("Người dò"), world.phone("Lan")
    for number in range(5):
        guesser.starts(f"ma-sai-{number}")
        world.later(minutes=1)
    guesser.forgets().starts(code_for(world)).expects("đợi 10 phút").is_silent()
    world.later(minutes=10)
    for _ in range(7):
        guesser.starts(code_for(world)).expects("dữ liệu cá nhân").is_silent()
    lan.starts("ma-sai").expects("không đúng").starts(code_for(world)).expects("dữ liệu cá nhân").is_silent()
