"""A code of eight digits belongs to a channel: typed elsewhere it says where, and is not used up."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sandbox.mailbox.person import said
from sandbox.phone import Phone
from tests.channels.on_mail import OnMail, on_mail
from tests.channels.on_zalo import ADDRESS, TOKEN, OnZalo
from tests.conftest import MakeWorld
from tests.journeys.test_zalo import kept


@pytest.fixture
def both(make_world: MakeWorld) -> Iterator[tuple[OnZalo, OnMail]]:
    """A service on Telegram, Zalo and mail."""
    zalo = OnZalo()
    with on_mail() as mail:
        given = {"zalo_bot_token": TOKEN, "zalo_api_url": ADDRESS} | mail.settings
        zalo.world = mail.world = make_world(2020, 1, 2, 7, 0, beside=(zalo.channel, mail.channel), **given)
        zalo.world.settle()
        yield zalo, mail


def code_in(words: str) -> str:
    """The eight digits of a message."""
    found = re.search(r"\b\d{4} \d{4}\b", words)
    assert found, words
    return found[0]


def asked(admin: Phone, words: str) -> str:
    """The code that an admin is given for some words."""
    code = code_in(admin.says(words).last)
    admin.forgets()
    return code


def test_an_invite_for_zalo_is_said_on_zalo(both: tuple[OnZalo, OnMail]) -> None:
    zalo, mail = both
    hoa = zalo.world.admin("Hoa")
    code = asked(hoa, "/moi sondung zalo")
    zalo.world.phone("Lan").says(code).expects("dùng trên Zalo", "Mã vẫn còn dùng được").is_silent()
    # A letter that proves nobody gets no answer on codes either than where it belongs.
    mail.person("Lan", "lan@a.vn").writes(f"Mã mời: {code}").expects("dùng trên Zalo")
    # Whoever has a role and types it here is told the same.
    hoa.says(code).expects("dùng trên Zalo").is_silent()
    zalo.phone("Lan").says(code).expects("dữ liệu cá nhân").says("đồng ý").expects("Sơn Dung")
    assert kept(zalo.world, "SELECT count(*) FROM invite WHERE used_by IS NULL AND person_id IS NULL") == [(0,)]
    # Used up it is a wrong one everywhere, and tells nobody where it belonged.
    zalo.world.phone("Mai").says(code).expects("không đúng").is_silent()


def test_an_invite_by_letter_is_said_in_a_letter(both: tuple[OnZalo, OnMail]) -> None:
    zalo, mail = both
    code = asked(zalo.world.admin("Hoa"), "/moi sondung email")
    zalo.phone("Lan").says(code).expects("qua thư điện tử", "Mã vẫn còn dùng được").is_silent()
    mail.person("Lan", "lan@a.vn").writes(code).expects("dữ liệu cá nhân")


def test_a_code_for_a_further_way_works_there_alone(both: tuple[OnZalo, OnMail]) -> None:
    zalo, _ = both
    lan = zalo.world.officer("Lan", "sondung")
    code = asked(lan, "/kenh zalo")
    lan.says(code).expects("dùng trên Zalo").is_silent()
    zalo.phone("Lan").says(code).expects("Lan")


def test_a_code_that_proves_an_address_costs_and_is_cost_nothing(both: tuple[OnZalo, OnMail]) -> None:
    zalo, mail = both
    lan, hoa = zalo.world.officer("Lan", "sondung"), zalo.world.admin("Hoa")
    there = mail.person("Lan", "lan@a.vn")
    lan.says("/kenh lan@a.vn").forgets()
    code = code_in(said(there.last))
    # Somebody else's account, or a stranger's, proves nothing.
    zalo.phone("Người lạ").says(code).expects("xác nhận một địa chỉ thư").is_silent()
    hoa.forgets().says(code).expects("xác nhận một địa chỉ thư").is_silent()
    # An invite that belongs elsewhere is no wrong try for it.
    invite = asked(hoa, "/moi sonlong zalo")
    lan.says(invite).expects("dùng trên Zalo").is_silent()
    assert kept(zalo.world, "SELECT tries FROM address_code") == [(0,)]
    lan.says(code).expects("lan@a.vn")
