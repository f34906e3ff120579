"""What `doctor` asks of the platforms: whether each one answers, and as whom it knows us."""

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from app import wiring
from app.findings import Finding
from app.settings import Settings
from app.wiring import Service
from channels.errors import ChannelError
from store import gaps


async def token(chosen: Settings) -> Finding | None:
    """What Telegram says of its bot; that no platform is set up where none is."""
    if chosen.telegram_bot_token is None:
        return None if chosen.has_bot else Finding("token", None, "token_missing")
    channel = wiring.telegram_of(chosen)
    try:
        name = await channel.open()
    except ChannelError as error:
        return Finding("token", False, "token_refused", {"why": str(error)})
    await channel.close()
    return Finding("token", True, "token", {"name": name})


async def zalo(service: Service) -> Finding | None:
    """What Zalo says of its bot: it is asked as a process asks it, and nothing that people wrote is taken."""
    if service.settings.zalo_bot_token is None:
        return None
    # Loaded where used: the screen's process speaks to no platform.
    from channels.zalo import webhook

    channel = wiring.zalo_of(service.settings)
    try:
        name, address = await channel.open(), await webhook.look(channel)
    except ChannelError as error:
        return Finding("zalo", False, "zalo_refused", {"why": str(error)})
    finally:
        await channel.close()
    ours = service.settings.zalo_webhook_url
    if address is not None or ours:
        is_ours = address is not None and urlsplit(address).netloc == urlsplit(ours).netloc
        key = "zalo_brings" if is_ours else "zalo_webhook" if address is not None else "zalo_unset"
        return Finding("zalo", is_ours, key, {"name": name, "host": urlsplit(address or ours).netloc})
    return Finding("zalo", True, "zalo", {"name": name, "at": _heard(service, channel.name)})


async def mail(service: Service) -> list[Finding]:
    """What the servers of mail say to our sign-in; nothing is sent, and nothing read is marked."""
    chosen = service.settings
    out, back = chosen.mail_out, chosen.mail_back
    if out is None:
        return []
    channel = wiring.mail_of(service)
    found = [await _answers("mail", channel.alive(), {"address": chosen.mail_from, "host": out.host})]
    if channel.reader is not None and back is not None:
        looked = asyncio.to_thread(channel.reader.look)
        found.append(await _answers("mailbox", looked, {"host": back.host, "folder": back.folder}))
    else:
        found.append(Finding("mailbox", None, "mailbox_unset"))
    await channel.close()
    open_ = [each.host for each in (out, back) if each is not None and each.is_open]
    return [*found, *(Finding("mail TLS", None, "mail_open", {"host": host}) for host in open_)]


async def _answers(name: str, call: Awaitable[object], values: Mapping[str, Any]) -> Finding:
    try:
        count = await call
    except ChannelError as error:
        return Finding(name, False, f"{name}_refused", {**values, "why": str(error)})
    return Finding(name, True, name, {**values, "count": count})


def _heard(service: Service, channel: str) -> datetime | None:
    """When a process asked a channel last (UTC); None where none did, or there is no database to say so."""
    try:
        with service.store.look() as session:
            return gaps.heard_at(session, channel)
    except Exception:
        # What is wrong with the database is a finding of its own.
        return None
