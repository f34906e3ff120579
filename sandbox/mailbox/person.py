"""Somebody with a program for mail: reads what came, and answers as Gmail, Outlook, Zimbra or a telephone writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from enum import StrEnum

from sandbox.mailbox.post import OWN, Post


class Program(StrEnum):
    """How an answer quotes what it answers."""

    GMAIL = "gmail"
    OUTLOOK = "outlook"
    PHONE = "phone"
    BARE = "bare"


class Correspondent:
    """One person. Every act is followed by `settle`, which lets the service do all it has to."""

    def __init__(self, post: Post, name: str, address: str, settle: Callable[[], None] = lambda: None) -> None:
        self.post, self.name, self.address, self._settle = post, name, address, settle
        self.box = post.person(address)
        self._read = 0

    def answers(
        self,
        text: str,
        *,
        to: EmailMessage | None = None,
        program: Program = Program.GMAIL,
        files: Sequence[tuple[str, bytes]] = (),
        **headers: str,
    ) -> Correspondent:
        """Answers a letter, the last one unless it is given."""
        first = to or self.last
        made = EmailMessage()
        made["Subject"] = f"Re: {first['Subject']}"
        if program is not Program.BARE:
            made["In-Reply-To"] = made["References"] = str(first["Message-ID"])
        return self._send(made, quoted(text, first, program), files, headers)

    def writes(
        self, text: str, *, subject: str = "", files: Sequence[tuple[str, bytes]] = (), **headers: str
    ) -> Correspondent:
        """Writes a letter that answers none."""
        made = EmailMessage()
        made["Subject"] = subject
        return self._send(made, text, files, headers)

    def _send(
        self, made: EmailMessage, text: str, files: Sequence[tuple[str, bytes]], headers: dict[str, str]
    ) -> Correspondent:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        made["From"] = named.pop("From", f"{self.name} <{self.address}>")
        made["To"] = OWN
        made["Date"] = format_datetime(self.post.now())
        made["Message-ID"] = named.pop("Message-ID", make_msgid(domain="mail.example.vn"))
        for name, value in named.items():
            made[name] = value
        made.set_content(text)
        for name, data in files:
            kind = ("image", "png") if name.endswith(".png") else ("application", "octet-stream")
            made.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
        self.post.write(made.as_bytes())
        self._settle()
        return self

    def expects(self, *pieces: str) -> Correspondent:
        """The next unread letter holds all these pieces, in its subject or its text."""
        assert self.unread, f"nothing arrived; expected {pieces}"
        self._read += 1
        read = said(self.box.letters[self._read - 1].message)
        missing = [piece for piece in pieces if piece not in read]
        assert not missing, f"missing {missing} in:\n{read}"
        return self

    def is_silent(self) -> Correspondent:
        """Nothing unread is there."""
        assert not self.unread, "not silent:\n" + "\n---\n".join(self.unread)
        return self

    def forgets(self) -> Correspondent:
        """Marks everything as read."""
        self._read = len(self.box.letters)
        return self

    @property
    def unread(self) -> list[str]:
        """What came and was not expected yet."""
        return [said(each.message) for each in self.box.letters[self._read :]]

    @property
    def last(self) -> EmailMessage:
        """The letter that came last."""
        return self.box.letters[-1].message


def said(letter: EmailMessage) -> str:
    """Subject and text of a letter."""
    text = letter.get_body(("plain",))
    return f"{letter['Subject']}\n\n{text.get_content() if text is not None else ''}"


def quoted(text: str, first: EmailMessage, program: Program) -> str:
    """An answer as a program writes it above what it answers."""
    body = said(first).partition("\n\n")[2]
    marked = "\n".join(f"> {line}" for line in body.splitlines())
    match program:
        case Program.GMAIL:
            when = "Vào Th 2, 20 thg 1, 2020 vào lúc 07:30 Nhắc Việc <"
            return f"{text}\n\n{when}\n{OWN}> đã viết:\n\n{marked}\n"
        case Program.OUTLOOK:
            head = f"Từ: Nhắc Việc <{OWN}>\nĐã gửi: Thứ Hai 20/01/2020 07:30\nTới: x\nChủ đề: {first['Subject']}"
            return f"{text}\n\nTrân trọng\n\n________________________________\n{head}\n\n{body}"
        case Program.PHONE:
            return f"{text}\n\nĐã gửi từ iPhone của tôi\n\n> On Jan 20, 2020, at 07:30, Nhắc Việc wrote:\n>\n{marked}\n"
        case Program.BARE:
            return f"{text}\n"
