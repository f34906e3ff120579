"""Makes a letter of a message: text, simple HTML that says the same, the picture in it, the file beside it."""

import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote

from channels.base import Envelope, Outgoing
from channels.mail.address import Mailbox
from channels.mail.tokens import Tokens
from words.message import plain
from words.names import one_line

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}»]")
# A command as it stands in our sentences: not the end of a tag, of a date or of an address.
COMMAND = re.compile(r"(?<![\w/<:.&])/[a-z]{2,}(?:_[a-z0-9]+)*\b")
MOST_SUBJECT = 180
STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a;max-width:42em"
FAINT = "color:#555;font-size:14px"
BREAK = "<br>\n"


@dataclass(frozen=True)
class Desk:
    """Who writes: the mailbox, the tokens, and whether answers to it are read."""

    mailbox: Mailbox
    tokens: Tokens
    is_read: bool


def letter(desk: Desk, outgoing: Outgoing, now: datetime) -> EmailMessage:
    """The letter; `now` (UTC) is its date."""
    envelope = outgoing.envelope or Envelope()
    to, number = outgoing.chat, outgoing.delivery
    made = EmailMessage(policy=SMTP)
    token = desk.tokens.in_subject(number, to) if desk.is_read else ""
    made["Subject"] = one_line(f"{plain(envelope.subject)} {token}".strip(), MOST_SUBJECT)
    made["From"] = _named(desk.mailbox)
    made["To"] = to
    made["Date"] = format_datetime(now)
    made["Message-ID"] = desk.tokens.message_id(number, to)
    # RFC 3834: no program answers it.
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    writing = _Writing(desk.mailbox.address, token)
    if desk.is_read and envelope.stop:
        made["List-Unsubscribe"] = f"<{writing.to(envelope.stop)}>"
    parts = outgoing.message.parts
    above = envelope.above if desk.is_read else ""
    made.set_content(_text(above, parts, envelope.below), cte="quoted-printable")
    page = _html(writing, above, parts, envelope.below, has_picture=outgoing.picture is not None)
    made.add_alternative(page, subtype="html", cte="base64")
    if outgoing.picture is not None:
        _show(made, outgoing.picture)
    if outgoing.attached is not None:
        _attach(made, outgoing.attached.name, outgoing.attached.data)
    return made


def _named(mailbox: Mailbox) -> Address | str:
    return Address(mailbox.name, addr_spec=mailbox.address) if mailbox.name else mailbox.address


def _text(above: str, parts: Sequence[str], below: str) -> str:
    return "\n\n".join(filter(None, (plain(above), *map(plain, parts), plain(below)))) + "\n"


@dataclass(frozen=True)
class _Writing:
    """A letter that a touch begins: to which address, with the token of the one that it answers; "" for none."""

    address: str
    token: str

    def to(self, command: str) -> str:
        """The address that begins a letter which says a command in its subject."""
        return f"mailto:{self.address}?subject={quote(f'{command} {self.token}')}"

    def linked(self, markup: str) -> str:
        """The same markup as HTML: commands begin a letter, addresses of the web are links."""
        if self.token:
            markup = COMMAND.sub(lambda match: f'<a href="{self.to(match[0])}">{match[0]}</a>', markup)
        return LINK.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', markup).replace("\n", BREAK)


def _html(writing: _Writing, above: str, parts: Sequence[str], below: str, *, has_picture: bool) -> str:
    """The small markup of our messages is HTML already."""
    words = [
        *([f'<p style="{FAINT}">{writing.linked(above)}</p>'] if above else []),
        *(['<p><img src="cid:picture" alt="" style="max-width:100%"></p>'] if has_picture else []),
        *(f"<p>{writing.linked(part)}</p>" for part in parts),
        *([f'<p style="{FAINT}">{writing.linked(below)}</p>'] if below else []),
    ]
    body = "\n".join(words)
    return f'<!DOCTYPE html>\n<html><body><div style="{STYLE}">\n{body}\n</div></body></html>\n'


def _show(made: EmailMessage, picture: bytes) -> None:
    page = made.get_payload()[1]  # type: ignore[index]
    assert isinstance(page, EmailMessage)
    page.add_related(picture, "image", "png", cid="<picture>", disposition="inline", filename="bang.png")


def _attach(made: EmailMessage, name: str, data: bytes) -> None:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    main, _, sub = kind.partition("/")
    made.add_attachment(data, maintype=main, subtype=sub, filename=one_line(name))
