"""Until when an agency may tell why something was late, and how often it did."""

from datetime import date

from sqlmodel import Session

from plan import causes
from plan.status import ANSWERED, EventKind
from store import obligations, requests
from store.answer_tables import Request
from store.tables import Obligation
from store.types import RequestKind, RequestState
from words.office import Office

# What is recorded as late only then is late for its agency only then.
SAYS_LATE = (EventKind.SUBMITTED, EventKind.RETIMED, EventKind.JUDGED)


def told(session: Session, row: Obligation) -> list[Request]:
    """Every cause that was told about an obligation and not taken back, the oldest first."""
    found = requests.of_obligation(session, row.id or 0)
    return [each for each in found if each.kind == RequestKind.CAUSE and each.state != RequestState.VOID]


def last_day(session: Session, office: Office, row: Obligation) -> date | None:
    """The last local day on which the cause may be told; None while the work is open."""
    if row.state not in ANSWERED:
        return None
    events = obligations.events_of(session, row.id or 0)
    since = max((each.recorded_at for each in events if each.kind in SAYS_LATE), default=None)
    refused = [each.decided_at for each in told(session, row) if each.state == RequestState.REFUSED]
    return causes.last_day(
        office.calendar,
        office.today(since) if since else None,
        office.today(refused[-1]) if refused and refused[-1] else None,
    )
