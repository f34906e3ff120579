"""The admins are told once at 70 and once at 90 % of what a platform gives the office in a month; from there on who has
another way is reached by that one, and who has none is reminded of what presses alone."""

from datetime import datetime

from sqlmodel import Session

from scheduler.enqueue import admin_notice, untold_admins
from store import months, settings, ways
from store.postings import Identity, notice
from words.month import Spent
from words.names import of_channel
from words.office import Office

# In which hour it was counted last: a month is not spent between two beats, and the outbox is long.
COUNTED = "months_counted"


def tell(session: Session, office: Office, now: datetime) -> None:
    """One notice for each step of each thing that ends; a step that was passed at once is not told."""
    hour = f"{office.local(now):%Y-%m-%d %H}"
    if not office.months or settings.get(session, COUNTED) == hour:
        return
    settings.put(session, COUNTED, hour)
    for channel, found in months.of(session, office, now).items():
        ways.save(session, channel, now, is_near=any(each.is_near for each in found))
        for each in found:
            _tell(session, office, channel, each, now)


def _tell(session: Session, office: Office, channel: str, spent: Spent, now: datetime) -> None:
    step = spent.told_at
    if step is None:
        return
    month = office.today(now).replace(day=1)
    identity = Identity("month", f"{channel} {spent.what} {step}", month)
    text = office.text("admin.month", channel=of_channel(channel), month=month.month, **spent.values)
    for admin in untold_admins(session, identity):
        admin_notice(session, admin, notice(identity, text, f"{step} % of a month on {channel} is spent"), now)
