"""Mail in a world: the office's servers on this machine, our channel to them, and people with programs for mail."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from channels.mail.address import Mailbox, Server
from channels.mail.channel import Account, Mail
from plan.people import Role
from sandbox.mailbox.imap import ImapServer
from sandbox.mailbox.person import Correspondent
from sandbox.mailbox.post import OWN, PASSWORD, Post
from sandbox.mailbox.smtp import SmtpServer
from sandbox.world import World
from store import invites


class OnMail:
    """What a world has beside Telegram; its clock is the world's, once there is one."""

    def __init__(self) -> None:
        self._world: World | None = None
        self.post = Post(self._now)
        self.smtp, self.imap = SmtpServer(self.post), ImapServer(self.post)
        for each in (self.smtp, self.imap):
            threading.Thread(target=each.serve_forever, args=(0.01,), daemon=True).start()
        out, back = self._server("smtp", self.smtp), self._server("imap", self.imap)
        self.channel = Mail(Account(Mailbox(OWN, "Nhắc Việc"), out, lambda: b"k" * 32, back), self._now)

    def _server(self, way: str, of: SmtpServer | ImapServer) -> Server:
        return Server(way, "127.0.0.1", of.server_address[1], OWN, PASSWORD)

    @property
    def settings(self) -> dict[str, Any]:
        """What an office that has mail sets."""
        return {"smtp_url": "smtp://127.0.0.1:1", "mail_from": OWN, "imap_url": f"imap://{OWN}:x@127.0.0.1:1"}

    @property
    def world(self) -> World:
        """The world that it is beside."""
        assert self._world is not None
        return self._world

    @world.setter
    def world(self, world: World) -> None:
        self._world = world

    def _now(self) -> datetime:
        # A world asks who we are before there is one.
        return self._world.now if self._world is not None else datetime(2020, 1, 2, tzinfo=UTC)

    def person(self, name: str, address: str) -> Correspondent:
        """Somebody with an address."""
        return Correspondent(self.post, name, address, self.world.settle)

    def linked(self, name: str, address: str, agency: str, role: Role = Role.OFFICER) -> Correspondent:
        """Somebody on mail alone: a code that they wrote, the notice, «đồng ý»."""
        with self.world.service.store.unit() as session:
            key = self.world.service.office.invite_key()
            code = invites.make(session, agency, role, None, self.world.now, typed_with=key)
        return self.person(name, address).writes(f"Mã mời: {code[:4]} {code[4:]}").answers("Đồng ý ạ").forgets()


@contextmanager
def on_mail() -> Iterator[OnMail]:
    """The servers, until the test has ended."""
    found = OnMail()
    try:
        yield found
    finally:
        for each in (found.smtp, found.imap):
            each.shutdown()
            each.server_close()
