"""The end of a run: nothing goes wrong any more, and the service brings everything that is left to its end."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from store import delivery_queue, settings
from tests.faults.run import UNSETTLED, Run
from tests.faults.weather import jump, morning_after

# Without anything less to do: how long all of it takes is the machine's affair.
PATIENCE_S = 300.0
QUIET_S = 30.0
LOOK_S = 0.1
STEP, SECOND, FARTHEST = timedelta(minutes=20), timedelta(seconds=1), timedelta(hours=22)


def drain(run: Run) -> bool:
    """Moves the clock past every moment that is waited for, and ends the processes; False when for five minutes nothing
    became less.
    """
    least, until = sum(left(run).values()), time.monotonic() + PATIENCE_S
    _to_a_window(run)
    while time.monotonic() < until:
        _rest(run)
        waiting = sum(left(run).values())
        if not waiting and _ends_with_nothing_left(run):
            return True
        if waiting < least:
            least, until = waiting, time.monotonic() + PATIENCE_S
        jump(run, lambda now: _next(run, now))
        _to_a_window(run)
    end(run)
    return False


def end(run: Run) -> None:
    """Asks both processes to end."""
    for process in run.processes.values():
        if (status := process.end()) != 0:
            run.notes.append(f"{process.name} ended with {status} at the end")


def _ends_with_nothing_left(run: Run) -> bool:
    """A beat that was under way may have found something more to say; then they go on."""
    end(run)
    if not left(run):
        return True
    for process in run.processes.values():
        process.revive()
    return False


def _next(run: Run, now: datetime) -> datetime:
    """Twenty minutes on, or to what waits longer; no further than the platform keeps what people sent."""
    with run.store.look() as session:
        soon = delivery_queue.next_moment(session)
    return max(now + STEP, min(soon + SECOND, now + FARTHEST)) if soon else now + STEP


def left(run: Run) -> dict[str, int]:
    """What still waits for something, by kind."""
    asked = {
        "updates with the platform": len(run.platform.pending_updates()),
        "updates not handled": run.count("SELECT count(*) FROM inbox WHERE state = 'new'"),
        "messages": run.count(f"SELECT count(*) FROM delivery WHERE {UNSETTLED}"),
        "files": run.count("SELECT count(*) FROM evidence WHERE state = 'waiting'"),
        "losses nobody was told": run.count(
            "SELECT count(*) FROM delivery WHERE state = 'failed' AND person_id IS NOT NULL AND NOT reported"
        ),
    }
    return {name: count for name, count in asked.items() if count}


def _to_a_window(run: Run) -> None:
    while not run.office.may_send(run.now()):
        jump(run, lambda now: morning_after(run, now))


def _rest(run: Run) -> None:
    """Until the scheduler has beaten at this hour and nothing could be done now."""
    since, until = run.now(), time.monotonic() + QUIET_S
    while time.monotonic() < until:
        time.sleep(LOOK_S)
        for process in run.processes.values():
            if process.ended() is not None:
                run.notes.append(f"{process.name} ended by itself in the drain")
                process.revive()
        with run.store.look() as session:
            beat = settings.last_beat(session, "scheduler")
        if beat is None or beat < since or run.platform.pending_updates():
            continue
        if not run.due_now() and not _soon(run, run.now()):
            return


def _soon(run: Run, now: datetime) -> int:
    moment = now.replace(tzinfo=None).isoformat(" ")
    return run.count(
        "SELECT count(*) FROM inbox WHERE state = 'new' AND (not_before IS NULL OR not_before <= ?)", moment
    )
