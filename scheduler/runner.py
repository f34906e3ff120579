"""Makes time pass: APScheduler beats, and nothing else in the project knows it.

Its job store is no queue (a killed job is gone), so it holds an interval job an office in memory, and the truth is
in tables.
"""

from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler


class Beats:
    """Calls functions every so many seconds of real time, none twice at once, late ones as one."""

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def add(self, name: str, beat: Callable[[], None], every_s: float) -> None:
        """Calls one more from now on."""
        self._scheduler.add_job(beat, "interval", seconds=every_s, id=name)

    def remove(self, name: str) -> None:
        """Calls one no more; a call that is under way goes on."""
        self._scheduler.remove_job(name)

    def start(self) -> None:
        """Starts beating."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stops after the beats that are under way."""
        self._scheduler.shutdown(wait=True)
