"""The two processes and their supervisor, as a machine treats them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from app import identity, supervise, withheld
from app.clock import machine_now
from app.settings import Settings
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from sandbox.world import TOKEN
from store import leases
from store.engine import Store
from store.tables import Lease

ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 60.0


def held(store: Store) -> list[Lease]:
    """The leases of the two processes."""
    with store.look() as session:
        return [row for name in (leases.POLL, leases.SCHEDULER) if (row := session.get(Lease, name)) is not None]


def wait_for(look: Callable[[], bool], log: Path) -> None:
    """Until it is so."""
    until = time.monotonic() + PATIENCE_S
    while not look():
        assert time.monotonic() < until, log.read_text("utf-8")
        time.sleep(0.05)


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc whether a process has ended")
def test_the_two_end_in_order_when_their_supervisor_is_killed(store: Store, tmp_path: Path) -> None:
    platform, log = Platform(TOKEN, machine_now), tmp_path / "log"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM", "CLOCK"))}
    with Server(create_app(platform)) as server, log.open("w") as file:
        clean |= {
            "PYTHONPATH": str(ROOT), "DATABASE_URL": store.url, "TELEGRAM_BOT_TOKEN": TOKEN, "HEALTH_LISTEN": "",
            "TELEGRAM_API_URL": server.url,
        }  # fmt: skip
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "run"], cwd=tmp_path, env=clean, stdout=file, stderr=file
        )
        try:
            wait_for(lambda: len(held(store)) == 2, log)
            supervisor.send_signal(signal.SIGKILL)
            wait_for(lambda: all(identity.ended(row.holder) for row in held(store)), log)
            # In order: each let go of its lease, which otherwise lasts on.
            assert [row.until <= machine_now() for row in held(store)] == [True, True], log.read_text("utf-8")
        finally:
            supervisor.terminate()
            supervisor.wait()
            for row in held(store):
                if not identity.ended(row.holder):
                    os.kill(int(row.holder.split(":")[1]), signal.SIGKILL)


# Starts what is missing, as `cli.supervised` does, from something much smaller than the service.
STARTER = """
import os, signal, sys
from app.forking import fork
from app.supervise import WATCHES, Watched, end_with_supervisor

def work(name):
    end_with_supervisor()
    # In one piece: both write into one log.
    os.write(1, f"{name} {os.getpid()}{chr(10)}".encode())
    signal.pause()

watched = Watched.of(sys.argv[1])
for name in watched.missing:
    watched.children[name] = fork(name, work, list(watched.children.values()))
watched.become(WATCHES)
"""


def test_one_that_dies_is_started_again_beside_the_other_and_all_end_with_the_supervisor(tmp_path: Path) -> None:
    (tmp_path / "starter.py").write_text(STARTER, "utf-8")
    log, watched = tmp_path / "log", supervise.Watched("INFO", names=("first", "second"), starts="starter")

    def pids(name: str) -> list[int]:
        lines = [line.split() for line in log.read_text("utf-8").splitlines()]
        return [int(line[1]) for line in lines if line[0] == name]

    with log.open("w") as file:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", supervise.WATCHES, json.dumps(asdict(watched))],
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}, stdout=file, stderr=file,
        )  # fmt: skip
    try:
        wait_for(lambda: bool(pids("first") and pids("second")), log)
        os.kill(pids("first")[0], signal.SIGKILL)
        wait_for(lambda: len(pids("first")) == 2, log)
        assert "first ended with -9; it is started again in 1 s" in log.read_text("utf-8")
        assert len(pids("second")) == 1
        supervisor.terminate()
        assert supervisor.wait(PATIENCE_S) == 0
        assert [ended(pid) for pid in (*pids("first"), *pids("second"))] == [True, True, True]
    finally:
        # What it started ends with it.
        supervisor.kill()
        supervisor.wait()


def ended(pid: int) -> bool:
    """Whether there is no such process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_what_serves_pages_is_given_no_token_and_no_password_of_mail() -> None:
    given = dict.fromkeys(("TELEGRAM_BOT_TOKEN", "SMTP_URL", "IMAP_URL_FILE", "MAIL_FROM", "DATABASE_URL"), "x")
    os.close(supervise.put_aside(given))
    assert set(given) == {"MAIL_FROM", "DATABASE_URL"}
    assert set(withheld.NAMES) <= set(Settings.model_fields)
