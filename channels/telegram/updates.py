"""Reads an update of Telegram as an Incoming. What people typed is cleaned here, so that nobody else has to."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from telegram import CallbackQuery, Chat, ChatMemberUpdated, MaybeInaccessibleMessage, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from channels.base import ChatKind, FileRef, Incoming, What
from channels.telegram import buttons
from words.names import clean, file_name, of_group, of_person, one_line

# The Bot API began then. A date before it, or well after the receipt, is no moment at which somebody wrote.
EARLIEST = datetime(2015, 6, 24, tzinfo=UTC)
AHEAD = timedelta(days=1)
# What a database's integer holds everywhere; no platform takes a file of 2 GB from a phone's bot chat.
LARGEST = 2**31 - 1
AWAY = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


def keyed(update: Mapping[str, Any]) -> tuple[str, str]:
    """A raw update as the inbox keeps it: (key, JSON); the same for one that was polled and one that was brought.

    The key is the update's id and a hash of its text: ids may start anew after an idle week, and the same update
    delivered twice has the same text. In ASCII: JSON may carry half of a character, which no database takes.
    """
    raw = json.dumps(update, sort_keys=True)
    return f"{int(update['update_id'])}:{sha256(raw.encode()).hexdigest()[:16]}", raw


def read(update: Update, key: str, bot_name: str, bot_id: int, received_at: datetime) -> Incoming | None:
    """The Incoming of an update; None for kinds that mean nothing to us (channel posts, polls, other bots)."""
    if update.callback_query is not None:
        return _press(update.callback_query, key, received_at)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member, key, received_at)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None:
        return _migration(message, key, received_at)
    # The documentation gives whatever is said in a chat's name a sender of its own, a bot's or a service's.
    nameless = message.sender_chat is not None
    if message.from_user is None or (message.from_user.is_bot and not nameless):
        return None
    found = _message(message, key, received_at, bot_name, bot_id, edited=update.edited_message is not None)
    if nameless:
        return replace(
            found, what=What.ANONYMOUS if found.addressed and not message.is_automatic_forward else What.OTHER
        )
    return found if _says_something(message) else replace(found, what=What.OTHER)


def _says_something(message: Message) -> bool:
    """Whether it is an utterance: words, files, an ornament. A place, a contact, a pin, a timer are none."""
    return bool(message.text or message.caption or message.sticker or _files(message))


def _message(
    message: Message, key: str, received_at: datetime, bot_name: str, bot_id: int, *, edited: bool
) -> Incoming:
    assert message.from_user is not None
    text = clean(message.text if message.text is not None else message.caption or "")
    kind = _chat_kind(message.chat.type)
    replied = message.reply_to_message
    to_us = replied is not None and replied.from_user is not None and replied.from_user.id == bot_id
    return Incoming(
        channel="telegram",
        key=key,
        what=What.EDITED if edited else What.MESSAGE,
        chat=_chat(message.chat, message.from_user),
        chat_kind=kind,
        chat_title=_title(message.chat, message.from_user),
        user=_id(message.from_user.id),
        user_name=_name(message.from_user),
        user_handle=one_line(message.from_user.username or ""),
        text=text,
        # An edit counts from when it was made: otherwise an old message could be turned into an answer in time.
        sent_at=_moment((message.edit_date if edited else None) or message.date, received_at),
        files=_files(message),
        album=f"{message.chat.id}:{clean(message.media_group_id)}" if message.media_group_id else None,
        message_id=_id(message.message_id),
        reply_to=_id(replied.message_id) if replied is not None and to_us else None,
        topic=_topic(message),
        addressed=kind is ChatKind.PRIVATE or to_us or _is_command(text, bot_name),
        forwarded=message.forward_origin is not None,
    )


def _is_command(text: str, bot_name: str) -> bool:
    words = text.split(maxsplit=1)
    if not words or not words[0].startswith("/"):
        return False
    _, at, name = words[0].partition("@")
    return not at or name.lower() == bot_name.lower()


def _press(query: CallbackQuery, key: str, received_at: datetime) -> Incoming | None:
    message: MaybeInaccessibleMessage | None = query.message
    if message is None or query.data is None:
        return None
    try:
        delivery, command = buttons.unpack(query.data)
    except buttons.ButtonError:
        delivery, command = 0, ""
    return Incoming(
        channel="telegram",
        key=key,
        what=What.PRESS,
        chat=_chat(message.chat, query.from_user),
        chat_kind=_chat_kind(message.chat.type),
        chat_title=_title(message.chat, query.from_user),
        user=_id(query.from_user.id),
        user_name=_name(query.from_user),
        user_handle=one_line(query.from_user.username or ""),
        text=clean(command),
        sent_at=received_at,
        message_id=_id(message.message_id),
        delivery=delivery,
        press_id=clean(query.id),
        topic=_topic(message) if isinstance(message, Message) else None,
    )


def _membership(change: ChatMemberUpdated, key: str, received_at: datetime) -> Incoming:
    gone = change.new_chat_member.status in AWAY
    private = _chat_kind(change.chat.type) is ChatKind.PRIVATE
    if private:
        what = What.BLOCKED if gone else What.UNBLOCKED
    else:
        was_in = change.old_chat_member.status not in AWAY
        added = What.IN_CHANNEL if change.chat.type == ChatType.CHANNEL else What.ADDED
        what = What.REMOVED if gone else (What.OTHER if was_in else added)
    return Incoming(
        channel="telegram",
        key=key,
        what=what,
        chat=_chat(change.chat, change.from_user),
        chat_kind=_chat_kind(change.chat.type),
        chat_title=_title(change.chat, change.from_user),
        user=_id(change.from_user.id),
        user_name=_name(change.from_user),
        text="",
        sent_at=_moment(change.date, received_at),
    )


def _migration(message: Message, key: str, received_at: datetime) -> Incoming | None:
    old = message.chat.id if message.migrate_to_chat_id is not None else message.migrate_from_chat_id
    new = message.migrate_to_chat_id if message.migrate_to_chat_id is not None else message.chat.id
    if old is None or new == old:
        return None
    return Incoming(
        channel="telegram",
        key=key,
        what=What.MIGRATED,
        chat=_id(old),
        chat_kind=ChatKind.GROUP,
        chat_title=of_group(message.chat.title or ""),
        user="",
        user_name="",
        text=_id(new),
        sent_at=_moment(message.date, received_at),
    )


def _topic(message: Message) -> str | None:
    """The forum topic; in other groups the thread of a reply has a number too, and is no place of its own."""
    if not message.is_topic_message or message.message_thread_id is None:
        return None
    return _id(message.message_thread_id)


def _chat_kind(kind: str) -> ChatKind:
    return ChatKind.PRIVATE if kind == ChatType.PRIVATE else ChatKind.GROUP


def _files(message: Message) -> tuple[FileRef, ...]:
    if message.photo:
        best = message.photo[-1]
        return (_file(best, "photo", "", "image/jpeg"),)
    # A moving picture is a document too, for bots that are older than it: what it is comes first.
    for kind in ("animation", "document", "video", "audio", "voice", "video_note"):
        file = getattr(message, kind)
        if file is not None:
            name, mime = getattr(file, "file_name", None) or "", getattr(file, "mime_type", None) or ""
            return (_file(file, kind, name, mime),)
    return ()


def _file(file: Any, kind: str, name: str, mime: str) -> FileRef:
    size = None if file.file_size is None else min(max(0, int(file.file_size)), LARGEST)
    return FileRef(clean(file.file_id), clean(file.file_unique_id), kind, file_name(name), one_line(mime), size)


def _id(number: object) -> str:
    """An id as it is kept; raises TypeError for what is no whole number."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError("an id is no number")
    return str(number)


def _chat(chat: Chat, user: User) -> str:
    """The chat's id; raises ValueError for a private chat that is not the person's own: answers would go astray."""
    if _chat_kind(chat.type) is ChatKind.PRIVATE and chat.id != user.id:
        raise ValueError("a private chat of somebody else")
    return _id(chat.id)


def _name(user: User) -> str:
    """A person's name; their number where it names nobody."""
    return of_person(user.full_name or "") or _id(user.id)


def _title(chat: Chat, user: User) -> str:
    return of_group(chat.title or "") or _name(user)


def _moment(said: datetime, received_at: datetime) -> datetime:
    return said if EARLIEST <= said <= received_at + AHEAD else received_at
