"""The real thing: several `nhacviec work` on one machine, one of them killed in the middle of its work."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.clock import machine_now
from app.installation_settings import CONTROL
from app.offices import Place
from app.seats import looked_at
from sandbox.phone import text_of
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.values import Fault
from store import control
from store.engine import Store
from tests.app.several import BOSS, agree, come, has_read, names, office_of, platforms_of
from tests.outbox import posted

ROOT = Path(__file__).parent.parent.parent
SIX = [f"office-{number}" for number in range(6)]
PATIENCE_S, TWICE, HELP = 120.0, "có thể trùng", "Dành cho đầu mối tổng hợp"
DUE = [f"Tin số {number}." for number in range(8)]


@contextmanager
def worker(root: Path, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the folder; what still runs at the end is killed."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("TELEGRAM", "DATABASE", "CONTROL"))}
    clean |= {"PYTHONPATH": str(ROOT), "OFFICES_DIR": str(root), "LOG_LEVEL": "INFO"}
    with (root / f"{name}.log").open("w") as log:
        found = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "work"], cwd=root, env=clean, stdout=log, stderr=log
        )
        try:
            yield found
        finally:
            found.kill()
            found.wait()


def until(root: Path, met: Callable[[], bool]) -> None:
    """Waits for something that the workers do."""
    end = time.monotonic() + PATIENCE_S
    while not met():
        said = "\n".join(each.read_text() for each in root.glob("*.log"))
        assert time.monotonic() < end, said
        time.sleep(0.05)


def served(root: Path) -> dict[int, list[str]]:
    """The offices of each worker, by its process id."""
    found: dict[int, list[str]] = {}
    with looked_at(f"sqlite:///{root / CONTROL}") as turn:
        for seat in control.seats(turn).values() if turn is not None else ():
            if turn is not None and seat.is_held(turn.now) and not seat.leaving:
                found.setdefault(int(seat.worker.split(":")[1]), []).append(seat.office)
    return found


def shares(root: Path) -> list[int]:
    """How many offices each worker has."""
    return sorted(map(len, served(root).values()))


def post(place: Place) -> None:
    """Something is due to the first admin of an office."""
    store = Store(place.settings().database_url)
    with store.unit() as session:
        for words in DUE:
            posted(session, str(BOSS), words, machine_now())
    store.close()


def kill_when_accepted(platform: Platform, process: subprocess.Popen[bytes]) -> None:
    """SIGKILL between a message that the platform has and its receipt."""

    def struck() -> None:
        if process.poll() is None and has_read(platform, DUE[2]):
            os.kill(process.pid, signal.SIGKILL)

    platform.on_change(struck)


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="without /proc a dead worker's leases must run out")
def test_the_offices_of_a_killed_worker_go_on_and_nothing_is_lost_or_doubled_unmarked(
    tmp_path: Path, migrated: Path
) -> None:
    with platforms_of(SIX) as platforms, worker(tmp_path, "first") as first, worker(tmp_path, "second") as second:
        places = {name: office_of(tmp_path, name, url, migrated) for name, (_, url) in platforms.items()}
        bots = {name: platform for name, (platform, _) in platforms.items()}
        until(tmp_path, lambda: shares(tmp_path) == [3, 3])
        for name, platform in bots.items():
            come(name, platform)
        until(tmp_path, lambda: all(has_read(each, "dữ liệu cá nhân") for each in bots.values()))
        for platform in bots.values():
            agree(platform)
        until(tmp_path, lambda: all(map(names, places.values())))

        its_own = served(tmp_path)[first.pid]
        kill_when_accepted(bots[its_own[0]], first)
        for name, platform in bots.items():
            platform.faults.append(Fault("accepted_but_lost", "sendMessage"))
            post(places[name])
        until(tmp_path, lambda: first.poll() is not None)
        for platform in bots.values():
            platform.say(BOSS, BOSS, "/trogiup")
        until(tmp_path, lambda: served(tmp_path) == {second.pid: SIX})
        for words in DUE:
            until(tmp_path, lambda words=words: all(has_read(each, words) for each in bots.values()))  # type: ignore[misc]
        until(tmp_path, lambda: all(not each.pending_updates() for each in bots.values()))
        until(tmp_path, lambda: all(has_read(each, "/trogiup") or has_read(each, "/viec") for each in bots.values()))

        with worker(tmp_path, "third") as third:
            until(tmp_path, lambda: shares(tmp_path) == [3, 3])
            for each in (second, third):
                each.send_signal(signal.SIGTERM)
                assert each.wait(60) == 0

    for name, platform in bots.items():
        read = [text_of(each) for each in platform.messages(BOSS)]
        plain = Counter(found[0] for each in read if TWICE not in each and (found := re.search(r"Tin số \d\.", each)))
        # What may have been lost is said again with a mark, also where it had not arrived.
        assert max(plain.values()) == 1, name
    assert any(TWICE in text_of(each) for each in bots[its_own[0]].messages(BOSS))
    assert served(tmp_path) == {}
    log = "".join(each.read_text() for each in tmp_path.glob("*.log"))
    assert "Traceback" not in log
