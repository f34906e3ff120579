"""Until when a cause may be told, and how its words count in the history of an obligation."""

from datetime import UTC, date, datetime, timedelta

from plan.causes import Cause, answer_by, last_day
from plan.hindsight import counted
from plan.status import Event, EventKind, Standing, replay
from plan.workdays import Calendar

CALENDAR = Calendar()
NOON = datetime(2020, 2, 5, 5, tzinfo=UTC)


def test_a_cause_may_be_told_for_thirty_days_and_once_more_after_a_refusal() -> None:
    assert last_day(CALENDAR, None) is None
    assert last_day(CALENDAR, date(2020, 2, 5)) == date(2020, 3, 6)
    # The thirtieth day is a Sunday: until the Monday.
    assert last_day(CALENDAR, date(2020, 2, 7)) == date(2020, 3, 9)
    assert last_day(CALENDAR, date(2020, 2, 5), date(2020, 3, 4)) == date(2020, 4, 3)


def test_an_opinion_is_answered_in_seven_working_days() -> None:
    assert answer_by(CALENDAR, date(2020, 2, 5)) == date(2020, 2, 14)


def history(*kinds: tuple[EventKind, str]) -> list[Event]:
    """What happened, an hour apart."""
    first = Event(EventKind.CREATED, NOON, NOON, date(2020, 1, 30))
    said = (
        Event(kind, NOON + timedelta(hours=hour), NOON + timedelta(hours=hour), None, note)
        for hour, (kind, note) in enumerate(kinds, start=1)
    )
    return [first, *said]


def stands(*kinds: tuple[EventKind, str]) -> tuple[Cause, str, str]:
    """Where the cause stands after it, with the words."""
    found = replay(history(*kinds))
    assert found is not None
    return found.cause, found.why_late, found.ruled


def test_each_word_about_a_cause_says_where_it_stands() -> None:
    told, refused = (EventKind.CAUSE_TOLD, "mưa lũ"), (EventKind.CAUSE_REFUSED, "chưa đủ")
    assert stands() == (Cause.NONE, "", "")
    assert stands(told) == (Cause.WAITING, "mưa lũ", "")
    assert stands(told, (EventKind.CAUSE_CONFIRMED, "CV 15")) == (Cause.CONFIRMED, "mưa lũ", "CV 15")
    assert stands(told, refused) == (Cause.REFUSED, "mưa lũ", "chưa đủ")
    assert stands(told, refused, (EventKind.CAUSE_REOPENED, "")) == (Cause.WAITING, "mưa lũ", "")
    assert stands(told, refused, (EventKind.CAUSE_TOLD, "biên bản")) == (Cause.WAITING, "biên bản", "")
    # Without words it was taken back.
    assert stands(told, (EventKind.CAUSE_TOLD, "")) == (Cause.NONE, "", "")


def test_a_ruling_holds_for_the_lateness_from_its_beginning() -> None:
    events = history((EventKind.CAUSE_TOLD, "mưa lũ"), (EventKind.CAUSE_CONFIRMED, "CV 15"))
    standing, taken = counted(events, NOON + timedelta(minutes=1))
    assert isinstance(standing, Standing)
    assert (standing.cause, standing.ruled, len(taken)) == (Cause.CONFIRMED, "CV 15", 3)
