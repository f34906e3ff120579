"""Reads a letter as an Incoming: who wrote it, whether that is proven, and what they say.

Anybody can write anything into "From". What counts as somebody's words is an answer to a letter that went to their
confirmed address: it names that letter with a proof that only its reader has. Everything else is looked at by an admin.
"""

import json
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from channels.base import ChatKind, FileRef, Incoming, What
from channels.mail import reports, tokens
from channels.mail.address import NAME
from channels.mail.encoded import header_text
from channels.mail.letter import Body, File, Letter
from channels.mail.own_words import own_words
from channels.mail.tokens import Tokens
from words import invite_codes
from words.names import clean, file_name

# Who named nobody, for the shares of strangers.
NOBODY = "?"
NAMES_LETTERS = ("In-Reply-To", "References", "Subject", "To", "Delivered-To")
ANSWERED = ("re:", "fwd:", "fw:", "trả lời:", "tl:", "chuyển tiếp:", "ct:", "aw:", "rep:", "hồi âm:")
PICTURES = ("image/jpeg", "image/png", "image/webp")
# A picture inside the text that is smaller is the seal under a signature.
SEAL_BYTES = 30_000
# Headers that say who wrote what to whom; of strangers these are kept.
KEPT = (*NAMES_LETTERS, "From", "Date", "Message-ID", "Auto-Submitted", "Content-Type")


def keyed(letter: Letter) -> tuple[str, str]:
    """A letter as the inbox keeps it: (key, JSON). One that lies in the mailbox twice is the same."""
    raw = letter.to_json()
    known = letter.one("Message-ID")
    what = json.dumps([known, letter.one("From")]) if known else replace(letter, uid=0, validity="").to_json()
    return f"{'m' if known else 'u'}:{sha256(what.encode()).hexdigest()[:32]}", raw


def sender(raw: str, known: Tokens) -> str | None:
    """The address of who wrote, "?" where there is none; None for what a server proves to say of a letter of ours."""
    letter = _built(raw)
    if letter is None or reports.bounce(letter, known) is not None:
        return None if letter is not None else NOBODY
    return letter.sender[0] or NOBODY


def shortened(raw: str, letters: int) -> str:
    """The same letter with so many letters of its words, and nothing that a stranger's need not have."""
    letter = _built(raw)
    if letter is None:
        return raw[:letters]
    words = own_words(letter)[:letters]
    kept = tuple((name, value[:letters]) for name, value in letter.headers if name.title() in map(str.title, KEPT))
    body = Body("text/plain", "utf-8", words.encode())
    return replace(letter, headers=kept, bodies=(body,), files=letter.files[:5]).to_json()


def read(raw: str, key: str, received_at: datetime, own: str, known: Tokens) -> Incoming | None:
    """The Incoming of a letter; None for what programs wrote. Raises ValueError, KeyError or TypeError."""
    letter = Letter.from_json(raw)
    failed = reports.bounce(letter, known)
    if failed is not None:
        what = What.BLOCKED if failed.is_closed else What.GIVEN_BACK
        found = _incoming(letter, key, received_at, failed.address)
        return replace(found, what=what, text=clean(failed.said), delivery=failed.delivery)
    if reports.is_automatic(letter, own):
        return None
    address, name = letter.sender
    words = _words(letter)
    found = replace(
        _incoming(letter, key, received_at, address or NOBODY),
        user_name=name or address or NOBODY,
        text=words,
        files=_files(letter, key),
    )
    number = known.letter((value for each in NAMES_LETTERS for value in map(header_text, letter.all(each))), address)
    if number is not None and not _is_forged(letter):
        what = What.MESSAGE if words or found.files else What.UNSHOWN
        return replace(found, what=what, reply_to=known.message_id(number, address))
    code = invite_codes.found_in(words)
    if code is not None and address:
        # A code proves itself, and nothing else in such a letter is believed.
        return replace(found, text=invite_codes.shown(code), files=())
    return replace(found, what=What.STRAY)


def _incoming(letter: Letter, key: str, received_at: datetime, address: str) -> Incoming:
    """The frame: the moment is that at which it came into the mailbox, not what the sender's clock says."""
    return Incoming(
        channel=NAME,
        key=key,
        what=What.MESSAGE,
        chat=address,
        chat_kind=ChatKind.PRIVATE,
        chat_title=letter.one("Subject"),
        user=address,
        user_name=address,
        text="",
        sent_at=min(letter.at, received_at),
        message_id=key,
    )


def _words(letter: Letter) -> str:
    """Own words; where a letter has none, what its subject says, unless that is the one that it answers."""
    words = own_words(letter)
    subject = tokens.without(letter.one("Subject"))
    is_answer = subject.lower().startswith(ANSWERED) or bool(letter.all("In-Reply-To"))
    return words if words or is_answer else clean(subject)


def _files(letter: Letter, key: str) -> tuple[FileRef, ...]:
    message_id = letter.one("Message-ID")[:200]
    return tuple(
        FileRef(
            f"{letter.validity} {letter.uid} {each.number} {message_id}",
            f"{key}:{each.number}",
            "photo" if each.mime in PICTURES else "document",
            file_name(each.name),
            each.mime[:100],
            each.size,
        )
        for each in letter.files
        if not _is_seal(each)
    )


def _is_seal(file: File) -> bool:
    return file.inline and file.mime.startswith("image/") and file.size < SEAL_BYTES


def _is_forged(letter: Letter) -> bool:
    """Whether the server that took the letter says that its sender's domain disowns it: the first header is its own."""
    said = letter.all("Authentication-Results")[:1]
    return any("dmarc=fail" in each.lower() for each in said)


def _built(raw: str) -> Letter | None:
    try:
        return Letter.from_json(raw)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
