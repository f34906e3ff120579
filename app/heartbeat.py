"""Whether the processes live, by their last signs of life: cheap enough to be asked each minute."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.clock import machine_now
from app.settings import Settings
from store import heartbeat

# Longer than any retry's pause, any long poll and any beat; what lasts longer is trouble.
LIMIT = timedelta(minutes=15)
# The processes by the beats that they give.
BEATS = {"bot": "poll", "scheduler": "scheduler", "desk": "desk", "answer": "answer"}


def alive(beat: datetime | None, now: datetime) -> bool:
    """Whether a sign of life (UTC) is fresh."""
    return beat is not None and now - beat <= LIMIT


def any_alive(chosen: Settings, processes: Iterable[str]) -> bool:
    """Whether one of the processes gave a fresh sign of life; raises NoAnswerError for a database without answer."""
    beats, offset = heartbeat.read(chosen.database_url)
    now = machine_now() if chosen.keeps_machine_time else machine_now() + offset
    return any(alive(beats.get(BEATS[name]), now) for name in processes)
