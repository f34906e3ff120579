"""Reads a mailbox by IMAP: what came since the last time, by its number, without changing anything there.

Calls block; the channel makes them in threads, one at a time.
"""

import imaplib
import logging
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

from channels.errors import ChannelError, FileGoneError
from channels.mail.address import Server
from channels.mail.letter import Letter, file_in, parsed
from words.faults import Fault

log = logging.getLogger(__name__)
Found = TypeVar("Found")
TIMEOUT_S = 30.0
AT_ONCE = 20
# A larger letter is read by its head alone: its files are asked for in another way.
MOST_BYTES = 40 * 1024 * 1024
HEAD_BYTES = 64_000
# What a server says when it is not the password that is wrong (RFC 5530).
NOT_THE_PASSWORD = ("UNAVAILABLE", "LIMIT", "INUSE", "SERVERBUG", "CONTACTADMIN")
FAILURES = (imaplib.IMAP4.error, OSError, ssl.SSLError, EOFError, UnicodeError, ValueError)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UID, DATE, SIZE = (
    re.compile(rb"\bUID (\d+)"),
    re.compile(rb'\bINTERNALDATE "([^"]+)"'),
    re.compile(rb"\bRFC822\.SIZE (\d+)"),
)


@dataclass
class Mark:
    """Where it is kept what was read last; in memory where nobody gives a better place."""

    kept: list[str] = field(default_factory=list)

    def get(self) -> str | None:
        """What was kept; None before the first time."""
        return self.kept[-1] if self.kept else None

    def put(self, value: str) -> None:
        """Keeps it."""
        self.kept[:] = [value]


@dataclass(frozen=True)
class Place:
    """How far a mailbox was read: to a number, under the numbering of `validity`, on a day (UTC)."""

    validity: str
    uid: int
    day: date

    def __str__(self) -> str:
        return f"{self.validity} {self.uid} {self.day.isoformat()}"

    @classmethod
    def of(cls, kept: str | None) -> "Place | None":
        """The place that was kept; None for none."""
        parts = (kept or "").split()
        return cls(parts[0], int(parts[1]), date.fromisoformat(parts[2])) if len(parts) == 3 else None


class Reader:
    """One mailbox on one server."""

    def __init__(self, server: Server, mark: Mark, clock: Callable[[], datetime]) -> None:
        self.server, self.mark, self._clock = server, mark, clock
        self._lock = threading.Lock()
        self._connection: imaplib.IMAP4 | None = None
        self._given: Place | None = None
        self._last: tuple[tuple[str, int], bytes] | None = None

    def read(self) -> list[Letter]:
        """The next letters, at most twenty; what was given before is marked as read now. Raises ChannelError."""
        with self._lock:
            if self._given is not None:
                self.mark.put(str(self._given))
                self._given = None
            self._last = None
            return self._tried(self._read)

    def look(self) -> int:
        """How many letters lie in the mailbox; raises ChannelError."""
        with self._lock:
            return self._tried(lambda connection: self._opened(connection)[2])

    def file(self, file_id: str) -> bytes:
        """The bytes of a file beside a letter; raises FileGoneError where it is not there any more, or ChannelError."""
        validity, _, rest = file_id.partition(" ")
        uid, _, rest = rest.partition(" ")
        number, _, message_id = rest.partition(" ")
        with self._lock:
            data = self._tried(lambda connection: self._again(connection, validity, int(uid), message_id))
        found = file_in(data, int(number)) if data is not None else None
        if found is None:
            raise FileGoneError("the letter is not in the mailbox any more", permanent=True)
        return found

    def close(self) -> None:
        """Leaves the server."""
        with self._lock:
            self._leave()

    def _tried(self, work: Callable[[imaplib.IMAP4], Found]) -> Found:
        """What comes of some work, over the connection that stands, or a new one where that was lost."""
        is_old = self._connection is not None
        try:
            return work(self._connected())
        except FAILURES as error:
            self._leave()
            if not is_old:
                raise self._failure(error) from None
        try:
            return work(self._connected())
        except FAILURES as error:
            self._leave()
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> ChannelError:
        return ChannelError(f"mailbox: {type(error).__name__}: {self.server.masked(str(error))}")

    def _connected(self) -> imaplib.IMAP4:
        if self._connection is None:
            self._connection = self._signed_in()
        return self._connection

    def _signed_in(self) -> imaplib.IMAP4:
        server = self.server
        if server.way == "imaps":
            made: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                server.host, server.port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT_S
            )
        else:
            made = imaplib.IMAP4(server.host, server.port, timeout=TIMEOUT_S)
        try:
            if server.way == "starttls":
                made.starttls(ssl.create_default_context())
            self._sign_in(made)
        except BaseException:
            made.shutdown()
            raise
        return made

    def _sign_in(self, made: imaplib.IMAP4) -> None:
        user, password = self.server.user, self.server.password
        try:
            if "AUTH=PLAIN" in made.capabilities:
                made.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
            else:
                made.login(user, password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            said = self.server.masked(str(error))
            fault = None if any(each in said for each in NOT_THE_PASSWORD) else Fault.ACCOUNT
            raise ChannelError(f"mailbox: login: {said}", stop=True, fault=fault) from None

    def _leave(self) -> None:
        made, self._connection = self._connection, None
        if made is not None:
            try:
                made.logout()
            except FAILURES:
                with suppress(*FAILURES):
                    made.shutdown()

    def _opened(self, connection: imaplib.IMAP4) -> tuple[str, int, int]:
        """Opens the mailbox to be read only: (the numbering's validity, the next number, how many letters)."""
        folder = self.server.folder.replace("\\", "\\\\").replace('"', '\\"')
        status, count = connection.select(f'"{folder}"', readonly=True)
        if status != "OK":
            raise ValueError(f"no mailbox {folder}")
        validity, following = (_number(connection, name) for name in ("UIDVALIDITY", "UIDNEXT"))
        return str(validity), following, int(count[0] or 0)

    def _read(self, connection: imaplib.IMAP4) -> list[Letter]:
        validity, following, _ = self._opened(connection)
        place = Place.of(self.mark.get())
        if place is None:
            # What lay here before us is not ours.
            last = following - 1 if following else max((0, *_numbers(connection, "UID", "*")))
            self.mark.put(str(Place(validity, last, self._clock().astimezone(UTC).date())))
            return []
        letters: list[Letter] = []
        for uid in self._new(connection, validity, place):
            found = self._fetched(connection, uid)
            if found is not None:
                letters.append(parsed(validity, uid, *found))
            day = found[0].date() if found is not None else place.day
            place = Place(validity, uid, max(day, place.day) if place.validity == validity else day)
        self._given = place
        return letters

    def _new(self, connection: imaplib.IMAP4, validity: str, place: Place) -> list[int]:
        """The next numbers that were not read. Numbered anew, by the day: what was read already is known by its key."""
        if place.validity == validity:
            wanted: tuple[str, ...] = ("UID", f"{place.uid + 1}:*")
        else:
            day = place.day - timedelta(days=1)
            wanted = ("SINCE", f"{day.day}-{MONTHS[day.month - 1]}-{day.year}")
        # "n:*" names the last letter even where its number is smaller.
        least = place.uid if place.validity == validity else 0
        found = sorted(each for each in _numbers(connection, *wanted) if each > least)
        return found[:AT_ONCE] if place.validity == validity else found

    def _fetched(self, connection: imaplib.IMAP4, uid: int) -> tuple[datetime, bytes] | None:
        """When a letter came and its bytes, of a very large one its beginning; None where it went meanwhile."""
        head = _answer(connection, uid, "(UID INTERNALDATE RFC822.SIZE)")
        if head is None:
            return None
        said = head[0]
        size = int(found[1]) if (found := SIZE.search(said)) else 0
        part = f"BODY.PEEK[]<0.{HEAD_BYTES}>" if size > MOST_BYTES else "BODY.PEEK[]"
        whole = _answer(connection, uid, f"(UID {part})")
        return (_moment(said) or self._clock(), whole[1]) if whole is not None else None

    def _again(self, connection: imaplib.IMAP4, validity: str, uid: int, message_id: str) -> bytes | None:
        """The bytes of a letter by its number, or where all was numbered anew by its Message-ID."""
        if self._last is not None and self._last[0] == (validity, uid):
            return self._last[1]
        now_valid, _, _ = self._opened(connection)
        found = uid if now_valid == validity else None
        if found is None and message_id.isascii() and message_id.isprintable() and message_id:
            quoted = message_id.replace("\\", "\\\\").replace('"', '\\"')
            found = next(iter(_numbers(connection, "HEADER", "Message-ID", f'"{quoted}"')), None)
        fetched = self._fetched(connection, found) if found is not None else None
        if fetched is not None:
            self._last = ((validity, uid), fetched[1])
        return fetched[1] if fetched is not None else None


def _number(connection: imaplib.IMAP4, name: str) -> int:
    _, said = connection.response(name)
    return int(said[-1]) if said and said[-1] is not None else 0


def _numbers(connection: imaplib.IMAP4, *wanted: str) -> list[int]:
    """The numbers of the letters that a search finds; raises ValueError where it is refused."""
    status, data = connection.uid("SEARCH", *wanted)
    if status != "OK":
        raise ValueError("the mailbox cannot be searched")
    return [int(each) for each in (data[0] or b"").split()] if data else []


def _answer(connection: imaplib.IMAP4, uid: int, what: str) -> tuple[bytes, bytes] | None:
    """What a FETCH says of one letter, and the bytes that it gives; None where it says nothing of this one."""
    status, data = connection.uid("FETCH", str(uid), what)
    if status != "OK":
        # One letter that a server cannot give must not keep those behind it back.
        log.error("letter %s is not given: %s", uid, status)
        return None
    said, given = b"", b""
    for each in _pieces(data):
        if isinstance(each, tuple):
            said, given = said + b" " + each[0], given + each[1]
        else:
            said += b" " + each
    found = UID.search(said)
    return (said, given) if found is not None and int(found[1]) == uid else None


def _pieces(data: list[object]) -> Iterator[tuple[bytes, bytes] | bytes]:
    for each in data:
        if isinstance(each, tuple) and len(each) >= 2:
            yield bytes(each[0]), bytes(each[1])
        elif isinstance(each, bytes):
            yield each


def _moment(said: bytes) -> datetime | None:
    """When a letter came into the mailbox, by the server's clock (UTC); None where it does not say so."""
    found = DATE.search(said)
    try:
        moment = parsedate_to_datetime(found[1].decode("ascii").strip().replace("-", " ", 2)) if found else None
    except (ValueError, UnicodeError):
        return None
    return moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
