"""A strict server that takes letters, in the loop of the test: what it answers at each step is the test's."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

from channels.mail.address import Mailbox, Server
from channels.mail.channel import Account, Mail

NOW = datetime(2020, 1, 20, 0, 30, tzinfo=UTC)
USER, PASSWORD = "nhacviec@noivu.gov.vn", "mật-khẩu:rất/dài"


@dataclass
class Answers:
    """What the server says at each step, "" for yes; `cut` drops the line after the letter was taken."""

    mail: str = ""
    rcpt: str = ""
    data: str = ""
    cut: bool = False
    taken: list[EmailMessage] = field(default_factory=list)

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.mail or "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if not self.rcpt:
            envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if not self.data:
            found = message_from_bytes(envelope.content, policy=default)
            assert isinstance(found, EmailMessage)
            self.taken.append(found)
        if self.cut:
            server.transport.abort()
        return self.data or "250 OK"


def _signs_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@asynccontextmanager
async def serving(answers: Answers, *, password: str = PASSWORD, back: bool = True, **more: Any) -> AsyncIterator[Mail]:
    """Our channel to a server that wants a name and a password."""

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            # It warns of passwords in the clear, on this machine.
            warnings.simplefilter("ignore")
            return SMTP(
                answers, hostname="mail.test", authenticator=_signs_in, auth_required=True, auth_require_tls=False
            )

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reads = Server("imap", "127.0.0.1", 1, USER, PASSWORD) if back else None
    account = Account(
        Mailbox(USER, "Nhắc Việc"), Server("smtp", "127.0.0.1", port, USER, password), lambda: b"k" * 32, reads, **more
    )
    channel = Mail(account, lambda: NOW)
    try:
        yield channel
    finally:
        server.close()
        await server.wait_closed()
