"""The two processes and their supervisor, as a machine treats them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app import identity
from app.clock import machine_now
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
