"""What the admins must know of their plans and calendar: one of an old year, drafts, dates not set, days that moved."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from progress.acts import beginning
from scheduler.digest import moved_in_words
from scheduler.enqueue import admin_notice, digest_identity, untold_admins
from store import (
    days_to_tell,
    deliveries,
    horizon,
    people,
    plan_drafts,
    plans,
)
from store.postings import Identity, notice, to_person
from words.message import Button
from words.office import Office

REMIND_CALENDAR_AGAIN = 20  # of December
MOVED_WAITS = 2  # working days in which a digest may still say it


def old_plans(session: Session, office: Office, now: datetime) -> None:
    """A plan that was old on its first day: a message, and one each week until the answer, as nobody is reminded of its
    past."""
    for plan_id, began in plans.asking(session).items():
        weeks = (office.today(now) - office.today(began)).days // 7
        identity = Identity("old-plan", f"{plan_id}:{weeks}" if weeks else plan_id)
        # Looked at first, as each beat does: a plan's past is read where somebody is still to be told of it.
        admins = untold_admins(session, identity)
        row = plans.get(session, plan_id) if admins and plan_id in office.plans else None
        if row is None or not beginning.past_then(session, office, row):
            continue
        asked = beginning.question(session, office, row)
        for admin in admins:
            why = "the plan was old when it was switched on"
            admin_notice(session, admin, notice(identity, asked.markup, why, asked.buttons), now)


def drafts(session: Session, office: Office, now: datetime) -> None:
    """A plan whose file says something else: nothing moves until an admin has adopted it."""
    for draft in plan_drafts.waiting(session):
        identity = Identity("plan-draft", draft.id)
        admins = untold_admins(session, identity)
        if not admins:
            continue
        found = plan_drafts.amendment(session, draft)
        text = office.text("amend.waits", plan=found.plan.label, count=len(found.steps))
        buttons = [[Button(office.text("button.see_draft"), "/plan")]]
        for admin in admins:
            admin_notice(session, admin, notice(identity, text, "a plan's file was changed", buttons), now)


def undated(session: Session, office: Office, now: datetime) -> None:
    """On the first working day of a month: the tasks that still have no date; the same ones once a quarter."""
    today = office.today(now)
    if office.calendar.on_or_after(today.replace(day=1)) != today:
        return
    items = list(_lines_of(office, horizon.undated(session)))
    if not items:
        return
    of_what = hashlib.sha256(repr(items).encode()).hexdigest()[:8]
    identity = Identity("undated", f"{today.year}Q{(today.month + 2) // 3}:{of_what}")
    text = office.text("admin.undated", items=items)
    for admin in untold_admins(session, identity):
        why = "obligations without a date, once a quarter and when they change"
        admin_notice(session, admin, notice(identity, text, why), now)


def _lines_of(office: Office, found: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str, str]]:
    for plan, name in found:
        if plan in office.plans:
            task, milestone = office.milestone(plan, name)
            yield task.code, task.short(70), milestone.printed


def moved_days(session: Session, office: Office, now: datetime) -> None:
    """A day that was changed is told in the next digest; who has none within two working days gets a notice."""
    today = office.today(now)
    for each in days_to_tell.clear_told(session):
        waits = office.calendar.distance(office.today(each.at), today) < MOVED_WAITS
        if waits or deliveries.exists(session, digest_identity(each.person_id, today)):
            continue
        for person, address in people.everybody(session):
            if person.id != each.person_id:
                continue
            why = "a day was changed, and no digest came to say so"
            posting = notice(Identity("moved", each.change, person_id=person.id), moved_in_words(office, each), why)
            deliveries.post(session, to_person(address), posting, now)
        days_to_tell.forget(session, each)


def next_calendar(session: Session, office: Office, now: datetime) -> None:
    """In November, and again in the last days of December: next year's days off are missing or only a guess."""
    today = office.today(now)
    if not (today.month == 11 or (today.month == 12 and today.day >= REMIND_CALENDAR_AGAIN)):
        return
    following = today.year + 1
    provisional = office.calendar.is_provisional(following)
    if office.calendar.covers(following) and not provisional:
        return
    identity = Identity("calendar", f"{following}:{today.month}")
    text = office.text("admin.next_calendar", year=following, provisional=provisional)
    for admin in untold_admins(session, identity):
        admin_notice(session, admin, notice(identity, text, "next year's days off are not known"), now)
