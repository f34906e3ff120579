"""The door by which the office's mailbox is read: so much of IMAP4rev1 (RFC 3501) as is used, and strictly that.

Nothing can be changed through it: a client that tries is answered NO, and `tried` names what it wanted.
"""

from __future__ import annotations

import base64
import re
import socketserver
from datetime import UTC, datetime, timedelta

from sandbox.mailbox.post import OWN, Box, Post, Stored

LINE = re.compile(rb"^([A-Za-z0-9]+) ([A-Za-z]+)(?: (.*))?\r\n$", re.DOTALL)
LOGIN = re.compile(r'^"?([^"\s]+)"? "((?:[^"\\]|\\.)*)"$')
FETCH = re.compile(r"^(\d+) \(([^()]+)\)$")
SINCE = re.compile(r"^SINCE (\d{1,2})-([A-Z][a-z]{2})-(\d{4})$")
RANGE = re.compile(r"^UID (\d+):\*$")
HEADER = re.compile(r'^HEADER Message-ID "(.+)"$')
PART = re.compile(r"^BODY\.PEEK\[\](?:<0\.(\d+)>)?$")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CHANGES = ("STORE", "EXPUNGE", "DELETE", "APPEND", "COPY", "MOVE", "SELECT", "CREATE", "CLOSE", "RENAME")
HANOI = timedelta(hours=7)


class Reading(socketserver.StreamRequestHandler):
    """One connection."""

    server: ImapServer
    # An answer in several pieces would wait a 25th of a second for the caller's leave each time.
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answers until it is left."""
        self._signed, self._box = False, None  # type: tuple[bool, Box | None]
        self._say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")
        while line := self.rfile.readline(9000):
            found = LINE.match(line)
            if found is None:
                self._say("* BAD what is not understood")
                return
            tag, verb, rest = found[1].decode(), found[2].decode().upper(), (found[3] or b"").decode("utf-8", "replace")
            with self.server.post.lock:
                answer = self._answer(verb, rest)
            self._say(f"{tag} {answer}")
            if verb == "LOGOUT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _answer(self, verb: str, rest: str) -> str:
        first = rest.partition(" ")[0].upper() if verb == "UID" else verb
        if first in CHANGES:
            self.server.tried.append(f"{verb} {rest}".strip())
            return "NO [CANNOT] nothing is changed here"
        match verb:
            case "CAPABILITY":
                self._say("* CAPABILITY IMAP4rev1 AUTH=PLAIN")
                return "OK done"
            case "NOOP":
                return "OK done"
            case "LOGOUT":
                self._say("* BYE")
                return "OK bye"
            case "LOGIN":
                found = LOGIN.match(rest)
                return self._let_in(found[1] if found else "", found[2] if found else "")
            case "AUTHENTICATE" if rest.upper() == "PLAIN":
                self._say("+ ")
                given = base64.b64decode(self.rfile.readline(2000).strip()).decode().split("\0")
                return self._let_in(*given[1:3]) if len(given) == 3 else "BAD no name"
            case _ if not self._signed:
                return "NO sign in first"
            case "EXAMINE":
                return self._examine(rest)
            case "UID" if self._box is not None:
                how, _, wanted = rest.partition(" ")
                return self._search(self._box, wanted) if how.upper() == "SEARCH" else self._fetch(self._box, wanted)
        return "BAD what is not understood"

    def _let_in(self, user: str, password: str) -> str:
        self._signed = (user, password) == (OWN, self.server.post.password)
        return "OK welcome" if self._signed else "NO [AUTHENTICATIONFAILED] no"

    def _examine(self, rest: str) -> str:
        if rest != '"INBOX"':
            self._box = None
            return "NO no such mailbox"
        box = self._box = self.server.post.own
        self._say(f"* {len(box.letters)} EXISTS")
        self._say("* 0 RECENT")
        self._say("* FLAGS (\\Seen)")
        self._say(f"* OK [UIDVALIDITY {box.validity}] numbered so")
        self._say(f"* OK [UIDNEXT {box.following}] follows")
        return "OK [READ-ONLY] open"

    def _search(self, box: Box, wanted: str) -> str:
        if found := RANGE.match(wanted):
            # The last one belongs to every range that ends with a star.
            last = max((each.uid for each in box.letters), default=0)
            numbers = [each.uid for each in box.letters if each.uid >= int(found[1]) or each.uid == last]
        elif found := SINCE.match(wanted):
            day = datetime(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]), tzinfo=UTC)
            numbers = [each.uid for each in box.letters if each.at + HANOI >= day]
        elif found := HEADER.match(wanted):
            numbers = [each.uid for each in box.letters if found[1] in str(each.message["Message-ID"])]
        else:
            return "BAD no search of ours"
        self._say("* SEARCH " + " ".join(map(str, numbers)))
        return "OK done"

    def _fetch(self, box: Box, wanted: str) -> str:
        found = FETCH.match(wanted)
        if found is None:
            return "BAD no fetch of ours"
        letter = next((each for each in box.letters if each.uid == int(found[1])), None)
        if letter is None:
            return "OK nothing"
        said, data = [], b""
        for item in found[2].split():
            text, given = self._item(letter, item)
            if not text:
                return f"BAD no {item}"
            said.append(text)
            data = given or data
        place = box.letters.index(letter) + 1
        self.wfile.write(f"* {place} FETCH ({' '.join(said)}".encode() + (b"\r\n" + data if data else b"") + b")\r\n")
        return "OK done"

    def _item(self, letter: Stored, item: str) -> tuple[str, bytes]:
        if item == "UID":
            return f"UID {letter.uid}", b""
        if item == "INTERNALDATE":
            local = letter.at + HANOI
            return f'INTERNALDATE "{local.day:2d}-{MONTHS[local.month - 1]}-{local:%Y %H:%M:%S} +0700"', b""
        if item == "RFC822.SIZE":
            return f"RFC822.SIZE {len(letter.data)}", b""
        part = PART.match(item)
        if part is None:
            return "", b""
        data = letter.data[: int(part[1])] if part[1] else letter.data
        return f"BODY[]{'<0>' if part[1] else ''} {{{len(data)}}}", data


class ImapServer(socketserver.ThreadingTCPServer):
    """The door on loopback; `port` 0 is any that is free, `tried` what a client wanted to change."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, post: Post, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Reading)
        self.post = post
        self.tried: list[str] = []
