"""A world whose office has a public address, and an officer on Zalo in it."""

from __future__ import annotations

from typing import Any

from sandbox.zalo_api.phone import ZaloPhone
from tests.answer.reader import SITE, Reader, links_in
from tests.channels.on_zalo import ADDRESS, TOKEN, OnZalo
from tests.conftest import MakeWorld


def with_a_page(make_world: MakeWorld, **settings: Any) -> OnZalo:
    """A service on Telegram and on Zalo with the page, on the morning of 2 January 2020."""
    found = OnZalo()
    given = {"zalo_bot_token": TOKEN, "zalo_api_url": ADDRESS, "public_url": SITE} | settings
    found.world = make_world(2020, 1, 2, 7, 0, beside=(found.channel,), **given)
    found.world.settle()
    return found


def linked_and_given(zalo: OnZalo, code: str = "2b") -> tuple[ZaloPhone, str]:
    """Lan of Sơn Dung on 14 January, with the link that she asked for."""
    lan = zalo.linked("Lan", "sondung")
    zalo.world.at(2020, 1, 14, 9, 0)
    lan.forgets().says(f"/guitep {code}")
    path = links_in(lan.last)[0]
    lan.forgets()
    return lan, path


def reader(zalo: OnZalo) -> Reader:
    """Somebody with a browser."""
    return Reader(zalo.world)
