"""The plan becomes obligations, and an edited plan changes them without losing an answer."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from plan import loader
from plan.model import Plan
from plan.status import Event, EventKind, State, replay
from plan.workdays import Calendar, load_calendar
from store import histories, obligations, plan_sync
from store.engine import Store
from store.obligations import NewEvent
from store.plan_sync import Synced
from store.plan_tables import PlanRow
from store.tables import Obligation, ObligationEvent

NOW = datetime(2020, 1, 2, tzinfo=UTC)
SOURCE = Path("data/plan_2020.json")


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """The office's days."""
    return load_calendar(Path("data/days_vn.toml"))


def edited(change: Any) -> Plan:
    """The plan of 2020 with a change to its JSON."""
    raw = json.loads(SOURCE.read_text("utf-8"))
    change(raw)
    return loader.loads(json.dumps(raw).encode())


def sync(store: Store, plan: Plan, calendar: Calendar, now: datetime = NOW) -> Synced:
    """One sync."""
    with store.unit() as session:
        return plan_sync.sync(session, plan, calendar, now, now.date())


def task(raw: dict[str, Any], code: str) -> dict[str, Any]:
    """A task of the raw plan."""
    return next(each for each in raw["tasks"] if each["code"] == code)


def test_one_row_per_milestone_occurrence_and_agency(store: Store, calendar: Calendar) -> None:
    done = sync(store, loader.load(SOURCE), calendar)
    with store.look() as session:
        rows = session.exec(select(Obligation)).all()
        events = session.exec(select(ObligationEvent)).all()
    assert done.added == len(rows) == len(events)
    # Each row is the replay of its one event.
    begun = {
        each.obligation_id: replay([Event(EventKind(each.kind), each.at, each.recorded_at, each.due)])
        for each in events
    }
    assert {row.id: obligations.standing(row) for row in rows} == begun
    dated = [row for row in rows if row.kind == "dated"]
    assert len(dated) == 139
    assert sum(1 for row in dated if row.due and row.due <= date(2020, 3, 31)) == 85
    assert len([row for row in rows if row.milestone == "2b.1"]) == 23
    assert {row.occurrence for row in rows if row.task == "bc"} == {"2020-Q1", "2020-H1", "2020-Q3", "2020-Y"}


def test_a_second_sync_changes_nothing(store: Store, calendar: Calendar) -> None:
    plan = loader.load(SOURCE)
    sync(store, plan, calendar)
    assert sync(store, plan, calendar, NOW + timedelta(days=1)) == Synced()


def test_an_agency_that_leaves_and_comes_back_keeps_its_answer(store: Store, calendar: Calendar) -> None:
    plan = loader.load(SOURCE)
    sync(store, plan, calendar)
    with store.unit() as session:
        row = session.exec(
            select(Obligation).where(Obligation.milestone == "2b.1", Obligation.agency_id == "sondung")
        ).one()
        obligations.record(session, row, NewEvent(EventKind.SUBMITTED, NOW, via="test"), NOW)

    def leave(raw: dict[str, Any]) -> None:
        for group in raw["groups"]:
            group["members"] = [member for member in group["members"] if member != "sondung"]

    gone = sync(store, edited(leave), calendar, NOW + timedelta(days=1))
    with store.look() as session:
        states = {row.state for row in session.exec(select(Obligation).where(Obligation.agency_id == "sondung"))}
    assert states == {State.RETIRED}
    assert gone.retired > 10
    back = sync(store, plan, calendar, NOW + timedelta(days=2))
    assert back.restored == gone.retired
    with store.look() as session:
        row = session.exec(
            select(Obligation).where(Obligation.milestone == "2b.1", Obligation.agency_id == "sondung")
        ).one()
        assert (row.state, row.done_at) == (State.DONE, NOW)
        kinds = [event.kind for event in obligations.events_of(session, row.id or 0)]
    assert kinds == ["created", "submitted", "retired", "restored"]


def test_a_date_set_later_changes_the_obligation_and_its_history_tells(store: Store, calendar: Calendar) -> None:
    sync(store, loader.load(SOURCE), calendar)

    def set_date(raw: dict[str, Any]) -> None:
        milestone = task(raw, "2f")["milestones"][0]
        milestone["due_override"], milestone["due_basis"] = "2020-09-30", "Công văn 12/UBND"

    changed = sync(store, edited(set_date), calendar, NOW + timedelta(days=1))
    assert (changed.added, changed.changed, changed.retired) == (0, 1, 0)
    with store.look() as session:
        row = session.exec(select(Obligation).where(Obligation.milestone == "2f.1")).one()
        assert row.due == date(2020, 9, 30)
        assert [event.due for event in obligations.events_of(session, row.id or 0)] == [None, date(2020, 9, 30)]


def test_two_plans_stand_side_by_side(store: Store, calendar: Calendar) -> None:
    def other(raw: dict[str, Any]) -> None:
        raw["id"] = "cchc-2020-bis"

    first = sync(store, loader.load(SOURCE), calendar)
    second = sync(store, edited(other), calendar)
    assert first.added == second.added
    assert sync(store, loader.load(SOURCE), calendar) == Synced()


def test_a_plan_that_is_old_on_its_first_day_waits_for_the_admin(store: Store, calendar: Calendar) -> None:
    late = sync(store, loader.load(SOURCE), calendar, datetime(2020, 4, 1, tzinfo=UTC))
    assert late.past_due > 85
    with store.look() as session:
        assert session.exec(select(PlanRow)).one().start == "ask"
    assert sync(store, loader.load(SOURCE), calendar, datetime(2020, 5, 1, tzinfo=UTC)).past_due == 0


def test_a_clock_that_was_set_back_leaves_a_history_that_begins_at_its_beginning(
    store: Store, calendar: Calendar
) -> None:
    sync(store, loader.load(SOURCE), calendar)
    early = NOW - timedelta(hours=2)
    with store.unit() as session:
        row = obligations.all_of(session)[0]
        obligations.record(session, row, NewEvent(EventKind.PROGRESSED, early, via="test", note="60 %"), early)
    for moment in (early, NOW - timedelta(seconds=1), NOW, NOW + timedelta(hours=1)):
        with store.look() as session:
            for _, events in histories.histories(session, moment):
                assert events[0].kind == EventKind.CREATED


def test_rules_become_occurrences_and_an_event_waits_for_its_day(store: Store, calendar: Calendar) -> None:
    def ruled(raw: dict[str, Any]) -> None:
        task(raw, "1b")["milestones"][0] |= {"kind": "periodic", "rule": {"every": "month", "day": 5}}
        after = {"after": "ngày ban hành", "offset": 5, "unit": "working_days"}
        task(raw, "3d")["milestones"][0] |= {"kind": "event", "rule": after}

    plan = edited(ruled)
    sync(store, plan, calendar)
    assert sync(store, plan, calendar) == Synced()
    with store.look() as session:
        monthly = obligations.of_task(session, "1b")
        waiting = obligations.of_task(session, "3d")
    assert {row.occurrence for row in monthly} == {f"2020-M{month:02}" for month in range(1, 13)}
    assert {(row.kind, row.due) for row in waiting} == {("undated", None)}
