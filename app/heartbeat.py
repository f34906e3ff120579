"""Whether the processes live, by their last signs of life: cheap enough to be asked each minute."""

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum

from app.clock import machine_now
from app.setting_values import host_and_port
from app.settings import Settings
from app.supervise import PAGES, SERVICE, Only
from store import heartbeat

# Longer than any retry's pause, any long poll and any beat; what lasts longer is trouble.
LIMIT = timedelta(minutes=15)
# How long one waits for somebody to take a call.
ANSWERS_S = 2.0
# The processes by the beats that they give.
BEATS = {"bot": "poll", "scheduler": "scheduler", "desk": "desk", "answer": "answer"}
# What gives the last sign of life (UTC) of a beat.
Beat = Callable[[str], datetime | None]


def alive(beat: datetime | None, now: datetime) -> bool:
    """Whether a sign of life (UTC) is fresh."""
    return beat is not None and now - beat <= LIMIT


class PageState(StrEnum):
    """How those stand that serve pages: one that sleeps answers whoever asks, a moment later."""

    AWAKE = "awake"
    ASLEEP = "asleep"
    SILENT = "silent"


def asleep(process: str) -> str:
    """The beat by which one that serves pages says that it ends until somebody asks."""
    return f"{BEATS[process]}:asleep"


def page_state(process: str, beat: Beat, now: datetime) -> PageState:
    """How one of them stands; it sleeps where it has said so last, and those live beside whom its address is held."""
    lay, was = beat(asleep(process)), beat(BEATS[process])
    if lay is not None and (was is None or was <= lay):
        held = any(alive(beat(BEATS[each]), now) for each in SERVICE)
        return PageState.ASLEEP if held else PageState.SILENT
    return PageState.AWAKE if alive(was, now) else PageState.SILENT


def takes_calls(listen: str) -> bool:
    """Whether somebody takes calls at an address of this machine (HOST:PORT)."""
    with suppress(OSError), socket.create_connection(host_and_port(listen), ANSWERS_S):
        return True
    return False


def any_alive(chosen: Settings, processes: Iterable[str]) -> bool:
    """Whether one of the processes gave a fresh sign of life, or sleeps until somebody asks.

    Raises NoAnswerError for a database without answer.
    """
    beats, offset = heartbeat.read(chosen.database_url)
    now = machine_now() if chosen.keeps_machine_time else machine_now() + offset
    return any(_lives(chosen, name, beats.get, now) for name in processes)


def _lives(chosen: Settings, name: str, beat: Beat, now: datetime) -> bool:
    if name not in PAGES:
        return alive(beat(BEATS[name]), now)
    if not chosen.together:
        return page_state(name, beat, now) is not PageState.SILENT
    # Who serves the pages of all offices leaves no sign of life in the record of any; one served alone gives its own.
    listen = chosen.answer_listen if name == Only.ANSWER else chosen.desk_listen
    return alive(beat(BEATS[name]), now) or (listen != "" and takes_calls(listen))
