"""Mailboxes on the phones' page: each is a chat whose messages are letters, and answers as a program would."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage

from channels.mail.own_words import cut
from sandbox.mailbox.person import Correspondent, said
from sandbox.mailbox.post import Post, Stored
from sandbox.page.boxes import Owner
from sandbox.page.times import local
from sandbox.sentences import say
from sandbox.telegram_api.values import Json, Upload

KIND, FILE = "mail", "mail-"


class Letters:
    """The mailboxes of the example people of one office; an owner's `address` is that of the mailbox."""

    def __init__(self, post: Post, owners: Sequence[Owner]) -> None:
        self._post = post
        self.owners = {each.chat: each for each in owners}
        self._hands = {each.chat: Correspondent(post, each.name, each.address) for each in owners}

    def person(self, chat: int) -> Json:
        """An owner as the page lists people."""
        owner = self.owners[chat]
        return {
            "chat": chat,
            "name": owner.name,
            "about": " – ".join((owner.about, say("byMail"))),
            "started": True,
            "arrived": len(self._hands[chat].box.letters),
            "kind": KIND,
        }

    def chat(self, chat: int, last: int, bot: int) -> Json:
        """The `last` newest letters of a mailbox, those that its owner wrote among them, in order."""
        owner = self.owners[chat]
        with self._post.lock:
            own = [each for each in self._post.own.letters if owner.address in str(each.message["From"])]
            found = sorted((*own, *self._hands[chat].box.letters), key=lambda each: each.order)
        shown = [_shown(each, chat if each in own else bot, owner.name, is_own=each in own) for each in found[-last:]]
        return {"chat": chat, "earlier": len(found) - len(shown), "messages": shown, "commands": []}

    def write(self, chat: int, text: str, files: Sequence[Upload] = (), reply_to: int | None = None) -> None:
        """The owner answers a letter, the last one unless another is named; raises ValueError where there is none."""
        hand = self._hands[chat]
        with self._post.lock:
            letters = list(hand.box.letters)
        to = next((each for each in letters if each.order == reply_to), letters[-1] if letters else None)
        if to is None:
            raise ValueError(say("noLetter"))
        hand.answers(text, to=to.message, files=[(each.file_name, each.data) for each in files])

    def holds(self, file_id: str) -> bool:
        """Whether a file lies beside a letter."""
        return file_id.startswith(FILE)

    def calls(self) -> Sequence[Json]:
        """None: letters are no calls."""
        return ()

    def file(self, file_id: str) -> tuple[str, bytes]:
        """The name and the bytes of what lies beside a letter; raises ValueError where there is none."""
        order, _, place = file_id.removeprefix(FILE).partition("-")
        with self._post.lock:
            boxes = (self._post.own, *(hand.box for hand in self._hands.values()))
            found = next((each for box in boxes for each in box.letters if str(each.order) == order), None)
        parts = list(found.message.iter_attachments()) if found is not None else []
        if not place.isdecimal() or int(place) >= len(parts):
            raise ValueError(say("noTap"))
        return parts[int(place)].get_filename() or "tep", _data(parts[int(place)])


def _shown(letter: Stored, sender: int, name: str, *, is_own: bool) -> Json:
    """A letter as the page draws a message: its subject in bold above its text; of the owner's own without what it
    quotes.
    """
    subject, _, body = said(letter.message).replace("\r\n", "\n").partition("\n")
    text = f"{subject}\n\n{cut(body) if is_own else body.strip()}".strip()
    view: Json = {
        "id": letter.order,
        "from": sender,
        "name": name,
        "at": local(letter.at),
        "edited": False,
        "text": text,
    }
    view["entities"] = [{"type": "bold", "offset": 0, "length": len(subject.encode("utf-16-le")) // 2}]
    parts = list(letter.message.iter_attachments())
    if parts:
        view["document"] = {
            "file_id": f"{FILE}{letter.order}-0",
            "file_name": parts[0].get_filename() or "tep",
            "file_size": len(_data(parts[0])),
        }
    return view


def _data(part: object) -> bytes:
    assert isinstance(part, EmailMessage)
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
