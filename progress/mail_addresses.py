"""An address that somebody named is theirs once a code that went there came back: nothing else goes there before."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from store import address_codes, addresses, deliveries, people, rates, ways
from store.people_tables import Address
from store.postings import Destination, Identity, Posting
from store.rates import Limit
from store.types import DeliveryKind
from words import consent, invite_codes
from words.message import say
from words.office import Office

# Nobody has letters sent to whomever they like: so many codes for one person at once, and then one in four hours.
CODES = Limit(14_400.0, 4)


class Named(StrEnum):
    """What came of naming an address."""

    SENT = "sent"
    KNOWN = "known"  # it is proven to be theirs already
    TAKEN = "taken"  # it is somebody else's
    OFTEN = "often"  # too many codes were asked for


@dataclass(frozen=True)
class Naming:
    """Who names an address for whom; `by` is the person themselves or an admin, `via` how, for the record; `channel` is
    the one of letters."""

    person_id: int
    by: int
    via: str
    channel: str


def name_address(session: Session, office: Office, naming: Naming, address: str, now: datetime) -> Named:
    """Sends a code to an address in its canonical form; the code is good for a week (`now` in UTC)."""
    found = people.by_user(session, naming.channel, address)
    if found is not None:
        return Named.KNOWN if found[0].id == naming.person_id else Named.TAKEN
    if not rates.allow(session, f"address-codes:{naming.person_id}", CODES, now):
        return Named.OFTEN
    place = (naming.channel, address)
    code = address_codes.make(session, naming.person_id, place, office.invite_key(), now, by=naming.by, via=naming.via)
    person = people.get(session, naming.person_id)
    speaking = office.speaking(person.language if person is not None else None)
    text = speaking.text(
        "mail_address.code", code=invite_codes.shown(code), compiler=office.compiler_name, days=address_codes.LASTS.days
    )
    # Whoever says the code agrees to it.
    notice = consent.short(speaking, naming.channel)
    identity = Identity("address-code", f"{naming.person_id}:{now.isoformat()}")
    posting = Posting(DeliveryKind.ANSWER, "a code to prove an address", identity, say(text, notice))
    # Nobody's yet: refused there it must not go to the person's other ways, where it would prove nothing.
    deliveries.post(session, Destination(*place), posting, now)
    return Named.SENT


def confirm_address(
    session: Session, office: Office, code: str, place: tuple[str, str], person_id: int | None, via: str, now: datetime
) -> Address | None:
    """The address that eight digits prove, said in a chat by a person or from the (channel, address) itself; None
    where they prove none. Wrong ones are counted.
    """
    if not address_codes.is_asked(session, now, person_id=person_id, place=place):
        return None
    proven = address_codes.take(session, code, office.invite_key(), now, person_id=person_id, place=place)
    if proven is None:
        return None
    known = people.by_user(session, proven.channel, proven.user)
    if known is not None:
        return known[1] if known[0].id == proven.person_id else None
    address = Address(
        person_id=proven.person_id,
        channel=proven.channel,
        user=proven.user,
        chat=proven.user,
        linked_at=now,
        rank=ways.rank(office.channel_order, proven.channel),
    )
    ways.add(session, address, now, via=via, by=proven.made_by)
    return addresses.address_of(session, proven.person_id, proven.channel)
