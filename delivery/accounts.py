"""A platform that does not accept our account takes nothing from us: the admins hear of it by another way."""

from datetime import datetime

from sqlmodel import Session

from channels.errors import ChannelError
from store import deliveries, people
from store.postings import Identity, notice, to_person
from words.faults import Fault
from words.names import of_channel
from words.office import Office


def tell_if_refused(session: Session, office: Office, channel: str, error: ChannelError, now: datetime) -> None:
    """Tells every admin once a day that a channel's account, password or address is refused; no-op for other errors.

    By another way: by the one that is refused nobody would hear of it.
    """
    if error.fault is not Fault.ACCOUNT:
        return
    text = office.text("fault.account_refused", channel=of_channel(channel))
    for person, way in people.admins_beside(session, channel):
        identity = Identity("account-refused", channel, office.today(now), person.id)
        deliveries.post(session, to_person(way), notice(identity, text, "an account is refused"), now)
