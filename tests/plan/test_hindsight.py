"""What counted at a moment by what is known later: the rules one by one, and random histories against a plain model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.hindsight import ON_LATENESS, counted
from plan.status import ANSWERED, MOVES, Event, EventKind, Judgement, State, apply, on_lateness, replay

START = datetime(2020, 3, 1, tzinfo=UTC)
DUE = date(2020, 3, 10)
# Said by people at a moment of their own, which may be earlier than it is read; all else is as of its recording.
SAID = (
    EventKind.SUBMITTED, EventKind.SUPPLEMENTED, EventKind.CORRECTED, EventKind.PROGRESSED, EventKind.BLOCKED,
    EventKind.ACKNOWLEDGED, EventKind.REQUESTED, EventKind.RETIMED,
)  # fmt: skip
# Where the rules are hard: answers, and what takes them back or moves them.
MOSTLY = (
    EventKind.SUBMITTED, EventKind.WITHDRAWN, EventKind.RETURNED, EventKind.RETIMED, EventKind.TO_REVIEW,
    EventKind.HELD,
)  # fmt: skip
BY_ITSELF = (EventKind.HELD, EventKind.PROVEN, EventKind.TO_HEAD, EventKind.TO_REVIEW)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def happened(*what: tuple[EventKind, float] | tuple[EventKind, float, float]) -> list[Event]:
    """Events by (kind, day that counts, day of recording where that is another); the work was created on day 0."""
    events = [Event(EventKind.CREATED, day(0), day(0), DUE)]
    for kind, at, *recorded in what:
        events.append(Event(kind, day(at), day(recorded[0] if recorded else at), DUE))
    return events


def state(events: Sequence[Event], as_of: float) -> State | None:
    found, _ = counted(events, day(as_of))
    return found.state if found else None


def test_an_answer_counts_from_its_message_though_it_was_read_later() -> None:
    events = happened((EventKind.SUBMITTED, 14, 15))
    assert [state(events, moment) for moment in (13.9, 14, 14.5)] == [State.OPEN, State.DONE, State.DONE]
    assert state(events[:1], 14) is State.OPEN


def test_of_what_has_no_history_nothing_was_there() -> None:
    assert counted((), day(1)) == (None, ())


def test_what_was_recorded_at_the_very_moment_counts() -> None:
    events = happened((EventKind.SUBMITTED, 14))
    assert [counted(events, moment) for moment in (day(14), day(14) - timedelta(microseconds=1))] == [
        (replay(events), tuple(events)), (replay(events[:1]), tuple(events[:1]))
    ]  # fmt: skip


def test_what_waits_for_the_review_waited_from_the_message_on() -> None:
    events = happened((EventKind.SUBMITTED, 14, 15), (EventKind.TO_REVIEW, 15), (EventKind.CONFIRMED, 16))
    assert [state(events, moment) for moment in (14, 15, 16)] == [State.IN_REVIEW, State.IN_REVIEW, State.DONE]


def test_a_file_of_the_last_evening_proves_the_answer_that_evening() -> None:
    events = happened(
        (EventKind.SUBMITTED, 12), (EventKind.HELD, 12), (EventKind.SUPPLEMENTED, 14, 15), (EventKind.PROVEN, 15)
    )
    assert [state(events, moment) for moment in (13, 14)] == [State.UNPROVEN, State.DONE]


def test_paper_counts_from_its_true_moment_as_confirmed_as_it_was_when_that_was_entered() -> None:
    answered = happened((EventKind.SUBMITTED, 15), (EventKind.TO_REVIEW, 15), (EventKind.CONFIRMED, 16))
    paper = Event(EventKind.RETIMED, day(10), day(20))
    standing, _ = counted([*answered, paper], day(14))
    assert standing is not None
    assert (standing.state, standing.done_at) == (State.DONE, day(10))
    assert state([*answered, paper], 9) is State.OPEN
    assert state([*answered[:-1], paper, Event(EventKind.CONFIRMED, day(21), day(21))], 14) is State.IN_REVIEW


def test_paper_that_came_later_than_was_said_does_not_count_before() -> None:
    events = happened((EventKind.SUBMITTED, 10), (EventKind.CONFIRMED, 11), (EventKind.RETIMED, 16, 17))
    assert [state([events[0], events[1], events[3]], moment) for moment in (14, 16)] == [State.OPEN, State.DONE]


@pytest.mark.parametrize("ending", [EventKind.WITHDRAWN, EventKind.RETURNED])
def test_an_answer_stood_until_it_was_taken_back_or_returned(ending: EventKind) -> None:
    events = happened((EventKind.SUBMITTED, 10), (ending, 16))
    assert [state(events, moment) for moment in (14, 16)] == [State.DONE, State.OPEN]


def test_a_decision_counts_from_when_it_was_taken() -> None:
    events = happened((EventKind.SUSPENDED, 16), (EventKind.RESUMED, 18), (EventKind.EXTENDED, 19))
    assert [state(events, moment) for moment in (14, 17, 18)] == [State.OPEN, State.SUSPENDED, State.OPEN]
    assert state(happened(), -1) is None


def test_paper_of_a_day_on_which_the_work_was_set_aside_changes_nothing_before_it_is_taken_up_again() -> None:
    events = happened((EventKind.SUSPENDED, 5), (EventKind.RESUMED, 18), (EventKind.SUBMITTED, 10, 20))
    assert [state(events, moment) for moment in (14, 19)] == [State.SUSPENDED, State.DONE]


def test_a_second_answer_from_before_the_first_was_taken_back_takes_nothing_of_the_first() -> None:
    """It lay in a slow line; that it was moved to the 12th says nothing of the answer that stood on the 14th."""
    events = happened(
        (EventKind.SUBMITTED, 10), (EventKind.RETURNED, 16), (EventKind.SUBMITTED, 13, 18), (EventKind.RETIMED, 12, 20)
    )
    standing, taken = counted(events, day(14))
    assert standing is not None
    assert (standing.state, standing.done_at, len(taken)) == (State.DONE, day(10), 2)


def test_a_word_on_a_lateness_holds_for_it_from_the_beginning() -> None:
    events = happened((EventKind.FLAGGED, 12))
    judged = Event(EventKind.JUDGED, day(15), day(15), note="in_time CV 3/UBND")
    late = counted(events, day(11))[0]
    decided = counted([*events, judged], day(11))[0]
    assert late is not None
    assert decided is not None
    assert (late.judged, decided.judged) == (Judgement.FLAGGED, Judgement.IN_TIME)


def test_what_was_open_when_it_was_judged_is_held_to_the_date_given_from_the_beginning() -> None:
    given, later = date(2020, 3, 20), date(2020, 4, 1)
    judged = Event(EventKind.JUDGED, day(15), day(15), given, "in_time CV 3/UBND")
    events = [*happened((EventKind.FLAGGED, 12)), judged]
    now, then = replay(events), counted([*events, Event(EventKind.PROGRESSED, day(16), day(16))], day(11))[0]
    assert now is not None
    assert then is not None
    assert (now.due, now.judged) == (then.due, then.judged) == (given, Judgement.RULE)
    extended = counted([*events, Event(EventKind.EXTENDED, day(16), day(16), later)], day(17))[0]
    assert extended is not None
    assert extended.due == later


def test_a_date_that_was_read_wrongly_was_never_so() -> None:
    """Read as the 5th, answered on the 8th, put right on the 9th: the 7th and the 8th were in time."""
    made = [
        Event(EventKind.CREATED, day(1), day(1), date(2020, 3, 5)),
        Event(EventKind.SUBMITTED, day(8), day(8)),
        Event(EventKind.MISREAD, day(9), day(9), date(2020, 3, 20)),
    ]
    for moment in (2, 7, 8, 10):
        standing, _ = counted(made, day(moment))
        assert standing is not None
        assert (standing.due, standing.planned, standing.first_due) == (date(2020, 3, 20),) * 3


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Any history that the rules of the states allow, recorded forward, with some of it said earlier or retimed."""
    events = happened()
    standing = replay(events)
    hour = 0
    for _ in range(draw(st.integers(0, 12))):
        assert standing is not None
        hour += draw(st.sampled_from([0, 1, 24, 100]))
        recorded = START + timedelta(hours=hour)
        allowed = [kind for kind, moves in MOVES.items() if standing.state in moves and _fits(kind, events[-1])]
        kind = draw(st.sampled_from(sorted(allowed) + 5 * [kind for kind in sorted(allowed) if kind in MOSTLY]))
        back = draw(st.sampled_from([0, 0, 1, 30, 300])) if kind in SAID else 0
        note = draw(st.sampled_from(["in_time x", "late x"])) if kind is EventKind.JUDGED else ""
        # Of an answer that is judged no date is given.
        due = None if kind is EventKind.JUDGED and draw(st.booleans()) else DUE
        event = Event(kind, recorded - timedelta(hours=back), recorded, due, note)
        if kind in BY_ITSELF:
            event = replace(event, at=events[-1].recorded_at, recorded_at=events[-1].recorded_at)
            hour = round((event.recorded_at - START) / timedelta(hours=1))
        events.append(event)
        standing = apply(standing, event)
    return events


def _fits(kind: EventKind, before: Event) -> bool:
    """What happens by itself follows at once on what people said or confirmed."""
    follows = (EventKind.SUBMITTED, EventKind.SUPPLEMENTED, EventKind.PROVEN, EventKind.CONFIRMED)
    return kind not in BY_ITSELF or before.kind in follows


@given(histories())
def test_as_known_then_it_is_the_replay_of_all_that_was_recorded_then(events: list[Event]) -> None:
    for moment in {each.recorded_at for each in events} | {START - timedelta(hours=1)}:
        known = [each for each in events if each.recorded_at <= moment]
        assert counted(known, moment) == (replay(known), tuple(known))


@given(histories(), st.integers(-30, 1300))
def test_by_what_is_known_later_it_is_what_a_plain_model_says(events: list[Event], hours: int) -> None:
    as_of = START + timedelta(hours=hours)
    standing, taken = counted(events, as_of)
    model = told(events, as_of)
    if model is None:
        assert (standing, taken) == (None, ())
        return
    assert standing is not None
    assert (standing.state, standing.done_at, standing.kept_at, standing.judged) == model


@given(histories(), st.integers(-30, 1300))
def test_what_is_known_later_of_the_past_is_a_history_by_the_rules(events: list[Event], hours: int) -> None:
    standing, taken = counted(events, START + timedelta(hours=hours))
    found = replay([each for each in taken if each.kind not in ON_LATENESS])
    for word in (each for each in events if each.kind in ON_LATENESS):
        found = found and on_lateness(found, word)
    assert found == standing


@dataclass
class Answer:
    """An answer of the model: from when it stands until when, with the true moment that an admin gave."""

    said: datetime
    steps: list[tuple[datetime, State]]
    moved: datetime | None = None
    ended: tuple[datetime, EventKind] | None = None


Told = tuple[State, datetime | None, datetime | None, Judgement]


def told(events: Sequence[Event], as_of: datetime) -> Told | None:
    """The same by another way: answers as spans of time, and what is decided beside them.

    First the answers are gathered, each with all its steps and the moment that holds for it; then the moment is looked
    up: what lies beside the answers says whether anything can be owed, and the answers that then stand say the rest.
    """
    if as_of < events[0].recorded_at:
        return None
    answers: list[Answer] = []
    for place, event in enumerate(events):
        before = events[place - 1] if place else event
        if event.kind is EventKind.SUBMITTED:
            answers.append(Answer(event.at, [(event.at, State.DONE)]))
        elif event.kind is EventKind.RETIMED:
            answers[-1].moved = event.at
            # All that was so far is as of the true moment.
            answers[-1].steps = [(event.at, state) for _, state in answers[-1].steps]
        elif event.kind in BY_ITSELF:
            since = answers[-1].steps[-1][0] if before.kind is not EventKind.SUPPLEMENTED else before.at
            answers[-1].steps.append((since, MOVES[event.kind][_last_state(answers[-1])]))
        elif event.kind is EventKind.CONFIRMED:
            answers[-1].steps.append((event.at, State.DONE))
        elif event.kind in (EventKind.WITHDRAWN, EventKind.RETURNED):
            answers[-1].ended = (event.at, event.kind)
    return _at(events, answers, as_of)


def _last_state(answer: Answer) -> State:
    return answer.steps[-1][1]


def _at(events: Sequence[Event], answers: Sequence[Answer], as_of: datetime) -> Told:
    judged = Judgement.RULE
    for event in events:
        if event.kind is EventKind.FLAGGED:
            judged = Judgement.FLAGGED
        elif event.kind is EventKind.JUDGED:
            judged = Judgement(event.note.split()[0]) if event.due is None else Judgement.RULE
    state, retired = State.OPEN, None
    done_at = kept_at = None
    number = -1
    stands: Answer | None = None
    aside = (EventKind.SUSPENDED, EventKind.TRANSFERRED, EventKind.ENDED, EventKind.EXCUSED, EventKind.CLOSED)
    for event in events[1:]:
        if event.kind is EventKind.SUBMITTED:
            number += 1
            answer = answers[number]
            begins = answer.moved or answer.said
            if begins <= as_of and state is State.OPEN:
                stands = answer
                done_at = kept_at or answer.said
                if answer.moved:
                    done_at, kept_at = answer.moved, None
                reached = [found for since, found in answer.steps if since <= as_of]
                state = reached[-1]
        elif event.recorded_at > as_of:
            continue
        elif event.kind in (EventKind.WITHDRAWN, EventKind.RETURNED) and stands is answers[number]:
            state, stands = State.OPEN, None
            kept_at = done_at if event.kind is EventKind.RETURNED else kept_at
            done_at = None
        elif event.kind in aside and state is State.OPEN:
            state = State(event.kind)
        elif event.kind is EventKind.RESUMED:
            state = State.OPEN
        elif event.kind is EventKind.RETIRED:
            state, retired = State.RETIRED, state
        elif event.kind is EventKind.RESTORED and retired is not None:
            state, retired = retired, None
    assert state in ANSWERED or done_at is None or retired is not None or state is State.RETIRED
    return state, done_at, kept_at, judged
