"""Rules of milestones: on which days they fall due, what a plan file may say of them, and when somebody is reminded."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from plan.due import occurrences, period_place
from plan.errors import PlanError
from plan.loader import loads
from plan.model import Kind, Milestone, Plan
from plan.reminders import Owed, ladder_for, steps, steps_between
from plan.times.rules import Recurrence, Trigger, Unit
from plan.workdays import Calendar

SOURCE = Path("data/plan_2020.json")


def owed(plan: Plan, calendar: Calendar, **fields: Any) -> list[tuple[str, str]]:
    """The keys and days of a periodic milestone, or of one of another kind."""
    milestone = Milestone(**{"id": "1a.1", "kind": Kind.PERIODIC, "printed": "theo quy định", **fields})
    return [(each.key, f"{each.due}") for each in occurrences(plan, milestone, calendar)]


def dues(plan: Plan, calendar: Calendar, **rule: Any) -> list[str]:
    return [due for _, due in owed(plan, calendar, rule=Recurrence(**rule))]


def test_a_month_has_its_day_or_its_last(plan: Plan, calendar: Calendar) -> None:
    assert owed(plan, calendar, rule=Recurrence(every="month", day=31))[:3] == [
        ("2020-M01", "2020-01-31"),
        ("2020-M02", "2020-02-29"),
        ("2020-M03", "2020-03-31"),
    ]
    found = dues(plan, calendar, every="month", day=5, before=True)
    assert (found[0], found[-1], len(found)) == ("2020-01-04", "2020-12-04", 12)
    following = owed(plan, calendar, rule=Recurrence(every="month", day=10, following=True))
    assert (following[0], following[-1]) == (("2020-M01", "2020-02-10"), ("2020-M12", "2021-01-10"))


def test_a_quarter_has_its_month_or_the_one_after(plan: Plan, calendar: Calendar) -> None:
    last = Recurrence(every="quarter", months=(3, 6, 9, 12), day=10)
    assert owed(plan, calendar, rule=last) == [
        ("2020-Q1", "2020-03-10"), ("2020-Q2", "2020-06-10"), ("2020-Q3", "2020-09-10"), ("2020-Q4", "2020-12-10"),
    ]  # fmt: skip
    after = dues(plan, calendar, every="quarter", months=(4, 7, 10, 1), day=5, following=True)
    assert after == ["2020-04-05", "2020-07-05", "2020-10-05", "2021-01-05"]


def test_halves_and_years_without_a_day_follow_the_plans_report_days(plan: Plan, calendar: Calendar) -> None:
    assert owed(plan, calendar, rule=Recurrence(every="half")) == [("2020-H1", "2020-06-10"), ("2020-H2", "2020-12-10")]


def test_a_day_of_the_year_that_passed_falls_in_the_next(plan: Plan, calendar: Calendar) -> None:
    assert dues(plan, calendar, every="year", months=(6, 12), day=15) == ["2020-06-15", "2020-12-15"]
    assert owed(plan, calendar, rule=Recurrence(every="year", months=(1,), day=15, following=True, before=True)) == [
        ("2020-Y", "2021-01-14")
    ]
    signed = plan.model_copy(update={"decision": plan.decision.model_copy(update={"date": date(2020, 2, 1)})})
    assert dues(signed, calendar, every="year", months=(1,), day=15) == ["2021-01-15"]
    assert dues(signed, calendar, every="month", day=15)[0] == "2020-02-15"


def test_weeks_end_on_their_day(plan: Plan, calendar: Calendar) -> None:
    found = owed(plan, calendar, rule=Recurrence(every="week", weekday="monday"))
    assert (found[0], len(found)) == (("2020-W02", "2020-01-06"), 52)
    assert dues(plan, calendar, every="week")[0] == "2020-01-03"
    assert dues(plan, calendar, every="week", weekday="friday", before=True)[0] == "2020-01-02"


def test_every_few_years_has_no_day_and_a_start_leaves_out_what_comes_before(plan: Plan, calendar: Calendar) -> None:
    assert owed(plan, calendar, rule=Recurrence(every="year", interval=3)) == [("2020-Y", "None")]
    found = owed(plan, calendar, rule=Recurrence(every="month", day=1), start=date(2020, 10, 1))
    assert [due for _, due in found] == ["2020-10-01", "2020-11-01", "2020-12-01"]


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        (Trigger(after="ký", offset=5, unit=Unit.WORKING_DAYS, since=date(2020, 1, 20)), "2020-02-03"),
        (Trigger(after="ký", offset=10, unit=Unit.DAYS, since=date(2020, 1, 20)), "2020-01-30"),
        (Trigger(after="họp", offset=-2, unit=Unit.WEEKS, since=date(2020, 3, 20)), "2020-03-06"),
        (Trigger(after="ký", offset=1, unit=Unit.MONTHS, since=date(2020, 1, 31)), "2020-02-29"),
        (Trigger(after="ký", offset=1, unit=Unit.YEARS, since=date(2020, 2, 29)), "2021-02-28"),
        (Trigger(after="ký", offset=5, unit=Unit.DAYS), "None"),
        (Trigger(after="sau khi có hướng dẫn"), "None"),
    ],
)
def test_what_waits_for_an_event_has_its_day_once_that_is_known(
    plan: Plan, calendar: Calendar, rule: Trigger, due: str
) -> None:
    assert owed(plan, calendar, kind=Kind.EVENT, rule=rule) == [("", due)]


def test_an_event_that_comes_once_is_undated_until_then() -> None:
    def kind(**rule: Any) -> Kind:
        return Milestone(id="1a.1", kind=Kind.EVENT, printed="x", rule=Trigger(after="họp", **rule)).owed_kind

    assert (kind(), kind(each=True)) == (Kind.UNDATED, Kind.EVENT)
    assert Milestone(id="1a.1", kind=Kind.EVENT, printed="sau mỗi đợt").owed_kind is Kind.EVENT


def test_a_day_that_was_adopted_is_not_read_from_the_words_again(plan: Plan, calendar: Calendar) -> None:
    found = owed(plan, calendar, kind=Kind.DATED, printed="đầu tháng 6 năm 2020", due=date(2020, 6, 5))
    assert found == [("", "2020-06-05")]


def written(**fields: Any) -> bytes:
    """The plan of 2020 with other fields in the only milestone of 1b, which is undated."""
    raw = json.loads(SOURCE.read_text("utf-8"))
    milestone = next(task for task in raw["tasks"] if task["code"] == "1b")["milestones"][0]
    milestone |= fields
    return json.dumps(raw).encode()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "periodic", "rule": {"every": "month", "day": 5, "before": True}},
        {"kind": "event", "rule": {"after": "ngày ban hành", "offset": 5, "unit": "working_days"}},
        {"kind": "dated", "due": "2020-06-30", "start": "2020-03-01"},
        {"kind": "dated", "printed": "tháng 6"},
        {"kind": "dated", "printed": "từ tháng 3 đến tháng 6/2020"},
        {"kind": "undated", "printed": "6/2020"},
        {"kind": "ongoing", "printed": "hằng tuần"},
    ],
)
def test_a_plan_file_may_hold_a_rule_a_day_or_words_of_the_grammar(fields: dict[str, Any]) -> None:
    milestone = loads(written(**fields)).milestone("1b.1")[1]
    assert milestone.kind == fields["kind"]


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"kind": "periodic"}, "every is None"),
        ({"kind": "periodic", "every": "year", "rule": {"every": "month"}}, "every is year"),
        ({"kind": "dated", "rule": {"every": "month"}}, "kind is dated and every is None"),
        ({"kind": "periodic", "every": "year", "rule": {"after": "x"}}, "a rule for an event"),
        ({"kind": "undated", "due": "2020-06-30"}, "due on a milestone that is undated"),
        ({"kind": "dated", "due": "2020-06-30", "start": "2020-07-01"}, "start comes after due"),
        ({"kind": "dated", "printed": "đầu tháng 6/2020"}, "without its year|for certain"),
        ({"kind": "periodic", "rule": {"every": "fortnight"}}, "week"),
    ],
)
def test_a_plan_file_that_contradicts_itself_is_refused(fields: dict[str, Any], what: str) -> None:
    with pytest.raises(PlanError, match=what):
        loads(written(**fields))


def test_what_comes_again_soon_is_not_announced_weeks_ahead() -> None:
    def ladder(**fields: Any) -> tuple[int, ...]:
        return ladder_for(Milestone(id="1a.1", kind=Kind.PERIODIC, printed="x", **fields), (15, 7, 3, 1, 0))

    assert ladder(rule=Recurrence(every="week")) == (1, 0)
    assert ladder(rule=Recurrence(every="month")) == (7, 3, 1, 0)
    assert ladder(rule=Recurrence(every="quarter")) == ladder(every="year") == (15, 7, 3, 1, 0)
    assert ladder(rule=Recurrence(every="week"), remind_days=(3,)) == (3,)


def test_nobody_is_reminded_before_the_start(calendar: Calendar) -> None:
    late_january = Owed(1, Kind.DATED, date(2020, 1, 30), start=date(2020, 1, 20))
    assert [step.key for step in steps(late_january, calendar, date(2020, 1, 31))] == ["-3", "-1", "0", "+1"]
    ongoing = Owed(1, Kind.ONGOING, None, questions=(date(2020, 3, 2), date(2020, 6, 1)), start=date(2020, 4, 1))
    assert [step.day for step in steps_between(ongoing, calendar, date(2020, 1, 1), date(2020, 12, 31))] == [
        date(2020, 6, 1)
    ]
    assert steps(ongoing, calendar, date(2020, 3, 31)) == ()


def test_occurrences_stand_in_the_order_of_the_year(plan: Plan, calendar: Calendar) -> None:
    assert period_place("") == 0
    for rule in (Recurrence(every="month"), Recurrence(every="quarter", day=1), Recurrence(every="week")):
        places = [period_place(key) for key, _ in owed(plan, calendar, rule=rule)]
        assert places == sorted(places)
    official = [period_place(f"2020-{name}") for name in ("Q1", "H1", "Q3", "Y")]
    assert official == sorted(set(official))
    assert timedelta(0) < timedelta(period_place("2021-Q1") - period_place("2020-Y"))


def test_a_plan_over_several_years_owes_what_recurs_in_each_of_them(plan: Plan, calendar: Calendar) -> None:
    longer = plan.model_copy(update={"last_year": 2022})
    yearly = owed(longer, calendar, rule=Recurrence(every="year", months=(3,), day=1))
    assert yearly == [("2020-M03", "2020-03-01"), ("2021-M03", "2021-03-01"), ("2022-M03", "2022-03-01")]
    reports = occurrences(longer, Milestone(id="1a.1", kind=Kind.PERIODIC, printed="hằng năm", every="year"), calendar)
    assert [each.key for each in reports] == ["2020-Y", "2021-Y", "2022-Y"]
    assert longer.ends == date(2022, 12, 31)
    assert len(owed(longer, calendar, rule=Recurrence(every="month", day=5))) == 36
    # The first year's day lay before the signing: nobody owes it twice in the second.
    signed = longer.decision.model_copy(update={"date": date(2020, 6, 1)})
    later = longer.model_copy(update={"decision": signed})
    assert owed(later, calendar, rule=Recurrence(every="year", months=(3,), day=1)) == yearly[1:]
