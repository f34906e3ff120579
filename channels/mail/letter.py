"""A letter as it is kept: its headers, its texts, the names of what lies beside it, whose bytes stay there.

Whatever a letter is made of, reading it raises nothing: what cannot be taken apart is kept as it came.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses
from functools import partial
from typing import Any

from channels.mail.encoded import header_text
from words.mail_addresses import canonical
from words.names import of_person

# Of one letter so many bytes of text, headers and files by name are kept: what people write has less.
MOST_TEXT, MOST_HEADERS, MOST_HEADER, MOST_FILES = 400_000, 200, 4000, 60
DEEPEST = 40
# What a server says of a letter of ours comes in these.
OF_REPORTS = ("message/delivery-status", "text/rfc822-headers", "message/rfc822", "message/global-delivery-status")
TEXTS = ("text/plain", "text/html")
# They prove something to programs, and nothing to people.
SEALS = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


@dataclass(frozen=True)
class Body:
    """A text of a letter: its bytes, and in which letters they are said to be."""

    mime: str
    charset: str
    data: bytes
    flowed: bool = False


@dataclass(frozen=True)
class File:
    """What lies beside a letter: its place among the parts, `size` in bytes; `inline` where the text shows it."""

    number: int
    name: str
    mime: str
    size: int
    inline: bool = False


@dataclass(frozen=True)
class Letter:
    """A letter in a mailbox: `validity` and `uid` are its number there, `at` when it came there.

    Headers are as they came, a letter for a byte.
    """

    validity: str
    uid: int
    at: datetime
    headers: tuple[tuple[str, str], ...]
    bodies: tuple[Body, ...] = ()
    files: tuple[File, ...] = ()

    def all(self, name: str) -> list[str]:
        """Every header of a name, as it came."""
        return [value for each, value in self.headers if each.lower() == name.lower()]

    def one(self, name: str) -> str:
        """The first header of a name, decoded and on one line; "" for none."""
        found = self.all(name)
        return header_text(found[0]) if found else ""

    @property
    def sender(self) -> tuple[str, str]:
        """Address and name of the one who wrote; "" for an address that is none, or one of several."""
        given = getaddresses([header_text(each) for each in self.all("From")])
        found = [(canonical(address), name) for name, address in given if address]
        if len(found) != 1 or found[0][0] is None:
            return "", of_person(found[0][1]) if found else ""
        return found[0][0], of_person(found[0][1])

    def to_json(self) -> str:
        """As the inbox keeps it, in ASCII."""
        return json.dumps(
            {
                # Under the same name as in the updates of other platforms: what is somebody's is found by it.
                "id": self.sender[0],
                "validity": self.validity,
                "uid": self.uid,
                "at": self.at.isoformat(),
                "headers": self.headers,
                "bodies": [[each.mime, each.charset, each.data.decode("latin-1"), each.flowed] for each in self.bodies],
                "files": [[each.number, each.name, each.mime, each.size, each.inline] for each in self.files],
            },
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, raw: str) -> "Letter":
        """The letter that `to_json` kept; raises ValueError, KeyError or TypeError for anything else."""
        found = json.loads(raw)
        return cls(
            str(found["validity"]),
            int(found["uid"]),
            datetime.fromisoformat(found["at"]),
            tuple((str(name), str(value)) for name, value in found["headers"]),
            tuple(
                Body(mime, charset, data.encode("latin-1"), flowed) for mime, charset, data, flowed in found["bodies"]
            ),
            tuple(File(*each) for each in found["files"]),
        )


def parsed(validity: str, uid: int, at: datetime, data: bytes) -> Letter:
    """A letter from its bytes; never raises."""
    message = _safe(lambda: message_from_bytes(data), None)
    if message is None:
        return Letter(validity, uid, at, (), (Body("text/plain", "", data[:MOST_TEXT]),))
    headers = _safe(lambda: _headers(message), ())
    bodies: list[Body] = []
    files: list[File] = []
    room = MOST_TEXT
    for number, part, within in leaves(message):
        body = _safe(partial(_body, part, within), None)
        if body is not None and room > 0:
            bodies.append(Body(body.mime, body.charset, body.data[:room], body.flowed))
            room -= len(body.data)
        elif body is None and len(files) < MOST_FILES:
            file = _safe(partial(_file, number, part), None)
            files += [file] if file is not None else []
    return Letter(validity, uid, at, headers, tuple(bodies), tuple(files))


def file_in(data: bytes, number: int) -> bytes | None:
    """The bytes of one part of a letter; None where it has no such part. Never raises."""
    message = _safe(lambda: message_from_bytes(data), None)
    if message is None:
        return None
    part = next((part for found, part, _ in leaves(message) if found == number), None)
    return None if part is None else _safe(lambda: _bytes(part), None)


def leaves(message: Message) -> Iterator[tuple[int, Message, str]]:
    """The parts of a letter that hold something, in their order: (number, part, the kind of what they are within)."""
    waiting: list[tuple[Message, str, int]] = [(message, "", 0)]
    number = 0
    while waiting:
        part, within, depth = waiting.pop()
        kind = _kind(part)
        if not part.is_multipart() and isinstance(_safe(partial(part.get_param, "charset"), ()), tuple):
            # Named in a way that the library's own decoding stumbles over; what it is in is found without it.
            _safe(partial(part.replace_header, "Content-Type", kind), None)
        inner = part.get_payload() if part.is_multipart() else ""
        if kind.startswith("multipart/") and isinstance(inner, list) and inner and depth < DEEPEST:
            parts = [each for each in inner if isinstance(each, Message)]
            waiting += [(each, kind, depth + 1) for each in reversed(parts)]
        else:
            yield number, part, within
            number += 1


def _safe(make: Callable[[], Any], otherwise: Any) -> Any:
    """What the standard library's parser makes of it; of what it stumbles over, `otherwise`."""
    try:
        return make()
    except Exception:
        return otherwise


def _headers(message: Message) -> tuple[tuple[str, str], ...]:
    found = [(str(name), _as_bytes(value)[:MOST_HEADER].decode("latin-1")) for name, value in message.raw_items()]
    return tuple(found[:MOST_HEADERS])


def _as_bytes(text: object) -> bytes:
    return str(text).encode("utf-8", "surrogateescape")


def _kind(part: Message) -> str:
    return str(_safe(part.get_content_type, "text/plain"))


def _body(part: Message, within: str) -> Body | None:
    """A part as a text that is read; None for one that lies beside it."""
    kind = _kind(part)
    if within == "multipart/report" and kind in OF_REPORTS:
        return Body(kind, "", _bytes(part))
    beside = _safe(part.get_content_disposition, None) == "attachment" or bool(_name(part))
    if kind not in TEXTS or beside:
        return None
    charset = str(_safe(part.get_content_charset, "") or "")
    flowed = str(_safe(lambda: part.get_param("format"), "") or "").lower() == "flowed"
    return Body(kind, charset, _bytes(part), flowed)


def _file(number: int, part: Message) -> File | None:
    kind = _kind(part)
    if kind in SEALS:
        return None
    data, inline = _bytes(part), bool(_safe(lambda: part.get("Content-ID"), None))
    is_beside = _safe(part.get_content_disposition, None) == "attachment"
    return File(number, _name(part), kind, len(data), inline and not is_beside) if data else None


def _name(part: Message) -> str:
    return header_text(_as_bytes(_safe(part.get_filename, "") or "").decode("latin-1"))


def _bytes(part: Message) -> bytes:
    """What a part holds, decoded; of a letter within the letter all of it."""
    inner = _safe(part.get_payload, "")
    if isinstance(inner, list):
        return b"\n".join(bytes(_safe(each.as_bytes, b"")) for each in inner if isinstance(each, Message))
    found = _safe(lambda: part.get_payload(decode=True), None)
    return bytes(found) if isinstance(found, bytes) else _as_bytes(inner or "")
