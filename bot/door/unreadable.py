"""What cannot be read as the platform's documentation says: who sent it is asked again, and the admins hear of it."""

from sqlmodel import Session

from channels.base import Channel
from store import deliveries, people
from store.postings import Identity, Posting, notice, to_person
from store.tables import Inbox
from store.types import DeliveryKind
from words.message import say
from words.office import Office


def answer(session: Session, office: Office, channel: Channel, row: Inbox) -> None:
    """Answers from the raw update: the person who said it to us alone, and once a day the admins.

    Strangers and who was removed get no answer, nor does what is said in groups: nobody knows whether it was for us.
    """
    user = channel.private_sender(row.raw)
    known = people.by_user(session, channel.name, user) if user is not None else None
    if known is None or not people.memberships(session, known[0].id or 0):
        return
    reference, now = f"U{row.id}", row.received_at
    text = office.text("error.unreadable", compiler=office.compiler_name, reference=reference)
    why = f"update {row.key} cannot be read"
    posting = Posting(DeliveryKind.ANSWER, why, Identity("unreadable", row.id), say(text))
    deliveries.post(session, to_person(known[1]), posting, now)
    today = office.today(now)
    text = office.text("admin.unreadable", reference=reference, today=today)
    for admin, address in people.admins(session):
        identity = Identity("unreadable-told", day=today, person_id=admin.id)
        deliveries.post(session, to_person(address), notice(identity, text, why), now)
