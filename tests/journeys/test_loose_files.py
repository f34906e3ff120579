"""Files without a code are their sender's until they are placed: none is forgotten, and none is taken unasked."""

import pytest
from sqlmodel import col, select

from sandbox.phone import PNG, text_of
from sandbox.world import GROUP, World
from store.answer_tables import Blob, Evidence, Submission, Unclear
from store.retention import Policy, drop
from store.tables import AuditEntry


def placed(world: World) -> list[int | None]:
    """The answer of every file, in the order in which they came."""
    with world.service.store.look() as session:
        return [each.submission_id for each in session.exec(select(Evidence).order_by(col(Evidence.id)))]


def test_three_single_photos_are_all_taken_by_the_code_that_follows(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo(data=PNG + b"1").expects("Đã giữ 1 ảnh.")
    world.later(minutes=1)
    lan.sends_photo(data=PNG + b"2").expects("Đã giữ 2 ảnh từ 07:00")
    world.later(minutes=1)
    lan.sends_photo(data=PNG + b"3").expects("Đã giữ 3 ảnh từ 07:00")
    lan.says("2b").expects("Đã ghi nhận 2b", "Minh chứng: 3 ảnh từ 07:00").is_silent()
    assert placed(world) == [1, 1, 1]


def test_another_question_forgets_nothing_and_another_chat_neither(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan)
    lan.sends_photo(data=PNG + b"1").expects("Đã giữ 1 ảnh").says("/vuongmac 2h").expects("nêu khó khăn")
    lan.says("2b").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    lan.sends_photo(data=PNG + b"2").expects("Đã giữ 1 ảnh")
    lan.in_chat(GROUP).says("/done@NhacViecBot 1e")
    group.expects("Đã ghi nhận 1e", "1 ảnh")
    assert placed(world) == [1, 2]


def test_the_caption_the_reply_and_the_button_take_what_came_before_too(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.forgets().sends_photo(data=PNG + b"1").forgets().sends_photo("xong 1e", data=PNG + b"2")
    lan.expects("Đã ghi nhận 1e", "2 ảnh").sends_photo(data=PNG + b"3").forgets()
    lan.says("xong", reply_to="2b · còn").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    assert placed(world) == [1, 1, 2]


def test_a_code_of_another_day_asks_before_it_takes_an_old_photo(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo().expects("Đã giữ 1 ảnh")
    world.at(2020, 1, 3, 9, 0)
    lan.forgets().says("2b").expects(
        "1 ảnh gửi lúc 07:00 ngày 02/01/2020", "chưa thuộc việc nào", "Chưa có gì được ghi"
    )
    lan.taps("Không, chỉ xem việc 2b").expects("2b", "Chủ trì").is_silent()
    assert placed(world) == [None]
    lan.says("2b").forgets().taps("Đúng, báo xong 2b").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    assert placed(world) == [1]


def test_what_was_not_to_be_recorded_is_kept_and_taken_by_no_code(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo(data=PNG + b"1").forgets().says("hủy").expects("1 ảnh đã gửi vẫn được giữ: /minhchung")
    lan.sends_photo("2b cơ bản xong", data=PNG + b"2").forgets().taps("Không ghi").expects("1 ảnh đã gửi vẫn được giữ")
    lan.says("/done 2b").expects("Đã ghi nhận 2b")
    assert placed(world) == [None, None]


def test_what_came_with_a_word_that_is_no_answer_stays_with_it(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_album(3, "2b đang làm 60%").expects("Đã ghi tiến độ việc 2b", "3 ảnh").is_silent()
    world.later(minutes=1)
    lan.is_silent().sends_photo("1e cơ bản xong", data=PNG + b"9").expects("Đã giữ tin")
    lan.says("/done 2h").expects("Đã ghi nhận 2h").is_silent()
    assert placed(world) == [None] * 4
    lan.says("/lamro").forgets().taps("Đã xong").expects("Đã ghi nhận 1e", "1 ảnh")
    assert placed(world) == [None, None, None, 2]


def test_an_album_of_several_codes_is_asked_about_once_and_late_pictures_go_with_it(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_album(2, "xong 4c, 8b").expects("Đã ghi nhận 4c", "Đã ghi nhận 8b", "2 ảnh đồng chí gửi là minh chứng")
    with world.service.store.look() as session:
        album = (session.exec(select(Evidence.album)).first() or "").rpartition(":")[2]
    # A picture that the platform brings late belongs to the same question, and to its answer.
    world.later(seconds=30)
    world.platform.send_photo(lan.user, lan.chat, PNG + b"late", media_group_id=album)
    world.later(seconds=30)
    lan.is_silent().taps("Của cả 2").expects("Đã kèm 3 ảnh vào kết quả 4c, 8b").is_silent()
    assert sorted(each or 0 for each in placed(world)) == [1, 1, 1, 2, 2, 2]
    world.platform.send_photo(lan.user, lan.chat, PNG + b"later", media_group_id=album)
    world.later(seconds=30)
    lan.is_silent()
    assert None not in placed(world)


@pytest.mark.parametrize(
    "caption", ["2b xong, 2h chưa", "2b xong dự thảo, 2h xong", "xong", "xong 9z", "xong 2b.3", "/done 3c"]
)
def test_an_album_whose_caption_put_a_question_is_not_asked_about_again(world: World, caption: str) -> None:
    lan = world.officer("Lan", "sondung").sends_album(2, caption)
    assert len(lan.unread) == 1
    lan.forgets()
    world.later(seconds=30)
    lan.is_silent()


def test_an_album_whose_caption_put_none_is_asked_about(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_album(2, "3c xong, 3d xong").expects("Việc 3c do", "Việc 3d do").is_silent()
    world.later(seconds=30)
    lan.expects("Đã giữ 2 ảnh. Kết quả này của việc nào?").is_silent()


def test_an_album_that_waits_for_the_name_of_who_reports_is_asked_about_once(world: World) -> None:
    world.officer("Mai", "sondung")
    lan = world.officer("Lan", "sondung").says("/kenh máy trực").forgets()
    lan.sends_album(2, "xong 2b").expects("Ai báo nội dung này?")
    world.later(seconds=30)
    lan.is_silent().taps("Mai").expects("Đã ghi nhận 2b", "2 ảnh").is_silent()


def test_in_a_group_the_other_pieces_of_an_album_come_or_it_is_said_that_they_do_not(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan)
    lan.in_chat(GROUP).sends_album(3, "/done@NhacViecBot 2b")
    group.expects("Đã ghi nhận 2b", "1 ảnh", "Trong nhóm, hệ thống chỉ nhận được ảnh có lời kèm theo")
    group.expects("Không gửi giấy tờ của công dân").is_silent()


def long_text(words: str) -> list[str]:
    """A text that a phone sends in two messages."""
    filler = "nội dung chi tiết " * 400
    whole = f"{words} {filler}"
    return [whole[:4096], whole[4096:]]


def test_a_text_that_the_phone_split_is_one_act(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    first, second = long_text("/done 2b")
    for part in (first, second):
        world.platform.say(lan.user, lan.chat, part)
    world.settle()
    lan.expects("Đã ghi nhận 2b").is_silent()
    with world.service.store.look() as session:
        note = session.exec(select(Submission)).one().note
        assert len(note) > 4500
        assert session.exec(select(Unclear)).all() == []


def test_a_long_text_alone_waits_four_seconds_and_no_longer(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    before = world.now
    lan.says(long_text("/done 2b")[0]).expects("Đã ghi nhận 2b").is_silent()
    assert 4 <= (world.now - before).total_seconds() < 10


def test_where_a_group_is_heard_whole_the_album_comes_whole(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan)
    world.platform.chats[GROUP].heard_whole = True
    lan.in_chat(GROUP).sends_album(3, "/done@NhacViecBot 2b")
    group.expects("Không gửi giấy tờ của công dân").expects("Đã ghi nhận 2b", "3 ảnh").is_silent()
    lan.in_chat(GROUP).sends_album(2, "ảnh liên hoan")
    group.is_silent()
    assert placed(world) == [1, 1, 1]


def test_several_codes_with_a_photo_are_asked_whose_it_is(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("xong 2b, 1e").expects("Đã ghi nhận 2b", "Đã ghi nhận 1e", "là minh chứng của việc nào")
    assert placed(world) == [None]
    lan.taps("Của cả 2 việc").expects("Đã kèm 1 ảnh vào kết quả 2b, 1e").is_silent()
    assert sorted(placed(world)) == [1, 2]  # type: ignore[type-var]
    lan.says("/minhchung 1e").expects("1 tệp").expects("1e").says("/minhchung").expects("xem việc nào")


def test_what_is_loose_is_listed_and_can_be_placed(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").forgets().sends_photo().forgets().says("hủy").forgets()
    lan.says("/minhchung").expects("Đang giữ 1 ảnh chưa thuộc việc nào", "T1 · ảnh, gửi 07:00", "90 ngày")
    lan.expects_buttons("Kèm vào 2b", "Xem các tệp này").taps("Xem các tệp này").expects_photo("T1")
    lan.taps("Kèm vào 2b").expects("Đã kèm 1 ảnh vào kết quả 2b")
    assert placed(world) == [1]
    lan.says("/kemtep 2b").expects("Không có tệp nào đang chờ").is_silent()


def test_a_wrong_file_is_taken_out_before_and_after_it_is_an_answer(world: World) -> None:
    boss, lan, mua = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    boss.forgets()
    lan.sends_file("CCCD 079123.jpg", PNG + b"id").forgets().says("/gotep").expects("muốn gỡ tệp nào")
    lan.taps("Gỡ CCCD 079123.jpg").expects("Vì sao gỡ tệp «CCCD 079123.jpg»", "không lấy lại được")
    lan.says("gửi nhầm căn cước").expects("Đã gỡ tệp «CCCD 079123.jpg»: gửi nhầm căn cước").is_silent()
    lan.says("/done 2b").expects("Đã ghi nhận 2b")
    lan.sends_photo("2b", data=PNG + b"id").forgets()
    mua.says("/gotep T2 xem thử").expects("Chỉ người gửi").is_silent()
    lan.says("/gotep 2b").forgets().taps("Gỡ ảnh").forgets().says("nhầm căn cước")
    lan.expects("Đã gỡ tệp «ảnh» khỏi kết quả 2b").is_silent()
    boss.expects("đã gỡ tệp «ảnh» khỏi kết quả 2b – UBND xã Sơn Dung", "Lý do: nhầm căn cước")
    lan.says("/minhchung 2b").expects("đã được gỡ").is_silent()
    with world.service.store.look() as session:
        assert session.exec(select(Blob)).all() == []
        rows = session.exec(select(Evidence)).all()
        assert [(each.name, each.state, bool(each.removed_hash)) for each in rows] == [("", "removed", True)] * 2
        told = [each.detail for each in session.exec(select(AuditEntry)) if each.action == "file.removed"]
    assert [each["why"] for each in told] == ["gửi nhầm căn cước", "nhầm căn cước"]
    assert "079123" not in str(told)


def test_who_sent_a_loose_file_is_told_once_in_time_before_it_goes(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo().forgets()
    world.at(2020, 3, 24, 8, 0)
    lan.forgets()
    world.at(2020, 3, 25, 8, 0)
    said = [text_of(each) for each in lan.unread if "chưa thuộc việc nào" in text_of(each)]
    assert len(said) == 1
    assert "Đồng chí còn 1 ảnh, gửi từ 07:00 ngày 02/01/2020" in said[0]
    assert "Từ ngày 01/04/2020 hệ thống sẽ xóa" in said[0]
    policy = Policy(inbox_days=30, outbox_days=400, loose_days=90, person_months=6)
    for month, day, gone in ((3, 31, 0), (4, 1, 1)):
        world.at(2020, month, day, 9, 0)
        with world.service.store.unit() as session:
            dropped = drop(session, policy, world.now, world.now.date(), lambda *_: None)
        assert dropped.loose_files == gone
    assert not [each for each in lan.unread if "chưa thuộc việc nào" in text_of(each)][1:]


def test_a_file_that_does_not_come_is_told_to_its_sender_and_then_to_the_admins(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 8, 0)
    world.platform.files.gone = True
    lan.forgets()
    lan.sends_file("KH05.pdf", b"%PDF-1.4 x", "/done 2b").expects("Đã ghi nhận 2b", "1 tệp").is_silent()
    world.later(hours=7)
    said = [text_of(each) for each in lan.unread if "vẫn chưa lấy về được" in text_of(each)]
    assert len(said) == 1
    assert "Tệp «KH05.pdf» đồng chí gửi lúc 08:00 ngày 02/01/2020" in said[0]
    boss.forgets()
    world.at(2020, 1, 6, 9, 0)
    told = [text_of(each) for each in boss.unread if "chưa lấy về được sau 48 giờ" in text_of(each)]
    assert len(told) == 1
    assert "KH05.pdf – Lan" in told[0]
    world.platform.files.gone = False
    world.later(hours=7)
    with world.service.store.look() as session:
        assert session.exec(select(Evidence)).one().state == "stored"
