"""Lateness that is not the agency's own: flagged once, and put before the admins to decide.

It is the service's where it heard nobody on the last day, and in question where an answer's files came in time and
their code later (progress/moments.py).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from plan.status import ANSWERED, OPEN_OR_ANSWERED, EventKind, Judgement
from progress import moments
from progress.items import code_of
from scheduler.enqueue import admin_notice
from store import obligations, people, settings
from store.obligations import NewEvent
from store.postings import Identity, notice
from store.tables import Obligation, Outage
from words.message import Button
from words.office import Office

# What fell due in an outage is open or answered when it ends: a week later nothing new can be found.
LOOKS_BACK = timedelta(days=7)
SHOWN = 8


def outages(session: Session, now: datetime) -> Sequence[Outage]:
    """The outages in which something may have fallen due that nobody looked at yet."""
    return settings.outages_since(session, now - LOOKS_BACK)


def flag(session: Session, office: Office, now: datetime) -> int:
    """Flags what is late, whose last day ended inside an outage and which nobody judged since; returns how many."""
    found, today = outages(session, now), office.today(now)
    count = 0
    for row in _fallen(session, office, found) if found else ():
        is_late = row.judged == Judgement.RULE and office.lateness(row, today).is_late
        outage = _fell_in(office, row, found) if is_late else None
        if outage is not None and not obligations.was_judged_open(session, row, outage.until):
            obligations.record(
                session, row, NewEvent(EventKind.FLAGGED, now, via="service", note="the service was off"), now
            )
            count += 1
    return count


def _fallen(session: Session, office: Office, found: Sequence[Outage]) -> Sequence[Obligation]:
    """What may have fallen due in outages: the last day in time of what is due before is over before they began."""
    began, ended = min(each.since for each in found), max(each.until for each in found)
    first, last = office.calendar.shift(office.today(began), -1), office.today(ended)
    return obligations.all_of(session, states=OPEN_OR_ANSWERED, due_from=first, due_before=last + timedelta(days=1))


def _fell_in(office: Office, row: Obligation, found: Sequence[Outage]) -> Outage | None:
    """The outage inside which the last moment in time lies, 24:00 of the late-after day; None for none."""
    assert row.due is not None
    noon = datetime.combine(office.calendar.late_after(row.due), datetime.min.time(), office.zone) + timedelta(hours=12)
    end = office.day_of(noon)[1]
    return next((outage for outage in found if outage.since < end <= outage.until), None)


def tell(session: Session, office: Office, now: datetime) -> None:
    """One notice to each admin about what was flagged, and another once what was open then is answered."""
    fresh = [row for row in obligations.flagged(session) if settings.get(session, _key(row)) != _stage(row)]
    admins = people.admins(session) if fresh else []
    if not admins:
        return
    for row in fresh:
        settings.put(session, _key(row), _stage(row))
    items = [
        (code_of(office, row), office.agency_short(row.agency_id), row.done_at, moments.began(session, row))
        for row in fresh
    ]
    answered = [row for row in fresh if row.state in ANSWERED]
    text = office.text("flag.to_admin", items=items)
    identity = Identity("flags", now.isoformat())
    for admin in admins:
        why = "whether work is late is to be decided"
        admin_notice(session, admin, notice(identity, text, why, _buttons(office, answered)), now)


def _key(row: Obligation) -> str:
    return f"flag:{row.id}"


def _stage(row: Obligation) -> str:
    """What the admins were told of it: an answer that took the place of another is told anew."""
    return f"answered {row.done_at}" if row.state in ANSWERED else "open"


def _buttons(office: Office, rows: Sequence[Obligation]) -> list[list[Button]]:
    """A button for each result and judgement, and two for all of them at once."""
    found = []
    for key, word in (("in_time", "dung"), ("late", "qua")):
        verdict = office.text(f"flag.{key}")
        if len(rows) > 1:
            found.append([Button(office.text("flag.all", word=verdict), f"/judge {word} tatca")])
        for row in rows[:SHOWN]:
            name = office.text(
                "flag.one", word=verdict, code=code_of(office, row), agency=office.agency_short(row.agency_id)
            )
            found.append([Button(name, f"/judge {word} #{row.id}")])
    return found
