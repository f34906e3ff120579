"""Whether an answer came in time: judged by the moment of submission, never of approval."""

from datetime import date, datetime

from store.tables import Obligation
from words.office import Office


def in_time(office: Office, due: date | None, submitted_at: datetime) -> bool | None:
    """True until 24:00 office time of the late-after date (the deadline, moved to the next working day when it falls
    on a day off: Civil Code 2015, article 148.5); None where there is no date."""
    if due is None:
        return None
    return office.today(submitted_at) <= office.calendar.late_after(due)


def overdue(office: Office, row: Obligation, today: date) -> bool:
    """Whether what is not done is late: not while an answer that came in time was returned to be completed."""
    if row.due is None or office.calendar.late_after(row.due) >= today:
        return False
    return row.kept_at is None or in_time(office, row.due, row.kept_at) is False
