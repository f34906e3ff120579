"""Which reminders are due: decided purely, so time can be played in any way."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.due import question_days
from plan.model import Kind, Plan
from plan.reminders import (
    Owed,
    ReminderKey,
    due,
    farthest,
    first_step,
    ladder_for,
    lapses,
    next_day,
    questions_for,
    spared,
    steps,
    steps_between,
)
from plan.workdays import Calendar, load_calendar

CALENDAR = load_calendar(Path("data/days_vn.toml"))
LATE_JANUARY = Owed(1, Kind.DATED, date(2020, 1, 30))
DAYS = st.dates(date(2019, 12, 1), date(2020, 6, 30))


def said_after(days: list[date], owed: Owed, calendar: Calendar = CALENDAR) -> list[tuple[date, str]]:
    """What is said when the service runs on exactly these days."""
    said: set[ReminderKey] = set()
    heard = []
    for day in days:
        for each in due([owed], said, calendar, day):
            heard.append((day, each.step.key))
            said |= {(owed.obligation, owed.due, step.key) for step in (each.step, *each.skipped)}
    return heard


def test_every_step_on_its_day_when_the_service_never_stops() -> None:
    every_day = [date(2019, 12, 20) + timedelta(days=n) for n in range(60)]
    assert said_after(every_day, LATE_JANUARY) == [
        (date(2020, 1, 2), "-15"),
        (date(2020, 1, 14), "-7"),
        (date(2020, 1, 20), "-3"),
        (date(2020, 1, 22), "-1"),
        (date(2020, 1, 30), "0"),
        (date(2020, 1, 31), "+1"),
        (date(2020, 2, 7), "+6"),
        (date(2020, 2, 14), "+11"),
    ]


@pytest.mark.parametrize("day", [date(2020, 1, 25), date(2020, 1, 4), date(2020, 4, 2)])
def test_nothing_on_a_day_off_whatever_is_late(day: date) -> None:
    assert due([Owed(1, Kind.DATED, date(2020, 1, 2))], set(), CALENDAR, day) == ()


@given(st.lists(DAYS, unique=True).map(sorted), DAYS)
def test_however_often_it_was_off_no_step_is_said_twice_and_none_out_of_order(
    running: list[date], due_on: date
) -> None:
    heard = said_after(running, Owed(1, Kind.DATED, due_on))
    rungs = [int(key) for _, key in heard]
    assert rungs == sorted(set(rungs))
    assert all(CALENDAR.is_working(day) for day, _ in heard)


@given(DAYS, DAYS)
def test_the_last_step_that_has_come_is_always_said(today: date, due_on: date) -> None:
    owed = Owed(1, Kind.DATED, due_on)
    come = steps(owed, CALENDAR, today)
    found = due([owed], set(), CALENDAR, today)
    if come and CALENDAR.is_working(today):
        assert [each.step for each in found] == [come[-1]]
        assert found[0].skipped == come[:-1]
    else:
        assert found == ()


@given(DAYS, DAYS.filter(CALENDAR.is_working), st.sets(st.integers(0, 30), min_size=1, max_size=6))
def test_what_lies_beyond_the_farthest_day_has_no_step_yet_and_what_is_near_has(
    due_on: date, today: date, ladder: set[int]
) -> None:
    owed = Owed(1, Kind.DATED, due_on, tuple(sorted(ladder, reverse=True)))
    assert bool(steps(owed, CALENDAR, today)) == (due_on < farthest([owed.ladder], CALENDAR, today))


@given(DAYS, st.sets(st.integers(0, 30), min_size=1, max_size=6))
def test_before_the_day_each_step_is_that_many_working_days_away(due_on: date, ladder: set[int]) -> None:
    owed = Owed(1, Kind.DATED, due_on, tuple(sorted(ladder, reverse=True)))
    for step in steps_between(owed, CALENDAR, due_on - timedelta(days=90), CALENDAR.anchor(due_on)):
        assert step.rung is not None
        assert CALENDAR.distance(step.day, CALENDAR.anchor(due_on)) == -step.rung


@pytest.mark.parametrize(
    ("returned", "wanted"),
    [
        # After the deadline it counts from the return, and is no number of days late.
        (
            date(2020, 2, 3),
            [("-15", -15), ("-7", -7), ("-3", -3), ("-1", -1), ("0", 0), ("r0203+1", None), ("r0203+6", None)],
        ),
        # Before it, the ladder goes on; what it would have said on the day of the return is not said.
        (date(2020, 1, 20), [("-1", -1), ("0", 0), ("r0120+1", None), ("r0120+6", None)]),
        (date(2020, 1, 30), [("r0130+1", None), ("r0130+6", None)]),
    ],
)
def test_of_what_was_returned_it_is_said_since_when(returned: date, wanted: list[tuple[str, int | None]]) -> None:
    found = steps(replace(LATE_JANUARY, returned=returned), CALENDAR, date(2020, 2, 12))
    later = [step for step in found if step.day > returned]
    assert [(step.key, step.rung) for step in later] == [each for each in wanted if each in wanted[-len(later) :]]
    assert [step.day for step in found][-2:] == [
        CALENDAR.shift(max(returned, date(2020, 1, 30)), 1),
        CALENDAR.shift(max(returned, date(2020, 1, 30)), 6),
    ]


def test_a_new_date_arms_the_ladder_again() -> None:
    said: set[ReminderKey] = {(1, date(2020, 1, 30), "-15")}
    moved = Owed(1, Kind.DATED, date(2020, 1, 31))
    assert [each.step.key for each in due([moved], said, CALENDAR, date(2020, 1, 3))] == ["-15"]


def test_undated_work_is_silent_and_questions_keep_to_their_month() -> None:
    assert steps(Owed(1, Kind.UNDATED, None), CALENDAR, date(2030, 1, 1)) == ()
    ongoing = Owed(1, Kind.ONGOING, None, questions=(date(2020, 3, 2), date(2020, 6, 1)))
    assert [step.key for step in steps(ongoing, CALENDAR, date(2020, 3, 31))] == ["q:2020-03"]
    assert steps(ongoing, CALENDAR, date(2020, 5, 4)) == ()


@pytest.mark.parametrize(
    ("acknowledged", "quiet", "said"),
    [
        # Taken before the first step: the first three are spared, the last two and what is late are not.
        (date(2020, 1, 2), ("-15", "-7"), ("-3", "-1", "0", "+1")),
        (date(2020, 1, 3), ("-7",), ("-15", "-3", "-1", "0", "+1")),
        (date(2020, 1, 8), ("-7", "-3"), ("-15", "-1", "0", "+1")),
        # Renewed by progress: what was spared before the renewal stays so.
        (date(2020, 1, 15), ("-3",), ("-15", "-7", "-1", "0", "+1")),
        (date(2020, 1, 30), (), ("-15", "-7", "-3", "-1", "0", "+1")),
        (None, (), ("-15", "-7", "-3", "-1", "0", "+1")),
    ],
)
def test_what_was_acknowledged_is_left_alone_until_the_last_two_steps(
    acknowledged: date | None, quiet: tuple[str, ...], said: tuple[str, ...]
) -> None:
    said_by_now: set[ReminderKey] = set()
    heard: list[str] = []
    for day in (date(2019, 12, 30) + timedelta(days=n) for n in range(34)):
        known = acknowledged if acknowledged and acknowledged <= day else None
        for each in due([replace(LATE_JANUARY, acknowledged=known)], said_by_now, CALENDAR, day):
            # A step that was spared is neither said nor named as skipped by a later one.
            assert each.skipped == ()
            heard.append(each.step.key)
            said_by_now.add((1, LATE_JANUARY.due, each.step.key))
    assert tuple(heard) == said
    assert not set(quiet) & set(heard)


@given(DAYS, DAYS, st.lists(DAYS, unique=True).map(sorted), st.sets(st.integers(0, 30), min_size=1, max_size=6))
def test_an_acknowledgement_takes_nothing_from_the_last_two_steps_nor_from_what_is_late(
    due_on: date, acknowledged: date, running: list[date], ladder: set[int]
) -> None:
    plain = Owed(1, Kind.DATED, due_on, tuple(sorted(ladder, reverse=True)))
    taken = replace(plain, acknowledged=acknowledged)
    without, with_it = said_after(running, plain), said_after(running, taken)
    kept = sorted(ladder)[:2]
    assert [each for each in without if int(each[1]) > 0 or -int(each[1]) in kept] == [
        each for each in with_it if int(each[1]) > 0 or -int(each[1]) in kept
    ]
    assert set(with_it) <= set(without)


@given(DAYS, DAYS, DAYS)
def test_the_next_day_that_is_promised_is_the_next_one_that_speaks(due_on: date, acknowledged: date, day: date) -> None:
    owed = Owed(1, Kind.DATED, due_on, acknowledged=acknowledged)
    promised = next_day(owed, CALENDAR, day)
    assert promised is not None
    days = [day + timedelta(days=n) for n in range((promised - day).days + 1)]
    said: set[ReminderKey] = {(1, due_on, step.key) for step in steps(owed, CALENDAR, day)}
    assert [each for each in days if due([owed], said, CALENDAR, each)] == [promised]


def test_only_ongoing_work_is_asked_about(plan: Plan) -> None:
    by_kind = {milestone.kind: milestone for task in plan.tasks for milestone in task.milestones}
    for kind, milestone in by_kind.items():
        wanted = question_days(plan, CALENDAR) if kind is Kind.ONGOING else ()
        assert questions_for(plan, milestone, CALENDAR) == wanted
    assert {Kind.ONGOING, Kind.DATED, Kind.PERIODIC} <= set(by_kind)


def test_questions_of_a_span_are_those_of_its_days_both_ends_included() -> None:
    day = date(2020, 3, 2)
    asked = Owed(1, Kind.ONGOING, None, questions=(day,))
    spans = [(0, 0), (-1, 0), (0, 1), (-2, -1), (1, 2)]
    found = [steps_between(asked, CALENDAR, day + timedelta(a), day + timedelta(b)) for a, b in spans]
    assert [[step.key for step in each] for each in found] == [["q:2020-03"]] * 3 + [[], []]


def test_a_step_ten_working_days_after_the_acknowledgement_is_said() -> None:
    step = next(each for each in steps(LATE_JANUARY, CALENDAR, date(2020, 1, 30)) if each.key == "-7")
    taken = replace(LATE_JANUARY, acknowledged=CALENDAR.shift(step.day, -10))
    assert CALENDAR.shift(taken.acknowledged or step.day, 10) == step.day
    assert not spared(taken, step, CALENDAR)
    assert spared(replace(taken, acknowledged=CALENDAR.shift(step.day, -9)), step, CALENDAR)


def test_an_acknowledgement_lapses_where_it_spares_a_step_and_has_a_deadline() -> None:
    taken = replace(LATE_JANUARY, acknowledged=date(2019, 12, 30))
    assert lapses(taken, CALENDAR) == date(2020, 1, 14)
    assert lapses(LATE_JANUARY, CALENDAR) is None
    assert lapses(replace(taken, due=None), CALENDAR) is None
    # What it does not spare is said, so that nothing lapses.
    assert lapses(replace(taken, acknowledged=date(2020, 1, 16)), CALENDAR) is None


def test_a_milestones_own_ladder_comes_before_the_installations() -> None:
    from plan.model import Milestone

    own = Milestone(id="9z.1", kind=Kind.DATED, printed="Quý I năm 2020", remind_days=(2, 10))
    assert ladder_for(own, (15, 7)) == (10, 2)
    assert ladder_for(own.model_copy(update={"remind_days": None}), (7, 15, 7)) == (15, 7)


def test_what_gets_a_date_is_first_reminded_by_its_own_ladder() -> None:
    from plan.model import Milestone

    own = Milestone(id="9z.1", kind=Kind.DATED, printed="Quý I năm 2020", remind_days=(2,))
    friday, monday = date(2020, 2, 28), date(2020, 2, 10)
    assert first_step(CALENDAR, (own,), (15, 7), friday, monday) == date(2020, 2, 26)
    assert first_step(CALENDAR, (own.model_copy(update={"remind_days": None}),), (7,), friday, monday) == date(
        2020, 2, 19
    )
    # A step that is missed already is said at once.
    assert first_step(CALENDAR, (own,), (), date(2020, 2, 11), monday) == monday
