"""Phones with Zalo on the page: plain texts without buttons, photos that the bot gets by address, words to type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from sandbox.page.boxes import Owner
from sandbox.page.times import local
from sandbox.page.uploads import picture_type
from sandbox.sentences import say
from sandbox.telegram_api.entities import utf16
from sandbox.telegram_api.files import PLAIN_SIZE, picture_size
from sandbox.telegram_api.values import Json, Upload
from sandbox.zalo_api.platform import Platform
from sandbox.zalo_api.values import Call

KIND, FILE = "zalo", "zalo-"
QUOTED = r"«[^«»\n]{1,60}»"
# An address opens at a tap. A command is to be typed, and so is what we ask people to write: other quotations are not.
PARTS = re.compile(
    rf"(?P<url>https?://[^\s»«]+)|(?<![\w/<])(?P<command>/[a-z0-9_]+)"
    rf"|(?i:nhắn|gửi|trả lời):? (?P<asked>{QUOTED}(?:(?:, | hoặc ){QUOTED})*)"
)
SHOWN_CALLS = 300


class ZaloPhones:
    """The phones with Zalo of the example people of one office; an owner's `address` is the account."""

    def __init__(self, platform: Platform, owners: Sequence[Owner]) -> None:
        self._platform = platform
        self.owners = {each.chat: each for each in owners}

    def person(self, chat: int) -> Json:
        """An owner as the page lists people: whoever has Zalo can write at once, there is no Start."""
        owner = self.owners[chat]
        messages = self._platform.people[owner.address].messages
        arrived = sum(bool(each["from"]["is_bot"]) for each in list(messages))
        about = " – ".join(filter(None, (owner.about, say("byZalo"))))
        return {
            "chat": chat,
            "name": owner.name,
            "about": about,
            "started": True,
            "arrived": arrived,
            "kind": KIND,
        }

    def chat(self, chat: int, last: int, bot: int) -> Json:
        """The `last` newest messages of a phone in order."""
        with self._platform.lock:
            found = list(enumerate(self._platform.people[self.owners[chat].address].messages, 1))
        shown = [self._shown(number, each, chat, bot) for number, each in found[-last:]]
        return {"chat": chat, "earlier": len(found) - len(shown), "messages": shown, "commands": []}

    def write(
        self,
        chat: int,
        text: str,
        files: Sequence[Upload] = (),
        reply_to: int | None = None,  # noqa: ARG002 -- there, nobody can point at a message
    ) -> None:
        """The owner types, or sends pictures, the words under the first; any other file goes, and does not arrive."""
        account = self._platform.people[self.owners[chat].address]
        words = text.strip()
        for file in files:
            if picture_type(file.data):
                self._platform.send_photo(account, file.data, words)
                words = ""
            else:
                self._platform.send_document(account, file.file_name)
        if words:
            self._platform.say(account, words)
        elif not files:
            raise ValueError(say("nothingTyped"))

    def holds(self, file_id: str) -> bool:
        """Whether a file is a photo of these phones."""
        return file_id.startswith(FILE)

    def file(self, file_id: str) -> tuple[str, bytes]:
        """A photo, which its phone shows for longer than its address serves; raises ValueError where there is none."""
        name = file_id.removeprefix(FILE)
        found = self._platform.photos.get(f"/photos/{name}")
        if found is None:
            raise ValueError(say("noFile"))
        return name, found[1]

    def calls(self) -> Sequence[Json]:
        """The newest calls, without the polls that brought nothing."""
        made = [each for each in self._platform.calls[-SHOWN_CALLS:] if each.method != "getUpdates"]
        numbers = {owner.address: chat for chat, owner in self.owners.items()}
        return [_call(each, numbers.get(str(each.params.get("chat_id")))) for each in made]

    def _shown(self, number: int, message: Json, chat: int, bot: int) -> Json:
        """A message as the page draws it; a file that does not arrive is a line that says so."""
        is_own = not message["from"]["is_bot"]
        view: Json = {
            "id": number,
            "from": chat if is_own else bot,
            "name": message["from"]["display_name"],
            "at": local(datetime.fromtimestamp(message["date"] / 1000, UTC)),
            "edited": False,
        }
        if "document" in message:
            return view | {"service": {"kind": "zaloLost", "names": [message["document"]]}}
        text = str(message.get("text") or message.get("caption") or "")
        if text:
            view |= {"text": text, "entities": [] if is_own else entities(text)}
        if photo := message.get("photo_url") or message.get("photo"):
            name = str(photo).rpartition("/")[2]
            width, height = picture_size(self.file(name)[1]) or PLAIN_SIZE
            view["photo"] = {"file_id": f"{FILE}{name}", "width": width, "height": height}
        return view


def entities(text: str) -> list[Json]:
    """What can be touched in a text, as Telegram's entities name it: addresses, and sentences to type."""
    found: list[Json] = []
    for each in PARTS.finditer(text):
        kind = each.lastgroup or ""
        if kind == "asked":
            quoted = re.finditer(QUOTED, each[kind])
            found += [_entity(text, each.start(kind) + one.start(), one[0], "to_type") for one in quoted]
        else:
            found.append(_entity(text, each.start(kind), each[kind], "url" if kind == "url" else "to_type"))
    return found


def _entity(text: str, start: int, words: str, kind: str) -> Json:
    return {"type": kind, "offset": utf16(text[:start]), "length": utf16(words)}


def _call(made: Call, chat: int | None) -> Json:
    return {
        "at": local(made.at),
        "method": f"Zalo {made.method}",
        "params": made.params | ({"chat_id": chat} if chat is not None else {}),
        "status": made.code or 200,
        "ok": made.code == 0,
        "error": "",
    }
