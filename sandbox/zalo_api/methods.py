"""The methods of the fake Zalo: what each demands, and what it gives. Fields that nobody knows are ignored."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from sandbox.zalo_api.platform import BOT, NAME, Platform
from sandbox.zalo_api.values import ApiError, Json

MOST_TEXT = 2000
MARKUP = re.compile(r"<[^>]*$")


def call(platform: Platform, method: str, params: Json) -> Any:
    """Does one method but getUpdates, by its exact name, and gives its result; raises ApiError."""
    found = METHODS.get(method)
    if found is None:
        raise ApiError(404, "Not Found")
    with platform.lock:
        return found(platform, params)


def _get_me(_platform: Platform, _params: Json) -> Json:
    return BOT | {"can_join_groups": False, "display_name": NAME}


def _send_message(platform: Platform, params: Json) -> Json:
    person = platform.open_chat(params.get("chat_id"))
    _refuse_text(params.get("text"), least=1)
    _refuse_markup(params)
    # Buttons, replies and whatever else is asked for: it says ok, and nothing of it is there.
    return platform.post(person, {"text": params["text"]})


def _send_photo(platform: Platform, params: Json) -> Json:
    person = platform.open_chat(params.get("chat_id"))
    photo, caption = params.get("photo"), params.get("caption", "")
    if not isinstance(photo, str) or not _is_public(photo, ("http", "https")):
        raise ApiError(400, "Bad Request: photo must be a public URL")
    _refuse_text(caption, least=0)
    return platform.post(person, {"photo": photo, "caption": caption})


def _send_chat_action(platform: Platform, params: Json) -> None:
    platform.open_chat(params.get("chat_id"))
    if params.get("action") != "typing":
        raise ApiError(400, "Bad Request: action is invalid")


def _set_webhook(platform: Platform, params: Json) -> Json:
    url, secret = str(params.get("url", "")), str(params.get("secret_token", ""))
    is_here = platform.assumes.loopback_webhooks and urlsplit(url).hostname == "127.0.0.1"
    if not is_here and not _is_public(url, ("https",)):
        raise ApiError(400, "Bad Request: url must be a public https address")
    if not 8 <= len(secret) <= 256:
        raise ApiError(400, "Bad Request: secret_token must have 8 to 256 characters")
    platform.webhook = {"url": url, "secret_token": secret, "updated_at": _milliseconds(platform)}
    return _get_webhook_info(platform, params)


def _delete_webhook(platform: Platform, _params: Json) -> Json:
    platform.webhook = None
    return {"url": "", "updated_at": _milliseconds(platform)}


def _get_webhook_info(platform: Platform, _params: Json) -> Json:
    if platform.webhook is None:
        raise ApiError(404, "Webhook not found")
    return {name: platform.webhook[name] for name in ("url", "updated_at")}


METHODS: dict[str, Callable[[Platform, Json], Any]] = {
    "getMe": _get_me,
    "sendMessage": _send_message,
    "sendPhoto": _send_photo,
    "sendChatAction": _send_chat_action,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
}


def _milliseconds(platform: Platform) -> int:
    return int(platform.now().timestamp() * 1000)


def _refuse_text(text: object, *, least: int) -> None:
    """Nobody knows in what the limit counts: refused by the largest of the three readings."""
    if not isinstance(text, str):
        raise ApiError(400, "Bad Request: text is required")
    units = len(text), len(text.encode("utf-16-le")) // 2, len(text.encode())
    if max(units) > MOST_TEXT or len(text.strip()) < least:
        raise ApiError(400, "Bad Request: text must be 1-2000 characters")


def _refuse_markup(params: Json) -> None:
    mode = params.get("parse_mode")
    if mode not in (None, "markdown", "html") or (mode == "html" and MARKUP.search(params["text"])):
        raise ApiError(400, "Bad Request: can't parse the text")


def _is_public(url: str, schemes: tuple[str, ...]) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme in schemes and ipaddress.ip_address(host).is_global
    except ValueError:
        return parts.scheme in schemes and "." in host
