"""The office as of now: the files' plans and days, with what admins changed in the chat laid over them."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from plan.model import Agency, Plan
from plan.workdays import Calendar, DaysOff
from store import settings
from store.tables import OfficeDay, PlanRow
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
    """The base with the days and the assigned work of this database."""
    assigned = session.exec(select(PlanRow).where(col(PlanRow.id).startswith(ASSIGNED)).order_by(col(PlanRow.id)))
    plans = {
        row.id: _dressed(base, Plan.model_validate_json(row.content)) for row in assigned if row.id not in base.plans
    }
    return replace(
        base,
        plans={**base.plans, **plans},
        calendar=calendar_with(base.calendar, days(session)),
        files_calendar=base.calendar,
    )


def days(session: Session) -> Mapping[date, OfficeDay]:
    """What was set for single days, by local date."""
    return {row.day: row for row in session.exec(select(OfficeDay).order_by(col(OfficeDay.day)))}


def calendar_with(calendar: Calendar, rows: Mapping[date, OfficeDay]) -> Calendar:
    """A calendar with single days laid over it."""
    return calendar.overlaid(
        [DaysOff(row.day, row.day, row.name) for row in rows.values() if row.kind == "off"],
        [row.day for row in rows.values() if row.kind == "work"],
    )


def is_assigned(plan_id: str) -> bool:
    """Whether a plan is one of work assigned in the chat."""
    return plan_id.startswith(ASSIGNED)


def _dressed(base: Office, plan: Plan) -> Plan:
    """An assigned plan with the agencies as the files name them now; those that only it still knows are kept."""
    named = _agencies(base.plans.values())
    kept = [agency for agency in plan.agencies if agency.id not in {each.id for each in named}]
    return plan.model_copy(update={"agencies": (*named, *kept), "compiler": base.compiler})


def _agencies(plans: Iterable[Plan]) -> list[Agency]:
    found: dict[str, Agency] = {}
    for plan in plans:
        found |= {agency.id: agency for agency in plan.agencies}
    return list(found.values())
