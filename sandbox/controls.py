"""The sandbox's clock: a jump plays every step between, so that reminders come out as they would have."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread

from app.clock import set_clock
from app.wiring import Service
from plan.people import Role
from progress.preview import next_moment, preview
from sandbox.demo import Demo
from sandbox.example_answers import ExampleOfficers
from sandbox.example_people import GROUP, Settler
from sandbox.page.controls import Resident, Room
from sandbox.sentences import say
from sandbox.telegram_api.platform import Platform
from sandbox.zalo_api.platform import Platform as ZaloPlatform
from store import delivery_queue, gaps, inbox, settings
from words.dates import read_day

log = logging.getLogger(__name__)
LOOK_S = 0.03
# A day is left even when the service does not come to rest, for example while it is being restarted.
PATIENCE_S = 45.0
# Messages that wait for a rate limit leave within seconds; what is put off longer is not waited for.
SOON = timedelta(seconds=5)


class ClockControls:
    """Moves the service's clock through the database; one move at a time, in a thread of its own."""

    def __init__(
        self,
        service: Service,
        platform: Platform,
        settlers: Sequence[Settler],
        again: Callable[[], None] | None = None,
        zalo: ZaloPlatform | None = None,
    ) -> None:
        """`again` begins the whole sandbox anew; None where that cannot be done from here."""
        self.service, self.platform, self._zalo = service, platform, zalo
        self._settlers, self._again = settlers, again
        self._officers = ExampleOfficers(platform, settlers, zalo)
        self._demo = Demo(platform, service.office, tuple(settlers), zalo)
        self._stop = Event()
        self._thread: Thread | None = None
        self._words = ""

    def now(self) -> datetime:
        """The service's clock, UTC."""
        return self.service.clock()

    def residents(self) -> Sequence[Resident]:
        """The example people, with what they are."""
        return [Resident(each.user, each.name, self.about(each)) for each in self._settlers]

    def about(self, settler: Settler) -> str:
        """What somebody is, in a line."""
        if settler.agency is None:
            return ""
        role = self.service.office.text(f"role.{settler.role}")
        # The Chairman stands above the agencies.
        return role if settler.role is Role.LEADER else f"{self.service.office.agency_name(settler.agency)} – {role}"

    def rooms(self) -> Sequence[Room]:
        """The group."""
        return [Room(GROUP, say("groupName"))]

    def moving(self) -> str:
        """Words on the progress of a jump, "" when the clock runs by itself."""
        return self._words

    def next_reminder(self) -> date | None:
        """The next day on which somebody would be reminded if nobody answered; today while its hour is to come."""
        today = self._today()
        if self._at(today) > self.now() and preview(self.service.current(), today, today):
            return today
        return next_moment(self.service.current(), today)

    def jump(self, to: str) -> None:
        """To "next" (the day of the next reminder), "morning" (of the next day) or a date as people write
        one, 14/01/2020; each at the first sending minute. Returns at once; raises ValueError with a sentence."""
        today = self._today()
        if to == "next":
            following = self.next_reminder()
            if following is None:
                raise ValueError(say("noReminderLeft"))
            target = following
        elif to == "morning":
            target = today + timedelta(days=1)
        else:
            read = read_day(to, today)
            if read is None:
                raise ValueError(say("dayUnclear"))
            target = read
        if self._at(target) <= self.now():
            raise ValueError(say("onlyForward"))
        self._go(target)

    def play(self) -> None:
        """Plays to the last day on which the plans' obligations come due, and a month more; the officers answer."""
        plans = self.service.office.plans.values()
        self._go(max(date(plan.year + 1, 2, 28) for plan in plans), answering=True)

    def has_steps(self) -> bool:
        """Whether the demo's steps speak of this plan and these people."""
        return self._demo.is_there

    def step(self, name: str) -> int:
        """Does one of the demo's steps, and gives the chat to look at; raises ValueError with a sentence."""
        return self._demo.step(name, self.now(), lambda day, answering: self._go(day, answering=answering))

    def begin_again(self) -> None:
        """Ends this town and opens a fresh one; raises ValueError with a sentence where that cannot be done here."""
        if self._again is None:
            raise ValueError(say("againNot"))
        self.stop()
        self._again()

    def stop(self) -> None:
        """Stops a move after the day it is at."""
        self._stop.set()

    def join(self, seconds: float) -> None:
        """Waits for a move to end."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _today(self) -> date:
        return self.service.office.today(self.now())

    def _at(self, day: date) -> datetime:
        office = self.service.office
        return datetime.combine(day, office.windows[0][0], office.zone).astimezone(UTC)

    def _go(self, target: date, *, answering: bool = False) -> None:
        if self._thread is not None and self._thread.is_alive():
            raise ValueError(say("isMoving"))
        self._stop.clear()
        self._words = f"{target:%d/%m/%Y}"
        self._thread = Thread(target=self._move, args=(target, answering), name="clock", daemon=True)
        self._thread.start()

    def _move(self, target: date, answering: bool) -> None:
        try:
            day = self._today()
            if self._at(day) <= self.now():
                day += timedelta(days=1)
            self._wait_for_rest()
            while day <= target and not self._stop.is_set():
                self._words = f"{day:%d/%m/%Y} → {target:%d/%m/%Y}"
                self._leap(self._at(day))
                if self.service.current().calendar.is_working(day):
                    self._wait_for_rest()
                    # What is seen on the last day is its morning: nobody has answered yet.
                    if answering and day < target:
                        self._let_answer(day)
                day += timedelta(days=1)
        except Exception:
            log.exception("the clock could not be moved")
        finally:
            self._words = ""
            self.platform.changed()

    def _let_answer(self, day: date) -> None:
        if self._officers.answer(self.service.store, self.service.current(), day):
            self._wait_for_rest()
            if self._officers.choose(self.service.store):
                self._wait_for_rest()

    def _leap(self, moment: datetime) -> None:
        set_clock(self.service.store, moment)
        with self.service.store.unit() as session:
            # The service was there all the while: the leap is no outage.
            gaps.leapt(session, moment)
        self.platform.changed()

    def _wait_for_rest(self) -> None:
        """Until the scheduler has beaten at this moment and everything that it caused is on the phones."""
        since, until = self.now(), time.monotonic() + PATIENCE_S
        while time.monotonic() < until and not self._stop.is_set():
            with self.service.store.look() as session:
                beat = settings.last_beat(session, "scheduler")
                beaten = beat is not None and beat >= since
                quiet = (
                    not delivery_queue.busy(session, self.now() + SOON) and inbox.next_new(session, self.now()) is None
                )
            if beaten and quiet and not self._is_unheard():
                return
            time.sleep(LOOK_S)

    def _is_unheard(self) -> bool:
        """Whether something that people said waits for the service."""
        return bool(self.platform.pending_updates() or (self._zalo is not None and self._zalo.pending_updates()))
