"""What the Bot API refuses by size or form: texts, captions, keyboards, and messages sent too fast."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.telegram_api.values import ApiError, Json, bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_BUTTON_DATA = 64
MAX_BUTTONS = 100
MAX_CALLBACK_ANSWER = 200


def check_text(text: str, editing: bool = False) -> None:
    """Refuse a text over 4096 code points after parsing (Bot API documentation, sendMessage)."""
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG" if editing else "message is too long")


def check_caption(text: str) -> None:
    """Refuse a caption over 1024 code points after parsing (Bot API documentation, sendPhoto)."""
    if len(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")


def inline_keyboard(markup: Json) -> Json | None:
    """The InlineKeyboardMarkup as a message keeps it, None when no button is left.

    Raises ApiError 400: BUTTON_DATA_INVALID unless callback_data has 1-64 bytes (InlineKeyboardButton), and so on.
    """
    rows = [[_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def _button(button: Json) -> Json:
    if not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if "callback_data" in button:
        if not 1 <= len(str(button["callback_data"]).encode()) <= MAX_BUTTON_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"text": button["text"], "callback_data": button["callback_data"]}
    if "url" in button:
        if not str(button["url"]).startswith(("http://", "https://", "tg://")):
            raise bad_request("BUTTON_URL_INVALID")
        return {"text": button["text"], "url": button["url"]}
    kinds = sorted(set(button) - {"text"})
    if kinds:
        raise ApiError(501, f"sandbox: an inline button with {kinds[0]} is not implemented")
    raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


@dataclass
class Bucket:
    """A token bucket: `burst` at once, refilled at `rate` a second."""

    rate: float
    burst: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more may pass; 0 when it may pass now."""
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate


class Rates:
    """The limits of the Bot API's FAQ: 30 a second over all, 1 a second a chat (3 at once), 20 a minute a group."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, int], Bucket] = {}

    def spend(self, chat_id: int) -> None:
        """Count one message to `chat_id`; raises ApiError 429 with parameters.retry_after (whole seconds)."""
        now = self._clock()
        limits = [(("all", 0), 30.0, 30.0), (("chat", chat_id), 1.0, 3.0)]
        if chat_id < 0:
            limits.append((("group", chat_id), 20 / 60, 20.0))
        buckets = [self._buckets.setdefault(key, Bucket(rate, burst, burst, now)) for key, rate, burst in limits]
        seconds = max(bucket.wait(now) for bucket in buckets)
        if seconds > 0:
            raise too_many(math.ceil(seconds))
        for bucket in buckets:
            bucket.level -= 1


def too_many(retry_after: int) -> ApiError:
    """The 429 answer (Bot API documentation, ResponseParameters); seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
