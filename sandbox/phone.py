"""A phone for tests: says, taps, sends_photo, expects, is_silent. What arrives is read in order, none skipped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.telegram_api.platform import Platform

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


class Phone:
    """One person in one chat. Every act is followed by `settle`, which lets the service do all it has to."""

    def __init__(
        self, platform: Platform, user: int, chat: int, settle: Callable[[], None], topic: int | None = None
    ) -> None:
        self.platform, self.user, self.chat, self._settle, self.topic = platform, user, chat, settle, topic
        self._read = 0

    def in_chat(self, chat: int, topic: int | None = None) -> Phone:
        """The same person in another chat, or in one topic of it."""
        return Phone(self.platform, self.user, chat, self._settle, topic)

    def starts(self, payload: str | None = None) -> Phone:
        """Presses Start, perhaps with the code of an invite link."""
        self.platform.press_start(self.user, payload)
        return self._done()

    def says(self, text: str, *, reply_to: str | None = None) -> Phone:
        """Types a text; `reply_to` is a piece of the message that it replies to."""
        self.platform.say(self.user, self.chat, text, self._id_of(reply_to), self.topic)
        return self._done()

    def sends_photo(self, caption: str | None = None, *, data: bytes = PNG, reply_to: str | None = None) -> Phone:
        """Sends a photo."""
        self.platform.send_photo(self.user, self.chat, data, caption, self._id_of(reply_to))
        return self._done()

    def sends_voice(self, *, reply_to: str | None = None) -> Phone:
        """Sends a voice note."""
        self.platform.send_voice(self.user, self.chat, b"OggS spoken", self._id_of(reply_to))
        return self._done()

    def sends_video_note(self, *, reply_to: str | None = None) -> Phone:
        """Sends a round video."""
        self.platform.send_video_note(self.user, self.chat, b"\x00\x00\x00\x18ftypmp42 filmed", self._id_of(reply_to))
        return self._done()

    def sends_gif(self, *, reply_to: str | None = None) -> Phone:
        """Sends a moving picture."""
        self.platform.send_gif(self.user, self.chat, b"\x00\x00\x00\x18ftypmp42 moving", self._id_of(reply_to))
        return self._done()

    def sends_album(self, count: int, caption: str | None = None) -> Phone:
        """Sends several different photos as one album."""
        self.platform.send_album(self.user, self.chat, [PNG + bytes([i]) for i in range(count)], caption)
        return self._done()

    def sends_file(self, name: str, data: bytes, caption: str | None = None, mime: str = "application/pdf") -> Phone:
        """Sends a file."""
        self.platform.send_document(self.user, self.chat, data, name, mime, caption)
        return self._done()

    def edits(self, old: str, new: str) -> Phone:
        """Edits the last own message that holds `old`."""
        mine = [m for m in self.platform.messages(self.chat) if m["from"]["id"] == self.user and old in text_of(m)]
        self.platform.edit(self.user, self.chat, mine[-1]["message_id"], new)
        return self._done()

    def taps(self, label: str, *, times: int = 1) -> Phone:
        """Taps the newest button whose label is this or begins so; several times before anything else happens."""
        for message in reversed(self.platform.messages(self.chat)):
            found = [each for each in labels_of(message) if each.startswith(label)]
            if found:
                for _ in range(times):
                    self.platform.tap(self.user, self.chat, message["message_id"], found[0])
                return self._done()
        raise AssertionError(f"no button {label!r}; last message: {self.last!r}")

    def expects(self, *pieces: str) -> Phone:
        """The next unread message holds all these pieces."""
        unread = self.unread
        assert unread, f"nothing arrived; expected {pieces}"
        self._read += 1
        found = text_of(unread[0])
        missing = [piece for piece in pieces if piece not in found]
        assert not missing, f"missing {missing} in:\n{found}"
        return self

    def expects_buttons(self, *labels: str) -> Phone:
        """The message read last has exactly these buttons."""
        found = labels_of(self._from_bot()[self._read - 1])
        assert found == list(labels), f"buttons are {found}"
        return self

    def expects_photo(self, *pieces: str) -> Phone:
        """The next unread message is a picture whose caption holds these pieces."""
        unread = self.unread
        assert unread, "nothing arrived; expected a picture"
        assert "photo" in unread[0], f"not a picture: {text_of(unread[0])!r}"
        return self.expects(*pieces)

    def expects_file(self, name: str, *pieces: str) -> Phone:
        """The next unread message is a file of this name whose caption holds these pieces."""
        unread = self.unread
        assert unread, "nothing arrived; expected a file"
        assert "document" in unread[0], f"not a file: {text_of(unread[0])!r}"
        found = unread[0]["document"]["file_name"]
        assert found == name, f"the file is called {found!r}"
        return self.expects(*pieces)

    def gets_file(self, name: str, *pieces: str) -> bytes:
        """The bytes of the next unread message, which is a file of this name whose caption holds these pieces."""
        self.expects_file(name, *pieces)
        return self.platform.file_bytes(self._from_bot()[self._read - 1]["document"]["file_id"])

    def is_silent(self) -> Phone:
        """Nothing unread is there."""
        assert not self.unread, "not silent:\n" + "\n---\n".join(text_of(message) for message in self.unread)
        return self

    def is_told(self, *pieces: str) -> Phone:
        """The last press was answered over the chat with a text that holds all these pieces, and with no message."""
        query = list(self.platform.queries.values())[-1]
        shown = str((query.answer or {}).get("text", ""))
        assert all(piece in shown for piece in pieces), f"missing {pieces} in: {shown!r}"
        return self.is_silent()

    def forgets(self) -> Phone:
        """Marks everything as read."""
        self._read = len(self._from_bot())
        return self

    @property
    def unread(self) -> list[dict[str, Any]]:
        """The messages of the bot that were not expected yet."""
        return self._from_bot()[self._read :]

    @property
    def last(self) -> str:
        """The text of the bot's last message."""
        found = self._from_bot()
        return text_of(found[-1]) if found else ""

    @property
    def newest_at(self) -> float:
        """When the bot's last message came, in seconds since 1970; 0 before the first."""
        return max((float(each["date"]) for each in self._from_bot()), default=0.0)

    def _from_bot(self) -> list[dict[str, Any]]:
        found = [m for m in self.platform.messages(self.chat) if m["from"]["id"] == self.platform.bot["id"]]
        return [m for m in found if self.topic is None or m.get("message_thread_id") == self.topic]

    def _id_of(self, piece: str | None) -> int | None:
        if piece is None:
            return None
        found = [m for m in self.platform.messages(self.chat) if piece in text_of(m)]
        assert found, f"no message with {piece!r}"
        return int(found[-1]["message_id"])

    def _done(self) -> Phone:
        self._settle()
        return self


def text_of(message: dict[str, Any]) -> str:
    """What a person reads of a message."""
    return str(message.get("text") or message.get("caption") or "")


def labels_of(message: dict[str, Any]) -> list[str]:
    """The labels of the inline buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
