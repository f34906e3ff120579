"""The other way for updates: Zalo brings them to an address of ours, instead of waiting to be polled."""

from collections.abc import Mapping

from channels.errors import ChannelError
from channels.zalo.channel import Zalo
from channels.zalo.errors import NO_WEBHOOK, ZaloError

# The platform's documentation, setWebhook.
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name


async def put(channel: Zalo, url: str, secret: str) -> None:
    """Has updates brought to `url`; the platform keeps it also where its probe fails, and polls are refused from then.

    Raises ChannelError.
    """
    await channel.client.call("setWebhook", {"url": url, "secret_token": secret})


async def look(channel: Zalo) -> str | None:
    """The address that the platform knows; None when there is none. Raises ChannelError."""
    try:
        found = await channel.client.call("getWebhookInfo")
    except ZaloError as error:
        if error.code == NO_WEBHOOK:
            return None
        raise
    url = found.get("url") if isinstance(found, Mapping) else None
    if url is not None and not isinstance(url, str):
        raise ChannelError("malformed: the address of a webhook is none")
    return url or None


async def remove(channel: Zalo) -> None:
    """Lets polls be answered again. Raises ChannelError."""
    await channel.client.call("deleteWebhook")
