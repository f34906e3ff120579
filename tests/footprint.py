"""What `nhacviec` costs before anybody asks it anything: how long and how big two commands and three idle processes.

`python -m tests.footprint` prints it alone; `make bench` prints it among the rest.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from app.clock import machine_now
from app.heartbeat import BEATS, asleep
from app.supervise import SERVICE, Only
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from sandbox.world import TOKEN
from store import heartbeat

ROOT = Path(__file__).parent.parent
NHACVIEC = (sys.executable, "-m", "cli.main")
PATIENCE_S = 180.0
# By then each loop has gone round, and what a start needed for a moment is given back or stays.
SETTLES_S = 20.0
TIMES = 5
WITHOUT_SCREEN, SCREEN = {"DESK_LISTEN": ""}, "127.0.0.1:8090"
# A small process between: a child's peak begins with what its parent holds, and a bench holds much.
MEASURED = """
import resource, subprocess, sys, time
begun = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def rows() -> list[tuple[str, str]]:
    """Two commands with their shortest time and peak memory; the processes with their share of memory (PSS)."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), WITHOUT_SCREEN) as (service, environment):
        found = [(f"nhacviec {name}", command(environment, name)) for name in ("--help", "alive")]
        three = shares(service)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), {"DESK_LISTEN": SCREEN}) as (service, _):
        four = shares(service)
        woken = first_page()
        five = shares(service)
    return [
        *found,
        ("three idle processes, MB (PSS)", in_words(three)),
        ("four with the office's screen asleep, MB (PSS)", in_words(four)),
        ("the first page after sleep, s", f"{woken:.2f}"),
        ("with the screen awake, MB (PSS)", in_words(five)),
    ]


def shares(supervisor: int) -> dict[str, float]:
    """Each process' share of memory in MB once all have settled, by name."""
    time.sleep(SETTLES_S)
    return {name: share_mb(pid) for name, pid in {"supervisor": supervisor, **children(supervisor)}.items()}


def first_page() -> float:
    """How long it takes until somebody who comes to a screen that sleeps sees the form to sign in, in seconds."""
    begun = time.monotonic()
    with urlopen(f"http://{SCREEN}/vao", timeout=PATIENCE_S) as answer:
        answer.read()
    return time.monotonic() - begun


def in_words(found: Mapping[str, float]) -> str:
    """The sum, and of what it is."""
    each = ", ".join(f"{name} {share:.0f}" for name, share in found.items())
    return f"{sum(found.values()):.0f} ({each})"


@contextmanager
def running(folder: Path, settings: Mapping[str, str] = WITHOUT_SCREEN) -> Iterator[tuple[int, dict[str, str]]]:
    """The service with the plan of 2020 against a Telegram on loopback: its process id and its environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM", "CLOCK"))}
    with Server(create_app(Platform(TOKEN, machine_now))) as server, (folder / "log").open("w") as log:
        clean |= {
            "PYTHONPATH": str(ROOT), "DATABASE_URL": f"sqlite:///{folder / 'office.db'}", "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": server.url, **settings,
        }  # fmt: skip
        process = subprocess.Popen([*NHACVIEC, "run"], cwd=folder, env=clean, stdout=log, stderr=log)
        try:
            until = time.monotonic() + PATIENCE_S
            while not all_live(clean):
                time.sleep(0.5)
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError((folder / "log").read_text("utf-8"))
            yield process.pid, clean
        finally:
            process.terminate()
            process.wait()


def all_live(environment: Mapping[str, str]) -> bool:
    """Whether each process has done its first round."""
    wanted = {BEATS[name] for name in SERVICE} | ({asleep(Only.DESK)} if environment["DESK_LISTEN"] else set())
    try:
        return set(heartbeat.read(environment["DATABASE_URL"])[0]) >= wanted
    except heartbeat.NoAnswerError:
        return False


def children(parent: int) -> dict[str, int]:
    """The process ids of the supervisor's children, by name."""
    pids = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    names = {Path(f"/proc/{pid}/comm").read_text("utf-8").strip(): int(pid) for pid in pids}
    found = {name: pid for name, pid in names.items() if name in BEATS}
    # Who serves pages is a child of who holds their address.
    return found | {f"{name} serving": pid for each in found.values() for name, pid in children(each).items()}


def share_mb(pid: int) -> float:
    """A process' share of memory in MB: what several hold together is divided among them (proc(5), Pss)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def command(environment: Mapping[str, str], name: str) -> str:
    """The shortest of some runs, the least that a processor was at it, and the most memory of any."""
    said = [
        subprocess.run(
            [sys.executable, "-c", MEASURED, *NHACVIEC, name],
            env=environment, capture_output=True, text=True, check=True,
        ).stdout.split()
        for _ in range(TIMES)
    ]  # fmt: skip
    seconds, busy = (min(float(each[place]) for each in said) for place in (0, 1))
    return f"{seconds:.2f} s ({busy:.2f} of a processor), {max(int(each[2]) for each in said) / 1024:.0f} MB at most"


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:<56}{figure}")
