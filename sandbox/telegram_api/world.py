"""The state of the fake Telegram and its first principles: who may write where, and what the bot gets to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.telegram_api.acts import Acting
from sandbox.telegram_api.entities import cut
from sandbox.telegram_api.files import Files
from sandbox.telegram_api.updates import Updates
from sandbox.telegram_api.values import ApiError, Chat, Json, Person, Query, bad_request


class World(Acting):
    """People, chats, messages, files and waiting updates around one bot."""

    def __init__(self, bot_id: int, now: Callable[[], datetime], username: str, name: str) -> None:
        super().__init__(now)
        self.bot: Json = {"id": bot_id, "is_bot": True, "first_name": name, "username": username}
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates()
        self.queries: dict[str, Query] = {}
        self.command_lists: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.webhook: Json = {"url": "", "has_custom_certificate": False}
        # The real one takes https only; on loopback nobody ends TLS for a test.
        self.loopback_webhooks = False
        self.sent: Counter[int] = Counter()
        self.failures: list[str] = []
        self._next_message_id = 1
        self._albums = 0

    def seconds(self) -> int:
        """The platform's time as a Bot API date: whole seconds since 1970, UTC."""
        return int(self.now().timestamp())

    def chat_json(self, chat: Chat) -> Json:
        """The Bot API's Chat object."""
        if chat.type != "private":
            forum = {"is_forum": True} if chat.topics else {}
            return {"id": chat.id, "type": chat.type, "title": chat.title} | forum
        person = self.people[chat.id].as_json()
        return {"type": "private"} | {key: person[key] for key in ("id", "first_name", "username") if key in person}

    def user_json(self, user_id: int) -> Json:
        """The Bot API's User object of a person or of the bot."""
        return self.bot if user_id == self.bot["id"] else self.people[user_id].as_json()

    def chat_of_bot(self, chat_id: int | None) -> Chat:
        """The chat that the bot may read about; ApiError 400 "chat not found" when it was never opened."""
        chat = self.chats.get(chat_id or 0)
        if chat is None or chat.bot == "never":
            raise bad_request("chat not found")
        return chat

    def open_chat(self, chat_id: int | None, sending: str = "") -> Chat:
        """The chat that the bot may write to now, and send what `sending` names.

        Raises ApiError: 400 "chat not found"; 400 with migrate_to_chat_id; 403 blocked, deactivated, kicked, left; 400
        "not enough rights to send photos to the chat" and the like where the group withholds the right.
        """
        chat = self.chat_of_bot(chat_id)
        if chat.migrated_to:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, words, {"migrate_to_chat_id": chat.migrated_to})
        if chat.type == "private" and not self.people[chat.id].active:
            raise ApiError(403, "Forbidden: user is deactivated")
        if chat.bot == "kicked":
            where = "blocked by the user" if chat.type == "private" else f"kicked from the {chat.type} chat"
            raise ApiError(403, f"Forbidden: bot was {where}")
        if chat.bot == "left":
            raise ApiError(403, f"Forbidden: bot is not a member of the {chat.type} chat")
        if sending in chat.denied:
            raise bad_request(f"not enough rights to send {sending} to the chat")
        return chat

    def post(self, chat: Chat, sender: int, content: Json) -> Json:
        """Put a message into a chat and give it as stored.

        A supergroup counts its own message ids; private chats and groups share the account's counter, as in Telegram.
        """
        if chat.type == "supergroup":
            number, chat.next_message_id = chat.next_message_id, chat.next_message_id + 1
        else:
            number, self._next_message_id = self._next_message_id, self._next_message_id + 1
        message = {
            "message_id": number,
            "from": self.user_json(sender),
            "chat": self.chat_json(chat),
            "date": self.seconds(),
        } | content
        chat.messages[number] = message
        return message

    def next_album(self) -> str:
        """A new media_group_id."""
        self._albums += 1
        return str(13_000_000_000_000_000 + self._albums)

    def tell_bot(self, kind: str, content: Json) -> Json | None:
        """Queue an update for the bot; None when it asked not to have this kind."""
        return self.updates.push(kind, content, self.now())

    def reaches_bot(self, chat: Chat, message: Json) -> bool:
        """Whether the bot sees a person's message; in groups by privacy mode (Bot Features, Privacy mode).

        It sees commands with its name, bare commands when it was the last to write, and replies to its messages.
        """
        if chat.bot != "member":
            return False
        if chat.type == "private" or chat.heard_whole:
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot["id"]:
            return True
        text = message.get("text") or message.get("caption") or ""
        for entity in message.get("entities", []) + message.get("caption_entities", []):
            if entity["type"] == "bot_command" and entity["offset"] == 0:
                _, at, addressee = cut(text, 0, entity["length"]).partition("@")
                return self.is_bot(addressee) if at else chat.last_writer == self.bot["id"]
        return False

    def is_bot(self, username: str) -> bool:
        """Whether `username` (any case) is the bot's own."""
        return username.lower() == str(self.bot["username"]).lower()


def quoted(message: Json) -> dict[str, Any]:
    """A message as another one's reply_to_message: without its own (Bot API documentation, Message)."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
