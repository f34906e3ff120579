"""Báo cáo at the screen: the periods, who has handed in, figures that lead to lists, documents, freezing as shown."""

import io
import re
import zipfile
from datetime import date
from html import unescape

from desk import forms
from plan.people import Role
from reports.figures import issued
from tests.conftest import MakeWorld
from tests.desk.people import seated


def test_a_period_is_looked_at_and_frozen_as_it_was_shown(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    other = world.admin("Phó")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").says("/done bc")
    world.at(2020, 3, 10, 9, 0)
    # Who has not handed in stands on the first page; two presses urge them, seen first.
    screen = seated(world, "Hương").opens("/").shows("Báo cáo quý I/2020: đã nộp 1/27", "Xã Sơn Long")
    [urge] = [each for each in re.findall(r'href="([^"]+)"', screen.page) if each.startswith("/don-doc/xem")]
    screen.opens(unescape(urge)).shows("bc – Xã Sơn Long", "bc – Xã Sơn Tân").shows_no("bc – Xã Sơn Dung")
    leader = seated(world, "Sếp").opens("/").shows("Xã Sơn Long")
    assert "/don-doc/xem" not in leader.page
    screen.opens("/bao-cao")
    screen.shows("quý I/2020", "đang trong kỳ, dự thảo", "1/27", "6 tháng năm 2020", "chưa bắt đầu")
    screen.opens("/bao-cao/2020-Q1").shows(
        "Chưa nộp: 26", "Đã nộp: 1", "Xã Sơn Dung (bc)", "hoàn thành đúng hạn: 1", "quá hạn: 23"
    )
    assert "/bao-cao/2020-Q1/so/du-thao/done_in_time" in screen.page
    screen.opens("/bao-cao/2020-Q1/so/du-thao/done_in_time").shows("Dự thảo", "1 kết quả", "2b").shows_no("bc")
    assert screen.opens("/bao-cao/2020-H1/chot").shows("Kỳ báo cáo 6 tháng năm 2020 đến hết 14/06/2020").status == 200
    world.at(2020, 3, 16, 9, 0)
    screen = seated(world, "Hương")
    shown = screen.opens("/bao-cao/2020-Q1/chot").shows("Chốt số liệu báo cáo quý I/2020", "hoàn thành đúng hạn: 1")
    form = shown.form("/bao-cao/2020-Q1/chot")
    # What comes in until the press is not in what was shown.
    world.officer("Mai", "sonlong").says("/done 2b")
    other.forgets()
    screen.posts("/bao-cao/2020-Q1/chot", form).shows("Đã chốt số liệu quý I/2020: bản số 1", "đã chốt, bản số 1")
    screen.posts("/bao-cao/2020-Q1/chot", form).shows("bản số 1")
    world.settle()
    other.expects("Hương", "đã chốt số liệu báo cáo quý I/2020: bản số 1")
    screen.opens("/bao-cao").shows("đã chốt, bản số 1")
    with world.service.store.look() as session:
        [(issue, record)] = issued.all_of(session)
    assert record.known_at.isoformat() == form["known_at"]
    # The same document, whoever asks for it and when.
    with zipfile.ZipFile(io.BytesIO(screen.reads("/bao-cao/2020-Q1/tep/1/docx"))) as parts:
        assert record.check in parts.read("word/document.xml").decode()
    table = screen.opens("/bao-cao/2020-Q1/tep/1/csv")
    assert table.headers["content-disposition"] == 'attachment; filename="bao-cao-2020-Q1.csv"'
    assert table.headers["content-security-policy"].startswith("sandbox")
    again = screen.opens("/bao-cao/2020-Q1/chot").shows("thay thế bản số 1")
    fields = again.form("/bao-cao/2020-Q1/chot")
    assert screen.posts("/bao-cao/2020-Q1/chot", fields).status == 400
    screen.posts("/bao-cao/2020-Q1/chot", fields | {"note": "bổ sung <b>giấy</b>"}).shows("bản số 2", "<b>giấy</b>")
    assert "<b>giấy" not in screen.page
    assert issue.number == 1


def test_figures_are_frozen_early_to_a_day_that_was_shown(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    lan = world.officer("Lan", "sondung")
    world.at(2020, 3, 11, 9, 0)
    lan.says("/done 2b")
    world.at(2020, 3, 12, 9, 0)
    path = "/bao-cao/2020-Q1/chot"
    screen = seated(world, "Hương").opens("/bao-cao/2020-Q1").shows("Chốt sớm đến một ngày")
    assert f"{path}?den=" not in screen.page
    for wrong in ("2020-03-13", "2020-03-14", "2019-12-14", "x"):
        screen.opens(f"{path}?den={wrong}").shows("từ 15/12/2019 đến 12/03/2020")
        assert 'role="alert"' in screen.page
    screen.opens(f"{path}?den=2020-03-10").shows("số liệu đến 23:59 ngày 10/03/2020", "quá hạn: 24", "vẫn để mở")
    form = screen.form(path)
    assert form["early"] == "2020-03-10"
    assert screen.posts(path, form).status == 400
    assert screen.posts(path, form | {"early": "", "note": "vì thế"}).status == 400
    screen.posts(path, form | {"note": "tỉnh cần <b>sớm</b>"}).shows(
        "đến 10/03/2020: bản số 1",
        "đã chốt sớm đến 10/03/2020, bản số 1",
        "Lý do: tỉnh cần <b>sớm</b>",
        "khác bản đã chốt",
    )
    assert "<b>sớm" not in screen.page
    world.at(2020, 3, 16, 9, 0)
    screen = seated(world, "Hương").opens(path).shows("thay thế bản số 1", "đã hết kỳ, số liệu cả kỳ thay cho")
    fields = screen.form(path) | {"note": "hết kỳ"}
    screen.posts(path, fields).shows("bản số 2, thay thế bản số 1", "Việc th (tổng hợp kỳ này) được ghi")
    with world.service.store.look() as session:
        [first, second] = [(record.window.early, record.dated.overdue) for _, record in issued.all_of(session)]
    assert (first[0], first[1], second[0]) == (date(2020, 3, 10), 24, None)


def test_an_agencys_own_report_is_frozen_apart_from_the_offices(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Trưởng", "sondung", role=Role.HEAD)
    world.at(2020, 3, 12, 9, 0)
    place = "/bao-cao-don-vi/sondung/2020-Q1"
    screen = seated(world, "Hương")
    assert f'href="{place}/chot"' in screen.opens(place).page
    screen.opens(f"{place}/chot?den=2020-03-10").shows("UBND xã Sơn Dung", "số liệu đến 23:59 ngày 10/03/2020")
    screen.sends(f"{place}/chot", note="huyện cần").shows("đã chốt sớm đến 10/03/2020, bản số 1")
    world.at(2020, 3, 16, 9, 0)
    screen = seated(world, "Hương").opens(f"{place}/chot").shows("thay thế bản số 1")
    screen.sends(f"{place}/chot", note="hết kỳ").shows("bản số 2, thay thế bản số 1").shows_no("Việc th")
    with world.service.store.look() as session:
        scopes = [record.scope for _, record in issued.all_of(session)]
        assert issued.latest(session, "2020-Q1") is None
    assert scopes == [("sondung",), ("sondung",)]
    head = seated(world, "Trưởng").opens(place).shows("bản số 2")
    assert "/chot" not in head.page
    assert head.opens(f"{place}/chot").status == 404
    assert screen.opens("/bao-cao-don-vi/khong-co/2020-Q1/chot").status == 404


def test_who_may_not_and_what_is_not_there(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Trưởng", "tuphap", role=Role.HEAD)
    world.officer("Lan", "sondung")
    world.at(2020, 3, 16, 9, 0)
    boss = seated(world, "Hương")
    form = boss.opens("/bao-cao/2020-Q1/chot").form("/bao-cao/2020-Q1/chot")
    for name in ("Sếp", "Trưởng", "Lan"):
        screen = seated(world, name).opens("/nhiem-vu")
        fields = form | {"csrf": screen.form("/ra")["csrf"], "nonce": forms.new_nonce()}
        assert screen.posts("/bao-cao/2020-Q1/chot", fields).status == 404, name
        assert screen.opens("/bao-cao/2020-Q1/chot").status == 404, name
        assert screen.opens("/bao-cao/2020-Q1/tep/du-thao/csv").status == (200 if name == "Sếp" else 404), name
    for path in ("2020-Q2", "2020-Q9", "..%2f..%2fetc", "2020-H1/tep/9/docx", "2020-Q1/tep/du-thao/exe",
                 "2020-Q1/tep/x/docx", "2020-Q1/tep/du-thao/..%2f..%2fx", "2019-Y"):  # fmt: skip
        assert boss.opens(f"/bao-cao/{path}").status == 404, path
    for day in ("2020-03-14", "2020-03-10", "2020-99-99"):
        assert boss.posts("/bao-cao/2020-Q1/chot", form | {"early": day, "note": "vì thế"}).status == 400, day
    for moment in ("x", "2020-01-01T00:00:00+00:00", "2031-01-01T00:00:00+00:00", "2020-03-16T00:00:00"):
        assert boss.posts("/bao-cao/2020-Q1/chot", form | {"known_at": moment}).status == 400, moment
    assert boss.posts("/bao-cao/2020-Q1/chot", form | {"nonce": "x"}).status == 400
    with world.service.store.look() as session:
        assert issued.all_of(session) == []


def test_each_figure_leads_to_what_it_counts_and_is_compared(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    world.admin("Hương")
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b KH 05/KH-UBND 02/01/2020 <b>x</b>").says("/done bc")
    world.at(2020, 3, 16, 9, 0)
    screen = seated(world, "Hương").opens("/bao-cao/2020-Q1").shows("Tiến độ theo thời gian", "✘ quá hạn: 23")
    assert "/bao-cao/2020-Q1/so/du-thao/overdue?don-vi=sonlong" in screen.page
    rows = "/bao-cao/2020-Q1/so"
    screen.opens(f"{rows}/du-thao/overdue?don-vi=sonlong").shows("UBND xã Sơn Long", "1 kết quả", "quá hạn 31 ngày")
    screen.opens(f"{rows}/du-thao/done_in_time").shows("05/KH-UBND (02/01/2020)").shows_no("bc")
    screen.opens(f"{rows}/du-thao/done_in_time?dinh-ky=1").shows("báo cáo định kỳ", "quý I/2020")
    # What was frozen keeps its list, whatever comes in afterwards.
    screen.opens("/bao-cao/2020-Q1/chot").sends("/bao-cao/2020-Q1/chot")
    world.officer("Mai", "sonlong").says("/giayto 2b sonlong 28/01/2020")
    lan.says("/done 1e")
    screen.opens("/bao-cao/2020-Q1")
    assert f"{rows}/1/overdue" in screen.page
    screen.opens(f"{rows}/1/overdue").shows("Số liệu đã chốt, bản số 1", "23 kết quả")
    screen.opens("/bao-cao/2020-H1/so-sanh").shows("6 tháng năm 2020 dự thảo", "quý I/2020 bản số 1", "(+1)",
                                                   "Không có số liệu 6 tháng năm 2019")  # fmt: skip
    for path in (
        f"{rows}/du-thao/rate",
        f"{rows}/2/overdue",
        f"{rows}/du-thao/overdue?don-vi=x",
        "/bao-cao/2020-Q9/so-sanh",
    ):
        assert screen.opens(path).status == 404, path
    for name, status in (("Lan", 404), ("Mai", 404)):
        assert seated(world, name).opens(f"{rows}/1/overdue").status == status
