"""What the screen's own process can invite with: it knows no token, and its codes work where the bot reads them."""

import pytest

from app import ways, wiring
from app.desk_web import desk_of
from app.settings import Settings, SettingsError, read, without_secrets
from plan.people import Role
from progress import inviting
from store import invites, settings
from store.invites import Typed
from store.plan_tables import AgencyRow
from tests.databases import Databases

TOKENS = {
    "telegram_bot_token": "1234567:a-token-of-nobody-at-all-0000000000", "zalo_bot_token": "1459:nobody",
    "smtp_url": "smtps://nhacviec:x@mail.gov.vn", "mail_from": "nhacviec@noivu.gov.vn",
}  # fmt: skip


def in_its_environment(bots: Settings) -> Settings:
    """The settings of the screen's process, whose environment bears what the supervisor told it."""
    given = {name.lower(): value for name, value in ways.told(bots).items()}
    assert not any(secret in str(given) for secret in TOKENS.values())
    return without_secrets(read(_env_file=None, database_url=bots.database_url, **given))


def test_a_code_that_the_screen_makes_is_known_to_the_bot(databases: Databases) -> None:
    bots = read(_env_file=None, database_url=databases.copy_of(), **TOKENS)
    bot, screen = wiring.open_service(bots), wiring.open_service(in_its_environment(bots))
    with screen.store.unit() as session:
        session.add(AgencyRow(id="sondung", name="UBND xã Sơn Dung"))
        for each in ("telegram", "zalo", "mail"):
            settings.put(session, f"bot_name:{each}", "NhacViecBot")
        found = {way.channel: way for way in inviting.open_ways(session, desk_of(screen).ways)}
        # By mail nobody reads what people write: no code of theirs would come back.
        assert list(found) == ["telegram", "zalo"]
        who = ("sondung", Role.OFFICER, "Lan")
        link = inviting.new(session, screen.office, found["zalo"], who, inviting.By(None, "desk:form"), bot.clock())
    with bot.store.look() as session:
        typed = Typed(bot.office.invite_key(), "zalo")
        assert invites.by_code(session, link.printed.replace(" ", ""), bot.clock(), typed) is not None
    bot.store.close()
    screen.store.close()


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsError, match="INVITE_KEY: write 64 digits"):
        read(_env_file=None, invite_key="mat-khau")
