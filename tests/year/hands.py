"""Hands on phones without buttons, and on two of them: each is used by the script like `sandbox.phone.Phone`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sandbox.mailbox.person import Correspondent, said
from sandbox.phone import PNG, Phone
from sandbox.zalo_api.phone import ZaloPhone
from tests.channels.poor import what_to_type

ASKED = "đề nghị gửi lại"


class ZaloHand:
    """Somebody on Zalo."""

    def __init__(self, phone: ZaloPhone) -> None:
        self.phone, self._before = phone, 0

    def says(self, text: str) -> ZaloHand:
        """Types a text."""
        self._before = len(self.texts)
        self.phone.says(text)
        return self

    def sends_photo(self, caption: str) -> ZaloHand:
        """Sends a photo."""
        self._before = len(self.texts)
        self.phone.sends_photo(caption)
        return self

    def taps(self, label: str) -> ZaloHand:
        """Types what the newest message says to type for a button."""
        return self.says(what_to_type(self.texts, label))

    @property
    def texts(self) -> Sequence[str]:
        """All that the bot wrote."""
        return self.phone.texts

    @property
    def last(self) -> str:
        """Everything that came since this person last said something."""
        return "\n\n".join(self.texts[self._before :])


class MailHand:
    """Somebody on mail, who answers the letter that came last."""

    def __init__(self, person: Correspondent) -> None:
        self.person, self._before = person, 0

    def says(self, text: str) -> MailHand:
        """Answers with words."""
        self._before = len(self.texts)
        self.person.answers(text)
        return self

    def sends_photo(self, caption: str) -> MailHand:
        """Answers with words and a picture beside them."""
        self._before = len(self.texts)
        self.person.answers(caption, files=[("anh.png", PNG)])
        return self

    def taps(self, label: str) -> MailHand:
        """Answers with what the newest letter says to write for a button."""
        return self.says(what_to_type(self.texts, label))

    @property
    def texts(self) -> Sequence[str]:
        """All letters."""
        return [said(each.message) for each in self.person.box.letters]

    @property
    def last(self) -> str:
        """Everything that came since this person last wrote."""
        return "\n\n".join(self.texts[self._before :])


class PatientHand:
    """Somebody on Telegram, who sends again what went unanswered while it was away, when the bot asks for it."""

    def __init__(self, phone: Phone, is_away: Callable[[], bool]) -> None:
        self.phone, self._is_away = phone, is_away
        self.unheard: list[tuple[str, bool]] = []

    @property
    def user(self) -> int:
        """Whose phone it is."""
        return self.phone.user

    @property
    def last(self) -> str:
        """The text of the bot's last message."""
        return self.phone.last

    def in_chat(self, chat: int) -> Phone:
        """The same person in another chat."""
        return self.phone.in_chat(chat)

    def starts(self) -> PatientHand:
        """Presses Start."""
        self.phone.starts()
        return self

    def says(self, text: str) -> PatientHand:
        """Types a text."""
        return self._send(text, with_photo=False)

    def sends_photo(self, caption: str) -> PatientHand:
        """Sends a photo."""
        return self._send(caption, with_photo=True)

    def taps(self, label: str) -> PatientHand:
        """Taps a button."""
        self.phone.taps(label)
        return self

    def sends_again(self) -> int:
        """Sends again what went unheard, where the bot asked for it since; gives how many messages that were."""
        if self._is_away() or not self.unheard or not any(ASKED in each for each in self._read_since()):
            return 0
        unheard, self.unheard = self.unheard, []
        for text, with_photo in unheard:
            self._send(text, with_photo=with_photo)
        return len(unheard)

    def _send(self, text: str, *, with_photo: bool) -> PatientHand:
        if self._is_away():
            if not self.unheard:
                self.phone.forgets()
            self.unheard.append((text, with_photo))
        if with_photo:
            self.phone.sends_photo(text)
        else:
            self.phone.says(text)
        return self

    def _read_since(self) -> Sequence[str]:
        return [str(each.get("text") or each.get("caption") or "") for each in self.phone.unread]


class TwoHands:
    """Somebody on Telegram and on Zalo, who writes where the bot wrote last."""

    def __init__(self, telegram: Phone, zalo: ZaloHand) -> None:
        self.telegram, self.zalo = telegram, zalo

    @property
    def user(self) -> int:
        """Whose phone it is."""
        return self.telegram.user

    @property
    def last(self) -> str:
        """The text of the bot's last message."""
        return self._there.last

    def in_chat(self, chat: int) -> Phone:
        """The same person in a chat of Telegram."""
        return self.telegram.in_chat(chat)

    def says(self, text: str) -> TwoHands:
        """Types a text."""
        self._there.says(text)
        return self

    def sends_photo(self, caption: str) -> TwoHands:
        """Sends a photo."""
        self._there.sends_photo(caption)
        return self

    def taps(self, label: str) -> TwoHands:
        """Taps a button, or types what stands in its place."""
        self._there.taps(label)
        return self

    @property
    def _there(self) -> Phone | ZaloHand:
        return self.zalo if self.zalo.phone.newest_at > self.telegram.newest_at else self.telegram
