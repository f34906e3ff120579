"""An officer asks to be reminded once more on a day of their own; the ladder stays whole."""

from datetime import date, datetime, time, timedelta

from plan.status import State
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.values import Snooze
from progress.items import code_of
from store import snoozes
from store.tables import Obligation
from words.message import Button, Message, say

LONGEST = timedelta(days=366)


def snooze(scene: Scene, act: Snooze, row: Obligation) -> Outcome:
    """One more reminder on the day; without one, and on none that can be, some are offered."""
    office = scene.office
    code, today = code_of(office, row), office.today(scene.now)
    if row.state != State.OPEN:
        agency = office.agency_name(row.agency_id)
        return Outcome((say(office.text("progress.done_already", code=code, agency=agency)),))
    last = office.calendar.late_after(row.due) if row.due else today + LONGEST
    if row.due and office.calendar.shift(today, 1) > last:
        key = "snooze.late" if today > last else "snooze.beyond"
        return Outcome((say(office.text(key, code=code, due=row.due)),))
    if act.day is None:
        text = office.text("snooze.ask", code=code, due=row.due, typed=act.said.note)
        return Outcome((_offer(scene, row, last, text),))
    if act.day <= today:
        return Outcome((_offer(scene, row, last, office.text("snooze.past", code=code, day=act.day)),))
    day = office.calendar.on_or_after(act.day)
    if day > last:
        return Outcome((_offer(scene, row, last, office.text("snooze.beyond", code=code, due=row.due or last)),))
    return Outcome((_set(scene, row, code, day),), is_over=True)


def _set(scene: Scene, row: Obligation, code: str, day: date) -> Message:
    opens, here = scene.office.windows[0][0], scene.actor.here
    assert row.id is not None
    at = datetime.combine(day, opens, scene.office.zone)
    snoozes.put_off(scene.session, here, row.id, day, at, scene.now)
    return say(scene.office.text("snooze.set", code=code, day=day, at=_clock(opens)))


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _offer(scene: Scene, row: Obligation, last: date, text: str) -> Message:
    """The next working day and the first one of next week, as far as they are not past the deadline."""
    office = scene.office
    calendar, today = office.calendar, office.today(scene.now)
    monday = calendar.on_or_after(today + timedelta(days=7 - today.weekday()))
    offered = []
    for day in dict.fromkeys((calendar.shift(today, 1), monday)):
        if day <= last:
            tomorrow = day == today + timedelta(days=1)
            label = office.text("snooze.tomorrow") if tomorrow else office.text("snooze.next_day", day=day)
            offered.append(Button(label, f"/snooze #{row.id} {day:%d/%m/%Y}"))
    return say(text, buttons=[offered])
