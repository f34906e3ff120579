"""Whether another process still lives: known on this machine, never guessed of another."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import identity

ROOT = Path(__file__).parent.parent.parent
TELL = "from app import identity; print(identity.own(), flush=True); input()"

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


def test_a_process_lives_until_it_ends() -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", TELL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert child.stdout is not None
    holder = child.stdout.readline().strip()
    assert not identity.ended(holder)
    child.communicate("\n")
    assert identity.ended(holder)


def test_a_pid_that_is_used_again_is_another_process() -> None:
    place, pid, started = identity.own().rsplit(":", 2)
    assert not identity.ended(f"{place}:{pid}:{started}")
    assert identity.ended(f"{place}:{pid}:{int(started) - 1}")


def test_a_process_of_another_machine_is_not_judged() -> None:
    _, pid, started = identity.own().rsplit(":", 2)
    assert not identity.ended(f"elsewhere/1/2:{pid}:{int(started) - 1}")
    assert not identity.ended("")
