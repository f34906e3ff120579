"""The sandbox's clock: a jump plays every step between, so that reminders come out as they would have."""

import logging
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread

from app.clock import set_clock
from app.wiring import Service
from progress.preview import next_moment, preview
from sandbox.example_people import GROUP, Settler
from sandbox.page.controls import Resident, Room
from sandbox.telegram_api.platform import Platform
from store import delivery_queue, inbox, settings

log = logging.getLogger(__name__)
LOOK_S = 0.03
# A day is left even when the service does not come to rest, for example while it is being restarted.
PATIENCE_S = 45.0
# Messages that wait for a rate limit leave within seconds; what is put off longer is not waited for.
SOON = timedelta(seconds=5)


class ClockControls:
    """Moves the service's clock through the database; one move at a time, in a thread of its own."""

    def __init__(self, service: Service, platform: Platform, settlers: Sequence[Settler]) -> None:
        self.service, self.platform = service, platform
        self._settlers = settlers
        self._stop = Event()
        self._thread: Thread | None = None
        self._words = ""

    def now(self) -> datetime:
        """The service's clock, UTC."""
        return self.service.clock()

    def residents(self) -> Sequence[Resident]:
        """The example people, with what they are."""
        return [Resident(each.user, each.name, self._about(each)) for each in self._settlers]

    def _about(self, settler: Settler) -> str:
        if settler.agency is None:
            return ""
        role = self.service.office.text(f"role.{settler.role}")
        return f"{self.service.office.agency_name(settler.agency)} – {role}"

    def rooms(self) -> Sequence[Room]:
        """The group."""
        return [Room(GROUP, "CCHC – nhóm mẫu")]

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
        """To "next" (the day of the next reminder), "morning" (of the next day) or a date; each at the first
        sending minute. Returns at once; raises ValueError with a sentence."""
        today = self._today()
        if to == "next":
            following = self.next_reminder()
            if following is None:
                raise ValueError("Không còn lần nhắc nào.")
            target = following
        elif to == "morning":
            target = today + timedelta(days=1)
        else:
            try:
                target = date.fromisoformat(to)
            except ValueError:
                raise ValueError("Chưa rõ ngày. Ví dụ: 2020-01-14") from None
        if self._at(target) <= self.now():
            raise ValueError("Đồng hồ chỉ đi tới, không đi lùi.")
        self._go(target)

    def play(self) -> None:
        """Plays to the last day on which the plans' obligations come due, and a month more."""
        plans = self.service.office.plans.values()
        self._go(max(date(plan.year + 1, 2, 28) for plan in plans))

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

    def _go(self, target: date) -> None:
        if self._thread is not None and self._thread.is_alive():
            raise ValueError("Đồng hồ đang chạy; dừng lại trước.")
        self._stop.clear()
        self._words = f"{target:%d/%m/%Y}"
        self._thread = Thread(target=self._move, args=(target,), name="clock", daemon=True)
        self._thread.start()

    def _move(self, target: date) -> None:
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
                day += timedelta(days=1)
        except Exception:
            log.exception("the clock could not be moved")
        finally:
            self._words = ""
            self.platform.changed()

    def _leap(self, moment: datetime) -> None:
        set_clock(self.service.store, moment)
        with self.service.store.unit() as session:
            # The service was there all the while: the leap is no outage.
            settings.beat(session, "poll", moment)
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
            if beaten and quiet and not self.platform.pending_updates():
                return
            time.sleep(LOOK_S)
