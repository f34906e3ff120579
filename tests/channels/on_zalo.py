"""Zalo in a world: the fake platform, our channel to it, and the phones on it."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx

from channels.zalo.channel import Zalo
from plan.people import Role
from sandbox.world import World
from sandbox.zalo_api.assumptions import Assumptions
from sandbox.zalo_api.http import create_app
from sandbox.zalo_api.phone import ZaloPhone
from sandbox.zalo_api.platform import Platform
from store import invites
from store.invites import Typed

TOKEN, ADDRESS = "1459:sandbox-secret-of-nobody", "http://zalo.test"


class OnZalo:
    """What a world has beside Telegram; its clock is the world's, once there is one."""

    def __init__(self) -> None:
        self._world: World | None = None
        # A world's clock stands still while it polls until nothing is left, and goes on by seconds while it sends.
        self.platform = Platform(TOKEN, self._now, Assumptions(poll_every_s=0.0, kept_s=30.0))
        self.platform.address = ADDRESS
        app = httpx.ASGITransport(create_app(self.platform), raise_app_exceptions=False)
        self.channel = Zalo(TOKEN, ADDRESS, transport=app, poll_every_s=0.0)

    @property
    def world(self) -> World:
        """The world that it is beside."""
        assert self._world is not None
        return self._world

    @world.setter
    def world(self, world: World) -> None:
        self._world = world

    def _now(self) -> datetime:
        # A world asks who the bot is before there is one.
        return self._world.now if self._world is not None else datetime(2020, 1, 2, tzinfo=UTC)

    def phone(self, name: str) -> ZaloPhone:
        """Somebody's phone."""
        return ZaloPhone(self.platform, name, self.world.settle)

    def linked(self, name: str, agency: str, role: Role = Role.OFFICER) -> ZaloPhone:
        """Somebody linked by a code that they typed, after the notice and the words «đồng ý»."""
        with self.world.service.store.unit() as session:
            typed = Typed(self.world.service.office.invite_key(), self.channel.name)
            code = invites.make(session, agency, role, None, self.world.now, typed=typed)
        return self.phone(name).says(f"{code[:4]} {code[4:]}").says("dong y ạ").forgets()
