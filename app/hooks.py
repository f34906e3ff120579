"""Webhooks of one office of several: what platforms bring is kept in its database, where who serves it sees that."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app import webhook, wiring, zalo_webhook
from app.installation_settings import OFFICE
from app.settings import Settings
from app.wiring import Service

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


def with_hooks(chosen: Settings, service: Service, pages: ASGIApp, name: str) -> ASGIApp:
    """The office's public pages, and its webhooks at the paths of their addresses; `chosen` are its whole settings.

    An address is the office's own name, or stands under the office's path (/o/sondung/…) of the installation's.
    """
    hooks: dict[str, ASGIApp] = {}
    if chosen.webhook_url and chosen.webhook_secret is not None:
        path, secret = _path(chosen.webhook_url, name), chosen.webhook_secret.get_secret_value()
        receiver = wiring.receiver_of(service, wiring.telegram_of(chosen))
        hooks[path] = webhook.make_app(receiver, path, secret, _seen)
    if chosen.zalo_webhook_url and chosen.zalo_webhook_secret is not None:
        path, secret = _path(chosen.zalo_webhook_url, name), chosen.zalo_webhook_secret.get_secret_value()
        receiver = wiring.receiver_of(service, wiring.zalo_of(chosen))
        hooks[path] = webhook.make_app(receiver, path, secret, _seen, zalo_webhook.HOOK)

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        await hooks.get(scope["path"], pages)(scope, receive, send)

    return either if hooks else pages


def _path(url: str, name: str) -> str:
    path = urlsplit(url).path
    return path.removeprefix(OFFICE + name) if path.startswith(f"{OFFICE}{name}/") else path or "/"


def _seen() -> None:
    """Who serves the office follows what is committed (app.wakes): nobody here need be woken."""
