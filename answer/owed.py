"""What a page says of the obligation that its link is for, and which answers it offers."""

from dataclasses import dataclass
from datetime import datetime

from plan.status import ANSWERED, SET_ASIDE, State
from progress.answering import Opened
from progress.choose import RECURRING
from progress.items import deadline, item_of, label, period, when
from words.office import Office
from words.render import clip

# The answers as the form names them.
DONE, PROGRESS, BLOCKED, NOTHING = "done", "progress", "blocked", "nothing"
# In characters: the form is what was come for.
PRODUCT = 200


@dataclass(frozen=True)
class Owed:
    """One obligation as a page shows it; `answers` are those that may be given now, none where it is closed.

    `adds` says that it was reported already: what comes is added to that.
    """

    code: str
    agency: str
    title: str
    deadline: str
    when: str
    period: str
    product: str
    person: str
    until: datetime
    answers: tuple[str, ...]
    adds: bool
    closed: str


def owed(office: Office, opened: Opened, now: datetime) -> Owed:
    """What is owed, by an office that speaks the person's language."""
    row, item = opened.row, item_of(office, opened.row)
    adds = row.state in ANSWERED
    is_open = row.state == State.OPEN or adds
    state = office.text(f"state.{row.state}") if row.state in SET_ASIDE else office.text("answer_page.closed")
    return Owed(
        code=label(item) if item else row.task,
        agency=office.agency_name(row.agency_id),
        title=item.task.title if item else "",
        deadline=deadline(office, item) if item else "",
        when=when(office, item, office.today(now)) if item and row.state == State.OPEN else "",
        period=period(office, row.occurrence) if row.occurrence else "",
        product=clip(item.task.product.removeprefix("+ "), PRODUCT) if item else "",
        person=opened.person.name,
        until=opened.link.expires_at,
        answers=_answers(row.kind in RECURRING, adds=adds) if is_open else (),
        adds=adds,
        closed="" if is_open else state,
    )


def _answers(comes_again: bool, *, adds: bool) -> tuple[str, ...]:
    if adds:
        return (DONE,)
    return (DONE, PROGRESS, BLOCKED, NOTHING) if comes_again else (DONE, PROGRESS, BLOCKED)
