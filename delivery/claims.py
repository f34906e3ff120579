"""Takes what may leave under a lease, with what is sent of it: for all senders that ask at once, in one unit."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice

from sqlmodel import Session

from channels.base import Channel
from channels.errors import HELD_AGAIN_S, NotHeldError
from delivery.contents import Contents
from delivery.ready import Claimed, MakeReady
from store import delivery_leases, delivery_queue, languages, serving
from store.current_office import Live
from store.delivery_leases import LEAD_S
from store.delivery_queue import LOOK_AHEAD, Waiting
from store.engine import InDoubtError, Store
from store.rates import Chat, Moments, Rates, lose, overall_wait_s

log = logging.getLogger(__name__)
Along = Callable[[Session], None]
"""Writes what belongs to the same unit; said twice it changes nothing more."""

# How often it is looked though nobody says that something was committed: where something waits, and where nothing does.
MINUTE, SELDOM = timedelta(minutes=1), timedelta(minutes=5)
HELD_AGAIN = timedelta(seconds=HELD_AGAIN_S)
# One look serves several claims: each row is looked at again when it is taken, and so soon nothing else has changed.
LOOKED = timedelta(milliseconds=250)
AT_ONCE = 48
# What limits let through at a platform's pace rests for less.
MOST_REST_S = 5.0


class Claims:
    """What leaves next, by the line, the limits and the windows.

    A platform of `paused` is left alone until its moment (UTC); `chance` in 0..1 spreads the next attempts.
    """

    def __init__(
        self,
        store: Store,
        live: Live,
        channels: Mapping[str, Channel],
        contents: Contents,
        rates: Mapping[str, Rates],
        paused: Mapping[str, datetime],
        clock: Callable[[], datetime],
        *,
        holder: str,
        chance: Callable[[], float],
    ) -> None:
        self.store, self.live, self.channels, self.rates = store, live, channels, rates
        self.paused, self.clock, self.holder = paused, clock, holder
        self._ready = MakeReady(channels, contents, chance)
        self.idle_s = MINUTE.total_seconds()
        self._looked: Sequence[Waiting] = ()
        self._looked_at = clock()
        # Until when the limit of all messages of a channel is known to let none through (UTC); how late (s) one left.
        self._rests: dict[str, datetime] = {}
        self._late: dict[str, float] = {}

    def was_late(self, channel: str, seconds: float) -> None:
        """A message left so much too late: with those that kept their turns it would come too close."""
        self._late[channel] = max(seconds, self._late.get(channel, 0.0))

    def is_at_rest(self) -> bool:
        """Whether the limits are known to let nothing through now, without asking the database: at a platform's pace
        there is somebody who would ask thirty times a second.
        """
        if not self._rests:
            return False
        now = self.clock()
        # What another process takes meanwhile makes it longer; a clock that was set back is asked about.
        rests = [
            (self._rests.get(name, now) - now).total_seconds()
            for name in self.rates
            if self.paused.get(name, now) <= now
        ]
        if not rests or not all(0 < each <= MOST_REST_S for each in rests):
            return False
        self.idle_s = min(rests)
        return True

    def take(self, most: int, along: Along | None = None) -> list[Claimed | bool | None]:
        """For each of so many that ask a row, True where it should ask again, None where nothing may leave now. What is
        written `along` stands in the first unit, or alone where nothing may leave; it is said again where this raises.
        """
        now = self.clock()
        # What waits for a window or somebody's hours may leave by the clock alone, at a whole minute.
        self.idle_s = until_mark(now, MINUTE)
        is_fresh = timedelta() <= now - self._looked_at < LOOKED
        known = [each for each in self._looked if is_fresh and self.paused.get(each.channel, now) <= now]
        given = self._from(known, most, now, along)
        if not given:
            along = along if not known else None
            self._looked_at = now
            found = self.candidates(now, max(most, AT_ONCE))
            # A look takes its time, in which turns come.
            now = max(now, self.clock())
            given = self._from(found, most, now, along)
            if along is not None and not found:
                with self.store.unit(tells=False) as session:
                    along(session)
        # What waits for its text, behind another one of its chat or farther back is taken when the others ask again.
        return given + ([True] if given else [None]) * (most - len(given))

    def _from(
        self, found: Sequence[Waiting], most: int, now: datetime, along: Along | None
    ) -> list[Claimed | bool | None]:
        """Takes the first of these that are still to be had, and keeps the others for who asks next; of a chat one."""
        given: list[Claimed | bool | None] = []
        while found and not given:
            first, found = found[:most], found[most:]
            given += self._claim(first, most, now, along)
            along = None
        places = {(each.row.channel, each.row.chat) for each in given if isinstance(each, Claimed)}
        self._looked = [each for each in found if (each.channel, each.chat) not in places]
        return given

    def candidates(self, now: datetime, most: int) -> list[Waiting]:
        """What may leave now by the limits too, looked at without keeping any writer out. What no channel here can send
        is among it, to be put off.
        """
        found: list[Waiting] = []
        open_ = {name: rates for name, rates in self.rates.items() if self.paused.get(name, now) <= now}
        with self.store.look() as session:
            rests = self._look_at_limits(session, open_, now)
            if all(rests.values()):
                self.idle_s = min([self.idle_s, *rests.values()])
                return found
            own = serving.held(session) is None
            office = self.live.of(session)
            may_tell, reminders = partial(office.may_tell, now=now), office.may_send(now)
            line = delivery_queue.in_line(session, now, reminders=reminders, own=own, may_tell=may_tell)
            ahead = islice(line, LOOK_AHEAD)
            while len(found) < most and (some := list(islice(ahead, most))):
                found += self._free(session, some, open_, now)
            if not found:
                following = delivery_queue.next_moment(session)
                if following is not None and following <= now:
                    following = delivery_queue.next_moment(session, now)
                else:
                    self.idle_s = until_mark(now, SELDOM)
                moments = (following, *self.paused.values())
                waits = [(each - now).total_seconds() for each in moments if each is not None and each > now]
                self.idle_s = min([self.idle_s, *waits])
        return found[:most]

    def _look_at_limits(self, session: Session, channels: Mapping[str, Rates], now: datetime) -> dict[str, float]:
        """How many seconds each of these channels rests as a whole; it is kept, so that nobody asks meanwhile."""
        waits = {name: overall_wait_s(session, rates, name, now) for name, rates in channels.items()}
        rests = {name: max(0.0, wait - LEAD_S) for name, wait in waits.items()}
        self._rests = {name: until for name, until in self._rests.items() if name not in rests}
        self._rests |= {name: now + timedelta(seconds=rest) for name, rest in rests.items() if rest}
        return rests

    def _free(
        self, session: Session, found: Sequence[Waiting], open_: Mapping[str, Rates], now: datetime
    ) -> list[Waiting]:
        """Those of these that no limit keeps back now, nor a platform that is left alone."""
        free: list[Waiting] = []
        places = {each.id: Chat(each.channel, each.chat, each.in_group) for each in found}
        moments = Moments(session, open_, places.values())
        for each in found:
            if each.channel in self.rates and each.channel not in open_:
                continue
            wait = moments.wait_s(places[each.id], now) - LEAD_S
            if wait > 0:
                self.idle_s = min(self.idle_s, wait)
            else:
                free.append(each)
        return free

    def _claim(self, found: Sequence[Waiting], most: int, now: datetime, along: Along | None) -> list[Claimed | bool]:
        """Takes up to so many of these in one unit; where its COMMIT was cut each is looked up by its lease."""
        taken: list[Claimed | bool] = []
        try:
            with self.store.unit(tells=False) as session:
                if along is not None:
                    along(session)
                taken = self._take(session, found, most, now)
        except InDoubtError as error:
            log.warning("%s claims: %s", len(taken), error)
            # Not `look`: a unit waits until the lost one has ended.
            with self.store.unit() as session:
                if along is not None:
                    along(session)
                taken = [
                    each if isinstance(each, Claimed) and delivery_leases.is_held(session, each.row) else True
                    for each in taken
                ]
        return taken

    def _take(self, session: Session, found: Sequence[Waiting], most: int, now: datetime) -> list[Claimed | bool]:
        """Claims up to so many of these; what no channel here can send is put off, and counts as one of them."""
        given: list[Claimed | bool] = []
        wanted: list[Waiting] = []
        for each in found:
            if len(given) == most:
                break
            if each.channel not in self.channels:
                delivery_leases.put_off(session, each.id, now + HELD_AGAIN, str(NotHeldError(each.channel)))
                given.append(True)
            else:
                wanted.append(each)
        while self._late:
            channel, seconds = self._late.popitem()
            lose(session, channel, seconds, now)
        office = self.live.of(session)
        claimed = delivery_leases.claim_all(session, wanted, most - len(given), self.rates, now, self.holder)
        self._look_at_limits(session, {each.row.channel: self.rates[each.row.channel] for each in claimed}, now)
        _at_hand = languages.keep_at_hand(session, [each.row.person_id for each in claimed])
        return given + self._ready.of_each(session, office, claimed, now)


def until_mark(now: datetime, every: timedelta) -> float:
    """Seconds until the next whole minute of so many, of the hour."""
    return (every - (now - datetime.min.replace(tzinfo=UTC)) % every).total_seconds()
