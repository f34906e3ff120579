"""Makes the text of an urging when it is sent: what is answered by then is left out, and an empty one is dropped."""

from datetime import date, datetime

from sqlmodel import Session

from channels.abilities import Abilities
from plan.status import State
from progress.items import buttons_of, item_of, label
from progress.reminder_words import answer_line, beside, reminder_item
from scheduler.paged import page_of
from store import absences, deliveries, memory, obligations, people
from store.tables import Delivery
from words.message import Message, say
from words.office import Office


def make(session: Session, office: Office, row: Delivery, now: datetime, can: Abilities) -> Message | None:
    """The page of the urging that a row stands for."""
    agencies = {*people.agencies_of(session, row.person_id or 0)}
    # Who stands in for an officer is urged about that officer's agencies.
    agencies.update(absences.agencies_for(session, row.person_id or 0, office.today(now)))
    rows = (
        obligations.get(session, each.obligation_id)
        for each in memory.of_delivery(session, deliveries.first_page(session, row).id or 0)
    )
    owed = (each for each in rows if each and each.state == State.OPEN and each.agency_id in agencies)
    items = sorted(
        (item for each in owed if (item := item_of(office, each))), key=lambda item: item.row.due or date.max
    )
    if not items:
        return None
    today = office.today(now)
    named = dict.fromkeys(office.agency_name(item.row.agency_id) for item in items)
    heading = office.text(
        "urge.heading",
        today=today,
        agencies=list(named),
        count=len(items),
        late=sum(office.lateness(item.row, today).is_late for item in items),
        returned=sum(office.lateness(item.row, today).is_returned for item in items),
        compiler=office.compiler_name,
    )
    decisions = dict.fromkeys(office.plans[item.row.plan_id].decision.number for item in items)
    footer = office.text("urge.footer", code=label(items[0]), decisions=", ".join(decisions))
    told = memory.spoken_of(session, row.person_id or 0, [item.row.id or 0 for item in items], but=row.id or 0)
    known = beside(session, items)
    parts = [
        reminder_item(session, office, item, today, known, repeats=item.row.id in told) + answer_line(office, item, can)
        for item in items
    ]
    message = say(heading, *parts, footer, buttons=buttons_of(office, items, today))
    return page_of(session, office, row, [message], can, now)
