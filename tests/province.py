"""`python -m tests.province`: many offices at 07:30, on workers of their own processes.

Each office has the plan of 2020, its own database and token, and so many officers in the agencies that owe something.
At half past seven of a working day all of them are reminded at once, by a platform in a process of its own that takes
what it is given. The workers are `nhacviec work`; their clock alone is moved to that morning, for all that they do.
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from app import offices, settings, wiring
from app.clock import machine_now
from plan.people import Role
from store import people
from store.engine import Store
from tests.footprint import share_mb

MORNING = datetime(2020, 1, 14, 0, 30, tzinfo=UTC)
PEOPLE_BEGIN = 1001
# By then what a morning began has ended.
SETTLES_S = 20.0
NOTICE = "Người mẫu của bản thử, không phải người thật."
ENTRY = """
import sys
from datetime import timedelta
from app import clock
real, by = clock.machine_now, timedelta(seconds=float(sys.argv[1]))
clock.machine_now = lambda: real() + by
from app.settings import Settings
Settings.real = property(lambda self: True)
from cli.main import app
app(["work"])
"""


# -- the platform ------------------------------------------------------------------------------------------------------


@dataclass
class Taken:
    """What a platform took, by token; how much was marked, and when the last came, by the machine's clock."""

    messages: Counter[str] = field(default_factory=Counter)
    marked: int = 0
    last: float = 0.0


class Taking(asyncio.Protocol):
    """A platform that takes everything at once, for any token, and knows what it took; polls wait as they ask to."""

    def __init__(self, taken: "Taken") -> None:
        self.taken = taken

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.heard = transport, b""

    def data_received(self, data: bytes) -> None:
        """Answers each whole request."""
        self.heard += data
        while (end := self.heard.find(b"\r\n\r\n")) >= 0:
            head = self.heard[:end]
            said = re.search(rb"(?i)content-length: *(\d+)", head)
            whole = end + 4 + (int(said[1]) if said else 0)
            if len(self.heard) < whole:
                return
            body, self.heard = self.heard[end + 4 : whole], self.heard[whole:]
            self._answer(head.split(b" ", 2)[1].decode(), body)

    def _answer(self, path: str, body: bytes) -> None:
        if path == "/figures":
            known = self.taken
            taken = {"taken": known.messages.total(), "offices": len(known.messages)}
            self._say(taken | {"last": known.last, "marked": known.marked})
            return
        token, _, method = path.removeprefix("/bot").partition("/")
        me = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "x", "username": f"b{token[:7]}_bot"}
        if method == "getUpdates":
            asked = re.search(rb"timeout\W+(\d+)", body)
            seconds = int(asked[1]) if asked else 0
            asyncio.get_running_loop().call_later(seconds, self._say, {"ok": True, "result": []})
        elif method.startswith("send"):
            self._take(token, body)
            number, chat = self.taken.messages[token], {"id": 7, "type": "private"}
            message = {"message_id": number, "date": 1, "chat": chat, "from": me}
            self._say({"ok": True, "result": message | {"text": "x"}})
        else:
            no_webhook = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
            self._say({"ok": True, "result": {"getMe": me, "getWebhookInfo": no_webhook}.get(method, True)})

    def _take(self, token: str, body: bytes) -> None:
        self.taken.last = time.time()
        self.taken.messages[token] += 1
        self.taken.marked += "trùng".encode() in body or b"tr\\u00f9ng" in body

    def _say(self, answer: Any) -> None:
        if not self.transport.is_closing():
            body = json.dumps(answer).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self.transport.write(head.encode() + body)


def take_all(port: Any) -> None:
    """The platform's process: says at which port it is."""

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(partial(Taking, Taken()), "127.0.0.1", 0, backlog=2000)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


# -- the offices -------------------------------------------------------------------------------------------------------


def furnished(url: str, count: int) -> None:
    """An office with its plan and so many officers, the evening before."""
    chosen = settings.read(_env_file=None, database_url=url, telegram_bot_token="1:x", telegram_api_url="http://x")
    service = wiring.open_service(chosen)
    wiring.sync(service)
    agencies, before = service.office.owing(), MORNING - timedelta(hours=20)
    with service.store.unit() as session:
        for number in range(count):
            chat = str(PEOPLE_BEGIN + number)
            person = people.link(session, "telegram", chat, chat, f"Cán bộ {number + 1}", NOTICE, before)
            assert person.id is not None
            people.join(session, person.id, agencies[number % len(agencies)], Role.OFFICER, before)
    service.store.close()


def furnish(root: Path, count: int, people_each: int, api: str) -> None:
    """So many offices, each a copy of the first with a token of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "office.db"
        furnished(f"sqlite:///{file}", people_each)
        for number in range(count):
            token = f"{1000001 + number}:an-office-of-the-bench-0000000000000"
            lines = f"TELEGRAM_BOT_TOKEN={token}\nTELEGRAM_API_URL={api}\nTELEGRAM_ADMIN_IDS=901\n"
            place = offices.add(root, f"xa-{number + 1}", lines)
            (place.folder / "var").mkdir()
            shutil.copyfile(file, place.folder / "var" / "nhacviec.db")


def waiting(root: Path) -> Counter[str]:
    """The rows of all outboxes by their state."""
    found: Counter[str] = Counter()
    for place in offices.all_in(root):
        store = Store(place.settings().database_url)
        with store.look() as session:
            asked = session.connection().exec_driver_sql(
                "SELECT kind || ' ' || state, count(*) FROM delivery GROUP BY 1"
            )
            found.update(dict(asked.all()))
        store.close()
    return found


# -- the run -----------------------------------------------------------------------------------------------------------


@contextmanager
def platform() -> Iterator[str]:
    """Its address."""
    queue = get_context("spawn").Queue()
    process = get_context("spawn").Process(target=take_all, args=(queue,), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{queue.get()}"
    process.terminate()
    process.join()


def begin(root: Path, by: timedelta, number: int) -> subprocess.Popen[bytes]:
    """A worker whose clock is moved."""
    here = str(Path(__file__).parent.parent)
    environment = {**os.environ, "OFFICES_DIR": str(root), "PYTHONPATH": here, "LOG_LEVEL": "WARNING"}
    log = (root.parent / f"worker-{number}.log").open("ab")
    command = [sys.executable, "-c", ENTRY, str(by.total_seconds())]
    return subprocess.Popen(command, cwd=root.parent, env=environment, stdout=log, stderr=log)


def cpu_s(pid: int) -> float:
    """Seconds of CPU of a process so far (proc(5), fields 14 and 15 of stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def figures(api: str) -> dict[str, float]:
    """What the platform knows."""
    with urlopen(f"{api}/figures", timeout=60) as answer:
        found: dict[str, float] = json.load(answer)
    return found


def main() -> None:
    """Runs it once and prints what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.province", description=__doc__)
    parser.add_argument("--offices", type=int, default=150)
    parser.add_argument("--people", type=int, default=40, help="officers of each office")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--warm", type=float, default=90, help="seconds before half past seven at which they begin")
    parser.add_argument("--idle", type=float, default=60, help="seconds of an idle office that are looked at")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, platform() as api:
        root = Path(folder) / "offices"
        root.mkdir()
        begun = time.time()
        furnish(root, given.offices, given.people, api)
        print(f"{given.offices} offices furnished in {time.time() - begun:.0f} s", flush=True)
        half_past = machine_now() + timedelta(seconds=given.warm)
        workers = [begin(root, MORNING - half_past, number) for number in range(given.workers)]
        time.sleep(given.warm)
        if early := figures(api)["taken"]:
            print(f"{early:.0f} messages left before half past seven")
        before = {each.pid: cpu_s(each.pid) for each in workers}
        wanted, known = given.offices * given.people, figures(api)
        until = time.time() + 600
        while known["taken"] < wanted and time.time() < until:
            time.sleep(0.5)
            known = figures(api)
        last = known["last"] - half_past.timestamp()
        print(f"{known['taken']:.0f} of {wanted} taken of {known['offices']:.0f} offices, the last {last:.1f} s after "
              f"half past seven; {known['marked']:.0f} marked as perhaps repeated")  # fmt: skip
        used = [cpu_s(each.pid) - before[each.pid] for each in workers]
        print("CPU of the morning, s:", ", ".join(f"{each:.1f}" for each in used))
        time.sleep(SETTLES_S)
        print("PSS, MB:", ", ".join(f"{share_mb(each.pid):.0f}" for each in workers))
        before = {each.pid: cpu_s(each.pid) for each in workers}
        time.sleep(given.idle)
        shares = [(cpu_s(each.pid) - before[each.pid]) / given.idle for each in workers]
        print("idle, share of a core:", ", ".join(f"{each:.2%}" for each in shares))
        for each in workers:
            each.send_signal(signal.SIGTERM)
        print("ended with", [each.wait(120) for each in workers])
        print("outboxes:", dict(waiting(root)))
        for log in sorted(root.parent.glob("worker-*.log")):
            lines = log.read_text("utf-8", "replace").splitlines()
            print(f"{log.name}: {len(lines)} lines", *lines[:5], sep="\n  ")


if __name__ == "__main__":
    main()
