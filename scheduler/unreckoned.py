"""An obligation whose reminders cannot be reckoned is in no digest: the admins are told which, once a day."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session

from plan.reminders import due
from progress.items import code_of
from progress.reminded import Row, as_owed
from scheduler.enqueue import admin_notice
from store import horizon, obligations, people, settings
from store.postings import Identity, notice
from store.tables import Obligation
from words.office import Office

SHOWN = 15
# What was looked through last: nothing new comes of it before something changes.
LOOKED = "unreckoned_looked"


def tell(session: Session, office: Office, now: datetime) -> None:
    """One notice a day, as long as there are such obligations."""
    today = office.today(now)
    looked = f"{today} {obligations.last_event(session)}"
    before = settings.get(session, LOOKED) or ""
    if before == looked:
        return
    settings.put(session, LOOKED, looked)
    day, _, event = before.partition(" ")
    # What did not change today was looked through today.
    since = int(event) if day == today.isoformat() else None
    found = find(office, horizon.changed(session, since), today)
    if not found:
        return
    lines = [_line(office, session.get_one(Obligation, row.id)) for row in found[:SHOWN]]
    text = office.text("admin.unreckoned", lines=lines, more=max(0, len(found) - SHOWN), today=today)
    for admin in people.admins(session):
        why = "reminders of some obligations cannot be reckoned"
        admin_notice(session, admin, notice(Identity("unreckoned", day=today), text, why), now)


def _line(office: Office, row: Obligation) -> str:
    code, agency = code_of(office, row), office.agency_short(row.agency_id)
    return office.text("admin.unreckoned_line", code=code, agency=agency, due=row.due)


def find(office: Office, rows: Iterable[Row], today: date) -> list[Row]:
    """Those of which nobody can say what is due: all are tried at once, and halves where that fails."""
    tried = list(rows)
    try:
        due(list(as_owed(office, tried)), set(), office.calendar, today)
    except Exception:
        # Whatever is wrong with one of them: what it is stands in the log where its reminders are made.
        middle = len(tried) // 2
        return tried if middle == 0 else [*find(office, tried[:middle], today), *find(office, tried[middle:], today)]
    return []
