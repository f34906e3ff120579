"""Đôn đốc at the screen: seen first, sent once; what was said by hand; what goes out; the log."""

import io
import zipfile

from plan.people import Role
from reports.story.events_in_words import story
from sandbox.world import World
from store import obligations
from store.tables import Obligation
from tests.conftest import MakeWorld
from tests.desk.people import seated


def owed(world: World, agency: str, milestone: str = "2b.1") -> Obligation:
    """An agency's obligation."""
    with world.service.store.look() as session:
        rows = obligations.of_agencies(session, [agency], task=milestone.partition(".")[0])
        return next(row for row in rows if row.milestone == milestone)


def test_late_work_is_urged_once_and_a_call_is_noted(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    world.at(2020, 2, 3, 9, 0)
    mine, other = owed(world, "sondung").id, owed(world, "sonlong").id
    for phone in (lan, mai):
        phone.forgets()
    page = seated(world, "Hương").opens("/don-doc").shows("UBND xã Sơn Dung", "quá hạn 2 ngày làm việc")
    page.shows("Đơn vị không có ai nhận được tin nhắc:", "Xã Sơn Tân", "Tin nhắc 30 ngày tới", "thứ Sáu, 07/02/2020 2")
    assert f'name="viec" value="{mine}"' in page.page
    seen = page.opens(f"/don-doc/xem?viec={mine}&viec={other}").shows("Gửi tin đôn đốc: 2 người", "Lan: 2b", "Mai: 2b")
    world.settle()
    assert not lan.unread
    form = seen.form("/lam/urge")
    seen.posts("/lam/urge", form).shows("Đã chuyển đôn đốc tới 2 người của 2 đơn vị")
    seen.posts("/lam/urge", form).shows("Đã chuyển đôn đốc tới 2 người của 2 đơn vị")
    world.settle()
    lan.expects("Đôn đốc", "2b").is_silent()
    mai.expects("Đôn đốc", "2b").is_silent()
    seen.opens(f"/don-doc/xem?viec={mine}").shows("Hôm nay đã được đôn đốc, không gửi lại: Lan (Xã Sơn Dung)")
    # What was said by telephone stands beside it, and is asked for its words.
    seen.sends("/lam/note-urging", way="phone", day="2020-01-31", note="").shows("Đã trao đổi với ai")
    seen.sends("/lam/note-urging", note="đã gọi <b>Chủ tịch</b>, hẹn thứ Sáu").shows(
        "Đã ghi đôn đốc qua điện thoại ngày 31/01/2020 về việc 2b của Xã Sơn Dung", "<b>Chủ tịch</b>"
    )
    assert "<b>Chủ tịch" not in seen.page
    with world.service.store.look() as session:
        row = obligations.get(session, mine or 0)
        assert row is not None
        last = story(session, world.service.office, row)[-1]
    assert (last.what, last.note, last.person) == (
        "Đôn đốc qua điện thoại",
        "đã gọi <b>Chủ tịch</b>, hẹn thứ Sáu",
        "Hương",
    )
    assert world.service.office.today(last.at).isoformat() == "2020-01-31"
    assert last.late
    seen.opens(f"/don-doc/xem?viec={mine}").sends("/lam/note-urging", way="phone", day="2020-03-01", note="sẽ gọi")
    seen.shows("chưa đến nên chưa ghi được")
    seen.opens("/don-doc?don-vi=sondung").shows("đôn đốc qua tin 1, gọi điện và họp 1, công văn 0")
    letter = "/don-doc/cong-van/sondung"
    assert f'href="{letter}"' in seen.page
    assert f'href="{letter}"' in seen.opens(f"/nhiem-vu/{mine}").page
    with zipfile.ZipFile(io.BytesIO(seen.reads(letter))) as parts:
        assert "UBND xã Sơn Dung" in parts.read("word/document.xml").decode()
    assert "cong-van" in seen.headers["content-disposition"]
    # To itself, and to nobody that we know, there is none.
    for other_agency in ("noivu", "khong-co"):
        assert seen.opens(f"/don-doc/cong-van/{other_agency}").status == 404, other_agency
    log = seen.opens("/don-doc/nhat-ky?loai=urge").shows("2 tin về nhiệm vụ", "Lan", "Mai", "đôn đốc", "đã gửi")
    log.opens("/don-doc/nhat-ky?loai=urge&don-vi=sondung").shows("1 tin về nhiệm vụ", "2b – Xã Sơn Dung")
    # A leader looks and does nothing; an officer has no such page.
    leader = seated(world, "Sếp").opens(f"/don-doc/xem?viec={other}")
    assert leader.status == 200
    assert "/lam/" not in leader.page
    assert leader.opens(letter).status == 404
    assert "cong-van" not in leader.opens(f"/nhiem-vu/{mine}").page
    assert "checkbox" not in leader.opens("/don-doc").page
    for path in ("/don-doc", f"/don-doc/xem?viec={mine}", "/don-doc/nhat-ky", letter):
        assert seated(world, "Lan").opens(path).status == 404


def test_odd_addresses_are_answered(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    screen = seated(world, "Hương")
    for path in ("/don-doc/xem?viec=x", "/don-doc/xem?viec=999999", "/don-doc/xem?viec=-1", "/don-doc/xem?viec=٣"):
        assert screen.opens(path).status == 404, path
    for path in (
        "/don-doc?don-vi=khong-co", "/don-doc/xem", "/don-doc/nhat-ky?tu=9999-12-31&den=0001-01-01&trang=99999999999",
        "/don-doc/nhat-ky?nguoi=%00&loai=%3Cscript%3E&ket-qua=x&don-vi=%27", "/don-doc/nhat-ky?trang=0",
    ):  # fmt: skip
        assert screen.opens(path).status == 200, path
        assert "<script>" not in screen.page
    form = screen.opens(f"/don-doc/xem?viec={owed(world, 'sondung').id}").form("/lam/note-urging")
    for fields, status in (({"way": "pigeon"}, 400), ({"day": "hôm qua"}, 400), ({"rows": "1;2"}, 404)):
        assert screen.posts("/lam/note-urging", form | {"note": "x", "way": "phone"} | fields).status == status
