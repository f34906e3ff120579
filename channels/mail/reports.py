"""What programs write: that somebody is away, that a letter could not be brought. Nothing of it is answered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from channels.mail.encoded import text_of
from channels.mail.errors import Step, refused
from channels.mail.letter import Letter
from channels.mail.tokens import Tokens
from words.mail_addresses import IN_TEXT, canonical

PROGRAMS = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|mail-daemon)(?:[+.\d-]|@)", re.IGNORECASE)
BULK = ("bulk", "junk", "list", "auto_reply", "auto-reply")
MARKS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "List-Id", "X-Failed-Recipients")
AWAY = re.compile(
    r"^\s*(?:automatic reply|auto(?:matic)?[- ]?reply|autoreply|out of (?:the )?office|trả lời tự động|"
    r"thư trả lời tự động|tự động trả lời)\b",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"^(action|status|final-recipient|original-recipient|diagnostic-code)\s*:\s*(.*)$", re.IGNORECASE | re.M
)
TO = re.compile(r"^(?:to|x-failed-recipients)\s*:\s*(.*(?:\n[ \t].*)*)$", re.IGNORECASE | re.M)
CODE = re.compile(r"\b([45]\d\d)\b")
REPORT_HEAD = 20_000


@dataclass(frozen=True)
class Bounce:
    """A letter of ours that was not brought: its number, the address, the server's words, and whether any other
    letter would be.
    """

    delivery: int
    address: str
    said: str
    is_closed: bool


def is_automatic(letter: Letter, own: str) -> bool:
    """Whether a program wrote it, or it is our own: answering would be talking to ourselves."""
    submitted = letter.one("Auto-Submitted").lower()
    sender = letter.one("From").lower()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or letter.one("Precedence").lower() in BULK
        or any(letter.all(each) for each in MARKS)
        or letter.one("Return-Path").replace(" ", "") == "<>"
        or _type(letter).startswith("multipart/report")
        or bool(AWAY.match(letter.one("Subject")))
        or any(found == own or PROGRAMS.match(found) for each in IN_TEXT.findall(sender) if (found := canonical(each)))
    )


def bounce(letter: Letter, tokens: Tokens) -> Bounce | None:
    """What a server says of a letter of ours that it did not bring; None for any other letter.

    It is believed only where it names the letter by its Message-ID, with the proof that is bound to the address:
    otherwise anybody could have somebody's way closed.
    """
    if not _type(letter).startswith("multipart/report"):
        return None
    texts = [text_of(each.data[:REPORT_HEAD], "") for each in letter.bodies]
    fields = {name.lower(): value.strip() for text in texts for name, value in FIELD.findall(text)}
    if fields.get("action", "").lower() != "failed":
        return None
    for address in _candidates(texts):
        number = tokens.letter(texts, address)
        if number is not None:
            said = f"{fields.get('status', '')} {fields.get('diagnostic-code', '')}".strip()
            return Bounce(number, address, said, _is_closed(fields))
    return None


def _is_closed(fields: dict[str, str]) -> bool:
    status, code = fields.get("status", ""), CODE.search(fields.get("diagnostic-code", ""))
    digits = int(code[1]) if code else 550 if status.startswith("5") else 450
    return refused(Step.RECIPIENT, digits, status).gone


def _candidates(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for found in (*(value for _, value in FIELD.findall(text)), *TO.findall(text)):
            yield from filter(None, map(canonical, IN_TEXT.findall(found)))


def _type(letter: Letter) -> str:
    return letter.one("Content-Type").lower()
