"""From a draft with its answers to the plan that serves."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from intake.read import read
from intake.settled import asking, becoming, codes, corrected, slugs, typed
from intake.settled.values import Directory, Given, Question
from plan import loader
from plan.model import Kind, Plan
from plan.times.rules import Recurrence
from tests.intake.figures import CASES, draft_of
from tests.intake.settled_drafts import TODAY, answered, plan_of
from words.agency_lists import lists

ROOT = Path(__file__).parents[2]
HEAD = """ỦY BAN NHÂN DÂN
XÃ ĐÔNG HÒA
Số: 15/KH-UBND
Đông Hòa, ngày 20 tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026
II. NHIỆM VỤ
1. Cải cách thể chế
"""


def planned(text: str, said: dict[str, str] | None = None) -> tuple[Plan, list[Question]]:
    coded, given, asked = answered(read((HEAD + text).encode()), said)
    return plan_of(coded, given), asked


def test_the_decision_of_2020_becomes_the_plan_of_2020_where_the_office_is_known() -> None:
    """With the directory of its plan nobody is asked who belongs to a group, and every lead is the agency it was."""
    wanted = loader.load(ROOT / "data" / "plan_2020.json")
    directory = Directory(wanted.agencies, wanted.groups)
    draft = read((ROOT / "data" / "decision_2020.txt").read_bytes())
    coded, given, asked = answered(draft, {"group:1g": "Phòng Nội vụ"}, directory, date(2020, 1, 2))
    found = plan_of(coded, given, directory, date(2020, 1, 2))
    assert [each.doubt.kind for each in asked] == ["group", "time", "time", "numbers", "unnumbered", "eve"]
    assert (found.id, found.compiler, found.decision.number) == ("cchc-2020", wanted.compiler, wanted.decision.number)
    assert [each.code for each in found.tasks] == [each.code for each in wanted.tasks]
    for task in wanted.tasks:
        mine = found.task(task.code)
        # A body that answers for itself in the place of «các cơ quan … theo chức năng» is what was told above.
        assert task.code == "1g" or mine.lead == task.lead, task.code
        assert [each.kind for each in mine.milestones] == [each.kind for each in task.milestones] or task.code == "2f"
    assert len(found.duties) == 3


def test_without_a_directory_the_groups_are_asked_once_and_each_name_becomes_an_agency() -> None:
    communes = "xã Sơn Dung, xã Sơn Long\nxã Sơn Mùa"
    coded, given, asked = answered(
        read((ROOT / "data" / "decision_2020.txt").read_bytes()), {"group:1a:ubnd cac xa": communes}
    )
    found = plan_of(coded, given)
    assert len(asked) == 8
    names = {each.id: each.name for each in found.agencies}
    assert {"noivu", "tuphap", "sondung", "sonlong", "sonmua"} <= set(names)
    assert found.expand(found.task("1e").lead) == ("sondung", "sonlong", "sonmua")
    assert len({each.short for each in found.agencies}) == len(found.agencies)


@pytest.mark.parametrize("name", [case.name for case in CASES])
def test_every_document_becomes_a_plan_once_its_questions_are_answered(name: str) -> None:
    draft = draft_of(name)
    coded, given, asked = answered(draft)
    if not any(coded.tasks) and not any(coded.duties):
        pytest.skip("no work")
    found = plan_of(coded, given)
    left = {code for each in asked if given[each.key].option == "leave_out" for code in each.about}
    assert {each.code for each in found.all_tasks} == {each.code for each in (*coded.tasks, *coded.duties)} - left
    assert len({each.key for each in asked}) == len(asked)
    assert len(asked) <= max(asking.MOST, sum(each.blocks for each in asked))


def test_a_plan_waits_for_what_blocks_and_for_nothing_else() -> None:
    text = "a) Rà soát\n- Cơ quan chủ trì: Phòng Kinh tế, Phòng Văn hóa - Xã hội\n- Thời gian: Quý I, II năm 2026\n"
    coded = codes.coded(read((HEAD + text).encode()))
    asked = asking.questions(coded, {}, Directory(), TODAY)
    assert [(each.doubt.kind, each.blocks) for each in asked][:2] == [("leads", True), ("time", True)]
    with pytest.raises(becoming.StillAskedError):
        plan_of(coded, {})
    given = {each.key: Given(option=each.options[0].key) for each in asked if each.blocks}
    assert plan_of(coded, given).task("1a").lead == ("kinhte", "vanhoaxahoi")


def test_leads_that_owe_one_result_owe_it_under_one_identity() -> None:
    text = "a) Rà soát văn bản\n- Cơ quan chủ trì: Phòng Kinh tế, Phòng Văn hóa - Xã hội\n- Thời gian: Quý I năm 2026\n"
    coded = codes.coded(read((HEAD + text).encode()))
    leads = next(each for each in asking.questions(coded, {}, Directory(), TODAY) if each.doubt.kind == "leads")
    plan = plan_of(coded, {leads.key: Given(option="together")})
    task = plan.task("1a")
    assert (task.lead, task.leads) == (("kinhte", "vanhoaxahoi"), "together")
    assert plan.owners(task, task.milestones[0]) == ("kinhte+vanhoaxahoi",)
    each = plan_of(coded, {leads.key: Given(option="each")})
    assert each.owners(each.task("1a"), task.milestones[0]) == ("kinhte", "vanhoaxahoi")


def test_an_answer_holds_for_every_place_alike_and_words_are_as_good_as_a_button() -> None:
    text = "".join(
        f"{letter}) Rà soát văn bản {letter}\n- Cơ quan chủ trì: Phòng Kinh tế\n- Thời gian: Quý I, II năm 2026\n"
        for letter in "abc"
    )
    found, asked = planned(text, {"time": "30/6/2026"})
    assert [each.doubt.kind for each in asked if each.blocks] == ["time"]
    assert [each.milestones[0].due for each in found.tasks] == [date(2026, 6, 30)] * 3


def test_a_year_that_is_asked_comes_first_and_its_times_are_read_with_it() -> None:
    text = "Nhiệm vụ\n1. Rà soát văn bản\n- Cơ quan chủ trì: Phòng Kinh tế\n- Thời gian: trước ngày 15/6\n"
    coded = codes.coded(read(text.encode()))
    (only,) = asking.questions(coded, {}, Directory(), TODAY)
    assert only.key == "year"
    coded, given, _ = answered(read(text.encode()), {"year": "năm 2027"})
    assert plan_of(coded, given).tasks[0].milestones[0].due == date(2027, 6, 14)


def test_codes_that_nobody_can_type_or_tell_apart_get_another_one() -> None:
    draft = draft_of(CASES[0].name)
    first = draft.tasks[0]
    work = [
        replace(
            first, code=code, section="", milestones=first.milestones[:1] * count, place=replace(first.place, line=at)
        )
        for at, (code, count) in enumerate([("1", 2), ("1.2", 1), ("V", 1), ("1.10", 1), ("1.10", 1), ("II.1.1", 1)])
    ]
    found = codes.coded(replace(draft, tasks=tuple(work), duties=(), doubts=(), filled_in=()))
    assert [each.code for each in found.tasks] == ["2", "1.2", "3", "1.10", "4", "II.1.1"]
    assert [each.code_assigned for each in found.tasks] == [True, False, True, False, True, False]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Văn phòng HĐND và UBND xã", "vanphong"),
        ("Phòng Kinh tế", "kinhte"),
        ("Phòng Tài nguyên và Môi trường", "tnmt"),
        ("UBND xã Sơn Dung", "sondung"),
        ("Trung tâm Phục vụ hành chính công", "pvhcc"),
        ("Công an xã", "congan"),
        ("Ban Chỉ huy quân sự xã", "quansu"),
        ("Sở Tài chính", "taichinh"),
        ("Thôn 1", "thon1"),
        ("Ban Tổ chức Huyện ủy", "tchu"),
        ("UBND các xã", "cacxa"),
        ("Công chức Tư pháp - Hộ tịch", "tuphaphotich"),
    ],
)
def test_ids_that_people_would_type(name: str, wanted: str) -> None:
    assert slugs.of_agency(name, ()) == wanted
    assert slugs.of_agency(name, {wanted}) == f"{wanted}2"


def test_names_of_plans() -> None:
    assert (
        slugs.of_plan("Ban hành Kế hoạch cải cách hành chính nhà nước năm 2026 trên địa bàn xã", 2026, ())
        == "cchc-2026"
    )
    assert slugs.of_plan("BẢNG PHÂN CÔNG NHIỆM VỤ CHUYỂN ĐỔI SỐ", 2026, {"cds-2026"}) == "cds-2026-2"
    assert slugs.short_title("Về việc thực hiện công tác", 2026) == "KH 2026"
    assert slugs.plan_name("BAN HÀNH KẾ HOẠCH NĂM 2026") == "Kế hoạch năm 2026"


def test_what_is_written_by_hand() -> None:
    assert typed.names("1. Phòng Kinh tế, Hạ tầng và Đô thị\n- xã A, xã B; Thôn 2") == (
        "Phòng Kinh tế, Hạ tầng và Đô thị", "xã A", "xã B", "Thôn 2",
    )  # fmt: skip
    assert (typed.year("năm 2026"), typed.year("26")) == (2026, None)
    assert (typed.day("ngày 5/1/2026"), typed.day("31/6/2026")) == (date(2026, 1, 5), None)
    assert (typed.number("số 34 /KH-UBND"), typed.number("chưa có")) == ("34/KH-UBND", None)
    assert typed.times("đầu tháng 6", TODAY, 2026) == ()


def test_a_plan_over_several_years_is_followed_whole_or_one_of_its_years() -> None:
    text = HEAD.replace("năm 2026\nII.", "giai đoạn 2026-2028\nII.") + (
        "a) Rà soát quy chế\n- Cơ quan chủ trì: Phòng Kinh tế\n- Thời gian: Quý II\n"
        "b) Báo cáo kết quả\n- Cơ quan chủ trì: Phòng Kinh tế\n- Thời gian: trước ngày 15/12 hằng năm\n"
    )
    coded, given, asked = answered(read(text.encode()))
    assert [each.doubt.kind for each in asked if each.blocks] == ["span", "time"]
    plan = plan_of(coded, given)
    assert (plan.year, plan.last_year) == (2026, 2028)
    first = plan.task("1a").milestones[0]
    # Without a year it may be of each: that is asked, and never the first one in silence.
    assert (first.kind, first.rule) == (Kind.PERIODIC, Recurrence(every="year", months=(6,), day=30))
    coded, given, asked = answered(read(text.encode()), {"span": "2027"})
    assert [each.doubt.kind for each in asked if each.blocks] == ["span"]
    one = plan_of(coded, given)
    assert (one.year, one.last_year, one.task("1a").milestones[0].due) == (2027, None, date(2027, 6, 30))


def test_every_cell_can_be_corrected_asked_about_or_not() -> None:
    text = (
        "a) Rà soát\n- Cơ quan chủ trì: Phòng Kinh tế, Phòng Văn hóa - Xã hội\n- Thời gian: Quý I, II năm 2026\n"
        "b) Kiểm tra\n- Cơ quan chủ trì: Phòng Kinh tế, Phòng Tư pháp\n- Thời gian: Quý II năm 2026\n"
        "c) Việc khác\n- Cơ quan chủ trì: Phòng Kinh tế\n- Thời gian: Quý III năm 2026\n"
    )
    draft = codes.coded(read((HEAD + text).encode()))
    cells = {
        "1a:time": "20/5/2026", "1a:lead": "Phòng Nội vụ", "1b:leads": "together", "1b:monitor": "Văn phòng",
        "1b:time": "thường xuyên", "1c:task": "no",
    }  # fmt: skip
    answers = {f"cell:{cell}": Given(words=words) for cell, words in cells.items()}
    found = corrected.corrected(draft, answers, TODAY)
    assert [each.doubt.kind for each in asking.questions(found, answers, Directory(), TODAY) if each.blocks] == []
    plan = plan_of(found, answers)
    first, second = plan.tasks
    assert (first.lead, first.milestones[0].due, first.timing) == (("noivu",), date(2026, 5, 20), "20/5/2026")
    assert (second.leads, second.monitor, second.milestones[0].kind) == ("together", ("vanphong",), Kind.ONGOING)
    # Another place of the same question is still asked.
    alone = {key: given for key, given in answers.items() if key == "cell:1b:leads"}
    asked = asking.questions(corrected.corrected(draft, alone, TODAY), alone, Directory(), TODAY)
    assert [each.about for each in asked if each.doubt.kind == "leads"] == [("1a",)]


@pytest.mark.parametrize(
    ("code", "field", "words", "why"),
    [("1a", "deadline", "x", "field"), ("9z", "time", "30/6/2026", "code"), ("1a", "time", "sắp tới", "time"),
     ("1a", "leads", "both", "leads"), ("1a", "title", "  ", "empty"), ("1a", "time", "chưa có hạn", "")],
)  # fmt: skip
def test_a_cell_that_cannot_be_what_was_written_is_refused(code: str, field: str, words: str, why: str) -> None:
    draft = codes.coded(read(f"{HEAD}a) Rà soát\n- Cơ quan chủ trì: Phòng Kinh tế\n".encode()))
    assert corrected.refused(draft, code, field, words, TODAY) == why


def test_a_commune_takes_its_offices_from_a_list_with_the_documents_own_names() -> None:
    text = (
        "a) Rà soát\n- Cơ quan chủ trì: Các phòng, ban\n- Thời gian: Quý II năm 2026\n"
        "b) Kiểm tra\n- Cơ quan chủ trì: Văn phòng HĐND và UBND xã\n- Thời gian: Quý II năm 2026\n"
    )
    draft = codes.coded(read((HEAD + text).encode()))
    known = Directory(lists=lists())
    (group,) = [each for each in asking.questions(draft, {}, known, TODAY) if each.doubt.kind == "group"]
    assert [each.key for each in group.options] == ["listed-xa-2026", "one_body"]
    plan = plan_of(draft, {group.key: Given(option="listed-xa-2026")}, known)
    (found,) = plan.groups
    names = [plan.agency(each).name for each in found.members]
    assert names[0] == "Văn phòng HĐND và UBND xã"
    assert len(names) == len(plan.agencies) == 6
    villages = "a) Rà soát\n- Cơ quan chủ trì: Các thôn\n- Thời gian: Quý II năm 2026\n"
    draft = codes.coded(read((HEAD + villages).encode()))
    (group, *_) = asking.questions(draft, {}, known, TODAY)
    assert [each.key for each in group.options] == ["one_body"]


def test_whether_before_a_day_is_the_day_before_is_asked_once_a_plan() -> None:
    text = "".join(
        f"{letter}) Rà soát {letter}\n- Cơ quan chủ trì: Phòng Kinh tế\n- Thời gian: trước ngày {day}/2026\n"
        for letter, day in (("a", "31/03"), ("b", "15/06"))
    )
    draft = codes.coded(read((HEAD + text).encode()))
    (eve,) = [each for each in asking.questions(draft, {}, Directory(), TODAY) if each.doubt.kind == "eve"]
    assert not eve.blocks
    as_read = plan_of(draft, {eve.key: Given()})
    very_day = plan_of(draft, {eve.key: Given(option="day")})
    assert [each.milestones[0].due for each in as_read.tasks] == [date(2026, 3, 30), date(2026, 6, 14)]
    assert [each.milestones[0].due for each in very_day.tasks] == [date(2026, 3, 31), date(2026, 6, 15)]


BLANK = """ỦY BAN NHÂN DÂN
XÃ BÌNH AN
Số:     /KH-UBND
Bình An, ngày     tháng     năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026 trên địa bàn xã Bình An
I. NHIỆM VỤ
1. Rà soát thủ tục
- Cơ quan chủ trì: Phòng Kinh tế
- Thời gian: Quý I/2026
2. Công khai thủ tục
- Cơ quan chủ trì: Phòng Kinh tế
- Thời gian: trước ngày 15/02/2026
3. Báo cáo
- Cơ quan chủ trì: Văn phòng HĐND và UBND
- Thời gian: 30/9/2026
"""
JUNE = date(2026, 6, 25)


def days_of(plan: Plan) -> list[date | None]:
    return [each.due for task in plan.tasks for each in task.milestones]


def test_a_blank_day_of_signing_blocks_once_deadlines_have_passed() -> None:
    draft = read(BLANK.encode())
    early = {each.doubt.kind: each.blocks for each in answered(draft, today=date(2026, 1, 5))[2]}
    assert early["date"] is False
    coded, given, asked = answered(draft, today=JUNE)
    assert (asked[0].key, asked[0].blocks, asked[0].doubt.values["passed"]) == ("date", True, 2)
    assert asked[0].options[0].values == {"day": date(2026, 1, 1)}
    assert days_of(plan_of(coded, given, today=JUNE))[:2] == [date(2026, 3, 31), date(2026, 2, 14)]


@pytest.mark.parametrize(
    ("answer", "first", "second"),
    [
        ("past_kept", date(2026, 3, 31), date(2026, 2, 14)),
        ("past_next", date(2027, 3, 31), date(2027, 2, 14)),
        ("no_date", None, None),
    ],
)
def test_what_lies_before_the_signing_is_asked_once(answer: str, first: date | None, second: date | None) -> None:
    coded, given, asked = answered(read(BLANK.encode()), {"date": "10/06/2026"}, today=JUNE)
    (past,) = [each for each in asked if each.doubt.kind == "past"]
    assert past.about == ("1", "2")
    assert past.blocks
    given[past.key] = Given(option=answer)
    assert days_of(plan_of(coded, given, today=JUNE)) == [first, second, date(2026, 9, 30)]


def test_one_time_before_the_signing_may_be_meant_as_it_is_printed() -> None:
    words = BLANK.replace("ngày     tháng     năm", "ngày 10 tháng 6 năm").replace("Quý I/2026", "Quý III/2026")
    coded, given, asked = answered(read(words.encode()), today=JUNE)
    (past,) = [each for each in asked if each.doubt.kind == "time"]
    given[past.key] = Given(option="past_kept")
    assert days_of(plan_of(coded, given, today=JUNE))[1] == date(2026, 2, 14)
