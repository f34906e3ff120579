"""A reporting period that is over: the admins hear it once, on the first working day after, and how to go on."""

from datetime import datetime, timedelta

from sqlmodel import Session

from plan.due import PERIOD_NAMES
from progress.items import period, typed_period
from reports.figures import issued
from reports.figures.period import window
from scheduler.enqueue import admin_notice
from store import people
from store.postings import Identity, notice
from words.message import Button
from words.office import Office

# Working days after the period in which it is still news: a service that was off then says it later.
NEWS = 5


def tell(session: Session, office: Office, now: datetime) -> None:
    """One notice for each admin and period of the plans' years, unless its figures are frozen already."""
    today = office.today(now)
    for year in {year for plan in office.plans.values() for year in plan.years}:
        for name in PERIOD_NAMES:
            over = window(office, f"{year}-{name}", now)
            first = office.calendar.on_or_after(over.last + timedelta(days=1))
            if first <= today < office.calendar.shift(first, NEWS) and not _is_frozen(session, over.key):
                _tell(session, office, over.key, now)


def _is_frozen(session: Session, key: str) -> bool:
    """Whether the figures of a period's end are: those of a day before it are frozen anew."""
    found = issued.held(session, key)
    return found is not None and found[1].early is None


def _tell(session: Session, office: Office, key: str, now: datetime) -> None:
    identity = Identity("period-over", key)
    named = period(office, key)
    text = office.text(
        "report.period_over", period=named, last=window(office, key, now).last, words=typed_period(office, key)
    )
    buttons = [[Button(office.text("report.period_button", period=named), f"/report {key}")]]
    for admin in people.admins(session):
        admin_notice(session, admin, notice(identity, text, "a reporting period is over", buttons), now)
