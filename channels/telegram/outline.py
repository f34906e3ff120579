"""Who sent a raw update, and the update without what nobody needs of a stranger's; neither trusts how it is built."""

import json
from collections.abc import Mapping
from typing import Any

# What people cause; of the others (blocked, added to a group) everything is needed.
SAID = ("message", "edited_message", "callback_query")
# What of a message makes it an utterance.
UTTERED = (*("text", "caption", "photo", "document", "video", "audio", "voice", "video_note", "animation", "sticker"),)
SMALL = 2048  # letters of JSON: a short message with all that comes with it
OF_MESSAGE = ("message_id", "date", "edit_date", "is_topic_message", "message_thread_id")
OF_PERSON = ("id", "is_bot", "first_name", "last_name", "username", "language_code")
OF_CHAT = ("id", "type", "title", "first_name", "last_name", "username", "is_forum")
OF_PRESS = ("id", "chat_instance", "data")
NAME = 64  # as long as the platform lets a name be


def sender(raw: str) -> str | None:
    """The platform's id of who said or pressed something; None for any other update, and where it names nobody."""
    found = _said(_built(raw))
    user = found[1].get("from") if found is not None else None
    number = user.get("id") if isinstance(user, dict) else None
    return str(number) if isinstance(number, int) else None


def private_sender(raw: str) -> str | None:
    """The same where something was said in the person's own chat with us; None for anything else, a pin or a timer."""
    found, user = _said(_built(raw)), sender(raw)
    if found is None:
        return None
    kind, said = found
    pressed = kind == "callback_query"
    message = said.get("message") if pressed else said
    if not isinstance(message, dict) or not (pressed or any(name in message for name in UTTERED)):
        return None
    chat = message.get("chat")
    return user if isinstance(chat, dict) and chat.get("type") == "private" and str(chat.get("id")) == user else None


def shortened(raw: str, letters: int) -> str:
    """The same update with so many letters of its words, without files, quotes and marks; a short one as it is."""
    update = _built(raw)
    found = _said(update)
    if len(raw) <= SMALL or found is None:
        return raw
    kind, said = found
    if kind == "callback_query":
        message = said.get("message")
        kept = _some(said, OF_PRESS, NAME) | {"message": _message(message, 0)} if isinstance(message, dict) else {}
        kept["from"] = _some(said.get("from"), OF_PERSON, NAME)
    else:
        kept = _message(said, letters)
    return json.dumps({"update_id": update.get("update_id"), kind: kept}, sort_keys=True)


def _built(raw: str) -> Any:
    """What the JSON holds; None where it is none, or is nested deeper than anybody means."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _said(update: Any) -> tuple[str, dict[str, Any]] | None:
    if not isinstance(update, dict):
        return None
    return next(((kind, update[kind]) for kind in SAID if isinstance(update.get(kind), dict)), None)


def _message(said: Mapping[str, Any], letters: int) -> dict[str, Any]:
    kept = _some(said, OF_MESSAGE, NAME) | {"chat": _some(said.get("chat"), OF_CHAT, NAME)}
    kept["from"] = _some(said.get("from"), OF_PERSON, NAME)
    return kept | _some(said, ("text", "caption"), letters)


def _some(value: Any, names: tuple[str, ...], letters: int) -> dict[str, Any]:
    """The named fields that are no tables and lists, their text cut."""
    if not isinstance(value, dict):
        return {}
    found = {name: value[name] for name in names if isinstance(value.get(name), str | int | bool)}
    return {name: each[:letters] if isinstance(each, str) else each for name, each in found.items()}
