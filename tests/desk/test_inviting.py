"""Invites from the screen by each way, and the printed pages: new links for whom is ticked, and the old ones end."""

import io
import re
from typing import Any

from docx import Document

from plan.people import Role
from store import audit, invites, settings
from tests.channels.on_zalo import ADDRESS, OnZalo
from tests.channels.on_zalo import TOKEN as ZALO_TOKEN
from tests.conftest import MakeWorld
from tests.desk.computer import Computer
from tests.desk.people import seated
from tests.journeys.test_zalo import kept

PRINT, FURTHER = "/can-bo/trang-in", "/can-bo/kenh"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TICK = re.compile(r'value="(\d+)" checked> <strong>([^<]*)<')
LIST = (("sondung", Role.OFFICER, "Đinh Thị Lan"), ("sondung", Role.HEAD, "Bình"), ("tuphap", Role.OFFICER, "Minh"))


def asks(screen: Computer, *names: str, path: str = PRINT) -> dict[str, Any]:
    """The form of the page with some of its people ticked, all where none is named."""
    screen.opens(path)
    ticked = [number for number, name in TICK.findall(screen.page) if name in names or not names]
    # The first form is the filter.
    return {**screen.form(PRINT, 1), "row": ticked}


def sends(screen: Computer, form: dict[str, Any]) -> Computer:
    """Presses the button."""
    return screen.posts(PRINT, form, files={"none": ("", b"")})


def printed(screen: Computer, form: dict[str, Any]) -> dict[str, str]:
    """Presses it; gives what is printed beside each name, less the address before a link's code."""
    sends(screen, form)
    assert screen.headers["content-type"] == WORD
    rows = [row.cells[1].text.splitlines() for each in Document(io.BytesIO(screen.data)).tables for row in each.rows]
    return {name.split(" – ")[0]: code.rpartition("=")[2] for name, code, _ in rows}


def test_pages_are_printed_and_end_what_was_printed_before(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    with world.service.store.unit() as session:
        for each in LIST:
            invites.prepare(session, each, world.now, by=1)
    screen = seated(world, "Hương").opens("/can-bo").shows("In trang mời")
    form = asks(screen)
    screen.shows("Đinh Thị Lan (M", "không dùng được nữa", "UBND xã Sơn Dung", "Phòng Tư pháp").shows_no("Mời qua")
    first = printed(screen, form)
    assert set(first) == {"Đinh Thị Lan", "Bình", "Minh"}
    # The same form again makes nothing: what it gave still works.
    sends(screen, form).shows("Đã tạo trang mời cho 3 người", "Đường dẫn chỉ có trong tệp đã tải về")
    assert "?start=" not in screen.page
    second = printed(screen, asks(screen, "Đinh Thị Lan", path=f"{PRINT}?don-vi=sondung"))
    screen.opens(f"{PRINT}?don-vi=sondung").shows_no("Minh")
    assert set(second) == {"Đinh Thị Lan"}
    lan = world.phone("Mèo Con")
    lan.starts(first["Đinh Thị Lan"]).expects("đã được dùng hoặc đã hết hạn")
    lan.starts(second["Đinh Thị Lan"])
    screen.opens(PRINT).shows("đã mở đường dẫn, chưa đồng ý")
    late = asks(screen, "Đinh Thị Lan")
    lan.taps("Tôi đồng ý").forgets()
    lan.says("/dulieu").expects("Tên: Đinh Thị Lan")
    # Who has begun meanwhile gets no other link.
    sends(screen, late).shows("Chưa tạo trang nào")
    world.phone("Minh").starts(first["Minh"]).expects("Phòng Tư pháp")
    with world.service.store.look() as session:
        renewed = audit.of_actions(session, ("invite.renewed",))
        assert [(each.via, each.actor) for each in renewed] == [("desk:form", 1)] * 4
        seen = [(each.actor, each.subject) for each in audit.of_actions(session, ("desk.seen",))]
        assert (1, f"page:{PRINT}") in seen


def test_an_invite_for_zalo_is_a_code_that_is_typed(make_world: MakeWorld) -> None:
    zalo = OnZalo()
    given: dict[str, Any] = {"zalo_bot_token": ZALO_TOKEN, "zalo_api_url": ADDRESS, "zalo_month_messages": 3}
    link = {"zalo_bot_link": "https://zalo.me/s/botcuaxa"}
    world = zalo.world = make_world(2020, 1, 14, 9, 0, beside=(zalo.channel,), **given, **link)
    world.settle()
    world.admin("Hương")
    with world.service.store.unit() as session:
        invites.prepare(session, LIST[2], world.now, by=1)
    screen = seated(world, "Hương").opens("/can-bo").shows("Mời qua Telegram Zalo (bằng mã)")
    screen.shows("Gói Zalo của tháng này: 0/50 người (0%)", "0/3 tin đã gửi (0%)").shows_no("Khi hết")
    screen.sends("/can-bo/moi", agency="sondung", role="officer", name="Lan", way="zalo")
    screen.shows("Mã mời cán bộ đầu mối của UBND xã Sơn Dung", "Người được mời mở Zalo, quét mã QR bên dưới")
    assert "<svg" in screen.page
    [code] = re.findall(r"<code>(\d{4} \d{4})</code>", screen.page)
    zalo.phone("Lan").says(code).expects("dữ liệu cá nhân", "Sơn Dung")
    form = asks(screen, "Minh", path=f"{PRINT}?kenh=zalo")
    screen.shows("mã tám chữ số để nhắn trên Zalo")
    codes = printed(screen, form)
    minh = zalo.phone("Mèo").says(codes["Minh"]).says("đồng ý").forgets()
    minh.says("/dulieu").expects("Tên: Minh")
    screen.opens("/can-bo").shows("1/50 người (2%)", "/3 tin đã gửi (", "Từ nay tin gửi qua kênh khác", "Khi hết, Zalo")
    # Who is linked on Telegram gets a further way, and hears there that somebody made the code.
    nga = world.officer("Nga", "sondung")
    nga.forgets()
    [(number,)] = kept(world, "SELECT id FROM person WHERE name = 'Nga'")
    further = f"{FURTHER}?nguoi={number}"
    assert further in screen.opens("/can-bo").page
    form = screen.opens(further).shows(f"Nga (P{number})").form(FURTHER) | {"way": "zalo"}
    screen.posts(FURTHER, form).shows("Mã gắn Zalo cho Nga", "dùng một lần")
    assert "<svg" in screen.page
    [code] = re.findall(r"\b\d{4} \d{4}\b", screen.text)
    screen.posts(FURTHER, form).shows("Mã chỉ hiện một lần").shows_no(code)
    world.settle()
    nga.expects("Hương", "vừa tạo mã để gắn Zalo", "báo ngay").is_silent()
    zalo.phone("Nga").says(code).expects("Gắn Zalo này vào tài khoản của Nga").says("đồng ý").expects("Đã gắn Zalo")
    assert kept(world, "SELECT actor, via FROM audit WHERE action = 'way.code'") == [(1, "desk:form")]
    # Nobody vouches for another admin, from wherever.
    world.admin("Phó")
    [(other,)] = kept(world, "SELECT id FROM person WHERE name = 'Phó'")
    screen.opens(f"{FURTHER}?nguoi={other}").shows("chỉ tạo được trên máy chủ")
    forged = form | {"person": str(other), "nonce": "B" * 22}
    screen.posts(FURTHER, forged).shows("chỉ tạo được trên máy chủ")
    assert len(kept(world, "SELECT id FROM invite WHERE person_id IS NOT NULL")) == 1
    assert screen.opens(f"{PRINT}?kenh=fax").status == 404
    screen.opens("/can-bo")
    assert screen.sends("/can-bo/moi", agency="sondung", role="officer", way="fax").status == 404


def test_nobody_is_invited_where_no_bot_has_ever_run(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    screen = seated(world, "Hương")
    form = screen.opens("/can-bo").form("/can-bo/moi") | {"agency": "sondung", "role": "officer"}
    with world.service.store.unit() as session:
        settings.drop(session, "bot_name:telegram")
    screen.opens("/can-bo").shows("bot chưa chạy lần nào").shows_no("In trang mời")
    screen.opens(PRINT).shows("bot chưa chạy lần nào")
    assert screen.posts("/can-bo/moi", form).status == 404
