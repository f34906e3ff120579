"""The board of people at the screen: whom an admin sees there, invites and revokes; that it was seen is kept."""

import re
from typing import Any

from desk import forms
from plan.people import Role
from store import audit
from tests.conftest import MakeWorld
from tests.desk.people import seated

LINK = re.compile(r"<code>(https://t\.me/[^<]*\?start=([\w-]+))</code>")


def test_somebody_is_invited_and_revoked(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    lan = world.officer("Lan <i>x</i>", "sondung")
    screen = seated(world, "Hương").opens("/can-bo")
    screen.shows("3 người đã liên kết", "Lan <i>x</i> (P3) – cán bộ đầu mối · nhận được tin (Telegram)")
    assert "<i>x" not in screen.page
    form = screen.form("/can-bo/moi") | {"agency": "sonlap", "role": "officer", "name": "chị Mai"}
    made = screen.posts("/can-bo/moi", form).shows(
        "Đường dẫn mời cán bộ đầu mối của UBND xã Sơn Lập", "Chỉ hiện lần này"
    )
    link = LINK.search(made.page)
    assert link is not None
    assert "<svg" in made.page
    screen.posts("/can-bo/moi", form).shows("Đường dẫn chỉ hiện một lần")
    assert link[2] not in screen.page
    with world.service.store.look() as session:
        kept = session.connection().exec_driver_sql("SELECT replies FROM desk_press").fetchall()
    assert link[2] not in str(kept)
    screen.opens("/can-bo").shows("chị Mai (M", "chưa bắt đầu, đường dẫn đến")
    mai = world.phone("Mai")
    mai.starts(link[2]).taps("Tôi đồng ý")
    screen.opens("/can-bo").shows("Mai (P4)")
    # It ends only after it was shown whole.
    screen.opens("/can-bo/thu-hoi?nguoi=3").shows("Kết thúc quyền của Lan <i>x</i>", "Sơn Dung")
    lan.forgets()
    screen.sends("/lam/end-rights").shows("Đã kết thúc quyền của Lan", "Không còn ai nhận tin cho: UBND xã Sơn Dung")
    lan.says("/viec").expects("chưa gắn với đơn vị nào")
    screen.opens("/can-bo/thu-hoi?nguoi=3")
    assert screen.status == 404
    screen.opens("/can-bo/thu-hoi?nguoi=1").shows("đầu mối tổng hợp duy nhất")
    assert "/lam/end-rights" not in screen.page
    with world.service.store.look() as session:
        seen = [(each.actor, each.subject) for each in audit.of_actions(session, ("desk.seen",))]
        assert (1, "page:/can-bo") in seen
        ended = audit.of_actions(session, ("member.ended",))
        assert [(each.via, each.actor) for each in ended] == [("desk:form", 1)]


def test_who_is_no_admin_changes_nobody(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Lan", "sondung")
    good = seated(world, "Hương").opens("/can-bo").form("/can-bo/moi") | {"agency": "sonlap", "role": "admin"}
    for name, path in (("Sếp", "/can-bo"), ("Lan", "/nhiem-vu")):
        screen = seated(world, name).opens(path)
        assert "/can-bo/moi" not in screen.page
        assert "thu-hoi" not in screen.page
        fields = good | {"csrf": screen.form("/ra")["csrf"]}
        assert screen.posts("/can-bo/moi", fields).status == 404
        assert screen.opens("/can-bo/thu-hoi?nguoi=3").status == 404
        press = fields | {"person": "3", "back": "/", "nonce": forms.new_nonce()}
        screen.posts("/lam/end-rights", press).shows("dành cho đầu mối tổng hợp")
    boss = seated(world, "Hương").opens("/can-bo")
    boss.shows("3 người đã liên kết, 0 đường dẫn mời")
    for fields in ({"agency": "x"}, {"role": "king"}, {"nonce": "x"}):
        sent: dict[str, Any] = {"agency": "sonlap", "role": "officer"} | fields
        assert boss.sends("/can-bo/moi", **sent).status == 404
        boss.opens("/can-bo")
