"""Receives what platforms bring: an update is committed into the inbox first, and only then answered with 200."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app import web
from app.wiring import Service
from bot.door.receive import Receiver
from channels.base import Channel
from channels.errors import ChannelError
from channels.telegram import webhook as telegram_webhook
from channels.telegram.channel import Telegram
from channels.telegram.updates import keyed
from channels.telegram.webhook import SECRET_HEADER, Webhook
from channels.zalo import webhook as zalo_webhook
from channels.zalo.channel import Zalo

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request

log = logging.getLogger(__name__)
MOST_BYTES = 1024 * 1024
LOOK_S, TROUBLE_S = 60.0, 5.0
# The Bot API server tries again at least every two minutes (WebhookActor of telegram-bot-api): an error that is much
# older than that is history, though getWebhookInfo goes on telling it.
RECENT = timedelta(minutes=10)


def brings(service: Service, channel: Channel) -> bool:
    """Whether a channel's updates are brought to us, so that nobody polls for them."""
    return isinstance(channel, Telegram) and bool(service.settings.webhook_url)


async def receive(
    service: Service, channel: Channel, receiver: Receiver, end: asyncio.Event, kept: Callable[[], None]
) -> None:
    """Serves and keeps the webhook set until `end`; `kept` is called after each new update. No-op when polling.

    The webhook stays set at the end: Telegram keeps the updates for 24 hours and brings them to the next process.
    """
    chosen = service.settings
    if not isinstance(channel, Telegram) or not chosen.webhook_url or chosen.webhook_secret is None:
        return
    secret = chosen.webhook_secret.get_secret_value()
    setting = keep_set(service, channel, receiver, secret, end)
    if not chosen.webhook_listen:
        # Of several offices: `nhacviec pages` takes what is brought.
        await setting
        return
    await asyncio.gather(
        web.serve(lambda: make_app(receiver, chosen.webhook_url, secret, kept), chosen.webhook_listen, end, TROUBLE_S),
        setting,
    )


async def leave(channel: Channel) -> None:
    """Takes a webhook of former days away, because getUpdates is refused while there is one; raises ChannelError."""
    if isinstance(channel, Telegram) and await telegram_webhook.look(channel) is not None:
        await telegram_webhook.remove(channel)
        log.warning("a webhook was set; it is removed, because WEBHOOK_URL is empty and the bot polls")
    if isinstance(channel, Zalo) and await zalo_webhook.look(channel) is not None:
        await zalo_webhook.remove(channel)
        log.warning("a webhook was set on Zalo; it is removed, because the bot polls")


@dataclass(frozen=True)
class Hook:
    """How a platform calls: the header that bears the secret, and how its body is read, None for what is no update.

    `probes` with an empty body, which bear nothing and may bear no secret, are answered with 200.
    """

    header: str
    read: Callable[[bytes], Sequence[tuple[str, str]] | None]
    probes: bool = False


def make_app(
    receiver: Receiver, url: str, secret: str, kept: Callable[[], None], hook: Hook | None = None
) -> Starlette:
    """Answers POST at the path of `url`: 403 without the secret, 413 and 400 for what is no update, 500 unkept.

    Without a `hook` it is Telegram that calls.
    """
    of = hook or Hook(SECRET_HEADER, _update)
    # Loaded where used: an office whose bot polls needs no web server.
    from starlette.applications import Starlette
    from starlette.requests import ClientDisconnect
    from starlette.responses import Response
    from starlette.routing import Route

    async def take(request: Request) -> Response:
        if of.probes and _is_empty(request):
            return Response()
        given = request.headers.get(of.header, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        updates = of.read(body)
        if updates is None:
            return Response(status_code=400)
        try:
            new = await asyncio.to_thread(receiver.keep, updates)
        except Exception:
            # Not 200: Telegram brings it again, and others perhaps.
            log.exception("an update could not be kept")
            return Response(status_code=500)
        if new:
            kept()
        return Response()

    return Starlette(routes=[Route(urlsplit(url).path or "/", take, methods=["POST"])])


def _is_empty(request: Request) -> bool:
    """Whether a request says that it has no body, before anything of it is read."""
    return request.headers.get("content-length", "0") == "0" and "transfer-encoding" not in request.headers


async def _body(request: Request) -> bytes | None:
    """The body; None when it is too big, and then nothing more of it is read."""
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > MOST_BYTES:
            return None
    return bytes(found)


def _update(body: bytes) -> list[tuple[str, str]] | None:
    try:
        update = json.loads(body)
        if not isinstance(update, Mapping) or type(update.get("update_id")) is not int:
            return None
        return [keyed(update)]
    except (ValueError, RecursionError):
        return None


async def keep_set(
    service: Service,
    channel: Telegram,
    receiver: Receiver,
    secret: str,
    end: asyncio.Event,
    every_s: float = LOOK_S,
) -> None:
    """Sets the webhook, and looks every `every_s` seconds whether it stands and what Telegram says of it."""
    url, ours, told = service.settings.webhook_url, False, None
    while not end.is_set():
        try:
            if not ours:
                await telegram_webhook.put(channel, url, secret)
                log.info("the webhook is set")
            found = await telegram_webhook.look(channel)
            ours = found is not None and same(found.url, url)
            if found is None or not ours:
                log.warning("the webhook is not ours any more; it is set again")
                await web.wait(end, min(TROUBLE_S, every_s))
                continue
            if found.error_at is not None and found.error_at != told:
                told = found.error_at
                log.warning("Telegram could not bring an update: %s; %s wait", found.error, found.waiting)
            if not troubled(found, service.clock()):
                # As an empty poll would: the platform was heard, and nothing is held up on the way to us.
                await asyncio.to_thread(receiver.keep, ())
            await web.wait(end, every_s)
        except ChannelError as error:
            log.error("the webhook could not be looked at: %s", error)
            await web.wait(end, error.retry_after or TROUBLE_S)
        except Exception:
            log.exception("the webhook could not be looked at")
            await web.wait(end, TROUBLE_S)


def troubled(found: Webhook, now: datetime) -> bool:
    """Whether updates wait at the platform because it does not get them through to us."""
    return found.waiting > 0 and found.error_at is not None and now - found.error_at < RECENT


def same(one: str, other: str) -> bool:
    """Whether two addresses are one: the platform gives ours back with a slash at its end and in small letters."""
    left, right = urlsplit(one), urlsplit(other)
    return (left.scheme, left.hostname, left.port, left.path or "/") == (
        right.scheme,
        right.hostname,
        right.port,
        right.path or "/",
    )
