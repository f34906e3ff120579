"""Mail in a world: the office's servers on this machine, our channel to them, and people with programs for mail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from channels.mail.address import IMAP_PORTS, SMTP_PORTS, mailbox, server
from channels.mail.channel import Account, Mail
from plan.people import Role
from sandbox.mailbox.person import Correspondent
from sandbox.mailbox.post import Post
from sandbox.mailbox.servers import Servers
from sandbox.world import World
from store import invites
from store.invites import Typed

PORTS = {"smtp_url": SMTP_PORTS, "imap_url": IMAP_PORTS}


class OnMail:
    """What a world has beside Telegram; its clock is the world's, once there is one."""

    def __init__(self) -> None:
        self._world: World | None = None
        self.post = Post(self._now)
        self.servers = Servers(self.post)
        out, self.back = (server(self.settings[name], ports) for name, ports in PORTS.items())
        self.channel = Mail(Account(mailbox(self.settings["mail_from"]), out, lambda: b"k" * 32, self.back), self._now)

    @property
    def settings(self) -> dict[str, str]:
        """What an office that has mail sets."""
        return self.servers.settings

    @property
    def tried(self) -> list[str]:
        """What was tried to be changed in the mailbox."""
        return self.servers.imap.tried

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
            typed = Typed(self.world.service.office.invite_key(), self.channel.name)
            code = invites.make(session, agency, role, None, self.world.now, typed=typed)
        return self.person(name, address).writes(f"Mã mời: {code[:4]} {code[4:]}").answers("Đồng ý ạ").forgets()


@contextmanager
def on_mail() -> Iterator[OnMail]:
    """The servers, until the test has ended."""
    found = OnMail()
    try:
        yield found
    finally:
        found.servers.close()
