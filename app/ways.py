"""The ways in which people are invited here, by their channels."""

from collections.abc import Mapping

from app import invite_key
from app.settings import Settings
from channels.mail import abilities as mail
from channels.mail.address import NAME as MAIL
from channels.telegram import abilities as telegram
from channels.telegram.address import NAME as TELEGRAM
from channels.zalo import abilities as zalo
from channels.zalo.address import NAME as ZALO
from progress.inviting import Way
from store.engines.sqlite import sqlite_path


def of(chosen: Settings) -> Mapping[str, Way]:
    """By the channel's name, the office's first one first: those that the settings name, all where no token is known.

    The screen's own process knows none: it was told which they are (`told`), and otherwise offers whatever was opened
    before (progress.inviting.open_ways).
    """
    every = (
        Way(TELEGRAM, telegram.ABILITIES),
        Way(ZALO, zalo.ABILITIES, chosen.zalo_bot_link),
        Way(MAIL, mail.ABILITIES),
    )
    # Where nobody reads what people write, nobody can be linked by writing it.
    secrets = {TELEGRAM: chosen.telegram_bot_token, ZALO: chosen.zalo_bot_token, MAIL: chosen.imap_url}
    named = {each for each, secret in secrets.items() if secret is not None}
    if not chosen.has_bot:
        named = set(secrets if chosen.invite_channels is None else chosen.invite_channels)
    known = (way for way in every if way.channel in named)
    return {way.channel: way for way in known if not way.is_typed or invite_key.is_there(chosen)}


def told(chosen: Settings) -> Mapping[str, str]:
    """What processes that serve pages need of this for their environment, and no token: the channels and, where no file
    holds it, the key of what is typed."""
    apart = sqlite_path(chosen.database_url) is None or chosen.invite_key is not None
    key = {"INVITE_KEY": invite_key.of(chosen)().hex()} if apart and chosen.has_bot else {}
    return {"INVITE_CHANNELS": ",".join(of(chosen))} | key
