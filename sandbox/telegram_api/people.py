"""What people do on their phones: write, send files, tap buttons, block the bot, move it in and out of groups."""

from __future__ import annotations

import re

from sandbox.telegram_api.acts import act
from sandbox.telegram_api.entities import found_in
from sandbox.telegram_api.limits import MAX_CAPTION, MAX_TEXT
from sandbox.telegram_api.values import BotStanding, Chat, Json, Person, Query
from sandbox.telegram_api.world import World, quoted


class People(World):
    """The people's side; every method raises ValueError with a plain sentence when a phone could not do it."""

    @act
    def add_person(self, user_id: int, first_name: str, username: str | None = None) -> Json:
        """A person with a Telegram account (a positive id), or a new name for a known one; gives the User."""
        if user_id <= 0 or user_id == self.bot["id"]:
            raise ValueError(f"{user_id} cannot be a person's id")
        self.people[user_id] = Person(user_id, first_name, username)
        return self.people[user_id].as_json()

    @act
    def press_start(self, user_id: int, payload: str | None = None) -> Json:
        """Open the bot's private chat and press Start; `payload` is a deep link's (1-64 of A-Za-z0-9_-)."""
        if payload and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload):
            raise ValueError("a deep link carries at most 64 of A-Z a-z 0-9 _ and -")
        self.enter_bot(user_id)
        return self.say(user_id, user_id, f"/start {payload}" if payload else "/start")

    @act
    def enter_bot(self, user_id: int) -> None:
        """Open the bot's private chat, without a word; a blocked bot is unblocked."""
        person = self._person(user_id)
        known = self.chats.get(user_id)
        if known and known.bot == "kicked":
            self.unblock(user_id)
        self.chats.setdefault(user_id, Chat(user_id, "private", person.first_name)).bot = "member"

    @act
    def say(self, user_id: int, chat_id: int, text: str, reply_to: int | None = None, topic: int | None = None) -> Json:
        """Write a text into a private chat with the bot (opening it if need be), a group or a topic of it; gives the
        message.
        """
        if topic is not None and topic not in self.chats[chat_id].topics:
            raise ValueError(f"there is no topic {topic} in chat {chat_id}")
        place = {"message_thread_id": topic, "is_topic_message": True} if topic is not None else {}
        return self._write(user_id, chat_id, self._text(text) | place, reply_to)

    @act
    def send_photo(
        self,
        user_id: int,
        chat_id: int,
        data: bytes,
        caption: str | None = None,
        reply_to: int | None = None,
        media_group_id: str | None = None,
    ) -> Json:
        """Send a photo; it arrives in several sizes, the largest last and the only one with these bytes."""
        self._may_write(user_id, chat_id, reply_to)
        content = self._caption(caption) | ({"media_group_id": media_group_id} if media_group_id else {})
        return self._write(user_id, chat_id, {"photo": self.files.add_photo(data)} | content, reply_to)

    @act
    def send_document(
        self,
        user_id: int,
        chat_id: int,
        data: bytes,
        file_name: str,
        mime: str,
        caption: str | None = None,
        reply_to: int | None = None,
        media_group_id: str | None = None,
    ) -> Json:
        """Send a file as it is."""
        self._may_write(user_id, chat_id, reply_to)
        content = self._caption(caption) | ({"media_group_id": media_group_id} if media_group_id else {})
        document = self.files.add_document(data, file_name, mime)
        return self._write(user_id, chat_id, {"document": document} | content, reply_to)

    @act
    def send_voice(self, user_id: int, chat_id: int, data: bytes, reply_to: int | None = None) -> Json:
        """Hold the microphone and speak for three seconds."""
        self._may_write(user_id, chat_id, reply_to)
        voice = {
            key: each for key, each in self.files.add_document(data, "", "audio/ogg").items() if key != "file_name"
        }
        return self._write(user_id, chat_id, {"voice": voice | {"duration": 3}}, reply_to)

    @act
    def send_video_note(self, user_id: int, chat_id: int, data: bytes, reply_to: int | None = None) -> Json:
        """Hold the camera's button and film a round video of three seconds, which has no caption and no name."""
        self._may_write(user_id, chat_id, reply_to)
        film = self.files.add_document(data, "", "video/mp4")
        note = {key: film[key] for key in ("file_id", "file_unique_id", "file_size")}
        return self._write(user_id, chat_id, {"video_note": note | {"length": 240, "duration": 3}}, reply_to)

    @act
    def send_gif(self, user_id: int, chat_id: int, data: bytes, reply_to: int | None = None) -> Json:
        """Choose a moving picture; for older bots it is a document beside the animation."""
        self._may_write(user_id, chat_id, reply_to)
        film = self.files.add_document(data, "vui.gif.mp4", "video/mp4")
        animation = film | {"width": 240, "height": 240, "duration": 2}
        return self._write(user_id, chat_id, {"animation": animation, "document": film}, reply_to)

    @act
    def send_album(self, user_id: int, chat_id: int, photos: list[bytes], caption: str | None = None) -> list[Json]:
        """Send 2-10 photos as one album: several messages with one media_group_id, the caption on the first."""
        if not 2 <= len(photos) <= 10:
            raise ValueError("an album has 2 to 10 photos")
        self._may_write(user_id, chat_id, None)
        self._caption(caption)
        album = self.next_album()
        captions = [caption, *[None] * (len(photos) - 1)]
        return [
            self.send_photo(user_id, chat_id, photo, words, media_group_id=album)
            for photo, words in zip(photos, captions, strict=True)
        ]

    @act
    def edit(self, user_id: int, chat_id: int, message_id: int, text: str) -> Json:
        """Change one's own message (the caption of a photo or file); edited_message if the bot saw it before."""
        self._may_write(user_id, chat_id, None)
        message = self._message(chat_id, message_id)
        if message["from"]["id"] != user_id or "forward_origin" in message:
            raise ValueError("a person can edit only what they wrote")
        content = self._text(text) if "text" in message else self._caption(text)
        for key in ("entities", "caption_entities"):
            message.pop(key, None)
        message |= content | {"edit_date": self.seconds()}
        if message_id in self.chats[chat_id].seen:
            self.tell_bot("edited_message", message)
        return message

    @act
    def happens(self, user_id: int, chat_id: int, content: Json) -> Json:
        """Something that is no utterance: a place, a contact, a pin, a timer, as `content` of the Bot API's Message."""
        return self._write(user_id, chat_id, content, None)

    @act
    def forward(self, user_id: int, from_chat_id: int, message_id: int, chat_id: int) -> Json:
        """Forward a message that the person can see into another of their chats."""
        self._may_read(user_id, from_chat_id)
        message = self._message(from_chat_id, message_id)
        kept = ("text", "entities", "photo", "document", "caption", "caption_entities", "forward_origin")
        origin = {"type": "user", "sender_user": message["from"], "date": message["date"]}
        content = {"forward_origin": origin} | {key: message[key] for key in kept if key in message}
        return self._write(user_id, chat_id, content, None)

    @act
    def tap(self, user_id: int, chat_id: int, message_id: int, label_or_data: str) -> Json:
        """Tap an inline button, named by its callback_data or its words; gives the CallbackQuery."""
        self._may_write(user_id, chat_id, None)
        message = self._message(chat_id, message_id)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row]
        by_data = [b for b in buttons if b.get("callback_data") == label_or_data]
        found = by_data or [b for b in buttons if b["text"] == label_or_data]
        if len(found) != 1:
            there = ", ".join(button["text"] for button in buttons) or "no button"
            raise ValueError(f"{len(found)} buttons {label_or_data!r} under message {message_id}; there: {there}")
        if "callback_data" not in found[0]:
            raise ValueError(f"the button {label_or_data!r} opens {found[0]['url']}")
        query_id = str(4_000_000_000_000_000 + len(self.queries) + 1)
        self.queries[query_id] = Query(query_id, self.now())
        query = {
            "id": query_id,
            "from": self.people[user_id].as_json(),
            "message": message,
            "chat_instance": str(chat_id * 7_919 + 1),
            "data": found[0]["callback_data"],
        }
        self.tell_bot("callback_query", query)
        return query

    @act
    def block(self, user_id: int) -> None:
        """Block the bot; arrives as my_chat_member with the status kicked."""
        self._stand(self._private(user_id), user_id, "kicked")

    @act
    def unblock(self, user_id: int) -> None:
        """Take the block back; arrives as my_chat_member with the status member."""
        self._stand(self._private(user_id), user_id, "member")

    @act
    def deactivate(self, user_id: int) -> None:
        """Delete the person's account: the bot gets 403 "user is deactivated" from now on."""
        self._person(user_id).active = False

    def _stand(self, chat: Chat, by: int, standing: BotStanding) -> None:
        """Change how the bot stands in a chat and tell it so (my_chat_member)."""
        if chat.bot == standing:
            raise ValueError(f"the bot is already {standing} in chat {chat.id}")
        update = {"chat": self.chat_json(chat), "from": self.people[by].as_json(), "date": self.seconds()}
        old, chat.bot = chat.bot, standing
        self.tell_bot(
            "my_chat_member",
            update | {"old_chat_member": self._membership(old), "new_chat_member": self._membership(standing)},
        )

    def _membership(self, standing: str) -> Json:
        status = "left" if standing == "never" else standing
        return {"user": self.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    def _text(self, text: str) -> Json:
        text = text.strip()
        if not 1 <= len(text) <= MAX_TEXT:
            raise ValueError(f"a message has 1 to {MAX_TEXT} characters, this one {len(text)}")
        entities = found_in(text, [])
        return {"text": text} | ({"entities": entities} if entities else {})

    def _caption(self, caption: str | None) -> Json:
        if not caption:
            return {}
        if len(caption) > MAX_CAPTION:
            raise ValueError(f"a caption has at most {MAX_CAPTION} characters, this one {len(caption)}")
        entities = found_in(caption, [])
        return {"caption": caption} | ({"caption_entities": entities} if entities else {})

    def _write(self, user_id: int, chat_id: int, content: Json, reply_to: int | None) -> Json:
        self._may_write(user_id, chat_id, reply_to)
        if chat_id == user_id and chat_id not in self.chats:
            self.chats[user_id] = Chat(user_id, "private", self.people[user_id].first_name, bot="member")
        chat = self.chats[chat_id]
        if reply_to is not None:
            content = {"reply_to_message": quoted(chat.messages[reply_to])} | content
        message = self.post(chat, user_id, content)
        if self.reaches_bot(chat, message):
            chat.seen.add(message["message_id"])
            self.tell_bot("message", message)
        chat.last_writer = user_id
        return message

    def _may_write(self, user_id: int, chat_id: int, reply_to: int | None) -> None:
        self._person(user_id)
        chat = self.chats.get(chat_id)
        if chat_id != user_id or chat:
            self._may_read(user_id, chat_id)
        if chat and chat.type == "private" and chat.bot == "kicked":
            raise ValueError(f"person {user_id} has blocked the bot")
        if chat and chat.migrated_to:
            raise ValueError(f"group {chat_id} is now the supergroup {chat.migrated_to}")
        if reply_to is not None:
            self._message(chat_id, reply_to)

    def _may_read(self, user_id: int, chat_id: int) -> None:
        self._person(user_id)
        chat = self.chats.get(chat_id)
        if chat is None or (user_id not in chat.members if chat.type != "private" else user_id != chat_id):
            raise ValueError(f"person {user_id} is not in chat {chat_id}")

    def _person(self, user_id: int) -> Person:
        person = self.people.get(user_id)
        if person is None or not person.active:
            raise ValueError(f"there is no person {user_id}: add_person first")
        return person

    def _private(self, user_id: int) -> Chat:
        self._person(user_id)
        if user_id not in self.chats:
            raise ValueError(f"person {user_id} has not opened the bot")
        return self.chats[user_id]

    def _message(self, chat_id: int, message_id: int) -> Json:
        chat = self.chats.get(chat_id)
        if chat is None or message_id not in chat.messages:
            raise ValueError(f"there is no message {message_id} in chat {chat_id}")
        return chat.messages[message_id]
