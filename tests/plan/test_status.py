"""The states of an obligation under any sequence of events."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.status import MOVES, Event, EventKind, ForbiddenMoveError, State, after, apply, replay

START = datetime(2020, 1, 2, tzinfo=UTC)
KINDS = st.lists(st.sampled_from([kind for kind in EventKind if kind is not EventKind.CREATED]), max_size=30)


def event(kind: EventKind, number: int = 0) -> Event:
    """An event, a minute after the former."""
    at = START + timedelta(minutes=number)
    return Event(kind, at, at, date(2020, 1, 30), "late by a decision" if kind is EventKind.JUDGED else kind)


@given(KINDS)
def test_every_allowed_history_leads_to_a_known_state_and_replays_the_same(kinds: list[EventKind]) -> None:
    history = [event(EventKind.CREATED)]
    standing = replay(history)
    for number, kind in enumerate(kinds, 1):
        assert standing is not None
        try:
            standing = apply(standing, event(kind, number))
        except ForbiddenMoveError:
            assert standing.state not in MOVES[kind]
            continue
        history.append(event(kind, number))
        assert (standing.state is State.DONE) <= (standing.done_at is not None)
    assert replay(history) == standing


def test_nothing_happens_to_what_was_never_created() -> None:
    for kind in EventKind:
        if kind is not EventKind.CREATED:
            with pytest.raises(ForbiddenMoveError):
                after(None, kind)
    assert replay([]) is None


def test_a_second_creation_is_refused() -> None:
    with pytest.raises(ForbiddenMoveError):
        after(State.OPEN, EventKind.CREATED)


def test_what_comes_back_into_the_plan_comes_back_with_its_answer() -> None:
    kinds = (EventKind.CREATED, EventKind.SUBMITTED, EventKind.RETIRED, EventKind.RESTORED)
    found = replay([event(kind, number) for number, kind in enumerate(kinds)])
    assert found is not None
    assert (found.state, found.done_at) == (State.DONE, START + timedelta(minutes=1))


def test_trouble_ends_with_progress_or_an_answer() -> None:
    blocked = replay([event(EventKind.CREATED), event(EventKind.BLOCKED, 1)])
    assert blocked is not None
    assert blocked.blocked == "blocked"
    assert apply(blocked, event(EventKind.PROGRESSED, 2)).blocked == ""
    assert apply(blocked, event(EventKind.SUBMITTED, 2)).blocked == ""


def test_a_date_of_an_admins_stands_until_the_plans_own_date_changes() -> None:
    plans, later, new = date(2020, 1, 30), date(2020, 2, 14), date(2020, 3, 31)

    def on(kind: EventKind, number: int, due: date) -> Event:
        return replace(event(kind, number), due=due)

    found = replay([on(EventKind.CREATED, 0, plans), on(EventKind.EXTENDED, 1, later), on(EventKind.CHANGED, 2, plans)])
    assert found is not None
    assert (found.due, found.planned, found.extensions) == (later, plans, 1)
    changed = apply(found, on(EventKind.CHANGED, 3, new))
    assert (changed.due, changed.planned) == (new, new)


def test_an_answer_that_was_returned_lends_its_moment_and_one_that_came_on_paper_has_its_own() -> None:
    kinds = (EventKind.CREATED, EventKind.SUBMITTED, EventKind.RETURNED, EventKind.SUBMITTED)
    first, back = START + timedelta(minutes=1), START + timedelta(minutes=2)
    again = replay([event(kind, number) for number, kind in enumerate(kinds)])
    assert again is not None
    assert (again.state, again.done_at) == (State.DONE, first)
    # Taken back, it leaves what was returned, since when and why.
    withdrawn = apply(again, event(EventKind.WITHDRAWN, 4))
    assert (withdrawn.kept_at, withdrawn.returned_at, withdrawn.returned) == (first, back, "returned")
    on_paper = apply(again, event(EventKind.RETIMED, 5))
    assert (on_paper.done_at, on_paper.kept_at, on_paper.returned_at) == (START + timedelta(minutes=5), None, None)
