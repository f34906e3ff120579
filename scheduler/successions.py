"""On the day after an agency's last: its open work is its successor's, whose people are its own, and the admins know.

What was answered stays under the old name. It is looked at once for each end of an agency, and at each start of the
service too (store.plan_sync).
"""

from datetime import date, datetime

from sqlmodel import Session

from plan.model import Agency, Plan
from plan.people import Role
from plan.status import State
from scheduler.enqueue import admin_notice
from store import assignees, current_office, obligations, people, plan_sync, settings
from store.engine import Store
from store.postings import Identity, notice
from words.office import Office

SUCCEEDED = "succession:done"


def follow(store: Store, office: Office, now: datetime) -> None:
    """Hands over what ended agencies owe, once for each of them."""
    today = office.today(now)
    ended = {each.id: (plan, each) for plan in office.plans.values() for each in plan.ended(today)}
    mark = ",".join(sorted(f"{key}:{agency.until}:{'/'.join(agency.successors)}" for key, (_, agency) in ended.items()))
    if not ended:
        return
    with store.look() as session:
        if settings.get(session, SUCCEEDED) == mark:
            return
    with store.unit() as session:
        plan_sync.keep_agencies(session, next(iter(ended.values()))[0])
        for plan in office.plans.values():
            plan_sync.sync(session, plan, office.calendar, now, today)
        for plan, agency in ended.values():
            _take_along(session, agency, now)
            assignees.follow(session, agency.id, plan.heir(agency.id, today), now)
            _tell(session, office, plan, agency, today, now)
        settings.put(session, SUCCEEDED, mark)
        current_office.changed(session)


def _take_along(session: Session, agency: Agency, now: datetime) -> None:
    """Whoever answered for an agency answers for what comes after it too, and reads the past still."""
    for person, _, held in people.linked(session):
        roles = [each.role for each in held if each.agency_id == agency.id and each.role != Role.ADMIN]
        for role in roles:
            for successor in agency.successors:
                people.join(session, person.id or 0, successor, Role(role), now, via="plan")


def _tell(session: Session, office: Office, plan: Plan, agency: Agency, today: date, now: datetime) -> None:
    rows = obligations.of_agencies(session, [agency.id], states=(State.TRANSFERRED,))
    text = office.text(
        "ending.succeeded",
        agency=agency.name,
        until=agency.until,
        successors=[plan.agency(each).name for each in agency.successors],
        heir=plan.agency(plan.heir(agency.id, today)).name,
        several=len(agency.successors) > 1,
        count=len(rows),
        tasks=list(dict.fromkeys(row.task for row in rows)),
    )
    for admin in people.admins(session):
        identity = Identity("succeeded", f"{agency.id}:{agency.until}")
        admin_notice(session, admin, notice(identity, text, "an agency was renamed, merged or split"), now)
