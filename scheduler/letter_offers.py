"""The +5 rung: agencies that reminding does not move; the admins are offered the draft of a letter to each."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from channels.abilities import Abilities
from reports.figures.boxes import Line
from reports.figures.in_words import code_of
from reports.word.letter import buttons
from scheduler.admins_late_list import Rung, still_late, tell_admins
from scheduler.paged import page_of
from store.engine import Store
from store.tables import Delivery
from words.message import Message, say
from words.office import Office

LETTERS = Rung("letter:+5", 5, "letters", of_compiler=False)


def is_ours(row: Delivery) -> bool:
    """Whether a notice is this list."""
    return row.occasion == LETTERS.occasion


def offer(store: Store, office: Office, now: datetime) -> int:
    """Plans for each admin one message a day about what has newly been late for five working days; returns how many."""
    return tell_admins(store, office, now, LETTERS)


def make(session: Session, office: Office, row: Delivery, now: datetime, can: Abilities) -> Message | None:
    """The page of the list that a row stands for: what was answered by then is left out."""
    lines = still_late(session, office, row, now)
    if not lines:
        return None
    by_agency = _by_agency(office, lines)
    heading = office.text("letter.overdue", days=LETTERS.after, today=office.today(now))
    listed = [_line(office, agency, owed) for agency, owed in by_agency.items()]
    message = say(heading, "\n".join(listed), buttons=buttons(office, list(by_agency)))
    return page_of(session, office, row, [message], can, now)


def _by_agency(office: Office, lines: Sequence[Line]) -> Mapping[str, list[Line]]:
    agencies = office.in_order({line.agency for line in lines})
    return {agency: [line for line in lines if line.agency == agency] for agency in agencies}


def _line(office: Office, agency: str, lines: Sequence[Line]) -> str:
    owed = [(code_of(line), -(line.days or 0)) for line in lines]
    return office.text("letter.overdue_line", agency=office.agency_short(agency), owed=owed)
