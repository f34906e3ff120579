"""The other way for updates: Telegram brings them to an address of ours, instead of waiting to be polled."""

from dataclasses import dataclass
from datetime import datetime

from telegram.error import TelegramError

from channels.telegram import errors
from channels.telegram.channel import WANTED, Telegram

# Bot API documentation, setWebhook.
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
# The office's updates are few, and each is one short commit.
CONNECTIONS = 4


@dataclass(frozen=True)
class Webhook:
    """What the platform says of a webhook: its address, how many updates wait, and its last trouble (UTC)."""

    url: str
    waiting: int
    error_at: datetime | None
    error: str


async def put(channel: Telegram, url: str, secret: str) -> None:
    """Has updates brought to `url`, also those that wait already; raises ChannelError."""
    try:
        await channel.bot.set_webhook(
            url,
            secret_token=secret,
            allowed_updates=WANTED,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
    except TelegramError as error:
        raise errors.classify(error) from error


async def look(channel: Telegram) -> Webhook | None:
    """The webhook that the platform knows; None when there is none. Raises ChannelError."""
    try:
        found = await channel.bot.get_webhook_info()
    except TelegramError as error:
        raise errors.classify(error) from error
    if not found.url:
        return None
    return Webhook(found.url, found.pending_update_count, found.last_error_date, found.last_error_message or "")


async def remove(channel: Telegram) -> None:
    """Has updates wait for the next poll again; none is lost by it. Raises ChannelError."""
    try:
        await channel.bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as error:
        raise errors.classify(error) from error
