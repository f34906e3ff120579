"""Reads an update of Telegram as an Incoming."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from channels import buttons
from channels.base import ChatKind, FileRef, Incoming, What

AWAY = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


def keyed(update: Mapping[str, Any]) -> tuple[str, str]:
    """A raw update as the inbox keeps it: (key, JSON); the same for one that was polled and one that was brought.

    The key is the update's id and a hash of its text: ids may start anew after an idle week, and the same update
    delivered twice has the same text. Raises ValueError for text that no database takes (half of a UTF-16 pair).
    """
    raw = json.dumps(update, ensure_ascii=False, sort_keys=True)
    return f"{int(update['update_id'])}:{sha256(raw.encode()).hexdigest()[:16]}", raw


def read(update: Update, key: str, bot_name: str, bot_id: int, received_at: datetime) -> Incoming | None:
    """The Incoming of an update; None for kinds that mean nothing to us (channel posts, polls, other bots)."""
    if update.callback_query is not None:
        return _press(update.callback_query, key, received_at)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member, key)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return _migration(message, key) if message is not None else None
    if message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None:
        return _migration(message, key)
    return _message(message, key, bot_name, bot_id, edited=update.edited_message is not None)


def _message(message: Message, key: str, bot_name: str, bot_id: int, *, edited: bool) -> Incoming:
    assert message.from_user is not None
    text = message.text if message.text is not None else message.caption or ""
    kind = _chat_kind(message.chat.type)
    replied = message.reply_to_message
    to_us = replied is not None and replied.from_user is not None and replied.from_user.id == bot_id
    return Incoming(
        channel="telegram",
        key=key,
        what=What.EDITED if edited else What.MESSAGE,
        chat=str(message.chat.id),
        chat_kind=kind,
        chat_title=message.chat.title or message.from_user.full_name,
        user=str(message.from_user.id),
        user_name=message.from_user.full_name,
        text=text,
        # An edit counts from when it was made: otherwise an old message could be turned into an answer in time.
        sent_at=(message.edit_date if edited else None) or message.date,
        files=_files(message),
        album=f"{message.chat.id}:{message.media_group_id}" if message.media_group_id else None,
        message_id=str(message.message_id),
        reply_to=str(replied.message_id) if replied is not None and to_us else None,
        addressed=kind is ChatKind.PRIVATE or to_us or _is_command(text, bot_name),
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
        chat=str(message.chat.id),
        chat_kind=_chat_kind(message.chat.type),
        chat_title=message.chat.title or query.from_user.full_name,
        user=str(query.from_user.id),
        user_name=query.from_user.full_name,
        text=command,
        sent_at=received_at,
        message_id=str(message.message_id),
        delivery=delivery,
        press_id=query.id,
    )


def _membership(change: ChatMemberUpdated, key: str) -> Incoming:
    gone = change.new_chat_member.status in AWAY
    private = _chat_kind(change.chat.type) is ChatKind.PRIVATE
    if private:
        what = What.BLOCKED if gone else What.UNBLOCKED
    else:
        was_in = change.old_chat_member.status not in AWAY
        what = What.REMOVED if gone else (What.OTHER if was_in else What.ADDED)
    return Incoming(
        channel="telegram",
        key=key,
        what=what,
        chat=str(change.chat.id),
        chat_kind=_chat_kind(change.chat.type),
        chat_title=change.chat.title or change.from_user.full_name,
        user=str(change.from_user.id),
        user_name=change.from_user.full_name,
        text="",
        sent_at=change.date,
    )


def _migration(message: Message, key: str) -> Incoming | None:
    old = message.chat.id if message.migrate_to_chat_id is not None else message.migrate_from_chat_id
    new = message.migrate_to_chat_id if message.migrate_to_chat_id is not None else message.chat.id
    if old is None or new == old:
        return None
    return Incoming(
        channel="telegram",
        key=key,
        what=What.MIGRATED,
        chat=str(old),
        chat_kind=ChatKind.GROUP,
        chat_title=message.chat.title or "",
        user="",
        user_name="",
        text=str(new),
        sent_at=message.date,
    )


def _chat_kind(kind: str) -> ChatKind:
    return ChatKind.PRIVATE if kind == ChatType.PRIVATE else ChatKind.GROUP


def _files(message: Message) -> tuple[FileRef, ...]:
    if message.photo:
        best = message.photo[-1]
        return (FileRef(best.file_id, best.file_unique_id, "photo", "", "image/jpeg", best.file_size),)
    for kind in ("document", "video", "audio", "voice", "video_note", "animation"):
        file = getattr(message, kind)
        if file is not None:
            name, mime = getattr(file, "file_name", None) or "", getattr(file, "mime_type", None) or ""
            return (FileRef(file.file_id, file.file_unique_id, kind, name, mime, file.file_size),)
    return ()
