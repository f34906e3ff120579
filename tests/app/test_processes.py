"""The real thing: `nhacviec sandbox` and its two processes, driven through its page, killed and restarted."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.clock import machine_now
from sandbox.phone import PNG, text_of
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from sandbox.world import TOKEN
from store import leases
from store.engine import Store
from store.tables import Lease

ROOT = Path(__file__).parent.parent.parent
COMMUNE_OFFICE = "UBND xã Sơn Dung"
PATIENCE_S = 60.0


class Sandbox:
    """The sandbox as a process, and its page's addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"

    def start(self) -> None:
        """Starts it and waits until the page answers."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM", "CLOCK"))}
        clean |= {"LOG_LEVEL": "DEBUG"}
        clean |= {"PYTHONPATH": str(ROOT), "DATABASE_URL": f"sqlite:///{self.folder / 'office.db'}"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "sandbox", "--port", "0"],
                cwd=self.folder,
                env=clean,
                stdout=log,
                stderr=log,
            )
        found = self.wait(lambda: re.search(r"SANDBOX (http\S+)", self.log.read_text()))
        self.page = httpx.Client(base_url=found[1].rstrip("/"), timeout=30)

    def end(self) -> None:
        """SIGTERM, and both processes end with it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(60) == 0, self.log.read_text()
        self.page.close()

    def wait(self, look: Callable[[], Any]) -> Any:
        """Until something is there."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if found := look():
                return found
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)
        raise AssertionError(f"it did not come:\n{self.log.read_text()}")

    def get(self, path: str) -> Any:
        """JSON from the page."""
        return self.page.get(path).raise_for_status().json()

    def post(self, path: str, **body: Any) -> None:
        """An act of the page."""
        self.page.post(path, **body, headers={"Origin": str(self.page.base_url).rstrip("/")}).raise_for_status()

    def jump(self, to: str) -> None:
        """Moves the clock and waits until it is there."""
        self.post("/sandbox/jump", json={"to": to})
        self.wait(lambda: not self.get("/sandbox/state")["moving"])

    def chat_of(self, about: str) -> int:
        """The chat of the example person of an agency."""
        return next(
            int(each["chat"]) for each in self.get("/sandbox/state")["people"] if each["about"].startswith(about)
        )

    def texts(self, chat: int) -> list[str]:
        """What stands in a chat."""
        return [text_of(message) for message in self.get(f"/sandbox/chat/{chat}")["messages"]]

    def pid(self, name: str) -> int | None:
        """The process id of one of the two."""
        for supervisor in children_of(self.process.pid):
            for child in children_of(supervisor):
                if Path(f"/proc/{child}/comm").read_text().strip() == name:
                    return child
        return None


def children_of(pid: int) -> list[int]:
    """The process ids of a process' children."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """A running sandbox on its first morning."""
    found = Sandbox(tmp_path)
    found.start()
    yield found
    found.end()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads process ids from /proc")
@pytest.mark.long
def test_reminder_photo_summary_kill_and_restart(sandbox: Sandbox) -> None:
    lan = sandbox.chat_of(COMMUNE_OFFICE)
    sandbox.jump("next")
    assert "2b" in sandbox.texts(lan)[-1]
    assert "2b" in sandbox.texts(sandbox.chat_of("Phòng Tư pháp"))[-1]

    # The process that receives dies; what is sent meanwhile is answered by the next one, once.
    bot = sandbox.wait(lambda: sandbox.pid("bot"))
    os.kill(bot, signal.SIGKILL)
    sandbox.post(
        "/sandbox/file",
        data={"user": str(lan), "chat": str(lan), "caption": "/done 2b", "as": "photo"},
        files={"file": ("anh.png", PNG, "image/png")},
    )
    sandbox.wait(lambda: "Đã ghi nhận 2b" in sandbox.texts(lan)[-1])
    assert sandbox.pid("bot") not in (None, bot)

    # The other commands work while it runs, on the clock that it keeps.
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{sandbox.folder / 'office.db'}", "PYTHONPATH": str(ROOT)}
    for name in ("TELEGRAM_BOT_TOKEN", "CLOCK_START"):
        environment.pop(name, None)
    said = subprocess.run(
        [sys.executable, "-m", "cli.main", "summary", "--json"],
        cwd=sandbox.folder, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    figures = json.loads(said.stdout)
    assert figures["as_of"].startswith("2020-01-02")
    assert (figures["dated"]["done_in_time"], figures["dated"]["total"]) == (1, 139)

    # The token is in no process list, no log, though it logs all it can, and nowhere in the database.
    supervisor = children_of(sandbox.process.pid)[0]
    aside = next(each for each in Path(f"/proc/{supervisor}/fd").iterdir() if "memfd:aside" in str(each.readlink()))
    token = json.loads(aside.read_text())["TELEGRAM_BOT_TOKEN"]
    for process in (sandbox.process.pid, *map(sandbox.pid, ("bot", "scheduler", "desk", "answer"))):
        assert token not in Path(f"/proc/{process}/cmdline").read_text()
        assert token not in Path(f"/proc/{process}/environ").read_text()
    for pages in ("desk", "answer"):
        open_there = [str(each.readlink()) for each in Path(f"/proc/{sandbox.pid(pages)}/fd").iterdir()]
        assert open_there
        assert not any("memfd:aside" in each for each in open_there)
    secret = token.partition(":")[2].encode()
    kept = [path for path in sandbox.folder.rglob("office.db*") if path.is_file()]
    assert kept
    assert all(secret not in path.read_bytes() for path in (*kept, sandbox.log))

    # Off and on again: the clock, the chats and the record are where they were, and nothing is said twice.
    before = sandbox.texts(lan)
    sandbox.end()
    sandbox.start()
    assert sandbox.get("/sandbox/state")["now"].startswith("2020-01-02T07:3")
    sandbox.jump("morning")
    assert sandbox.texts(lan) == before
    sent = [text for text in before if "Tin tự động" in text or "Đã ghi nhận" in text]
    assert len(sent) == 2
    assert secret not in sandbox.log.read_bytes()
    assert "DEBUG" in sandbox.log.read_text()


def holder(store: Store) -> str | None:
    """Who holds the scheduler's lease."""
    with store.look() as session:
        row = session.get(Lease, leases.SCHEDULER)
        return row.holder if row else None


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="without /proc a dead holder's lease must run out")
def test_of_two_schedulers_one_leads_and_the_other_follows_its_death(store: Store, tmp_path: Path) -> None:
    platform = Platform(TOKEN, machine_now)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM", "CLOCK"))}
    with Server(create_app(platform)) as server, (tmp_path / "log").open("w") as log:
        clean |= {
            "PYTHONPATH": str(ROOT), "DATABASE_URL": store.url, "TELEGRAM_BOT_TOKEN": TOKEN, "HEALTH_LISTEN": "",
            "TELEGRAM_API_URL": server.url,
        }  # fmt: skip
        command = [sys.executable, "-m", "cli.main", "run", "--only", "scheduler"]
        both = [subprocess.Popen(command, cwd=tmp_path, env=clean, stdout=log, stderr=log) for _ in range(2)]

        def leads(process: subprocess.Popen[bytes]) -> bool:
            return f":{process.pid}:" in (holder(store) or "")

        try:
            wait_for(lambda: any(leads(each) for each in both))
            first, second = sorted(both, key=leads, reverse=True)
            first.kill()
            first.wait()
            wait_for(lambda: leads(second))
            # Ended in order, it lets go of the lease, so that a third need not wait.
            second.terminate()
            assert second.wait(60) == 0
            with store.look() as session:
                assert session.get_one(Lease, leases.SCHEDULER).until <= machine_now()
        finally:
            for each in both:
                each.kill()
                each.wait()


def wait_for(look: Callable[[], bool]) -> None:
    """Until it is so."""
    until = time.monotonic() + PATIENCE_S
    while not look():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)
