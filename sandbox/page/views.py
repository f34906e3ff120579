"""What the page is told, as JSON: the people and groups, one chat, the list of API calls. Times are local."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sandbox.page.boxes import Box
from sandbox.page.controls import Controls, Resident, Room
from sandbox.page.times import local
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.values import Call, Chat, Json

SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")
COPIED = ("text", "entities", "caption", "caption_entities", "media_group_id", "document")


def state(platform: Platform, controls: Controls, boxes: Sequence[Box], next_reminder: date | None) -> Json:
    """Everything around the chats; `version` is read first, so that what changes meanwhile is asked for again."""
    version = platform.version
    return {
        "version": version,
        "now": local(controls.now()),
        "moving": controls.moving(),
        "next_reminder": next_reminder.isoformat() if next_reminder else None,
        "bot": {"id": platform.bot["id"], "name": platform.bot["first_name"], "username": platform.bot["username"]},
        "people": [_person(platform, boxes, each) for each in controls.residents()],
        "steps": controls.has_steps(),
        "rooms": [_room(platform, each) for each in controls.rooms()],
    }


def box_of(boxes: Sequence[Box], chat: int) -> Box | None:
    """Where a chat is that is not Telegram's."""
    return next((each for each in boxes if chat in each.owners), None)


def _person(platform: Platform, boxes: Sequence[Box], resident: Resident) -> Json:
    if (box := box_of(boxes, resident.user)) is not None:
        return box.person(resident.user)
    with platform.lock:
        chat = platform.chats.get(resident.user)
        started = chat is not None and chat.bot == "member"
        return {"chat": resident.user, "name": resident.name, "about": resident.about, "started": started} | _arrived(
            platform, chat
        )


def _room(platform: Platform, room: Room) -> Json:
    with platform.lock:
        chat = platform.chats.get(room.chat)
        members = list(chat.members) if chat else []
        return {"chat": room.chat, "name": room.title, "members": members} | _arrived(platform, chat)


def _arrived(platform: Platform, chat: Chat | None) -> Json:
    """How many messages of the bot lie in a chat: what the browser has not counted as read yet is unread."""
    messages = chat.messages.values() if chat else ()
    return {"arrived": sum(message["from"]["id"] == platform.bot["id"] for message in messages)}


def chat(platform: Platform, chat_id: int, last: int) -> Json:
    """The `last` newest messages of a chat in order, how many are before them, and the command menu."""
    with platform.lock:
        found = platform.chats.get(chat_id)
        everything = list(found.messages.values()) if found else []
        shown = [message(each) for each in everything[-last:]]
    return {
        "chat": chat_id,
        "earlier": len(everything) - len(shown),
        "messages": shown,
        "commands": commands(platform, chat_id),
    }


def message(raw: Json) -> Json:
    """One message as the page draws it: the largest picture only, times local, service messages under `service`."""
    view = {key: raw[key] for key in COPIED if key in raw}
    view |= {"id": raw["message_id"], "from": raw["from"]["id"], "name": raw["from"]["first_name"]}
    view |= {"at": _local_seconds(raw["date"]), "edited": "edit_date" in raw}
    if "photo" in raw:
        view["photo"] = raw["photo"][-1]
    if "reply_markup" in raw:
        view["buttons"] = raw["reply_markup"]["inline_keyboard"]
    if "reply_to_message" in raw:
        view["reply_to"] = message(raw["reply_to_message"])
    if "forward_origin" in raw:
        view["forwarded"] = raw["forward_origin"]["sender_user"]["first_name"]
    for kind in SERVICE:
        if kind in raw:
            people = raw[kind] if isinstance(raw[kind], list) else [raw[kind]]
            names = [each["first_name"] for each in people if isinstance(each, dict)]
            view["service"] = {"kind": kind, "names": names}
    return view


def _local_seconds(seconds: int) -> str:
    return local(datetime.fromtimestamp(seconds, UTC))


def commands(platform: Platform, chat_id: int) -> list[Json]:
    """The command menu of a chat: the narrowest scope that has one (Bot API documentation, BotCommandScope)."""
    wide = "all_private_chats" if chat_id > 0 else "all_group_chats"
    for scope in ({"type": "chat", "chat_id": chat_id}, {"type": wide}, {"type": "default"}):
        for language in ("vi", ""):
            found = platform.commands(scope, language)
            if found:
                return found
    return []


def call(made: Call) -> Json:
    """One API call as the list shows it."""
    return {
        "at": local(made.at),
        "method": made.method,
        "params": made.params,
        "status": made.status,
        "ok": made.ok,
        "error": made.error,
    }
