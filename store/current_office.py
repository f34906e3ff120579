"""The office as of now or then: the files' plans and days, with what admins changed in the chat laid over them."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from plan.model import Agency, Plan
from plan.workdays import Calendar, DaysOff
from store import plan_imports, plans, putting_right, settings
from store.plan_tables import OfficeDay, PlanRow
from words import samples
from words.office import Office

# Changes with every change made in the chat. It is drawn, not counted: a number that a rollback took back would come
# again with other content.
VERSION = "live_version"
# Plans of work assigned by word of mouth are kept in the table of plans under names that begin so.
ASSIGNED = "giaoviec-"


class Live:
    """One installation's office; each process holds one or several, and all see a change with their next session."""

    def __init__(self, base: Office) -> None:
        self.base = base
        self._built: tuple[str | None, Office] | None = None

    def of(self, session: Session) -> Office:
        """The office as this session sees it, made anew only when something was changed."""
        version = settings.get(session, VERSION)
        if self._built is None or self._built[0] != version:
            self._built = (version, overlaid(session, self.base) if version is not None else self.base)
        return self._built[1]


def changed(session: Session) -> None:
    """Lets every process build its office anew once this transaction is committed."""
    settings.put(session, VERSION, secrets.token_hex(8))


def overlaid(session: Session, base: Office) -> Office:
    """The base with the days and the assigned work of this database, and its plans as they were adopted."""
    # Plans that came of the office's own documents serve beside those of the files, the newest last.
    imported = plan_imports.adopted(session)
    rows = session.exec(select(PlanRow).where(col(PlanRow.id).in_(sorted({*base.plans, *imported})))).all()
    adopted = {row.id: Plan.model_validate_json(row.content) for row in rows}
    # A plan serves as it was adopted: a file that says something else is a draft (store.plan_drafts).
    files = {key: adopted.get(key, plan) for key, plan in base.plans.items()}
    base = replace(base, plans=files | {key: adopted[key] for key in imported if key in adopted})
    assigned = session.exec(select(PlanRow).where(col(PlanRow.id).startswith(ASSIGNED)).order_by(col(PlanRow.id)))
    given = {
        row.id: _dressed(base.plans, Plan.model_validate_json(row.content), base.compiler)
        for row in assigned
        if row.id not in base.plans
    }
    return replace(
        base,
        plans={**base.plans, **given},
        text=base.text.naming(samples.of(base.plans)),
        calendar=calendar_with(base.calendar, days(session)),
        files_calendar=base.calendar,
    )


def then(session: Session, office: Office, as_of: datetime, known_at: datetime) -> Office:
    """The office with its plans as of one instant and the days that were known at another (both UTC).

    The table of days in the file has no history; neither has which plans the settings name.
    """
    return replace(office, plans=_plans(session, office, as_of), calendar=_calendar(session, office, known_at))


def _plans(session: Session, office: Office, as_of: datetime) -> dict[str, Plan]:
    former = {key: plan and _rightly(session, plan) for key, plan in plans.superseded(session, as_of).items()}
    if not former:
        return dict(office.plans)
    # Before it was adopted a plan of a document was nobody's; a file's is taken to have been there.
    later = {key for key in plan_imports.adopted(session) if former.get(key, office) is None}
    found = {
        key: former.get(key) or plan for key, plan in office.plans.items() if not is_assigned(key) and key not in later
    }
    for key, plan in office.plans.items():
        if is_assigned(key) and (held := former.get(key, plan)) is not None:
            found[key] = _dressed(found, held, plan.compiler)
    return found


def _rightly(session: Session, plan: Plan) -> Plan:
    """What a plan said then, without what was read wrongly of it: that was never so."""
    return putting_right.put_right(plan, putting_right.of_plan(session, plan.id))


def _calendar(session: Session, office: Office, known_at: datetime) -> Calendar:
    base = office.files_calendar
    return office.calendar if base is None else calendar_with(base, days(session, known_at))


def days(session: Session, known_at: datetime | None = None) -> Mapping[date, OfficeDay]:
    """What is set for single days, by local date; or what was at an instant (UTC)."""
    query = select(OfficeDay).order_by(col(OfficeDay.day))
    undone = col(OfficeDay.undone_at)
    if known_at is None:
        query = query.where(undone.is_(None))
    else:
        query = query.where(col(OfficeDay.set_at) <= known_at, or_(undone.is_(None), undone > known_at))
    return {row.day: row for row in session.exec(query)}


def set_day(session: Session, day: OfficeDay) -> None:
    """Sets a day as of its `set_at`, in the place of what was set for it before (one writer: store.engine)."""
    undo_day(session, day.day, day.set_at)
    session.add(day)


def undo_day(session: Session, day: date, now: datetime) -> OfficeDay | None:
    """Undoes what was set for a day; what that was, None for nothing."""
    row = days(session).get(day)
    if row is not None:
        row.undone_at = now
        session.add(row)
        session.flush()
    return row


def calendar_with(calendar: Calendar, rows: Mapping[date, OfficeDay]) -> Calendar:
    """A calendar with single days laid over it."""
    return calendar.overlaid(
        [DaysOff(row.day, row.day, row.name) for row in rows.values() if row.kind == "off"],
        [row.day for row in rows.values() if row.kind == "work"],
    )


def is_assigned(plan_id: str) -> bool:
    """Whether a plan is one of work assigned in the chat."""
    return plan_id.startswith(ASSIGNED)


def _dressed(files: Mapping[str, Plan], plan: Plan, compiler: str) -> Plan:
    """An assigned plan with the agencies as the files name them; those that only it still knows are kept."""
    named = _agencies(files.values())
    kept = [agency for agency in plan.agencies if agency.id not in {each.id for each in named}]
    return plan.model_copy(update={"agencies": (*named, *kept), "compiler": compiler})


def _agencies(plans: Iterable[Plan]) -> list[Agency]:
    found: dict[str, Agency] = {}
    for plan in plans:
        found |= {agency.id: agency for agency in plan.agencies}
    return list(found.values())
