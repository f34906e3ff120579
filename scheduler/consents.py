"""Who agreed to an older edition of the notice of personal data is told of the newer one, once."""

from datetime import datetime

from sqlmodel import Session

from store import consents, deliveries
from store.postings import Identity, Posting, to_person
from store.types import DeliveryKind
from words import consent
from words.message import Button, say
from words.office import Office

WHY = "a newer edition of the notice of personal data"


def tell(session: Session, office: Office, now: datetime) -> None:
    """One message for a person; reminders go on meanwhile, on the consent that was given."""
    for person, address in consents.behind(session, consent.EDITION):
        own = office.speaking(person.language)
        parts = own.text("consent.newer"), consent.short(own, address.channel)
        button = Button(own.text("button.agree"), "/agree notice", own.text("button.agree_typed"))
        identity = Identity("consent", consent.EDITION).to(person.id)
        posting = Posting(DeliveryKind.NOTICE, WHY, identity, say(*parts, buttons=[[button]]))
        deliveries.post(session, to_person(address), posting, now)
