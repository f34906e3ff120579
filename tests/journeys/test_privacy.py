"""A person's own data: seen, erased while the office's record stays, and quiet that loses no reminder."""

import sqlite3
from contextlib import closing

from sandbox.phone import text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import World
from store import audit, people, privacy


def unreachable(method: str, _chat: int | None) -> Fault | None:
    """Nothing gets through to the platform."""
    return Fault("429", retry_after=600) if method.lower() == "sendmessage" else None


def everywhere(world: World, *needles: str) -> list[str]:
    """Every cell of the database in which a needle stands, evidence bytes aside."""
    found = []
    with closing(sqlite3.connect(world.database)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [each[0] for each in cursor.description]
            for row in cursor:
                for column, cell in zip(columns, row, strict=True):
                    if isinstance(cell, str) and any(needle in cell for needle in needles):
                        found.append(f"{table}.{column}: {cell[:120]}")
    return found


def test_a_person_sees_what_is_kept(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("/done 2b").expects("Đã ghi nhận")
    lan.says("/dulieu").expects(
        "Tên: Lan", f"tài khoản Telegram: {lan.user}", "cán bộ đầu mối, UBND xã Sơn Dung", "Kết quả đã báo: 1",
        "Tệp đã gửi: 1", "/xoadulieu",
    ).is_silent()  # fmt: skip
    world.phone("Người lạ").says("/dulieu").expects("không lưu dữ liệu nào").is_silent()


def test_erasing_leaves_no_trace_of_the_account_and_keeps_the_record(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan Nguyễn Thị", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.expects("2b").sends_photo("/done 2b đã ban hành").expects("Đã ghi nhận")
    lan.says("/vuongmac 1e thiếu người").expects("Đã ghi")
    boss.forgets()
    lan.says("/xoadulieu").expects("không hủy được", "UBND xã Sơn Dung").expects_buttons("Xóa dữ liệu của tôi")
    lan.taps("Xóa dữ liệu của tôi").expects("tin cuối cùng").is_silent()
    boss.expects("đã xóa dữ liệu cá nhân", "UBND xã Sơn Dung").is_silent()
    world.settle()

    assert everywhere(world, str(lan.user), "Lan Nguyễn", r"Lan Nguy\u1ec5n") == []
    # The result stands, and so does who is told: a stranger now, reminded of nothing.
    boss.says("/tonghop 2b").expects("1/23")
    lan.says("/viec").expects("chưa gắn với đơn vị nào").is_silent()
    world.at(2020, 1, 14, 7, 30)
    lan.is_silent()
    boss.expects("hưa có cán bộ", "UBND xã Sơn Long")
    with world.service.store.look() as session:
        assert audit.verify(session).why == ""
        assert "person.erased" in [each.action for each in audit.entries(session)]


def test_who_erased_everything_can_be_invited_anew(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/xoadulieu").taps("Xóa dữ liệu của tôi").forgets()
    world.officer("Lan", "sondung").says("/dulieu").expects("Tên: Lan")
    assert "Kết quả đã báo" not in lan.last


def test_quiet_rests_the_reminders_and_loses_none(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/tamdung").expects("trong bao lâu").expects_buttons("Đến sáng mai", "Một tuần", "Đến khi bật lại")
    lan.says("/tamdung 14/1").expects("Đã tạm dừng", "đến hết ngày 14/01/2020").is_silent()
    boss.expects("Tạm dừng nhắc", "UBND xã Sơn Dung").is_silent()
    world.at(2020, 1, 2, 7, 30)
    world.at(2020, 1, 14, 7, 30)
    lan.is_silent()
    boss.expects("hưa có cán bộ").forgets()
    # What could not be said is said on the first morning after: one message, days counted on that day.
    world.at(2020, 1, 15, 7, 30)
    lan.expects("2b", "còn 6 ngày làm việc").is_silent()
    lan.says("/done 2b").expects("Đã ghi nhận")


def test_quiet_ends_by_word_and_a_digest_that_waited_is_not_lost(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/tamdung").taps("Đến khi bật lại").forgets()
    world.at(2020, 1, 2, 7, 30)
    lan.is_silent()
    lan.says("/tamdung tat").expects("Đã bật lại")
    lan.expects("2b").is_silent()


def test_quiet_withdraws_a_digest_that_has_not_left(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    # Made at 07:30, but the platform is out of reach: it waits.
    world.platform.fault_source = unreachable
    world.at(2020, 1, 2, 7, 30)
    world.platform.fault_source = lambda _method, _chat: None
    lan.says("/tamdung 1").expects("Đã tạm dừng")
    world.later(hours=1)
    lan.is_silent()
    world.at(2020, 1, 3, 7, 30)
    lan.expects("2b").is_silent()


def test_a_time_that_cannot_be_read_is_asked_again(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    for wish in ("32/1", "hôm qua", "0", "99999", "1/1/2019"):
        lan.says(f"/tamdung {wish}").expects("Chưa rõ thời gian").is_silent()


def test_quiet_until_a_day_that_has_passed_is_not_quiet_for_a_year(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 9, 0)
    lan.forgets().says("/tamdung 1/1").expects("Ngày 01/01/2020 đã qua", "kèm năm: /tamdung 01/01/2021").is_silent()
    lan.says("/tamdung").expects("trong bao lâu")
    assert "Đang tạm dừng" not in lan.last
    lan.forgets().says("/tamdung 01/01/2021").expects("Đã tạm dừng tin nhắc đến hết ngày 01/01/2021")


def test_who_agreed_to_an_older_notice_is_asked_once_and_reminded_meanwhile(world: World) -> None:
    boss, lan, binh = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Bình", "sonlong")
    with world.service.store.unit() as session:
        number = people.by_user(session, "telegram", str(lan.user))
        assert number is not None
        session.connection().exec_driver_sql(f"UPDATE consent SET edition = 1 WHERE person_id = {number[0].id}")
    world.at(2020, 1, 14, 7, 30)
    told = [text_of(each) for each in lan.unread]
    newer = [each for each in told if "nay có bản mới" in each]
    assert len(newer) == 1
    assert "Không dùng để đánh giá, xếp loại cán bộ" in newer[0]
    assert "bằng giấy, thư điện tử" in newer[0]
    assert any("2b" in each for each in told), "the reminder comes all the same"
    assert not any("bản mới" in text_of(each) for each in (*boss.unread, *binh.unread))
    world.at(2020, 1, 15, 7, 30)
    lan.forgets().says("đồng ý cái gì ạ?").expects("Chưa ghi đồng ý").is_silent()
    lan.says("Dạ em đồng ý ạ").expects("Đã ghi đồng chí đồng ý").is_silent()
    lan.says("/dulieu").expects("Dữ liệu hệ thống đang lưu").taps("Toàn văn thông báo")
    lan.expects("toàn văn (phiên bản 2)", "91/2025/QH15", "12 tháng", "400 ngày", "máy chủ đặt ở nước ngoài")
    with world.service.store.look() as session:
        assert [each.edition for each in privacy.kept(session, number[0].id or 0).consents] == [1, 2]
