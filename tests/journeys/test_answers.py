"""Officers answer, each in their own way; all ways come to the same."""

import unicodedata

from sqlmodel import select

from bot.door.album_questions import ALBUM_WAITS
from bot.door.receive import SELDOM_S
from sandbox.phone import PNG, labels_of
from sandbox.telegram_api.values import Fault
from sandbox.world import World
from store import inbox
from store.answer_tables import Blob, Evidence, Submission
from store.tables import Inbox, Obligation
from store.types import EvidenceState


def submissions(world: World) -> list[tuple[str, str, str]]:
    """Milestone, agency and note of every standing answer."""
    with world.service.store.look() as session:
        rows = session.exec(select(Submission, Obligation).join(Obligation))
        return [(o.milestone, o.agency_id, s.note) for s, o in rows if s.withdrawn_at is None]


def evidence(world: World) -> list[Evidence]:
    """Every file that was sent."""
    with world.service.store.look() as session:
        return list(session.exec(select(Evidence)))


def test_typed_command_with_a_note(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b đã ban hành kế hoạch 05")
    lan.expects("Đã ghi nhận 2b – UBND xã Sơn Dung", "đúng hạn", "2b.2").expects_buttons("Báo nhầm – hủy").is_silent()
    assert submissions(world) == [("2b.1", "sondung", "đã ban hành kế hoạch 05")]


def test_the_same_answer_in_many_spellings(world: World) -> None:
    spellings = (
        "/Done 2B",
        "/xong 2b",
        "/xong_2b",
        "xong 2b",
        "Đã xong 2b",
        "2b xong",
        "/done 2 b",
        "/done@NhacViecBot 2b",
    )
    for number, text in enumerate(spellings):
        commune = ("sondung", "sonlong", "sontan", "sonmua", "sonlien", "sonbua", "sontinh", "sonlap")[number]
        phone = world.officer(f"Cán bộ {commune}", commune)
        phone.says(text).expects("Đã ghi nhận 2b").is_silent()
    assert [milestone for milestone, _, _ in submissions(world)] == ["2b.1"] * len(spellings)


def test_a_photo_a_file_and_an_album_are_one_answer_each_and_their_bytes_are_kept(world: World) -> None:
    lan, mua, tinh = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua"), world.officer("Tinh", "sontinh")
    lan.sends_photo("/done 2b").expects("1 ảnh").is_silent()
    mua.sends_file("Kế hoạch 05.pdf", b"%PDF-1.4 x", "/done 2b").expects("1 tệp").is_silent()
    tinh.sends_album(3, "/done 2b").expects("3 ảnh").is_silent()
    assert len(submissions(world)) == 3
    files = evidence(world)
    assert [file.state for file in files] == [EvidenceState.STORED] * 5
    assert {file.submission_id for file in files} == {1, 2, 3}
    with world.service.store.look() as session:
        assert PNG in {blob.data for blob in session.exec(select(Blob))}


def test_an_album_that_supplements_an_answer_is_kept_whole(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_album(2, "/done 2b").expects("2 ảnh").is_silent()
    lan.sends_album(3, "/done 2b thêm ảnh").expects("Đã bổ sung", "3 ảnh").is_silent()
    assert len(evidence(world)) == 5
    assert {file.submission_id for file in evidence(world)} == {1}
    world.later(minutes=10)
    lan.is_silent()


def test_what_a_file_is_is_noted_whatever_the_phone_calls_it(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_file("Báo cáo\u202efdp.exe", b"MZ\x90\0" + bytes(200), "/done 2b", mime="application/pdf")
    lan.expects("Đã ghi nhận 2b", "1 tệp").expects("có thể chạy chương trình", "PDF").is_silent()
    file = evidence(world)[0]
    assert (file.content, file.state) == ("application/vnd.microsoft.portable-executable", EvidenceState.STORED)
    assert file.name == "Báo cáofdp.exe"


def test_the_same_picture_from_two_people_is_kept_once(world: World) -> None:
    world.officer("Lan", "sondung").sends_photo("/done 2b")
    world.officer("Mua", "sonmua").sends_photo("/done 2b")
    with world.service.store.look() as session:
        assert len(session.exec(select(Blob)).all()) == 1
    assert len(evidence(world)) == 2


def test_a_reply_to_the_reminder_needs_no_code(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.expects("2b").sends_photo(reply_to="Tin tự động").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()


def test_a_reply_in_plain_words_is_asked_what_it_means_and_keeps_the_words(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.expects("2b").says("xong dự thảo rồi ạ", reply_to="Tin tự động")
    lan.expects("Đã giữ tin", "2b", "xong dự thảo rồi ạ")
    lan.expects_buttons("Đang thực hiện", "Đã trình, chờ ký", "Đã xong", "Vướng mắc", "Không ghi")
    lan.taps("Đang thực hiện").expects("Đã ghi tiến độ việc 2b", "xong dự thảo").is_silent()
    assert submissions(world) == []


def test_the_button_under_the_reminder(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    # Tapped twice before the first was handled: one answer, and the second is told so over the chat.
    lan.expects("2b").taps("Đã xong", times=2).expects("Đã ghi nhận 2b").is_told("đã được báo hoàn thành")
    assert len(submissions(world)) == 1


def test_a_photo_without_a_code_is_kept_and_the_code_is_asked_for(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo().expects("Đã giữ 1 ảnh. Kết quả này của việc nào?", "mã việc", "Việc khác: 1a, 1b").is_silent()
    assert labels_of(lan._from_bot()[-1])[0] == "2b – Xây dựng và triển khai thực hiện kế hoạch rà soát, đánh…"
    world.later(hours=3)
    lan.expects("Tin tự động").says("2b").expects("Đã ghi nhận 2b", "07:00 ngày 02/01/2020", "1 ảnh").is_silent()


def test_an_unknown_code_keeps_the_photo_and_names_ones_own_tasks(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("/done 9z").expects("Chưa rõ việc «9z»", "Đã giữ 1 ảnh").is_silent()
    assert "2d – Thực hiện niêm yết công khai, minh bạch TTHC" in labels_of(lan._from_bot()[-1])
    lan.says("/done 2b").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    assert [file.submission_id for file in evidence(world)] == [1]


def test_what_a_command_without_a_code_is_about_is_asked_in_its_own_words(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/vuongmac").expects("Đồng chí gặp vướng mắc ở việc nào?")
    lan.taps("2h – Kiện toàn Bộ phận tiếp nhận và trả kết quả tại các cơ…").expects("vướng mắc của việc 2h").says("hủy")
    lan.forgets().says("/khongphatsinh").expects("Việc nào không phát sinh trong kỳ?")
    assert "2b – " not in "".join(labels_of(lan._from_bot()[-1]))
    lan.forgets().says("/done 2b đã ban hành").forgets().says("/suachua").expects("Đồng chí sửa nội dung")
    assert [each[:5] for each in labels_of(lan._from_bot()[-1])] == ["2b – ", "Không"]
    # Of an officer of two agencies each button says whose task it is.
    mai = world.officer("Mai", "sonlong", "sonmua")
    mai.says("/tiendo").expects("Đồng chí báo tiến độ việc nào?")
    mai.taps("2b – Xã Sơn Mùa: Xây dựng và triển khai thực…").expects(
        "2b – UBND xã Sơn Mùa: đang thực hiện"
    ).is_silent()


def test_an_album_without_a_caption_is_asked_about_once(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    assert world.receiver.idle_s() == SELDOM_S
    lan.sends_album(3)
    world.settle()
    # Nothing but the clock says when it is asked about.
    assert 0 < world.receiver.idle_s() <= ALBUM_WAITS.total_seconds()
    world.later(seconds=10)
    lan.expects("Đã giữ 3 ảnh", "mã việc").is_silent()
    assert world.receiver.idle_s() == SELDOM_S
    lan.says("2b").expects("Đã ghi nhận 2b", "3 ảnh").is_silent()


def test_the_letter_d_with_and_without_its_stroke(world: World) -> None:
    both = world.officer("Minh", "tuphap")  # owes 1d and 1đ
    only = world.officer("Hà", "yte")  # owes 1đ, not 1d
    both.says("/done 1d").expects("Đồng chí báo việc nào?").taps("1đ – Xây dựng").expects("Đã ghi nhận 1đ").is_silent()
    for text in ("/done 1đ", "/done 1Đ", "/done 1 đ", "/done 1dd", "/done " + unicodedata.normalize("NFD", "1đ")):
        both.says(text).expects("1đ").is_silent()
    only.says("/done 1d xong rồi").expects("Việc 1d do Phòng Tư pháp").taps("1đ – Xây dựng").expects(
        "Đã ghi nhận 1đ – Phòng Y tế"
    ).is_silent()
    assert [(milestone, agency) for milestone, agency, _ in submissions(world)] == [("1đ.1", "tuphap"), ("1đ.1", "yte")]


def test_a_section_number_alone_is_asked_about(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2").expects("mục 2").taps("2b – Xây dựng").expects("Đã ghi nhận 2b")


def test_the_earliest_milestone_closes_and_the_rest_is_named(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").expects("Đã ghi nhận 2b", "Mốc: trước ngày 31/01/2020", "Việc 2b còn", "2b.2").is_silent()
    world.later(hours=1)
    lan.sends_photo("/done 2b thêm ảnh").expects("Đã bổ sung vào kết quả 2b", "1 ảnh").is_silent()
    world.at(2020, 1, 3, 9, 0)
    lan.says("/done 2b đã gửi báo cáo").expects("báo nội dung nào")
    lan.taps("2b.2 – Báo cáo kết quả").expects("Đã ghi nhận 2b").is_silent()
    assert submissions(world) == [("2b.1", "sondung", "thêm ảnh"), ("2b.2", "sondung", "đã gửi báo cáo")]


def test_an_officer_of_two_agencies_is_asked_for_which(world: World) -> None:
    lan = world.officer("Lan", "sondung", "sonlong")
    lan.says("/done 2b").expects("cho đơn vị nào").expects_buttons("2b – Xã Sơn Dung", "2b – Xã Sơn Long", "Không ghi")
    lan.taps("2b – Xã Sơn Long").expects("UBND xã Sơn Long").is_silent()
    assert [agency for _, agency, _ in submissions(world)] == ["sonlong"]


def test_whose_work_it_is_is_read_where_the_agency_stands_with_the_code(world: World) -> None:
    lan = world.officer("Lan", "sondung", "sonlong")
    for said, agency in (
        ("/done 2b sonlong", "UBND xã Sơn Long"),
        ("2h sơn long xong", "UBND xã Sơn Long"),
        ("Xã Sơn Dung xong 2h", "UBND xã Sơn Dung"),
    ):
        lan.says(said).expects("Đã ghi nhận", agency).is_silent()
    # Of two that are named nobody knows whose it is.
    for said in ("Sơn Dung, Sơn Long xong 1e", "/xong 1e sondung, sonlong"):
        lan.says(said).expects("cho đơn vị nào").is_silent()
    # Where it stands elsewhere it may be whom something was sent to.
    lan.says("xong 4c, đã gửi xã Sơn Long").expects("cho đơn vị nào")
    lan.says("sơn dung ạ").expects("Đã ghi nhận 4c", "UBND xã Sơn Dung", "đã gửi xã Sơn Long").is_silent()
    # The one that is named has answered: the other is not taken for it.
    lan.says("2b sơn long xong").expects("kết quả 2b – UBND xã Sơn Long đã báo").is_silent()
    assert len(submissions(world)) == 4


def test_nobody_answers_for_another_agency(world: World) -> None:
    lan, minh = world.officer("Lan", "sondung"), world.officer("Minh", "tuphap")
    world.at(2020, 1, 2, 7, 30)
    with world.service.store.look() as session:
        foreign = session.exec(select(Obligation).where(Obligation.agency_id == "tuphap")).first()
    assert foreign is not None
    lan.forgets().says(f"/done #{foreign.id}").expects("không dành cho đồng chí").is_silent()
    lan.says("/done 3c").expects("không phải việc của đơn vị đồng chí").is_silent()
    # What her agency coordinates is no answer for the lead either.
    lan.says("/done 1c").expects("phần phối hợp của UBND xã Sơn Dung").is_silent()
    assert submissions(world) == []
    minh.forgets().is_silent()


def test_undo_within_ten_minutes_and_not_later(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").expects("Đã ghi nhận").taps("Báo nhầm – hủy").expects("Đã hủy kết quả 2b").is_silent()
    assert submissions(world) == []
    lan.says("/done 2b").expects("Đã ghi nhận")
    world.later(minutes=11)
    lan.says("/hoantac").expects("Đã quá 10 phút").is_silent()
    assert len(submissions(world)) == 1


def test_on_time_until_midnight_by_the_messages_own_date(world: World) -> None:
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    world.at(2020, 1, 30, 23, 59)
    lan.forgets().says("/done 2b").expects("23:59 ngày 30/01/2020, đúng hạn")
    world.at(2020, 1, 31, 0, 1)
    mua.forgets().says("/done 2b").expects("00:01 ngày 31/01/2020, quá hạn")


def test_a_message_counts_from_when_it_was_written_not_from_when_we_read_it(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 30, 23, 59)
    world.stop()
    lan.forgets().says("/done 2b")
    world.now = world.now.replace(hour=22, minute=0)
    world.start()
    world.settle()
    lan.expects("23:59 ngày 30/01/2020, đúng hạn")


def test_the_same_update_twice_changes_nothing(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").expects("Đã ghi nhận")
    with world.service.store.unit() as session:
        rows = session.exec(select(Inbox)).all()
        again = [(row.key, row.raw) for row in rows]
        assert inbox.keep(session, "telegram", again, world.now) == 0
        # Even under another key, as after the platform restarted its numbering.
        assert inbox.keep(session, "telegram", [(f"again-{key}", raw) for key, raw in again[-1:]], world.now) == 1
    world.settle()
    assert len(submissions(world)) == 1
    lan.is_silent()


def test_an_edit_does_not_change_what_was_recorded_but_may_mend_what_was_not(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 9z").expects("Chưa rõ việc")
    lan.edits("/done 9z", "/done 2b").expects("Đã ghi nhận 2b").is_silent()
    lan.edits("/done 2b", "/done 1e").expects("sửa tin không làm thay đổi").is_silent()
    assert [milestone for milestone, _, _ in submissions(world)] == ["2b.1"]


def test_a_file_over_20_mb_is_recorded_and_asked_for_smaller(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_file("lon.pdf", b"x" * (20 * 1024 * 1024 + 1), "/done 2b")
    lan.expects("Đã ghi nhận 2b", "20 MB", "lon.pdf").is_silent()
    assert [file.state for file in evidence(world)] == [EvidenceState.TOO_BIG]


def test_progress_and_trouble(world: World) -> None:
    boss = world.admin("Hoa")
    lan = world.officer("Lan", "sondung")
    lan.says("/tiendo 2b 60 lấy ý kiến các xã").expects("60% – lấy ý kiến các xã").is_silent()
    lan.says("/vuongmac 2b").expects("nêu khó khăn").says("thiếu kinh phí").expects("báo ngay cho Phòng Nội vụ")
    boss.expects("Vướng mắc", "2b, UBND xã Sơn Dung", "thiếu kinh phí").is_silent()
    lan.is_silent()


def test_ongoing_work_takes_a_line_and_its_evidence_and_stays_open(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("/done 2d đã niêm yết").expects("việc thường xuyên 2d", "1 ảnh").is_silent()
    with world.service.store.look() as session:
        row = session.exec(
            select(Obligation).where(Obligation.milestone == "2d.1", Obligation.agency_id == "sondung")
        ).one()
    assert (row.state, row.progress) == ("open", "đã niêm yết")


def test_a_number_that_counts_things_is_no_percentage(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/tiendo 2b 2 xã đã nộp").expects(": 2 xã đã nộp")
    lan.says("/tiendo 2b 7% mới bắt đầu").expects(": 7% – mới bắt đầu")
    lan.says("/tiendo 2b 100").expects(": 100%")


def test_a_file_that_is_not_to_be_had_is_asked_for_again_and_the_answer_stands(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.faults.append(Fault("400", "getFile", words="Bad Request: file is too big"))
    lan.sends_photo("/done 2b").expects("Đã ghi nhận 2b")
    lan.expects("Nền tảng nhắn tin không chuyển được", "/xong 2b").is_silent()
    assert [file.state for file in evidence(world)] == [EvidenceState.FAILED]


def test_a_file_that_is_refused_for_a_while_comes_later(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    words = "Bad Request: wrong file_id or the file is temporarily unavailable"
    world.platform.faults.append(Fault("400", "getFile", times=3, words=words))
    lan.sends_photo("/done 2b").expects("Đã ghi nhận 2b").is_silent()
    for _ in range(4):
        world.later(minutes=2)
    assert [file.state for file in evidence(world)] == [EvidenceState.STORED]


def test_hostile_words_are_shown_as_they_are(world: World) -> None:
    boss = world.admin("Hoa")
    lan = world.officer("Lan <b>&", "sondung")
    lan.says("/vuongmac 2b <b>x</b> & <script>").expects("<b>x</b> & <script>")
    boss.expects("<b>x</b> & <script>", "Lan <b>&")


def test_an_answer_is_kept_when_the_file_cannot_be_fetched_yet(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.faults.append(Fault("500", "getFile"))
    lan.sends_photo("/done 2b").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    assert [file.state for file in evidence(world)] == [EvidenceState.WAITING]
    world.later(minutes=5)
    assert [file.state for file in evidence(world)] == [EvidenceState.STORED]


def test_ones_own_words_are_quoted_without_the_code_that_they_began_with(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.forgets().says("việc 2b: đang lấy ý kiến các thôn").expects("UBND xã Sơn Dung: đang lấy ý kiến các thôn")
    lan.says("2B – chưa xong ạ").expects("UBND xã Sơn Dung: chưa xong ạ")
    lan.says("2b 80%").expects("UBND xã Sơn Dung: 80%")
    lan.says("em đang làm 2b").expects("UBND xã Sơn Dung: em đang làm 2b")
    lan.says("2b.2 đang thu thập").expects("tiến độ việc 2b.2 – UBND xã Sơn Dung: đang thu thập")
    lan.says("1e đã trình chủ tịch ký").expects("Nội dung đồng chí báo: «đã trình chủ tịch ký»")
    lan.says("4c vướng kinh phí").expects("về việc 4c: «vướng kinh phí»").taps("Vướng mắc")
    lan.expects("Đã ghi vướng mắc của việc 4c", ": vướng kinh phí")
