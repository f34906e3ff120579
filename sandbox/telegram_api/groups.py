"""Groups: made by people, the bot let in and out, and the day a group becomes a supergroup."""

from __future__ import annotations

from typing import Literal

from sandbox.telegram_api.acts import act
from sandbox.telegram_api.people import People
from sandbox.telegram_api.values import Chat, Json


class Groups(People):
    """What people do with groups; the first member of a group is its owner."""

    @act
    def add_group(self, chat_id: int, title: str, members: list[int], supergroup: bool = False) -> Json:
        """A group without the bot (negative id; a supergroup's begins with -100); gives the Chat."""
        if chat_id >= 0 or chat_id in self.chats:
            raise ValueError(f"{chat_id} cannot be the id of a new group: it must be negative and free")
        if supergroup != str(chat_id).startswith("-100"):
            raise ValueError(f"{chat_id}: the id of a supergroup, and of nothing else, begins with -100")
        for member in members:
            self._person(member)
        kind: Literal["group", "supergroup"] = "supergroup" if supergroup else "group"
        self.chats[chat_id] = Chat(chat_id, kind, title, list(members))
        return self.chat_json(self.chats[chat_id])

    @act
    def join_group(self, chat_id: int, user_id: int) -> Json:
        """A person comes into a group; the bot gets the service message new_chat_members."""
        chat = self._group(chat_id)
        if user_id in chat.members:
            raise ValueError(f"person {user_id} is already in group {chat_id}")
        member = self._person(user_id).as_json()
        chat.members.append(user_id)
        return self._service(chat, user_id, {"new_chat_members": [member]})

    @act
    def add_topic(self, chat_id: int, topic: int, name: str) -> None:
        """A topic in a supergroup, which is a forum from its first one on."""
        chat = self._group(chat_id)
        if chat.type != "supergroup" or topic in chat.topics:
            raise ValueError(f"{chat_id} takes no topic {topic}: only a supergroup has topics, each once")
        chat.topics[topic] = name

    @act
    def remove_topic(self, chat_id: int, topic: int) -> None:
        """A topic is deleted with what was said in it."""
        chat = self._group(chat_id)
        del chat.topics[topic]
        for number in [each for each, message in chat.messages.items() if message.get("message_thread_id") == topic]:
            del chat.messages[number]

    @act
    def leave_group(self, chat_id: int, user_id: int) -> Json:
        """A person goes out of a group; the bot gets the service message left_chat_member."""
        self._may_read(user_id, chat_id)
        chat = self._group(chat_id)
        chat.members.remove(user_id)
        return self._service(chat, user_id, {"left_chat_member": self.people[user_id].as_json()})

    @act
    def add_bot_to_group(self, chat_id: int, by: int) -> Json:
        """A member lets the bot in: my_chat_member, then the service message new_chat_members, which is given."""
        self._may_read(by, chat_id)
        chat = self._group(chat_id)
        self._stand(chat, by, "member")
        return self._service(chat, by, {"new_chat_members": [self.bot]})

    @act
    def kick_bot(self, chat_id: int, by: int) -> Json:
        """A member throws the bot out: my_chat_member, then left_chat_member; then 403 for the bot."""
        self._may_read(by, chat_id)
        chat = self._group(chat_id)
        if chat.bot != "member":
            raise ValueError(f"the bot is not in group {chat_id}")
        message = self._service(chat, by, {"left_chat_member": self.bot})
        self._stand(chat, by, "kicked")
        return message

    @act
    def say_as_the_group(self, chat_id: int, text: str) -> Json:
        """An admin who remains anonymous says it: from GroupAnonymousBot, in the group's name (sender_chat)."""
        chat = self._group(chat_id)
        nameless = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        message = self.post(chat, chat.members[0], self._text(text)) | {
            "from": nameless,
            "sender_chat": self.chat_json(chat),
        }
        chat.messages[message["message_id"]] = message
        if self.reaches_bot(chat, message):
            self.tell_bot("message", message)
        return message

    @act
    def withhold(self, chat_id: int, kinds: list[str]) -> None:
        """The group's owner lets the bot send everything but these: "text messages", "photos", "documents"."""
        self._group(chat_id).denied = set(kinds)

    @act
    def rename_group(self, chat_id: int, by: int, title: str) -> Json:
        """A member gives the group another name; the bot gets the service message new_chat_title."""
        self._may_read(by, chat_id)
        chat = self._group(chat_id)
        chat.title = title
        return self._service(chat, by, {"new_chat_title": title})

    @act
    def migrate(self, chat_id: int) -> int:
        """Turn a group into a supergroup and give its new id.

        Both chats get their service message (migrate_to_chat_id, migrate_from_chat_id); the old one answers 400.
        """
        old = self._group(chat_id)
        if old.type != "group":
            raise ValueError(f"{chat_id} is a supergroup already")
        new_id = -1_000_000_000_000 + chat_id
        owner = old.members[0]
        new = Chat(new_id, "supergroup", old.title, list(old.members), bot=old.bot)
        self.chats[new_id] = new
        self._service(old, owner, {"migrate_to_chat_id": new_id})
        self._service(new, owner, {"migrate_from_chat_id": chat_id})
        old.migrated_to = new_id
        return new_id

    def _group(self, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None or chat.type == "private" or chat.migrated_to:
            raise ValueError(f"there is no group {chat_id}")
        return chat

    def _service(self, chat: Chat, by: int, content: Json) -> Json:
        message = self.post(chat, by, content)
        if chat.bot == "member":
            self.tell_bot("message", message)
        return message
