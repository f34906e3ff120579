"""Single days that an admin lays over the office's calendar, and what moves with them."""

from collections.abc import Sequence
from typing import Any

from plan.status import State
from plan.workdays import Calendar
from progress import recipients
from progress.acts.decisions import SetOfficeDay
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.items import label
from progress.shifts import Shift, shifts
from store import audit, current_office, days_to_tell, obligations, plan_sync
from store.audit_actions import Action
from store.plan_tables import OfficeDay
from words.message import say
from words.office import Office
from words.render import clip

NAME = 60
# So many tasks are named in a line; the list shows the rest.
WORKS = 6


def set_office_day(scene: Scene, act: SetOfficeDay) -> Outcome:
    """Officers whose work moves hear of it in their next digest; what cannot be is said, and the day left as it is."""
    if (no := refusal(scene, act)) is not None:
        return Outcome((say(no),))
    after, day = calendar_after(scene, act), act.day
    found = moved(scene, after)
    name = _keep(scene, act)
    current_office.changed(scene.session)
    told, said, person = "undone" if act.undo else act.kind, act.said, scene.actor.person_id
    subject = f"day:{day.isoformat()}"
    entry = audit.record(
        scene.session, Action(f"day.{told}"), subject, scene.now, via=said.via, actor=person, basis=said.note
    )
    # The days of reports are counted back from a day off, and written into their rows.
    for plan in scene.office.plans.values():
        if not current_office.is_assigned(plan.id):
            plan_sync.sync(scene.session, plan, after, scene.now, scene.office.today(scene.now))
    concerned = _officers_of(scene, found)
    for each, agencies in concerned.items():
        theirs = works(scene.office, [shift for shift in found if shift.item.row.agency_id in agencies])
        note = days_to_tell.Moved("", entry.id, each, day, told, name, scene.now, works=theirs)
        days_to_tell.note(scene.session, note)
    done = scene.office.text(
        "day_off.done", kind=told, day=day, works=works(scene.office, found), people=len(concerned)
    )
    return Outcome((say(done),))


def refusal(scene: Scene, act: SetOfficeDay) -> str | None:
    """Why a day cannot be set or taken back, in words: it is past, was not set, or is what it is to be."""
    text, day = scene.office.text, act.day
    if day < scene.office.today(scene.now):
        return text("dating.past", due=day)
    if act.undo:
        rows = current_office.days(scene.session)
        return None if day in rows and rows[day].kind == act.kind else text("day_off.not_set", day=day)
    is_already = scene.office.calendar.is_working(day) is (act.kind == "work")
    return text("day_off.already", day=day, kind=act.kind) if is_already else None


def calendar_after(scene: Scene, act: SetOfficeDay) -> Calendar:
    """The calendar as it would be."""
    rows = dict(current_office.days(scene.session))
    rows.pop(act.day, None)
    if not act.undo:
        rows[act.day] = _row(scene, act)
    return current_office.calendar_with(scene.office.files_calendar or scene.office.calendar, rows)


def moved(scene: Scene, after: Calendar) -> list[Shift]:
    """The open work whose days or reminders change."""
    rows = obligations.all_of(scene.session, states=(State.OPEN,))
    return shifts(scene.office, rows, after, scene.office.today(scene.now))


def _row(scene: Scene, act: SetOfficeDay) -> OfficeDay:
    by, basis = scene.actor.person_id, act.said.note
    return OfficeDay(day=act.day, kind=act.kind, name=clip(basis, NAME), basis=basis, set_by=by, set_at=scene.now)


def _keep(scene: Scene, act: SetOfficeDay) -> str:
    """Keeps the day, or takes it back; gives its name."""
    if not act.undo:
        row = _row(scene, act)
        current_office.set_day(scene.session, row)
        return row.name
    gone = current_office.undo_day(scene.session, act.day, scene.now)
    return gone.name if gone is not None else clip(act.said.note, NAME)


def lines(office: Office, found: Sequence[Shift]) -> list[str]:
    """What moves, a line for all who owe the same: 23 agencies owe the same 2b."""
    groups: dict[tuple[Any, ...], list[Shift]] = {}
    for each in found:
        if each.before != each.after:
            key = (each.item.row.plan_id, each.item.milestone.id, each.before, each.after)
            groups.setdefault(key, []).append(each)
    return [
        office.text(
            "day_off.line",
            code=label(group[0].item),
            agencies=list(dict.fromkeys(office.agency_short(each.item.row.agency_id) for each in group)),
            anchor=group[0].before.anchor,
            new_anchor=group[0].after.anchor,
            late_after=group[0].before.late_after,
            new_late_after=group[0].after.late_after,
        )
        for group in groups.values()
    ]


def works(office: Office, found: Sequence[Shift]) -> tuple[str, ...]:
    """The work whose deadline moves, by code and agencies: 2b – Xã Sơn Tân."""
    groups: dict[str, list[str]] = {}
    for each in found:
        if each.before != each.after:
            groups.setdefault(label(each.item), []).append(office.agency_short(each.item.row.agency_id))
    named = [
        office.text("day_off.work", code=code, agencies=list(dict.fromkeys(agencies)))
        for code, agencies in groups.items()
    ]
    return tuple(named[:WORKS])


def _officers_of(scene: Scene, found: list[Shift]) -> dict[int, set[str]]:
    """Who hears of it, each with the agencies of theirs that it concerns."""
    concerned = {each.item.row.agency_id for each in found}
    heard: dict[int, set[str]] = {}
    for person, agency in sorted(recipients.who_hear(scene.session, scene.office.today(scene.now))):
        if agency in concerned:
            heard.setdefault(person, set()).add(agency)
    return heard
