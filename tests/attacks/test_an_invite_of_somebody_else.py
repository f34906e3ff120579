"""Somebody uses an invite that is not theirs: forwarded, run out, made up, guessed, or read from the database."""

import pytest
from pydantic import SecretStr
from sqlmodel import select

from app import invite_key
from app.key_files import NoKeyError
from app.settings import without_secrets
from plan.people import Role
from sandbox.world import World
from store import invites
from store.invites import Typed
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


def typed_code_for(world: World, role: Role = Role.OFFICER) -> str:
    """A code of eight digits that is typed."""
    with world.service.store.unit() as session:
        typed = Typed(world.service.office.invite_key(), "telegram")
        return invites.make(session, "sondung", role, None, world.now, typed=typed)


def test_whoever_has_the_database_does_not_find_the_eight_digits(world: World) -> None:
    code = typed_code_for(world)
    with world.service.store.look() as session:
        kept = session.exec(select(Invite)).one().code_hash
    key = world.service.office.invite_key()
    assert kept == invites.typed_hash(code, Typed(key, "telegram"))
    assert kept not in (invites.hash_of(code), invites.typed_hash(code, Typed(b"", "telegram")))
    assert key.hex().encode() not in world.database.read_bytes()
    beside = world.database.with_name(f"{world.database.name}.invite-key")
    assert (beside.read_text().strip(), beside.stat().st_mode & 0o777) == (key.hex(), 0o600)


def test_on_a_server_the_key_is_made_of_the_tokens(world: World) -> None:
    server = {"database_url": "postgresql+psycopg://nhacviec@db/office"}
    chosen = world.service.settings.model_copy(update=server)
    key = invite_key.of(chosen)()
    assert key == invite_key.of(chosen)()
    assert key != invite_key.of(chosen.model_copy(update={"zalo_bot_token": SecretStr("1459:other")}))()
    with pytest.raises(NoKeyError):
        invite_key.of(without_secrets(chosen))()


def test_guesses_from_many_accounts_leave_everybody_a_try(world: World) -> None:
    for number in range(16):
        guesser = world.phone(f"Người dò {number}")
        guesser.says("1111 2222").expects("không đúng").says("1111 2223").expects("không đúng")
    # Who guessed twice has no third try, who comes with a slip has another one, and who comes with a code is let in.
    guesser.says(typed_code_for(world)).expects("đợi 10 phút").is_silent()
    lan = world.phone("Lan")
    lan.says("4827 1936").expects("không đúng").says(typed_code_for(world)).expects("dữ liệu cá nhân").is_silent()
    lan.taps("Tôi đồng ý").forgets()


def test_a_linked_person_cannot_guess_at_will_either(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    for number in range(5):
        lan.says(f"4827 193{number}").expects("không đúng").is_silent()
    lan.says(typed_code_for(world, Role.ADMIN)).expects("đợi 10 phút").is_silent()
