"""Addresses of mail, and of the servers that carry it; apart from the channel, so that the settings load no client."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import quote, unquote, urlsplit

from words.mail_addresses import canonical
from words.names import one_line

# What the channel is called in the record.
NAME = "mail"
# The port of each way to a server: in the clear, under TLS from the first byte, and with STARTTLS demanded.
SMTP_PORTS: Mapping[str, int] = {"smtp": 25, "smtps": 465, "starttls": 587}
IMAP_PORTS: Mapping[str, int] = {"imap": 143, "imaps": 993, "starttls": 143}
HIDDEN, MOST = "…", 200


@dataclass(frozen=True)
class Mailbox:
    """From whom our letters are: an address, and the name shown beside it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The part behind the @."""
        return self.address.rpartition("@")[2]


def mailbox(value: str) -> Mailbox:
    """«a@b.vn» or «Name <a@b.vn>»; raises ValueError for anything else."""
    name, address = parseaddr(value)
    found = canonical(address)
    if found is None or any(each in value for each in "\r\n,;"):
        raise ValueError("write one address, as nhacviec@example.gov.vn or Nhắc Việc <nhacviec@example.gov.vn>")
    return Mailbox(found, one_line(name))


@dataclass(frozen=True)
class Server:
    """A server of mail, and how one signs in; `folder` is the mailbox that is read there."""

    way: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    folder: str = "INBOX"

    @property
    def is_open(self) -> bool:
        """Whether a password would go over the network in the clear."""
        return self.way in ("smtp", "imap") and bool(self.password) and not _is_here(self.host)

    def masked(self, text: str) -> str:
        """A text of a server on one line of at most 200 letters, without the password, however it is written."""
        if self.password:
            pair = f"\0{self.user}\0{self.password}".encode()
            forms = {self.password, quote(self.password, safe="")}
            forms |= {base64.b64encode(each).decode() for each in (self.password.encode(), pair)}
            for each in sorted(forms, key=len, reverse=True):
                text = text.replace(each, HIDDEN)
        return one_line(text, MOST)


def server(value: str, ports: Mapping[str, int]) -> Server:
    """A server by its address, smtps://USER:PASSWORD@HOST:PORT; raises ValueError with what to write instead."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError(_how(ports)) from None
    if parts.scheme not in ports or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(_how(ports))
    folder = unquote(parts.path.strip("/"))
    if folder and ports is SMTP_PORTS:
        raise ValueError(_how(ports))
    if bool(parts.username) != bool(parts.password) or any(not each.isprintable() for each in unquote(value)):
        raise ValueError(f"a name and a password belong together: {_how(ports)}")
    return Server(
        parts.scheme,
        parts.hostname,
        port or ports[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        folder or "INBOX",
    )


def _how(ports: Mapping[str, int]) -> str:
    ways = ", ".join(f"{each}://" for each in ports)
    return (
        f"write {ways} with the server, for example {list(ports)[1]}://nhacviec%40example.gov.vn:PASSWORD@"
        f"mail.example.gov.vn; in a name or a password write @ as %40, : as %3A and / as %2F"
    )


def _is_here(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")
