"""Hands one letter to the server: a connection for each, so that at every moment it is known how far it came."""

import asyncio
import ssl
from contextlib import suppress

import aiosmtplib

from channels.errors import ChannelError
from channels.mail.address import Server
from channels.mail.errors import Step, broken

# All of it together stays below the lease under which a row of the outbox is sent.
CONNECT_S, ANSWER_S, DATA_S = 15.0, 15.0, 50.0
QUIT_S = 2.0
# What may go wrong on the way, beside what we are told.
FAILURES = (aiosmtplib.SMTPException, OSError, asyncio.TimeoutError, ssl.SSLError, ValueError, EOFError)


class Post:
    """The way to one server; `hostname` is what we call ourselves there."""

    def __init__(self, server: Server, hostname: str) -> None:
        self.server, self._hostname = server, hostname

    async def send(self, sender: str, to: str, letter: bytes) -> None:
        """Hands over one letter to one address; raises ChannelError."""
        client = await self._signed_in()
        step = Step.SENDER
        try:
            try:
                size = [f"SIZE={len(letter)}"] if client.supports_extension("size") else []
                await client.mail(sender, options=size, timeout=ANSWER_S)
                step = Step.RECIPIENT
                await client.rcpt(to, timeout=ANSWER_S)
                step = Step.DATA
                await client.data(letter, timeout=DATA_S)
            except FAILURES as error:
                raise broken(step, error, self.server) from None
        finally:
            await self._leave(client)

    async def look(self) -> None:
        """Signs in and leaves again; raises ChannelError."""
        await self._leave(await self._signed_in())

    async def _signed_in(self) -> aiosmtplib.SMTP:
        server = self.server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            local_hostname=self._hostname,
            use_tls=server.way == "smtps",
            start_tls=server.way == "starttls",
            timeout=ANSWER_S,
        )
        step = Step.CONNECT
        try:
            await client.connect(timeout=CONNECT_S)
            await client.ehlo(timeout=ANSWER_S)
            step = Step.LOGIN
            if server.user:
                await client.login(server.user, server.password, timeout=ANSWER_S)
        except FAILURES as error:
            client.close()
            raise self._not_in(step, error) from None
        return client

    def _not_in(self, step: Step, error: Exception) -> ChannelError:
        if isinstance(error, aiosmtplib.SMTPNotSupported):
            # It offers no way to sign in, or no TLS: as good as a password that it does not take.
            return broken(step, aiosmtplib.SMTPResponseException(538, error.message), self.server)
        return broken(step, error, self.server)

    async def _leave(self, client: aiosmtplib.SMTP) -> None:
        """What comes after the answer changes nothing of it."""
        if client.is_connected:
            with suppress(*FAILURES):
                await client.quit(timeout=QUIT_S)
        client.close()
