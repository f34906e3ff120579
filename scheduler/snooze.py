"""Makes the one extra reminder that an officer asked for, at the moment it is sent."""

from datetime import datetime

from sqlmodel import Session

from channels.abilities import Abilities
from plan.status import State
from progress import recipients
from progress.items import buttons_of, item_of
from progress.open_work import in_words, open_work
from progress.reminder_words import answer_line, beside, reminder_item
from scheduler.due_steps import told_now
from store import memory, obligations, people
from store.tables import Delivery
from words.message import Message, say
from words.office import Office


def make(session: Session, office: Office, row: Delivery, now: datetime, can: Abilities) -> Message | None:
    """The item as it stands now; None when it is done, no longer theirs, or in this day's digest anyway."""
    obligation = obligations.get(session, row.obligation_id or 0)
    item = item_of(office, obligation) if obligation else None
    if obligation is None or item is None or obligation.state != State.OPEN or row.person_id is None:
        return None
    agencies = people.agencies_of(session, row.person_id)
    person = people.get(session, row.person_id)
    if (person is not None and people.is_quiet(person, now)) or obligation.agency_id not in agencies:
        return None
    today = office.today(now)
    if memory.carried_by_digest(session, row.person_id, today, row.obligation_id or 0):
        return None
    # The digest may be made a moment later than this leaves; whoever is no officer gets none.
    reminded = [each for each in recipients.officers(session, office, now) if each.person_id == row.person_id]
    steps = told_now(session, office, reminded[0], today).get(row.person_id, ()) if reminded else ()
    if any(step.owed.obligation == obligation.id for step in steps):
        return None
    footer = office.text(
        "digest.footer_again", open_count=in_words(office, open_work(session, office, agencies, today))
    )
    heading = office.text("snooze.heading", today=today)
    known = beside(session, [item])
    return say(
        heading,
        reminder_item(session, office, item, today, known, repeats=True) + answer_line(office, item, can),
        footer,
        buttons=buttons_of(office, [item], today),
    )
