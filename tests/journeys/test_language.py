"""Everybody reads their own language; a group reads the installation's."""

from sandbox.phone import text_of
from sandbox.world import GROUP, World
from tests.journeys.test_absence import number_of


def test_a_person_reads_everything_in_their_language_and_others_in_theirs(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sondung")
    group = world.group(boss, lan)
    lan.says("/ngonngu").expects("ngôn ngữ nào").expects_buttons("Tiếng Việt", "English").taps("English")
    lan.expects("From now on the bot writes to you in English").is_silent()
    world.at(2020, 1, 2, 7, 30)
    lan.expects("15 working days left", "Due: ", "until the end of")
    mai.expects("còn 15 ngày làm việc")
    boss.forgets()
    # The text of an answer is made in English, and the admin's notice of it in Vietnamese.
    lan.says("/blocked 2b no budget").expects("told Phòng Nội vụ at once")
    boss.expects("Vướng mắc", "Lan (Xã Sơn Dung) báo lúc", "no budget").is_silent()
    lan.says("/done 2b").expects("Recorded 2b – UBND xã Sơn Dung: done").expects_buttons("By mistake – undo")
    lan.in_chat(GROUP).says("/tonghop@NhacViecBot")
    assert "Tổng hợp CCHC 2020" in text_of(group.unread[0])
    lan.says("/language tiếng Việt").expects("bằng tiếng Việt").says("/viec").expects("Việc chưa hoàn thành")


def test_notices_are_made_for_each_admin(world: World) -> None:
    boss, other = world.admin("Hoa"), world.admin("Bình")
    other.says("/language en").forgets()
    boss.forgets()
    world.at(2020, 1, 2, 7, 30)
    assert any("Chưa có cán bộ đầu mối nhận tin" in text_of(message) for message in boss.unread)
    assert any("Nobody to remind – 02/01/2020" in text_of(message) for message in other.unread)


def test_what_an_english_speaker_causes_reaches_a_colleague_in_vietnamese(world: World) -> None:
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sondung")
    lan.says("/language en").forgets()
    lan.says(f"/away 3/1 6/1 P{number_of(world, mai)}").expects("You are noted as away", "has been told")
    mai.expects("Đồng chí Lan (UBND xã Sơn Dung) vắng mặt từ 03/01/2020").is_silent()
