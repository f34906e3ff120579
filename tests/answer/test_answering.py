"""Officers answer by a link: what is owed, what they send, the receipt on the page and in the chat, taking back."""

from __future__ import annotations

import re

import pytest

from plan.people import Role
from store import people
from store.types import EvidenceState
from tests.answer.people import linked_and_given, reader, with_a_page
from tests.answer.reader import links_in
from tests.channels.on_zalo import OnZalo
from tests.conftest import MakeWorld
from tests.journeys.test_zalo import kept, on_zalo

PDF = b"%PDF-1.4\n" + b"x" * 3000
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"y" * 3000


@pytest.fixture
def zalo(make_world: MakeWorld) -> OnZalo:
    """The world with the page."""
    return with_a_page(make_world)


def test_a_digest_on_zalo_brings_a_link_and_a_document_sent_by_it_is_the_answer(zalo: OnZalo) -> None:
    lan = zalo.linked("Lan", "sondung").forgets()
    boss = zalo.world.admin("Hoa")
    zalo.world.at(2020, 1, 14, 8, 0)
    digest = lan.unread[0]
    path = links_in(digest)[0]
    assert len(digest.encode()) <= 1900
    lan.forgets()
    boss.forgets()
    browser = reader(zalo)
    for _ in range(2):  # a preview, and the person
        browser.opens(path).shows("2b – UBND xã Sơn Dung", "Hạn", "Đã xong", "Vướng mắc", "đồng chí Lan", status=200)
    assert "<script" not in browser.page
    browser.sends(
        path,
        [("kh05.pdf", PDF), ("anh.heic", HEIC)],
        answer="done",
        note="đã ban hành",
        number="KH 05/KH-UBND 12/01/2020",
    ).shows(
        "Đã ghi nhận", "2b", "hoàn thành", "đúng hạn", "Tệp đã nhận: 1 ảnh, 1 tệp", "tin nhắn của đồng chí", status=200
    )
    lan.expects("Đã ghi nhận", "2b", "05/KH-UBND", "1 ảnh, 1 tệp", "Báo qua đường dẫn", "15/01/2020").is_silent()
    # Loaded again the page says the same, and the form that is sent again does nothing.
    browser.opens(path).shows("Đường dẫn này đã dùng", "Đã ghi nhận")
    browser.sends(path, answer="blocked", note="thiếu kinh phí").shows("Đường dẫn này đã dùng")
    lan.is_silent()
    files = kept(zalo.world, "SELECT name, content, state, submission_id IS NULL, left_at FROM evidence ORDER BY id")
    assert files == [
        ("kh05.pdf", "application/pdf", EvidenceState.STORED, 0, None),
        ("anh.heic", "image/heic", EvidenceState.STORED, 0, None),
    ]
    lan.says("/lichsu 2b.1").expects("qua đường dẫn")


def test_what_came_by_a_link_is_taken_back_for_a_day(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo)
    reader(zalo).sends(path, answer="done").shows("Đã ghi nhận")
    lan.expects("Báo qua đường dẫn", "hủy được đến").is_silent()
    zalo.world.later(hours=20)
    lan.forgets().says("/hoantac").says("đúng").says("A")
    assert kept(zalo.world, "SELECT withdrawn_at IS NOT NULL FROM submission") == [(1,)]


def test_a_day_later_or_once_it_was_confirmed_taking_back_is_asked_for(make_world: MakeWorld) -> None:
    zalo = with_a_page(make_world, review="all")
    boss = zalo.world.admin("Hoa")
    lan, path = linked_and_given(zalo)
    reader(zalo).sends(path, answer="done")
    boss.forgets().says("/xacnhan 2b sondung")
    zalo.world.later(hours=1)
    lan.forgets().says("/hoantac 2b").expects("lý do").is_silent()
    assert kept(zalo.world, "SELECT withdrawn_at FROM submission") == [(None,)]


def test_a_mistake_keeps_what_was_typed_and_the_files_that_came(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo)
    browser = reader(zalo)
    browser.sends(path, [("to-trinh.pdf", PDF)], answer="blocked", number="TTr 3/TTr-UBND")
    browser.shows("Đề nghị ghi vướng mắc", "to-trinh.pdf", "vẫn còn", status=422)
    assert 'value="TTr 3/TTr-UBND"' in browser.page
    assert 'value="blocked" required checked' in browser.page
    lan.is_silent()
    # Another answer in the chat takes none of it.
    lan.says("2h đã kiện toàn xong").forgets()
    assert kept(zalo.world, "SELECT submission_id, left_at IS NOT NULL FROM evidence") == [(None, 1)]
    browser.sends(path, answer="blocked", note="chưa có kinh phí", kept=browser.kept).shows(
        "Đã ghi vướng mắc", status=200
    )
    lan.expects("vướng mắc", "chưa có kinh phí", "Báo qua đường dẫn", "hủy được đến").is_silent()
    assert kept(zalo.world, "SELECT obligation_id IS NOT NULL, left_at FROM evidence") == [(1, None)]


def test_progress_and_more_for_what_was_reported_already(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo)
    browser = reader(zalo)
    browser.sends(path, answer="progress", percent="160").shows("từ 0 đến 100", status=422)
    browser.sends(path, answer="progress", percent="60", note="đang lấy ý kiến").shows("60% – đang lấy ý kiến")
    lan.expects("60%", "Báo qua đường dẫn").is_silent()
    lan.says("xong 2b đã ban hành").forgets().says("/guitep 2b")
    second = links_in(lan.last)[0]
    lan.forgets()
    browser.opens(second).shows("đã được báo")
    browser.sends(second, [("kh05.pdf", PDF)]).shows("bổ sung")
    lan.expects("bổ sung", "1 tệp").is_silent()


def test_what_was_answered_while_the_page_was_open_is_not_overturned(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo)
    browser = reader(zalo).opens(path)
    lan.says("xong 2b đã ban hành").forgets()
    browser.sends(path, answer="blocked", note="chưa có kinh phí").shows(
        "vừa được báo xong", "chưa có kinh phí", status=422
    )
    assert "answer-blocked" not in browser.page
    browser.sends(path, note="kèm danh sách").shows("bổ sung", status=200)
    lan.expects("bổ sung").is_silent()


def test_nothing_arose_is_offered_where_work_comes_again(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo, "2c")
    browser = reader(zalo)
    browser.opens(path).shows("Không phát sinh trong kỳ")
    browser.sends(path, answer="nothing").shows("không phát sinh")
    lan.expects("không phát sinh", "Báo qua đường dẫn").is_silent()


def test_too_many_and_too_big_are_named_and_the_others_stay(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo)
    browser = reader(zalo)
    many = [(f"anh{number}.heic", HEIC + bytes([number])) for number in range(12)]
    big = ("phim.mp4", b"\0\0\0\x18ftypisom" + b"z" * (20 * 1024 * 1024))
    browser.sends(path, [big, *many], answer="done")
    browser.shows("phim.mp4", "anh9.heic", "anh11.heic", "20 MB", "10 tệp", status=422)
    assert len(browser.kept) == 9
    browser.sends(path, answer="done", kept=browser.kept[1:]).shows("Đã ghi nhận")
    lan.expects("8 ảnh").is_silent()


def test_a_link_is_over_by_time_by_a_newer_one_and_with_the_role(zalo: OnZalo) -> None:
    lan, first = linked_and_given(zalo)
    lan.says("/guitep 2b")
    second = links_in(lan.last)[0]
    lan.forgets()
    browser = reader(zalo)
    browser.opens(first).shows("Đã có đường dẫn mới hơn", status=410)
    browser.sends(first, answer="done").shows("Đã có đường dẫn mới hơn", status=410)
    browser.opens(second).shows("Đã xong", status=200)
    zalo.world.at(2020, 1, 21, 9, 1)
    lan.forgets().says("/guitep 2h")
    third = links_in(lan.last)[0]
    browser.opens(second).shows("hết hạn", status=410)
    boss = zalo.world.admin("Hoa")
    number = int(str(kept(zalo.world, "SELECT id FROM person WHERE name = 'Lan'")[0][0]))
    boss.says(f"/thuhoi P{number} sondung")
    if boss.unread:
        boss.taps("Thu hồi")
    browser.opens(third).shows("không còn phụ trách", status=410)
    browser.sends(third, answer="done").shows("không còn phụ trách", status=410)
    # Somebody who answers for it again is given another one.
    lives = kept(zalo.world, "SELECT id FROM membership WHERE until IS NULL AND role = 'officer'")
    assert lives == []
    with zalo.world.service.store.unit() as session:
        people.join(session, number, "sondung", Role.OFFICER, zalo.world.now, via="test")
    browser.opens(third).shows("không còn phụ trách", status=410)
    lan.forgets().says("/guitep 2h")
    fourth = links_in(lan.last)[0]
    browser.opens(fourth).shows("Đã xong", status=200)
    # A right that ends by itself, as a stand-in's does, ends the link too.
    with zalo.world.service.store.unit() as session:
        for each in people.memberships(session, number):
            each.until = zalo.world.now
            session.add(each)
    browser.sends(fourth, answer="done").shows("không còn phụ trách", status=410)
    assert kept(zalo.world, "SELECT count(*) FROM submission") == [(0,)]


def test_erasing_forgets_the_links(zalo: OnZalo) -> None:
    lan, path = linked_and_given(zalo)
    lan.says("/dulieu").expects("Đường dẫn để báo kết quả: 2")
    lan.says("/xoadulieu").says(re.findall(r"«([A-Z])»: Xóa dữ liệu", lan.last)[0])
    assert kept(zalo.world, "SELECT count(*) FROM answer_link") == [(0,)]
    reader(zalo).opens(path).shows("Không có gì ở địa chỉ này", status=404)


def test_neither_the_outbox_nor_the_database_knows_an_address(zalo: OnZalo) -> None:
    _, path = linked_and_given(zalo)
    token = path.rpartition("/")[2]
    dump = "\n".join(str(row) for row in kept(zalo.world, "SELECT body FROM delivery"))
    assert "https://bao.example.vn/b/****" in dump
    zalo.world.service.store.close()
    assert token.encode() not in zalo.world.database.read_bytes()


def test_a_picture_leaves_as_a_link_for_a_day(zalo: OnZalo) -> None:
    lan = zalo.linked("Lan", "sondung").forgets()
    lan.says("/bieudo")
    path = links_in(lan.last)[0]
    browser = reader(zalo)
    browser.opens(path).shows("Mở hoặc tải về", status=200)
    picture = browser.opens(f"{path}/tep")
    assert picture.content.startswith(b"\x89PNG")
    assert picture.headers["content-type"] == "image/png"
    assert "sandbox" in picture.headers["content-security-policy"]
    zalo.world.later(hours=25)
    browser.opens(path).shows("Không có gì ở địa chỉ này", status=404)


def test_a_report_leaves_as_a_link_whose_page_names_it(zalo: OnZalo) -> None:
    boss = zalo.linked("Hoa", "noivu", Role.HEAD).forgets()
    boss.says("/baocao quý 1")
    found = [path for each in boss.unread for path in links_in(each)]
    assert found
    browser = reader(zalo)
    names = [browser.opens(path).shows("Mở hoặc tải về", status=200).text for path in found]
    assert any(".docx" in each for each in names)
    for path in found:
        browser.opens(f"{path}/tep")
        assert browser.status == 200
        assert browser.headers["content-disposition"].startswith("attachment" if b"PK" in browser.content[:4] else "")
    outbox = str(kept(zalo.world, "SELECT body FROM delivery"))
    assert not any(path.rpartition("/")[2] in outbox for path in found)


def test_each_task_of_a_digest_has_its_link_and_every_message_fits(zalo: OnZalo) -> None:
    lan = zalo.linked("Lan", "sondung").forgets()
    zalo.world.at(2020, 3, 10, 8, 0)
    said = [each for each in lan.unread if links_in(each)]
    assert said
    assert all(len(each.encode()) <= 1900 for each in lan.unread)
    paths = [path for each in said for path in links_in(each)]
    assert len(paths) == len(set(paths)) > 1
    browser = reader(zalo)
    codes = {re.findall(r"<h1>(\S+) –", browser.opens(path).page)[0] for path in paths}
    assert len(codes) == len(paths), "each for a task of its own"


def test_without_a_public_address_nothing_of_it_appears(make_world: MakeWorld) -> None:
    zalo = on_zalo(make_world)
    lan = zalo.linked("Lan", "sondung").forgets()
    zalo.world.at(2020, 1, 14, 9, 0)
    assert "http" not in lan.unread[0]
    lan.forgets().says("/guitep 2b").expects("chụp ảnh từng trang", "nộp văn bản về").is_silent()
    zalo.platform.assumes.unsupported_is_named = True
    lan.sends_document().expects("chụp ảnh từng trang, hoặc nộp văn bản về")
    lan.says("/bieudo")
    assert "http" not in lan.last
    assert "/guitep" not in "".join(lan.says("/trogiup_du").unread)
    assert kept(zalo.world, "SELECT count(*) FROM answer_link") == [(0,)]


def test_a_document_that_does_not_arrive_is_answered_with_the_way(zalo: OnZalo) -> None:
    lan = zalo.linked("Lan", "sondung").forgets()
    zalo.platform.assumes.unsupported_is_named = True
    lan.sends_document().expects("/guitep").is_silent()
