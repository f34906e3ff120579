"""A platform that does not accept our account takes nothing from us: the admins hear of it by another way."""

from datetime import datetime

from sqlmodel import Session

from channels.errors import ChannelError
from store import deliveries, people
from store.people_tables import Address
from store.postings import Identity, notice, to_person
from words.faults import Fault
from words.names import of_channel
from words.office import Office


def tell_if_refused(session: Session, office: Office, channel: str, error: ChannelError, now: datetime) -> None:
    """Tells every admin once a day that a channel's account, password or address is refused; no-op for other errors.

    Who is reached on that channel alone hears of it when it works again.
    """
    if error.fault is not Fault.ACCOUNT:
        return
    text = office.text("fault.account_refused", channel=of_channel(channel))
    for person, address in people.admins(session):
        identity = Identity("account-refused", channel, office.today(now), person.id)
        beside = _beside(session, address, channel)
        deliveries.post(session, to_person(beside), notice(identity, text, "an account is refused"), now)


def _beside(session: Session, address: Address, channel: str) -> Address:
    """The same person's address on another channel, where they have one that takes messages."""
    if address.channel != channel:
        return address
    found = people.addresses_of(session, address.person_id)
    others = [each for each in found if each.channel != channel and each.unreachable_since is None]
    return others[0] if others else address
