"""Makes time pass: APScheduler beats, and nothing else in the project knows it.

Its job store is no queue (a killed job is gone), so it holds one interval job in memory and the truth is in tables.
"""

from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler


class Beats:
    """Calls a function every `every_s` seconds of real time, never two at once, late ones as one."""

    def __init__(self, beat: Callable[[], None], every_s: float) -> None:
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._scheduler.add_job(beat, "interval", seconds=every_s, id="beat")

    def start(self) -> None:
        """Starts beating."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stops after the beat that is under way."""
        self._scheduler.shutdown(wait=True)
