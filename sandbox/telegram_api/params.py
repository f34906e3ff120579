"""The parameters of one API call, whichever of the four ways they came in."""

from __future__ import annotations

import json
from typing import Any

from sandbox.telegram_api.values import ApiError, Json, Upload, bad_request

# Each would change what the call means, so ignoring one would hide a fault in the bot.
REFUSED = ("business_connection_id", "direct_messages_topic_id", "inline_message_id", "thumbnail")


class Params:
    """Typed access to a call's parameters; a wrong type raises ApiError 400."""

    def __init__(self, raw: Json) -> None:
        self.raw = raw
        for name in REFUSED:
            if raw.get(name) not in (None, ""):
                raise ApiError(501, f"sandbox: parameter {name} is not implemented")

    def text(self, name: str) -> str:
        """A string, empty when absent."""
        value = self.raw.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int | None:
        """A whole number, None when it is absent or no number."""
        try:
            return int(self.text(name))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """A Boolean: true, yes, 1 in any case, as the Bot API server reads it."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def json(self, name: str, words: str) -> Any:
        """A JSON value, None when absent; `words` name it in the error "can't parse ... JSON object"."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            raise bad_request(f"can't parse {words} JSON object") from error

    def file(self, name: str) -> Upload | str:
        """An uploaded file, directly or by attach://, or a file_id or address as a string."""
        return self.attached(self.raw.get(name), name)

    def attached(self, value: object, name: str) -> Upload | str:
        """What `value` of a media field points to; ApiError 400 when there is no such file in the request."""
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.raw.get(value.removeprefix("attach://"))
        if isinstance(value, Upload) or (isinstance(value, str) and value):
            return value
        raise bad_request(f"there is no {name} in the request")


def summary(raw: Json) -> Json:
    """A call's parameters as the list of calls shows them: long texts cut, files by their size."""
    return {name: _short(value) for name, value in raw.items()}


def _short(value: object) -> object:
    if isinstance(value, Upload):
        return f"<{value.file_name}, {len(value.data)} bytes>"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 200 else text[:199] + "…"
