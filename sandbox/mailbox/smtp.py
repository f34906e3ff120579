"""The door by which letters leave the office: SMTP as RFC 5321 has it, with a name and a password."""

from __future__ import annotations

import base64
import re
import socketserver

from sandbox.mailbox.post import OWN, Post

PATH = re.compile(r"^(?:FROM|TO):<([^<>\s]*)>((?: [A-Z0-9-]+(?:=[^\s]+)?)*)$", re.IGNORECASE)
MOST = 30 * 1024 * 1024


class Submission(socketserver.StreamRequestHandler):
    """One connection."""

    server: SmtpServer
    # An answer in several pieces would wait a 25th of a second for the caller's leave each time.
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answers until it is left."""
        self._signed, self._from, self._to = False, "", ""
        self._say("220 mail.example.vn ESMTP")
        while line := self.rfile.readline(2000):
            if not line.endswith(b"\r\n"):
                self._say("500 5.5.2 lines end with CR LF")
                return
            verb, _, rest = line.decode("utf-8", "replace").rstrip("\r\n").partition(" ")
            answer = self._answer(verb.upper(), rest)
            if answer:
                self._say(answer)
            if not answer or answer.startswith(("221", "421")):
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _answer(self, verb: str, rest: str) -> str:
        """What is said to a command; "" where the line is cut."""
        post = self.server.post
        match verb:
            case "EHLO" if rest:
                return f"250-mail.example.vn\r\n250-SIZE {MOST}\r\n250-8BITMIME\r\n250 AUTH PLAIN"
            case "AUTH":
                return self._sign_in(rest)
            case "NOOP":
                return "250 OK"
            case "RSET":
                self._from = self._to = ""
                return "250 OK"
            case "QUIT":
                return "221 Bye"
            case _ if not self._signed:
                return "530 5.7.0 Authentication required"
            case "MAIL":
                found = PATH.match(rest)
                if found is None or found[1].lower() != OWN:
                    return "553 5.7.1 Sender address rejected"
                self._from, self._to = found[1], ""
                return "250 2.1.0 OK"
            case "RCPT":
                found = PATH.match(rest)
                if not self._from or found is None:
                    return "503 5.5.1 MAIL first"
                answer = post.recipient(found[1])
                self._to = found[1] if answer.startswith("250") else ""
                return answer
            case "DATA":
                return self._take() if self._to else "503 5.5.1 RCPT first"
        return "502 5.5.1 Command not recognized"

    def _sign_in(self, rest: str) -> str:
        how, _, given = rest.partition(" ")
        try:
            found = base64.b64decode(given, validate=True).decode().split("\0")
        except ValueError:
            found = []
        self._signed = how.upper() == "PLAIN" and found[1:] == [OWN, self.server.post.password]
        return "235 2.7.0 Welcome" if self._signed else "535 5.7.8 Authentication failed"

    def _take(self) -> str:
        self._say("354 End with <CR><LF>.<CR><LF>")
        lines: list[bytes] = []
        while (line := self.rfile.readline(1_000_000)) != b".\r\n":
            if not line.endswith(b"\r\n") or len(line) > 1000:
                return "500 5.6.0 a line without an end"
            lines.append(line[1:] if line.startswith(b".") else line)
        to, self._to = self._to, ""
        return "250 2.0.0 Taken" if self.server.post.bring(to, b"".join(lines)) else ""


class SmtpServer(socketserver.ThreadingTCPServer):
    """The door on loopback; `port` 0 is any that is free."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, post: Post, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Submission)
        self.post = post
