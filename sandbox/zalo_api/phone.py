"""Somebody's phone with Zalo, for tests: says, sends_photo, expects, is_silent. Nothing on it can be tapped."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.phone import PNG
from sandbox.zalo_api.platform import BOT, Platform
from sandbox.zalo_api.values import Json


class ZaloPhone:
    """One person. Every act is followed by `settle`, which lets the service do all it has to."""

    def __init__(self, platform: Platform, name: str, settle: Callable[[], None]) -> None:
        self.platform, self.person, self._settle = platform, platform.person(name), settle
        self._read = 0

    def says(self, text: str) -> ZaloPhone:
        """Types a text."""
        self.platform.say(self.person, text)
        return self._done()

    def says_in(self, number: int, text: str) -> ZaloPhone:
        """Writes in a group."""
        self.platform.say_in(self.platform.group(number), self.person, text)
        return self._done()

    def sends_photo(self, caption: str = "", *, data: bytes = PNG) -> ZaloPhone:
        """Sends a photo."""
        self.platform.send_photo(self.person, data, caption)
        return self._done()

    def sends_voice(self) -> ZaloPhone:
        """Speaks."""
        self.platform.send_voice(self.person)
        return self._done()

    def sends_sticker(self) -> ZaloPhone:
        """Sends a sticker."""
        self.platform.send_sticker(self.person)
        return self._done()

    def sends_document(self) -> ZaloPhone:
        """Sends a PDF, which does not arrive."""
        self.platform.send_document(self.person)
        return self._done()

    def expects(self, *pieces: str) -> ZaloPhone:
        """The next unread message holds all these pieces."""
        unread = self.unread
        assert unread, f"nothing arrived; expected {pieces}"
        self._read += 1
        missing = [piece for piece in pieces if piece not in unread[0]]
        assert not missing, f"missing {missing} in:\n{unread[0]}"
        return self

    def is_silent(self) -> ZaloPhone:
        """Nothing unread is there."""
        assert not self.unread, "not silent:\n" + "\n---\n".join(self.unread)
        return self

    def forgets(self) -> ZaloPhone:
        """Marks everything as read."""
        self._read = len(self.texts)
        return self

    @property
    def unread(self) -> list[str]:
        """The bot's messages that were not expected yet."""
        return self.texts[self._read :]

    @property
    def last(self) -> str:
        """The bot's last message."""
        return self.texts[-1] if self.texts else ""

    @property
    def texts(self) -> list[str]:
        """All that the bot wrote."""
        return [_text(each) for each in self._messages]

    @property
    def newest_at(self) -> float:
        """When the bot's last message came, in seconds since 1970; 0 before the first."""
        return max((each["date"] / 1000 for each in self._messages), default=0.0)

    @property
    def _messages(self) -> list[Json]:
        return [each for each in self.person.messages if each["from"]["id"] == BOT["id"]]

    def _done(self) -> ZaloPhone:
        self._settle()
        return self


def _text(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")
