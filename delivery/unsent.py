"""What becomes of a row that was not sent: again later, in doubt, given up, or at the chat's new place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from channels.errors import ChannelError, Sent
from delivery import retry, rights, route
from store import addresses, deliveries, delivery_leases, group_chats
from store.tables import Delivery
from store.types import DeliveryState
from words.faults import Fault, kept
from words.office import Office


@dataclass(frozen=True)
class Unsent:
    """A row under our lease that failed at `now` (UTC); `chance` in 0..1 spreads the next attempts."""

    row: Delivery
    now: datetime
    chance: float

    def note(self, session: Session, office: Office, error: ChannelError) -> None:
        """Decides by the error; what it says itself is kept for the log, behind the word that people are told."""
        row, now, why = self.row, self.now, kept(error.fault, str(error))
        if error.moved_to is not None:
            group_chats.move(session, row.channel, row.chat, error.moved_to)
            delivery_leases.settle(session, row, DeliveryState.DUE, chat=error.moved_to, last_error=why)
            deliveries.move_chat(session, row.channel, row.chat, error.moved_to)
        elif error.gone:
            addresses.mark_unreachable(session, row.channel, row.chat, error.fault, now)
            self._give_up(session, why)
            route.closed(session, row.channel, row.chat, why, now)
            if error.fault is Fault.REMOVED or row.in_group:
                rights.take_leave(session, office, row.channel, row.chat, now)
        elif error.permanent:
            self._give_up(session, why)
        elif error.sent is Sent.UNKNOWN:
            self._doubt(session, why)
        else:
            self.again(session, why, error.retry_after)

    def unmade(self, session: Session, error: Exception) -> None:
        """Its text could not be made: tried again some times, then given up."""
        why = kept(Fault.UNMADE, str(error))
        if self.row.attempts >= retry.MOST_TEXT_ATTEMPTS:
            delivery_leases.settle(session, self.row, DeliveryState.FAILED, last_error=why)
        else:
            self.again(session, why, None)

    def again(self, session: Session, why: str, retry_after: float | None) -> None:
        """Later, with the reason; `retry_after` are the seconds that the platform asks for."""
        # Never given up: a platform that is blocked for a week takes the message in the week after.
        # A row that was in doubt and was not sent this time either is in doubt still.
        state = DeliveryState.IN_DOUBT if self.row.doubts else DeliveryState.DUE
        wait = retry.pause(self.row.attempts, retry_after, self.chance)
        delivery_leases.settle(session, self.row, state, not_before=self.now + wait, last_error=why)

    def _doubt(self, session: Session, why: str) -> None:
        row, again = self.row, self.now + timedelta(seconds=retry.DOUBT_S)
        if row.doubts >= retry.MOST_DOUBTS and route.after_refusal(session, row, why, self.now):
            return
        state = DeliveryState.FAILED if row.doubts >= retry.MOST_DOUBTS else DeliveryState.IN_DOUBT
        delivery_leases.settle(session, row, state, doubts=row.doubts + 1, not_before=again, last_error=why)

    def _give_up(self, session: Session, why: str) -> None:
        """Never by this way: by the next one of its person, or onto the admins' list."""
        if not route.after_refusal(session, self.row, why, self.now):
            delivery_leases.settle(session, self.row, DeliveryState.FAILED, last_error=why)
