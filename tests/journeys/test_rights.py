"""A group that withholds a right, takes us out or changes its name: the words still go, and the admins hear of it."""

import pytest

from plan.people import Role
from sandbox.phone import Phone, text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import GROUP, World

PLATFORMS_WORDS = "Bad Request: ZQX platform words"


def heard(phone: Phone) -> str:
    """Everything unread."""
    return "\n".join(map(text_of, phone.unread))


def test_a_group_without_pictures_reads_words_and_keeps_its_place(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan).forgets()
    boss.forgets()
    world.platform.withhold(GROUP, ["photos"])
    world.at(2020, 1, 6, 8, 0)
    group.expects("Tổng hợp CCHC 2020", "139 đầu việc có thời hạn").expects(
        "chưa cho hệ thống gửi ảnh", "/bieudo"
    ).is_silent()
    assert "thiếu một quyền («CCHC Sơn Tây»)" in heard(boss)
    assert "bật quyền «Gửi ảnh»" in heard(boss)
    boss.forgets()
    # A second picture in the same month tells nobody anew; the group is open to everything else.
    group.says("/bieudo@NhacViecBot").expects("chưa cho hệ thống gửi ảnh")
    group.says("/quahan@NhacViecBot").expects("không có việc nào quá hạn")
    boss.is_silent()
    world.platform.withhold(GROUP, [])
    group.says("/bieudo@NhacViecBot").expects_photo("CCHC")


def test_a_group_without_words_fails_that_message_and_names_the_group(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan).forgets()
    boss.forgets()
    world.platform.withhold(GROUP, ["text messages", "photos", "documents"])
    lan.in_chat(GROUP).says("/quahan@NhacViecBot")
    world.at(2020, 1, 3, 8, 30)
    boss.expects("Nhóm «CCHC Sơn Tây»: nhóm chưa cho hệ thống gửi tin", "«Gửi tin nhắn»").is_silent()
    assert "Lan" not in boss.last
    world.platform.withhold(GROUP, [])
    lan.in_chat(GROUP).says("/quahan@NhacViecBot")
    group.expects("không có việc nào quá hạn").is_silent()


def test_the_admins_hear_of_a_group_that_took_us_out_or_changed_its_name(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.group(boss, lan).forgets()
    boss.forgets()
    world.platform.rename_group(GROUP, lan.user, "Hội đồng hương")
    world.later(minutes=1)
    boss.expects("«CCHC Sơn Tây» nay có tên «Hội đồng hương»").is_silent()
    world.platform.kick_bot(GROUP, lan.user)
    world.later(minutes=1)
    boss.expects("không còn ở nhóm («Hội đồng hương»)", "Lan đã đưa", "/gannhom").is_silent()


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        pytest.param("sendMessage", "400", marks=pytest.mark.long),
        ("sendMessage", "403"),
        pytest.param("sendPhoto", "403", marks=pytest.mark.long),
        ("sendDocument", "400"),
    ],
)
def test_no_word_of_the_platform_reaches_a_person(world: World, method: str, kind: str) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.group(boss, lan)
    for phone in (boss, lan):
        phone.forgets()
    chat = {"sendMessage": lan.user, "sendPhoto": GROUP, "sendDocument": boss.user}[method]
    world.platform.faults.append(Fault(kind, method, chat, times=9, words=PLATFORMS_WORDS))  # type: ignore[arg-type]
    world.at(2020, 1, 20, 8, 0)
    boss.says("/report")
    world.platform.faults.clear()
    world.later(minutes=10)
    boss.says("/log 2b sondung").says("/doichieu 2b sondung")
    world.later(minutes=10)
    said = "\n".join(str(each) for chat in (boss.user, lan.user, GROUP) for each in world.platform.messages(chat))
    assert "không gửi được" in said
    assert [each for each in ("ZQX", "Bad Request", "Forbidden") if each in said] == []


def test_a_head_reads_the_own_agencys_figures_and_no_others(world: World) -> None:
    head = world.officer("Chủ tịch Hà", "sondung", role=Role.HEAD)
    world.officer("Lan", "sonlong")
    world.at(2020, 2, 3, 9, 0)
    head.forgets().says("/tonghop").expects("UBND xã Sơn Dung – đến 09:00", "6 đầu việc có thời hạn").is_silent()
    head.says("/quahan").expects("Quá hạn – UBND xã Sơn Dung, đến", "1 việc", "2b").is_silent()
    assert "Sơn Long" not in head.last
    head.says("/tonghop sondung").expects("UBND xã Sơn Dung").says("/tonghop 2b").expects("Đã hoàn thành 0/1 đơn vị")
    for words in ("/tonghop sonlong", "/quahan sonlong", "/tonghop ubnd các xã"):
        head.says(words).expects("Đồng chí xem được số liệu của đơn vị mình: UBND xã Sơn Dung.").is_silent()
    head.says("/tonghop quý 1 theo đơn vị").expects("không có gì để liệt kê").is_silent()
    # Who reads is shown what is read, and not how to report.
    head.says("abc xyz").expects("Hệ thống chưa hiểu tin này. Tổng hợp: /tonghop · Việc quá hạn: /quahan").is_silent()


def test_help_offers_what_its_reader_may_say_and_what_holds_now(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    head = world.officer("Chủ tịch Hà", "sondung", role=Role.HEAD)
    lan.says("/xong 2b đã ban hành").forgets().says("/trogiup").expects("/xong 1e đã ban hành", "/trogiup_du")
    assert "2b" not in lan.last
    lan.says("/trogiup_du").expects("/giahan 1e", "/vangmat", "/viec_tuan", "/khongphatsinh bc").is_silent()
    assert "/lydo" not in lan.last
    head.says("/trogiup đủ").expects("/quahan – việc quá hạn của đơn vị")
    assert "/vangmat" not in "".join(text_of(each) for each in head._from_bot())
    boss.forgets().says("/datngay").expects("Ví dụ: /datngay 1b ").says("/datngay 1b 30/06/2020 căn cứ CV 1")
    boss.taps("Xác nhận").forgets().says("/datngay").expects("Ví dụ: /datngay 2b ")
    boss.says("/trogiup đủ").expects("/datngay 2b ", "/moi")
