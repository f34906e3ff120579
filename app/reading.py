"""Reads an office's document in a process of its own, which has little memory, little time and no network."""

import subprocess
import sys

from app import converting, reading_answer
from app.settings import Settings
from intake import gate
from intake.draft import Draft
from intake.errors import RefusedError

SECONDS, MEMORY_MB = 20, 512
# A process that a limit of the kernel ended says so by the signal.
ENDED_BY_TIME = {-24, -9}


def read(data: bytes, chosen: Settings) -> Draft:
    """The draft of a document; raises RefusedError with the sentence's key.

    The gate looks at the bytes here, unfolding nothing; all else happens in the other process. What only LibreOffice
    reads is turned into .docx or .xlsx first, where the settings name one.
    """
    kind = gate.kind_of(data)
    if kind in gate.CONVERTED:
        data = converting.converted(data, gate.CONVERTED[kind], chosen.office_program)
    return draft_of(data)


def draft_of(data: bytes, seconds: int = SECONDS, memory_mb: int = MEMORY_MB) -> Draft:
    """The draft that the process answers within its limits (real seconds, megabytes); raises RefusedError."""
    command = [sys.executable, "-m", "app.reading_child", str(seconds), str(memory_mb)]
    try:
        # An environment of its own: the settings hold the bot's token, and what reads a document must not.
        done = subprocess.run(  # noqa: S603 -- our own module
            command, input=data, capture_output=True, timeout=seconds, check=False, env={"LC_ALL": "C.UTF-8"}
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedError("too_slow", seconds=seconds) from error
    if done.returncode in ENDED_BY_TIME:
        raise RefusedError("too_slow", seconds=seconds)
    if done.returncode != 0:
        raise RefusedError("too_heavy" if b"MemoryError" in done.stderr else "broken")
    return reading_answer.draft_in(done.stdout)
