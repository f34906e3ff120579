"""A message that is made when it is sent and may need several: each page is a row of its own, made like the first."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from channels.abilities import Abilities
from delivery.fitting import fitted
from store import deliveries
from store.postings import Identity
from store.tables import Delivery
from words.message import Message
from words.office import Office


def is_the_newest(session: Session, row: Delivery, newest: Identity) -> bool:
    """Whether a message that is made anew each week is still to be said; one that waited into a later week becomes the
    message of that week (`newest`), where that was not made yet: both would say the same, and so would its pages."""
    if row.day is None or newest.day is None or row.day >= newest.day:
        return True
    if row.first_id is not None or deliveries.exists(session, newest):
        return False
    deliveries.make_todays(session, row, newest)
    return True


def page_of(
    session: Session, office: Office, row: Delivery, messages: Sequence[Message], can: Abilities, now: datetime
) -> Message | None:
    """The page that a row stands for, of messages that belong together, and a row for the next one.

    None when there is no such page any more: what was to be said got shorter.
    """
    pages = [page for message in messages for page in fitted(office, message, can) if page.parts or page.carries]
    if row.page > len(pages):
        return None
    if row.page < len(pages):
        deliveries.post_next_page(session, row, None, now)
    return pages[row.page - 1]
