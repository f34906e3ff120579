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


def of(chosen: Settings) -> Mapping[str, Way]:
    """By the channel's name, the office's first one first: those that the settings name, all where no token is known.

    The screen's own process knows none: what it offers is whatever was opened before (progress.inviting.open_ways).
    """
    every = (
        Way(TELEGRAM, telegram.ABILITIES),
        Way(ZALO, zalo.ABILITIES, chosen.zalo_bot_link),
        Way(MAIL, mail.ABILITIES),
    )
    # Where nobody reads what people write, nobody can be linked by writing it.
    secrets = {TELEGRAM: chosen.telegram_bot_token, ZALO: chosen.zalo_bot_token, MAIL: chosen.imap_url}
    known = (way for way in every if secrets[way.channel] is not None or not chosen.has_bot)
    return {way.channel: way for way in known if not way.is_typed or invite_key.is_there(chosen)}
