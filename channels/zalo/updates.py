"""Reads an update of Zalo as an Incoming. What people typed is cleaned here, so that nobody else has to."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from channels.base import ChatKind, FileRef, Incoming, What
from channels.zalo.address import NAME
from words.names import clean, of_person

# The platform's first bots. A date before it, or well after the receipt, is no moment at which somebody wrote.
EARLIEST = datetime(2024, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
# The documentation says `photo`, and what comes says `photo_url`.
PHOTO = ("photo_url", "photo")
LONGEST_ID, LONGEST_ADDRESS, LONGEST_NAME = 64, 2000, 64
OF_PERSON, OF_CHAT = ("id", "is_bot", "display_name"), ("id", "chat_type")


def unwrapped(given: Any) -> list[dict[str, Any]]:
    """The updates of an answer or of what a webhook was brought: one, a list, or either in an envelope of its own."""
    if isinstance(given, list):
        return [each for one in given for each in unwrapped(one)]
    if not isinstance(given, dict):
        return []
    if "event_name" in given:
        return [given]
    return unwrapped(given["result"]) if isinstance(given.get("result"), dict | list) else []


def keyed(update: Mapping[str, Any]) -> tuple[str, str]:
    """A raw update as the inbox keeps it: (key, JSON), the same for one that was polled and one that was brought.

    Updates bear no number: the key is that of the message, by its chat, its sender and its id, and where it has none
    that of the text. In ASCII: JSON may carry half of a character, which no database takes.
    """
    raw = json.dumps(update, sort_keys=True)
    message = _message(update)
    named = [_id(message.get("chat")), _id(message.get("from")), _known(message.get("message_id"))]
    what = json.dumps(named) if all(named) else raw
    return f"{'m' if all(named) else 'u'}:{sha256(what.encode()).hexdigest()[:32]}", raw


def sender(raw: str) -> str | None:
    """The platform's id of who said something; None for any other update, and where it names nobody."""
    return _id(_message(_built(raw)).get("from"))


def private_sender(raw: str) -> str | None:
    """The same of what was said to us alone; None for what was said in a group."""
    message = _message(_built(raw))
    user = _id(message.get("from"))
    return user if user is not None and _id(message.get("chat")) == user else None


def shortened(raw: str, letters: int) -> str:
    """The same update with so many letters of its words, and nothing that a stranger's need not have."""
    update = _built(raw)
    message = _message(update)
    kept: dict[str, Any] = {name: message[name] for name in ("message_id", "date", "message_type") if name in message}
    kept |= {name: message[name][:letters] for name in ("text", "caption") if isinstance(message.get(name), str)}
    kept |= {"from": _some(message.get("from"), OF_PERSON), "chat": _some(message.get("chat"), OF_CHAT)}
    short = json.dumps(
        {"event_name": str(update.get("event_name", ""))[:LONGEST_NAME], "message": kept}, sort_keys=True
    )
    return short if len(short) < len(raw) else raw


def read(raw: str, key: str, received_at: datetime, bot: str = "") -> Incoming | None:
    """The Incoming of an update; None for what nobody is named in, and for what bots say.

    In a group the platform hands over what is said to us alone; it begins with an @ and our whole name, which is `bot`
    and may hold spaces. Raises ValueError or TypeError for what is not built as the platform's documentation says.
    """
    update = json.loads(raw)
    message = update.get("message")
    if message is None:
        return None
    person, chat = message["from"], message["chat"]
    if person.get("is_bot") is True:
        return None
    user, place = _id(person), _id(chat)
    in_group = chat.get("chat_type") == "GROUP"
    if user is None or place is None or (place != user) is not in_group:
        raise ValueError("a private chat of somebody else")
    name = of_person(_text(person.get("display_name"))) or user
    text, files = _text(message.get("text")) or _text(message.get("caption")), _files(message, key)
    if in_group:
        text = without_mention(text, bot)
    number = _known(message.get("message_id"))
    return Incoming(
        channel=NAME,
        key=key,
        what=What.MESSAGE if text.strip() or files else What.UNSHOWN,
        chat=place,
        chat_kind=ChatKind.GROUP if in_group else ChatKind.PRIVATE,
        # Nobody tells us what a group is called.
        chat_title=f"Zalo {place[-4:]}" if in_group else name,
        user=user,
        user_name=name,
        text=clean(text),
        sent_at=_moment(message.get("date"), received_at),
        files=files,
        message_id=clean(number) if number else None,
    )


def without_mention(text: str, bot: str) -> str:
    """What is said to us in a group, without our name before it; one that we do not know is its first word."""
    said = text.lstrip()
    if not said.startswith("@"):
        return text
    if bot and said[1:].casefold().startswith(bot.casefold()):
        return said[1 + len(bot) :].lstrip(" ,:")
    return said.partition(" ")[2].lstrip()


def _files(message: Mapping[str, Any], key: str) -> tuple[FileRef, ...]:
    """The photo, which has no name and no id but its address."""
    given = next((message[name] for name in PHOTO if message.get(name)), None)
    if given is None:
        return ()
    if not isinstance(given, str) or not 0 < len(given) <= LONGEST_ADDRESS:
        raise ValueError("the address of a photo is none")
    return (FileRef(clean(given), key, "photo", "", "image/jpeg", None),)


def _built(raw: str) -> dict[str, Any]:
    """What the JSON holds; empty where it is no object, or is nested deeper than anybody means."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _message(update: Mapping[str, Any]) -> Mapping[str, Any]:
    found = update.get("message")
    return found if isinstance(found, dict) else {}


def _some(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    found = value if isinstance(value, dict) else {}
    kept = {name: found[name] for name in names if isinstance(found.get(name), str | int | bool)}
    return {name: each[:LONGEST_NAME] if isinstance(each, str) else each for name, each in kept.items()}


def _id(value: Any) -> str | None:
    """The id of a person or a chat, an opaque text; None where there is none."""
    return _known(value.get("id")) if isinstance(value, dict) else None


def _known(number: Any) -> str | None:
    said = str(number) if isinstance(number, str | int) and not isinstance(number, bool) else ""
    return said if 0 < len(said) <= LONGEST_ID and said.isascii() and said.isprintable() else None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError("a text is none")
    return value


def _moment(date: Any, received_at: datetime) -> datetime:
    """The message's own moment, in milliseconds since 1970; that of its receipt where it is none."""
    if not isinstance(date, int) or isinstance(date, bool) or not 0 <= date < 10**14:
        return received_at
    said = datetime.fromtimestamp(date / 1000, UTC)
    return said if EARLIEST <= said <= received_at + AHEAD else received_at
