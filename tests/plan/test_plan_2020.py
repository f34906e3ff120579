"""The shipped plan is the decision: its tasks, its words, who owes what, and when."""

from collections import Counter
from datetime import date

import pytest

from plan.check import check
from plan.due import occurrences
from plan.model import Kind, Plan
from plan.workdays import Calendar

CODES = "1a 1b 1c 1d 1đ 1e 1g 2a 2b 2c 2d 2e 2f 2g 2h 3a 3b 3c 3d 3đ 4a 4b 4c 4d 4đ 5 6a 6b 6c 6d 7a 7b 8a 8b 8c 8d"


def dated(plan: Plan, calendar: Calendar) -> list[tuple[str, str, date]]:
    return [
        (task.code, owner, occurrence.due)
        for task in plan.tasks
        for milestone in task.milestones
        if milestone.kind is Kind.DATED
        for occurrence in occurrences(plan, milestone, calendar)
        if occurrence.due
        for owner in plan.owners(task, milestone)
    ]


def codes_with(plan: Plan, kind: Kind) -> str:
    return " ".join(task.code for task in plan.tasks if any(m.kind is kind for m in task.milestones))


def test_holds_the_36_tasks_in_the_order_of_the_decision(plan: Plan) -> None:
    assert " ".join(task.code for task in plan.tasks) == CODES
    assert list(Counter(task.section for task in plan.tasks).values()) == [7, 8, 5, 5, 1, 4, 2, 4]
    assert [section.id for section in plan.sections] == list("12345678")
    assert [task.code for task in plan.tasks if task.code_assigned] == ["1g", "5"]


def test_the_duties_of_section_three_stand_beside_the_tasks(plan: Plan) -> None:
    assert [task.code for task in plan.duties] == ["bc", "kh", "th", "kp"]
    assert all(task.code_assigned for task in plan.duties)
    assert plan.all_tasks == plan.tasks + plan.duties


def test_says_what_the_decision_says(plan: Plan, decision: str) -> None:
    assert check(plan, decision) == ()


def test_titles_products_and_timings_stand_in_the_decision_with_only_white_space_folded(
    plan: Plan, decision: str
) -> None:
    folded = " ".join(decision.split())
    for task in plan.all_tasks:
        for words in (task.title, task.product, task.timing):
            assert words in folded, task.code


def test_139_dated_obligations_of_which_85_fall_due_in_the_first_quarter(plan: Plan, calendar: Calendar) -> None:
    owed = dated(plan, calendar)
    assert len(owed) == 139
    assert sum(due <= date(2020, 3, 31) for _, _, due in owed) == 85
    assert len(set(owed)) == 139


def test_2b_is_owed_by_every_agency_and_every_commune(plan: Plan, calendar: Calendar) -> None:
    owed = [row for row in dated(plan, calendar) if row[0] == "2b"]
    assert len(owed) == 23
    assert {due for _, _, due in owed} == {date(2020, 1, 30)}
    assert "bantochuc" not in {owner for _, owner, _ in owed}


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (Kind.ONGOING, "1a 1g 2c 2d 2e 2g 3a 3b 3đ 4b 6b 6c"),
        (Kind.PERIODIC, "1c 1d 1đ 1e 2a 6a 7a"),
        (Kind.EVENT, "2g 4đ 8a"),
        (Kind.UNDATED, "1b 2b 2f 3d"),
    ],
)
def test_kinds(plan: Plan, kind: Kind, codes: str) -> None:
    assert codes_with(plan, kind) == codes


@pytest.mark.parametrize(
    ("codes", "due"),
    [
        ("2a 2b", date(2020, 1, 30)),
        ("1c 1d 1đ 1e 2h 4a 6a 7a 8b", date(2020, 3, 31)),
        ("5 6d", date(2020, 6, 30)),
        ("4c 8a", date(2020, 9, 30)),
        ("3c 4d 4đ 7b 8c", date(2020, 12, 31)),
        ("8d", date(2021, 1, 31)),
    ],
)
def test_deadlines(plan: Plan, calendar: Calendar, codes: str, due: date) -> None:
    assert {code for code, _, day in dated(plan, calendar) if day == due} == set(codes.split())


def test_only_8d_moves(plan: Plan, calendar: Calendar) -> None:
    moved = {code for code, _, due in dated(plan, calendar) if not calendar.is_working(due)}
    assert moved == {"8d"}
    assert calendar.anchor(date(2021, 1, 31)) == date(2021, 1, 29)
    assert calendar.late_after(date(2021, 1, 31)) == date(2021, 2, 1)


def test_the_two_parts_of_2e_have_different_leads(plan: Plan) -> None:
    task, first = plan.milestone("2e.1")
    _, second = plan.milestone("2e.2")
    assert len(plan.owners(task, first)) == 23
    assert plan.owners(task, second) == ("vanphong",)


def test_a_body_named_twice_in_the_lead_owes_once(plan: Plan) -> None:
    task, milestone = plan.milestone("4c.1")
    owners = plan.owners(task, milestone)
    assert len(owners) == len(set(owners)) == 23
    assert len(plan.owners(*plan.milestone("8b.1"))) == 10


def test_the_groups_have_14_agencies_and_9_communes(plan: Plan) -> None:
    assert [(group.id, len(group.members)) for group in plan.groups] == [("coquan", 14), ("xa", 9)]
    assert plan.expand(["xa", "noivu", "coquan"]) == tuple(a.id for a in plan.agencies if a.id != "bantochuc")


@pytest.mark.parametrize("code", ["1g", "2f", "2h", "4c", "5", "8b", "8d"])
def test_a_doubtful_task_asks_the_admin(plan: Plan, code: str) -> None:
    assert {question.about for question in plan.task(code).questions} == {code}


@pytest.mark.parametrize("words", ["2579", "253", "254", "Son Tây", "năm 2018", "sở, ban, ngành", "14 cơ quan"])
def test_an_error_of_the_document_is_a_question(plan: Plan, words: str) -> None:
    assert any(words in question.text + question.place for question in plan.questions)


def test_d_is_not_đ(plan: Plan) -> None:
    assert plan.task("1d") != plan.task("1đ")
    with pytest.raises(KeyError):
        plan.task("2đ")


def test_a_short_title_ends_at_a_word(plan: Plan) -> None:
    for limit in (5, 20, 60):
        for task in plan.all_tasks:
            short = task.short(limit)
            assert len(short) <= limit
            assert task.title[1:].startswith(short[1:].removesuffix("…"))
            assert short[0] == task.title[0].upper()
    assert plan.task("2b").short() == "Xây dựng và triển khai thực hiện kế hoạch rà soát, đánh giá…"
    assert plan.task("2d").short() == plan.task("2d").title


def test_unknown_ids_are_errors(plan: Plan) -> None:
    for ask in (plan.agency, plan.name_of, plan.milestone, lambda name: plan.expand([name])):
        with pytest.raises(KeyError):
            ask("khongco")
    assert plan.name_of("xa") == "UBND các xã"
