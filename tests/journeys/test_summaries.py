"""What /tonghop and /quahan can be asked about: an agency, a group of agencies, a section, a reporting period."""

import pytest

from sandbox.phone import text_of
from sandbox.world import World
from tests.journeys.test_memory_of_reminders import lines


def test_one_agency_in_words_without_a_picture(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 2, 3, 9, 0)
    boss.forgets().says("/tonghop sondung").expects(
        "Tổng hợp CCHC 2020 – UBND xã Sơn Dung – đến 09:00 ngày 03/02/2020",
        "6 đầu việc có thời hạn",
        "Chưa hoàn thành, quá hạn: 1",
        "2b – Xã Sơn Dung (2 ngày làm việc)",
    ).is_silent()
    assert "Theo đơn vị" not in boss.last
    boss.says("/quahan Sơn Dung").expects("Quá hạn – UBND xã Sơn Dung, đến", "1 việc", "2b").is_silent()
    boss.says("/quahan ubnd các xã").expects("9 việc", "9 đơn vị").is_silent()
    boss.says("/quahan quý 1").expects("Chưa rõ «quý 1»").is_silent()


def test_a_section(world: World) -> None:
    boss = world.admin("Hoa")
    boss.says("/tonghop mục 2").expects("mục 2. Cải cách thủ tục hành chính").expects_photo("mục 2").is_silent()
    assert "Theo mục" not in boss.last
    # 5 is a task too, and its code comes first; the section is asked for by its word.
    boss.says("/tonghop 5").expects("5 – ").is_silent()
    boss.says("/tonghop muc 5").expects("1 đầu việc có thời hạn").expects_photo("mục 5").is_silent()
    boss.says("/tonghop 3").expects("mục 3.").expects_photo("mục 3").is_silent()
    boss.says("/tonghop mục 19").expects("Chưa rõ «mục 19»").is_silent()


def test_the_summary_is_a_screen_and_a_half_and_its_lists_a_press_away(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 4, 8, 9, 0)
    boss.forgets().says("/tonghop")
    assert lines(text_of(boss.unread[0])) <= 34
    boss.expects("Quá hạn lâu nhất").expects_buttons("Theo mục", "Theo đơn vị").forgets()
    boss.taps("Theo đơn vị").expects("theo đơn vị", "VP HĐND&UBND: 0/6; quá hạn 4", "Xã Sơn Màu: 0/6; quá hạn 4")
    assert boss.last.count("quá hạn 4") == 10
    boss.is_silent().says("/tonghop quý 1 theo mục").expects("quý I/2020, theo mục", "2. Cải cách", "0/47; quá hạn 24")
    boss.says("/tonghop mục 2 theo đơn vị").expects("mục 2.", ", theo đơn vị", "Xã Sơn Bua: 0/2")
    world.at(2020, 6, 5, 9, 0)
    boss.forgets().says("/tonghop sap den han").expects("sắp đến hạn, tính đến 09:00 ngày 05/06/2020", "bc", "0/23")
    boss.is_silent()


@pytest.mark.parametrize("words", ["quý 1", "Quý I", "q1", "quí 1/2020", "quý 1 năm 2020"])
def test_a_period_that_is_over_shows_the_figures_of_its_last_moment(world: World, words: str) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b").says("/done 2h")
    world.at(2020, 3, 16, 9, 0)
    lan.says("/done 1e")
    boss.forgets().says(f"/tonghop {words}").expects(
        "Tổng hợp CCHC 2020 – quý I/2020 – đến 23:59 ngày 14/03/2020",
        "Kỳ báo cáo từ 15/12/2019 đến 14/03/2020: số liệu tại thời điểm kết thúc kỳ.",
        "61 đầu việc có thời hạn ngày 31/03/2020, sau ngày kết thúc kỳ (14/03/2020), chưa tính là đến hạn",
        "trong đó đã hoàn thành 1.",
        "đúng hạn: 2",
    ).expects_photo("quý I/2020")


def test_a_period_that_runs_says_so_and_one_that_has_not_begun_has_no_figures(world: World) -> None:
    boss = world.admin("Hoa")
    boss.says("/tonghop 6 tháng").expects(
        "6 tháng năm 2020 – đến 07:00 ngày 02/01/2020", "từ 15/12/2019 đến 14/06/2020: kỳ chưa kết thúc"
    ).expects_photo("6 tháng").is_silent()
    boss.says("/tonghop năm").expects("năm 2020", "từ 15/12/2019 đến 14/12/2020").forgets()
    boss.says("/tonghop q3").expects("quý III/2020 bắt đầu từ ngày 15/06/2020").is_silent()
    boss.says("/tonghop quý 2").expects("Chưa rõ «quý 2»", "6 tháng").is_silent()


def test_what_is_set_aside_is_named_and_not_counted(world: World) -> None:
    boss = world.admin("Hoa")
    boss.says("/tamhoan 2b.1 sondung căn cứ CV 15/UBND").taps("Xác nhận")
    boss.forgets().says("/tonghop 2b").expects("Đã hoàn thành 0/22 đơn vị", "tạm hoãn: Xã Sơn Dung")


def test_who_has_a_later_date_stays_in_the_list_of_the_task(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 8, 0)
    lan.says("/giahan 2b 15/02 chờ tỉnh")
    boss.taps("Đồng ý").forgets()
    boss.says("/tonghop 2b").expects(
        "Đã hoàn thành 0/23 đơn vị", "còn 18 ngày làm việc; thời hạn đến hết 15/02/2020: Xã Sơn Dung"
    )
    boss.forgets().says("/tonghop").expects("139 đầu việc có thời hạn, của 21 nhiệm vụ")
