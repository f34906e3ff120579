"""The board of people at the screen: whom an admin sees there, invites and revokes; that it was seen is kept."""

import re
from datetime import datetime, timedelta
from typing import Any

from desk import forms
from plan.people import Role
from sandbox.world import World
from scheduler import rights_due
from store import audit, deliveries, invites
from store.audit_actions import Action
from store.people_tables import Address
from store.postings import Identity
from tests.conftest import MakeWorld
from tests.desk.computer import PASSPHRASE, Computer
from tests.desk.people import seated, sets_passphrase

LINK = re.compile(r"<code>(https://t\.me/[^<]*\?start=([\w-]+))</code>")


def test_somebody_is_invited_and_revoked(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    lan = world.officer("Lan <i>x</i>", "sondung")
    with world.service.store.unit() as session:
        closed: dict[str, Any] = {"user": "7f", "chat": "7f", "linked_at": world.now, "unreachable_since": world.now}
        session.add(Address(person_id=3, channel="zalo", **closed))
    screen = seated(world, "Hương").opens("/can-bo")
    reached = "· nhận được tin (Telegram) · không nhận được tin qua Zalo từ 09:00"
    screen.shows("3 người đã liên kết", f"Lan <i>x</i> (P3) – cán bộ đầu mối {reached}")
    assert "<i>x" not in screen.page
    form = screen.form("/can-bo/moi") | {"agency": "sonlap", "role": "officer", "name": "chị Mai"}
    made = screen.posts("/can-bo/moi", form).shows(
        "Đường dẫn mời cán bộ đầu mối của UBND xã Sơn Lập", "Chỉ hiện lần này"
    )
    link = LINK.search(made.page)
    assert link is not None
    assert "<svg" in made.page
    screen.posts("/can-bo/moi", form).shows("Đường dẫn, mã chỉ hiện một lần")
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
    screen.opens("/can-bo").shows("Đánh dấu máy trực (Telegram)").opens("/can-bo/thu-hoi?nguoi=3&kenh=telegram").shows(
        "dùng chung?"
    )
    assert screen.form("/lam/share-on-duty")["channel"] == "telegram"
    screen.opens("/can-bo/thu-hoi?nguoi=3")
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


def drops(screen: Computer, text: str, **changes: str) -> Computer:
    """Puts a list into the form of the page."""
    form = screen.opens("/can-bo/nhieu").form("/can-bo/nhieu") | changes
    return screen.posts("/can-bo/nhieu", form, files={"tep": ("ds.csv", text.encode())})


def sends_list(screen: Computer, form: dict[str, str]) -> Computer:
    """Presses the second look's button."""
    return screen.posts("/can-bo/nhieu/moi", form, files={"none": ("", b"")})


def invited(world: World) -> list[tuple[str, str, str, int | None]]:
    """Whom invites were made for."""
    with world.service.store.look() as session:
        return [(each.agency_id, each.label, each.role, each.made_by) for each in invites.to_print(session)]


def test_a_list_is_mended_looked_at_and_invited_once(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    screen = seated(world, "Hương")
    screen.opens("/can-bo").shows("Mời nhiều người từ danh sách")
    bad = "Đơn vị,Họ tên,Vai trò\nSơn Xa,Lan,\nsondung,Hoa,đầu mối tổng hợp\nsonlong,Mai <i>y</i>,vua\nsonlap,...,\n"
    drops(screen, bad).shows("Dòng 2 : không có đơn vị nào tên là «Sơn Xa»", "Dòng 3 : «đầu mối tổng hợp» ",
                             "Dòng 4 : «vua» không phải", "Dòng 5 : họ tên «...»")  # fmt: skip
    assert "/can-bo/nhieu/moi" not in screen.page
    drops(screen, "").shows("Không thấy dòng tiêu đề")
    good = "Đơn vị,Họ tên,Vai trò\nsondung,Lan <i>x</i>,\nsonlong,Mai,thủ trưởng\n"
    drops(screen, good).shows("sẽ mời 2 người", "Lan <i>x</i>", "UBND xã Sơn Dung", "thủ trưởng")
    assert "<i>x" not in screen.page
    assert invited(world) == []
    form = screen.form("/can-bo/nhieu/moi")
    for _ in range(2):
        sends_list(screen, form).shows("Đã chuẩn bị đường dẫn mời cho 2 người", "Lan <i>x</i> (M")
    both = [("sondung", "Lan <i>x</i>", "officer", 1), ("sonlong", "Mai", "head", 1)]
    assert invited(world) == both
    drops(screen, good).shows("sẽ mời 0 người; 2 người đã được mời từ trước")
    # What comes back is read by the same rules: nobody becomes an admin by a field.
    made = form | {"nonce": forms.new_nonce(), "list": "agency,name,role\nnoivu,Tôi,admin"}
    assert sends_list(screen, made).status == 404
    boss = seated(world, "Sếp").opens("/can-bo").shows_no("Mời nhiều người")
    assert sends_list(boss, form | {"csrf": boss.form("/ra")["csrf"], "nonce": forms.new_nonce()}).status == 404
    boss.opens("/can-bo")
    assert boss.posts("/can-bo/nhieu", {"csrf": boss.form("/ra")["csrf"]}).status == 404
    assert boss.opens("/can-bo/nhieu").status == 404
    assert invited(world) == both


def test_a_list_that_is_none_or_too_long_says_so(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    screen = seated(world, "Hương")
    form = screen.opens("/can-bo/nhieu").form("/can-bo/nhieu")
    screen.posts("/can-bo/nhieu", form, files={"none": ("", b"")}).shows("chưa chọn tệp nào")
    head = "Đơn vị,Họ tên\n"
    drops(screen, head + "sonxa,Lan\n" * 130).shows("Dòng 101 :", "… và 30 lỗi nữa").shows_no("Dòng 102 :")
    # What the second form could not bear is refused at the first.
    drops(screen, head + "".join(f"sondung,{'x' * 90} {number}\n" for number in range(2600))).shows("quá dài")
    assert invited(world) == []


def test_rights_are_reviewed_each_year_and_who_is_long_away_is_shown(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    boss, other = world.admin("Hương"), world.admin("Phó")
    world.officer("Lan", "sondung")
    sets_passphrase(world, boss, other)
    screen = seated(world, "Hương").opens("/can-bo")
    screen.shows("Chưa rà soát lần nào", "Lần tới: 13/01/2021", "vào trang theo dõi lần cuối 09:00")
    screen.shows_no("Đến kỳ rà soát", "đã khóa trang theo dõi")
    # Others than admins read it, and do not do it.
    leader = seated(world, "Lan").opens("/nhiem-vu")
    sent = {"csrf": leader.form("/ra")["csrf"], "back": "/", "nonce": forms.new_nonce()}
    leader.posts("/lam/review-rights", sent).shows("dành cho đầu mối tổng hợp")
    world.now += timedelta(days=46)
    screen = seated(world, "Phó").opens("/can-bo")
    screen.shows("Hương (P1) – đầu mối tổng hợp · nhận được tin (Telegram) · đã khóa trang theo dõi: quá 45 ngày")
    screen.shows("1 người không vào trang theo dõi quá 45 ngày")
    Computer(world).opens("/vao").sends("/vao", name="P1", passphrase=PASSPHRASE).shows("tạm khóa")
    world.now += timedelta(days=400 - 46)
    screen = seated(world, "Phó").opens("/can-bo").shows("Đến kỳ rà soát. Chưa rà soát lần nào")
    form = screen.form("/lam/review-rights")
    for _ in range(2):
        screen.posts("/lam/review-rights", form).shows(
            "rà soát quyền của 3 người", "Lần gần nhất: 09:00 ngày 17/02/2021, Phó"
        )
    screen.shows_no("Đến kỳ rà soát.")
    with world.service.store.look() as session:
        [entry] = audit.of_actions(session, (Action.RIGHTS_REVIEWED,))
    assert (entry.actor, entry.via, entry.detail) == (2, "desk:form", {"count": 3})


def test_a_review_that_is_due_is_told_to_each_admin_once(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương"), world.officer("Lan", "sondung")
    began, office = world.now, world.service.office

    def told(now: datetime) -> list[bool]:
        day = office.today(began + timedelta(days=365))
        with world.service.store.unit() as session:
            rights_due.tell(session, office, now)
            return [deliveries.exists(session, Identity("rights-due", day=day, person_id=each)) for each in (1, 2)]

    assert told(began + timedelta(days=364)) == [False, False]
    for days in (366, 400):
        assert told(began + timedelta(days=days)) == [True, False]
