"""Receives what Zalo brings, and keeps its webhook set: the way for real use, because polls leave gaps.

Whether Zalo brings an update again that was not taken nobody knows: it is kept once however often it comes, and where
we were away people are asked to send again what they wrote (`store/gaps.py`).
"""

import asyncio
import json
import logging
from collections.abc import Callable

from app import web
from app.webhook import Hook, make_app, same
from app.wiring import Service
from bot.door.receive import Receiver
from channels.base import Channel
from channels.errors import ChannelError
from channels.zalo import updates, webhook
from channels.zalo.channel import Zalo

log = logging.getLogger(__name__)
# More often than the shortest gap of which people are told.
LOOK_S, TROUBLE_S = 60.0, 5.0


def brings(service: Service, channel: Channel) -> bool:
    """Whether Zalo brings a channel's updates to us, so that nobody polls for them."""
    return isinstance(channel, Zalo) and bool(service.settings.zalo_webhook_url)


async def receive(
    service: Service, channel: Channel, receiver: Receiver, end: asyncio.Event, kept: Callable[[], None]
) -> None:
    """Serves and keeps the webhook set until `end`; `kept` is called after each new update. No-op when polling."""
    chosen = service.settings
    if not isinstance(channel, Zalo) or not chosen.zalo_webhook_url or chosen.zalo_webhook_secret is None:
        return
    url, secret = chosen.zalo_webhook_url, chosen.zalo_webhook_secret.get_secret_value()
    setting = keep_set(channel, receiver, (url, secret), end)
    if not chosen.zalo_webhook_listen:
        await setting
        return
    await asyncio.gather(
        web.serve(lambda: make_app(receiver, url, secret, kept, HOOK), chosen.zalo_webhook_listen, end, TROUBLE_S),
        setting,
    )


async def keep_set(
    channel: Zalo, receiver: Receiver, ours: tuple[str, str], end: asyncio.Event, every_s: float = LOOK_S
) -> None:
    """Sets the webhook to our address and secret, and looks every `every_s` seconds whether it stands.

    Of another secret than ours the platform says nothing, so it is set once at the start in any case.
    """
    url, secret = ours
    is_set = False
    while not end.is_set():
        try:
            found = await webhook.look(channel) if is_set else None
            if found is None or not same(found, url):
                await webhook.put(channel, url, secret)
                log.info("Zalo's webhook is set")
                is_set = True
            # As an empty poll would: the platform was heard, and brings what people write.
            await asyncio.to_thread(receiver.keep, ())
            await web.wait(end, every_s)
        except ChannelError as error:
            log.error("Zalo's webhook could not be looked at: %s", error)
            await web.wait(end, error.retry_after or min(TROUBLE_S, every_s))
        except Exception:
            log.exception("Zalo's webhook could not be looked at")
            await web.wait(end, min(TROUBLE_S, every_s))


def _read(body: bytes) -> list[tuple[str, str]] | None:
    """The updates of a body, flat or wrapped; none where it holds none, and None where it is no JSON."""
    try:
        return [updates.keyed(each) for each in updates.unwrapped(json.loads(body or b"{}"))]
    except (ValueError, RecursionError):
        return None


HOOK = Hook(webhook.SECRET_HEADER, _read, probes=True)
