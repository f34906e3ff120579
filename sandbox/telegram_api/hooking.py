"""Bot API methods about the webhook: set, deleted, told about."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from sandbox.telegram_api.methods import method
from sandbox.telegram_api.params import Params
from sandbox.telegram_api.values import Json, bad_request
from sandbox.telegram_api.world import World

# Bot API documentation, setWebhook.
PORTS = (443, 80, 88, 8443)
CONNECTIONS = 40
NONE: Json = {"url": "", "has_custom_certificate": False}


@method("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    """Keep the address, which stops getUpdates; an empty one is deleteWebhook."""
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return _forget(world, params)
    _check(url, loopback=world.loopback_webhooks)
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = params.number("max_connections") or CONNECTIONS
    if not 1 <= connections <= 100:
        raise bad_request("max_connections is out of range")
    world.webhook = NONE | {"url": url, "secret_token": secret, "max_connections": connections}
    return _drop_pending(world, params)


def _check(url: str, *, loopback: bool) -> None:
    parts = urlsplit(url)
    if loopback and parts.scheme == "http" and parts.hostname == "127.0.0.1":
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    """Forget the webhook, so that getUpdates works; with drop_pending_updates the waiting updates go too."""
    return _forget(world, params)


def _forget(world: World, params: Params) -> bool:
    world.webhook = dict(NONE)
    return _drop_pending(world, params)


def _drop_pending(world: World, params: Params) -> bool:
    allowed = params.json("allowed_updates", "allowed updates")
    if allowed is not None:
        world.updates.allowed = allowed
    waiting = world.updates.pending(world.now())
    if params.flag("drop_pending_updates") and waiting:
        world.updates.forget_before(waiting[-1]["update_id"] + 1)
    return True


@method("getWebhookInfo", changes=False)
def get_webhook_info(world: World, _params: Params) -> Json:
    """The webhook, how many updates wait, and its last error (Bot API documentation, WebhookInfo)."""
    shown = {key: value for key, value in world.webhook.items() if key != "secret_token"}
    allowed = {"allowed_updates": world.updates.allowed} if world.updates.allowed else {}
    return shown | allowed | {"pending_update_count": len(world.updates.pending(world.now()))}
