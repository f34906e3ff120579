"""What a letter has beside its words: a subject that says what it is, and a line before and after them."""

from datetime import datetime

from sqlmodel import Session

from channels.abilities import Abilities
from channels.base import Envelope
from store import obligations, submissions
from store.tables import Delivery, Obligation
from store.types import DeliveryKind
from words.message import Message
from words.office import Office

# To what people wrote themselves: everything else they may ask to have no more of.
ANSWERS = (DeliveryKind.ANSWER, DeliveryKind.CONFIRMATION)
QUIET = "quiet"


def envelope(
    session: Session, office: Office, row: Delivery, message: Message, can: Abilities, now: datetime
) -> Envelope | None:
    """What stands around a message that leaves at `now` (UTC); None where the channel has no letters."""
    if not can.letters:
        return None
    about = _about(session, row)
    subject = office.text(
        f"letter_out.subject_{row.kind}",
        code=about.task if about is not None else "",
        today=row.day or office.today(now),
        has_file=message.attachment is not None,
        occasion=row.occasion,
        part=row.page if row.page > 1 else "",
    )
    below = office.text("letter_out.below", replies=not can.one_way, stop=_stop(office))
    above = office.text("letter_out.above")
    return Envelope(subject, above, below, "" if row.kind in ANSWERS else _stop(office))


def _about(session: Session, row: Delivery) -> Obligation | None:
    answer = submissions.get(session, row.submission_id) if row.submission_id is not None else None
    number = row.obligation_id if answer is None else answer.obligation_id
    return obligations.get(session, number) if number is not None else None


def _stop(office: Office) -> str:
    """The words with which reminders are stopped, as people know them."""
    return f"/{office.command_names.get(QUIET, QUIET)}"
