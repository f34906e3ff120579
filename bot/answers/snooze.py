"""An officer asks to be reminded once more on a day of their own; the ladder stays whole."""

from datetime import date, datetime, time, timedelta

from bot.turn import Turn
from plan.status import State
from progress.items import code_of
from progress.submit import Said
from store import snoozes
from store.tables import Obligation
from words import dates
from words.codes import fold
from words.message import Button

TOMORROW = frozenset({"mai", "sang mai", "ngay mai", "tomorrow"})
WEEKDAYS = (
    frozenset({"thu hai", "thu 2", "t2", "monday"}),
    frozenset({"thu ba", "thu 3", "t3", "tuesday"}),
    frozenset({"thu tu", "thu 4", "t4", "wednesday"}),
    frozenset({"thu nam", "thu 5", "t5", "thursday"}),
    frozenset({"thu sau", "thu 6", "t6", "friday"}),
    frozenset({"thu bay", "thu 7", "t7", "saturday"}),
    frozenset({"chu nhat", "cn", "sunday"}),
)
LONGEST = timedelta(days=366)


def snooze(turn: Turn, row: Obligation, said: Said) -> None:
    """/snooze 2b sáng mai, thứ hai, 15/2; without a day, and under the button, some are offered."""
    code, today = code_of(turn.office, row), turn.office.today(turn.now)
    if row.state != State.OPEN:
        agency = turn.office.agency_name(row.agency_id)
        turn.answer(turn.text("progress.done_already", code=code, agency=agency))
        return
    last = turn.office.calendar.late_after(row.due) if row.due else today + LONGEST
    if row.due and turn.office.calendar.shift(today, 1) > last:
        turn.answer(turn.text("snooze.late" if today > last else "snooze.beyond", code=code, due=row.due))
        return
    wished = day_of(said.note, today) if said.note else None
    if wished is None:
        _offer(turn, row, code, last, said.note)
        return
    if wished <= today:
        turn.answer(turn.text("snooze.past", code=code, day=wished), buttons=_buttons(turn, row, last))
        return
    day = turn.office.calendar.on_or_after(wished)
    if day > last:
        turn.answer(turn.text("snooze.beyond", code=code, due=row.due or last), buttons=_buttons(turn, row, last))
        return
    _set(turn, row, code, day)


def day_of(text: str, today: date) -> date | None:
    """The day of "sáng mai", "thứ hai", "15/2"; None where it is none. Today's own weekday is the next week's."""
    words = fold(text).strip(" .,")
    if words in TOMORROW:
        return today + timedelta(days=1)
    words = words.removeprefix("sang ")
    for number, names in enumerate(WEEKDAYS):
        if words in names:
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return dates.find_day(text, today).day


def _set(turn: Turn, row: Obligation, code: str, day: date) -> None:
    opens = turn.office.windows[0][0]
    assert row.id is not None
    assert turn.address is not None
    at = datetime.combine(day, opens, turn.office.zone)
    snoozes.put_off(turn.session, turn.address, row.id, day, at, turn.now)
    turn.answer(turn.text("snooze.set", code=code, day=day, at=_clock(opens)))


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _offer(turn: Turn, row: Obligation, code: str, last: date, typed: str) -> None:
    text = turn.text("snooze.ask", code=code, due=row.due, typed=typed)
    turn.answer(text, buttons=_buttons(turn, row, last))


def _buttons(turn: Turn, row: Obligation, last: date) -> list[list[Button]]:
    """The next working day and the first one of next week, as far as they are not past the deadline."""
    calendar, today = turn.office.calendar, turn.office.today(turn.now)
    monday = calendar.on_or_after(today + timedelta(days=7 - today.weekday()))
    days = dict.fromkeys((calendar.shift(today, 1), monday))
    offered = []
    for day in days:
        if day <= last:
            tomorrow = day == today + timedelta(days=1)
            label = turn.text("snooze.tomorrow") if tomorrow else turn.text("snooze.next_day", day=day)
            offered.append(Button(label, f"/snooze #{row.id} {day:%d/%m/%Y}"))
    return [offered]
