"""Tells others what somebody did, whatever they did it with: a notice to the admins, a word to one person."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from progress import gathered
from progress.acts.outcomes import Notice, ToAdmins, ToPerson
from store import addresses, deliveries, people
from store.people_tables import Address, Person
from store.postings import Destination, Posting, notice, to_person
from store.types import DeliveryKind
from words.message import say
from words.office import Office


@dataclass(frozen=True)
class Notifier:
    """Puts into the outbox what comes of something that `by` did, who is None for a stranger; `now` in UTC.

    `channel` is where it was done: who can be reached on several hears of it there.
    """

    session: Session
    office: Office
    by: Person | None
    channel: str
    now: datetime

    def tell_of(self, told: Notice) -> None:
        """What came of an act, to those whom it names."""
        match told:
            case ToAdmins():
                posting = notice(told.identity, told.text, told.why, told.buttons, about=told.about)
                self.tell_admins(posting, myself=told.asked)
            case ToPerson():
                kind = DeliveryKind.NOTICE if told.unasked else DeliveryKind.ANSWER
                message = say(told.text, *told.more, buttons=told.buttons)
                self.tell(told.person_id, Posting(kind, told.why, told.identity, message, told.about))

    def tell_admins(self, posting: Posting, *, myself: bool = False) -> None:
        """Puts a notice for every other admin into the outbox, each once; for `myself` too where I decide.

        After a few at once from one person the rest come in one message.
        """
        by = self.by
        alone = by is None or gathered.may_come_alone(self.session, by.id or 0, self.now)
        for admin, address in people.admins(self.session):
            if by is not None and admin.id == by.id and not myself:
                continue
            if by is None or alone:
                self._send_own(address, posting)
            else:
                gathered.gather(self.session, self.office, by, posting, address, self.now)

    def tell(self, person_id: int, posting: Posting) -> None:
        """Puts a message for another person into the outbox; none where they cannot be reached.

        A notice waits for the sending hours, an answer leaves at once.
        """
        address = addresses.reached_at(self.session, person_id, self.channel)
        if address is not None:
            self._send_own(address, posting)

    def send(self, to: Destination, posting: Posting) -> None:
        """Puts a message that this causes into the outbox, once for its identity."""
        caused_by = self.by.id if self.by is not None else None
        deliveries.post(self.session, to, replace(posting, caused_by=caused_by), self.now)

    def _send_own(self, address: Address, posting: Posting) -> None:
        assert posting.identity is not None
        self.send(to_person(address), replace(posting, identity=posting.identity.to(address.person_id)))
