"""Moves one of several offices into another database, in order: it ends, all of it is carried, its settings name the
new address, it begins again. Where something fails it serves as before.
"""

import os
import shutil
from collections.abc import Callable
from datetime import datetime

from app import moving
from app.installation_settings import SETTINGS
from app.moving import Moved
from app.offices import OfficeError, Place
from app.seats import looked_at
from store import control
from store.engines.sqlite import in_folder

ADDRESS = "DATABASE_URL"
# Its worker looks every 5 s and ends what it is doing; one that was killed elsewhere has its leases for half a minute.
LOOKS = 90


def move(place: Place, goal: str, record: str, clock: Callable[[], datetime], pause: Callable[[], None]) -> Moved:
    """Moves an office whose workers agree by the control record at `record`; `pause` waits a second.

    Raises OfficeError where its worker does not end, and what `app.moving.move` raises; it serves as before then.
    """
    source, was_stopped = place.settings().database_url, place.is_stopped
    place.stop()
    try:
        _await_end(place.name, record, pause)
        done = moving.move(source, in_folder(goal, place.folder), clock())
        _name(place, goal)
    finally:
        if not was_stopped:
            place.start()
    return done


def _await_end(name: str, record: str, pause: Callable[[], None]) -> None:
    for _ in range(LOOKS):
        with looked_at(record) as turn:
            seat = control.seats(turn).get(name) if turn is not None else None
            if turn is None or seat is None or not seat.is_held(turn.now):
                return
        pause()
    raise OfficeError(f"{name} is still served by {seat.worker if seat else ''}: nothing was moved")


def _name(place: Place, address: str) -> None:
    """Writes the address into the office's settings; they are whole at every moment, and their owner's as before."""
    file = place.folder / SETTINGS
    before = file.stat()
    kept = [line for line in file.read_text("utf-8").splitlines() if line.partition("=")[0].strip() != ADDRESS]
    draft = file.with_name(f"{SETTINGS}.new")
    draft.write_text("".join(f"{line}\n" for line in (*kept, f"{ADDRESS}={address}")), "utf-8")
    shutil.copymode(file, draft)
    if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
        os.chown(draft, before.st_uid, before.st_gid)
    draft.replace(file)
