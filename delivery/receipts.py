"""Writes down what came of messages that were sent: of all that came back meanwhile, in one unit."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from channels.errors import ChannelError
from delivery import accounts, retry
from delivery.ready import Claimed
from delivery.unsent import Unsent
from store import deliveries, delivery_leases, ways
from store.current_office import Live
from store.engine import Store, is_about_database
from store.tables import Delivery

log = logging.getLogger(__name__)
# Within the lease: after it another process rescues the row. Where a COMMIT was cut the same words find a row that is
# settled, by its lease, and change nothing.
PAUSES_S = (0.5, 2.0, 5.0)


@dataclass(frozen=True)
class Outcome:
    """What the platform said of a message: the id that it gave it, or why it was not taken."""

    claimed: Claimed
    message_id: str = ""
    error: ChannelError | None = None


class Receipts:
    """Keeps outcomes; a platform that takes nothing at all is put into `paused` until a moment (UTC)."""

    def __init__(
        self,
        store: Store,
        live: Live,
        paused: dict[str, datetime],
        clock: Callable[[], datetime],
        chance: Callable[[], float],
        channels: Sequence[str],
    ) -> None:
        self.store, self.live, self.paused, self.clock, self.chance = store, live, paused, clock, chance
        # Of which it is not known that they take messages: what is written of that in the database may be old.
        self._perhaps_away = set(channels)

    def keep(self, outcomes: Sequence[Outcome]) -> Sequence[Exception | None]:
        """Keeps them all, or where that fails each by itself; gives for each the error that kept it from being kept.

        What was sent is not to be sent again because the database was away: it is kept when it is back, for a while.
        """
        for pause in (*PAUSES_S, None):
            try:
                self._keep(outcomes)
            except Exception as error:
                if is_about_database(error):
                    if pause is None:
                        return [error] * len(outcomes)
                    log.warning("%s receipts wait for the database: %s", len(outcomes), error)
                    time.sleep(pause)
                    continue
                if len(outcomes) == 1:
                    return [error]
                log.exception("%s receipts could not be kept together", len(outcomes))
                return [found for each in outcomes for found in self.keep([each])]
            break
        return [None] * len(outcomes)

    def _keep(self, outcomes: Sequence[Outcome]) -> None:
        # What was sent asks nothing of anybody; what was not goes another way, or onto a list.
        with self.store.unit(tells=any(each.error is not None for each in outcomes)) as session:
            self.write(session, outcomes)

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> None:
        """Writes what came of them; what a lease that is over says changes nothing."""
        now = self.clock()
        sent = [each for each in outcomes if each.error is None]
        for each in sent:
            self._works(session, each.claimed.row, now)
        lost = delivery_leases.settle_sent(
            session, [(each.claimed.row, each.message_id, each.claimed.made) for each in sent], now
        )
        for row, message_id in lost:
            # Our lease ran out and the row went into doubt; the receipt settles it.
            assert row.id is not None
            deliveries.arrived(session, row.id, message_id, now)
        for each in outcomes:
            if each.error is not None:
                self._failed(session, each.claimed.row, each.error, now)

    def _works(self, session: Session, row: Delivery, now: datetime) -> None:
        if row.attempts > 1 or row.channel in self._perhaps_away:
            ways.works(session, row.channel, now)
            self._perhaps_away.discard(row.channel)

    def _failed(self, session: Session, row: Delivery, error: ChannelError, now: datetime) -> None:
        office = self.live.of(session)
        Unsent(row, now, self.chance()).note(session, office, error)
        accounts.tell_if_refused(session, office, row.channel, error, now)
        if error.is_of_platform:
            ways.fails(session, row.channel, now)
            self._perhaps_away.add(row.channel)
        if error.stop:
            self.paused[row.channel] = now + timedelta(seconds=retry.STOP_S)
