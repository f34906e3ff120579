"""/bieudo: progress over time and one agency's year, as pictures whose captions say the same."""

from plan.people import Role
from sandbox.world import World

PROGRESS = "Tiến độ CCHC 2020"


def test_leaders_and_admins_see_how_the_office_goes(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    leader = world.officer("Thu", "noivu", role=Role.LEADER)
    lan.says("/done 2b")
    world.at(2020, 2, 3, 9, 0)
    for phone in (boss, leader):
        phone.forgets().says("/bieudo").expects_photo(
            f"{PROGRESS}, đến 09:00 ngày 03/02/2020: đã đến hạn 24 việc, hoàn thành 1 (tỷ lệ 4%), quá hạn 23.",
            "Chưa đến hạn 115 việc, hạn tiếp theo 31/03/2020",
        ).is_silent()
    boss.says("/bieudo xa").expects_photo(f"{PROGRESS} – UBND các xã", "đã đến hạn 9 việc, hoàn thành 1").is_silent()
    boss.says("/bieudo Sơn Dung").expects_photo("UBND xã Sơn Dung", "hoàn thành đúng hạn 1.").is_silent()
    boss.says("/chart_tuphap").expects_photo("Phòng Tư pháp", "Quá hạn: 2b (hạn 30/01/2020)").is_silent()
    boss.says("/bieudo 2b").expects("Chưa rõ «2b»", "/bieudo xa").is_silent()


def test_an_officer_sees_the_own_agencys_year(world: World) -> None:
    lan, head = world.officer("Lan", "sondung"), world.officer("Bình", "sondung", role=Role.HEAD)
    lan.forgets().says("/bieudo").expects_photo("UBND xã Sơn Dung – CCHC 2020", "chưa đến hạn 11").is_silent()
    lan.says("/bieudo sondung").expects_photo("UBND xã Sơn Dung").is_silent()
    head.forgets().says("/bieudo").expects_photo("UBND xã Sơn Dung").is_silent()
    for asked in ("/bieudo tuphap", "/bieudo xa"):
        lan.says(asked).expects("xem được biểu đồ của đơn vị mình", "trong nhóm").is_silent()
    lan.says("/ngonngu en").forgets().says("/chart").expects_photo("UBND xã Sơn Dung", "not yet due 11").is_silent()


def test_who_answers_for_two_agencies_gets_two_pictures(world: World) -> None:
    lan = world.officer("Lan", "sondung", "sonlong")
    lan.forgets().says("/bieudo").expects_photo("UBND xã Sơn Dung").expects_photo("UBND xã Sơn Long").is_silent()


def test_a_group_sees_all_of_what_it_follows(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan, linked=False)
    mine = lan.in_chat(group.chat)
    group.forgets().says("/link@NhacViecBot xa").forgets()
    mine.forgets().says("/bieudo@NhacViecBot").expects_photo(f"{PROGRESS} – UBND các xã").is_silent()
    mine.says("/bieudo@NhacViecBot sonlong").expects_photo("UBND xã Sơn Long").is_silent()
    mine.says("/bieudo@NhacViecBot tuphap").expects("Nhóm này chỉ theo dõi UBND các xã").is_silent()
    group.forgets().says("/link@NhacViecBot sonmau").forgets()
    # Of a group that follows one agency, its year says more than a line of two steps.
    mine.forgets().says("/bieudo@NhacViecBot").expects_photo("UBND xã Sơn Màu – CCHC 2020").is_silent()


def test_an_extension_is_seen_in_the_year(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/giahan 2b 15/2/2020 chờ hướng dẫn")
    boss.says("/duyet R1")
    lan.forgets().says("/bieudo").expects_photo("Đã gia hạn: 2b (hạn 15/02/2020)")
