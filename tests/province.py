"""`python -m tests.province`: many offices at 07:30, on workers of their own processes.

Each office has the plan of 2020, its own database and token, and so many officers in the agencies that owe something.
At half past seven of a working day all of them are reminded at once, by a platform in a process of its own that takes
what it is given. The workers are `nhacviec work`; their clock alone is moved to that morning, for all that they do.
With `--kill-every` a worker is killed again and again in it, with `--upgrade` each is exchanged for a newer version:
tests/province_kills.py.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from app import wiring
from app.clock import machine_now
from app.offices import all_in
from tests import province_kills
from tests.footprint import share_mb
from tests.province_databases import Databases, OnServer
from tests.province_parts import MORNING, Ground, cpu_s, furnish, waiting
from tests.province_platform import figures, platform
from tests.province_upgrade import newer_version
from tests.province_workers import Worker

# By then what a morning began has ended, the leases of the last messages too (store/delivery_leases.py).
SETTLES_S = 95.0
# As far as a platform of the real world is away, so that a kill cuts sends off.
ANSWERS_AFTER_S = 0.25


def main() -> int:
    """Runs it once and prints what came of it; exit code 1 where something was lost or doubled unmarked."""
    given = _given()
    is_broken = given.upgrade or given.kill_every > 0
    with tempfile.TemporaryDirectory() as folder, platform(ANSWERS_AFTER_S if is_broken else 0.0) as api:
        root = Path(folder) / "offices"
        # The server's user goes through it where that is another one.
        Path(folder).chmod(0o755)
        root.mkdir()
        begun = time.time()
        with furnish(root, given.offices, given.people, api, on_server=given.postgresql) as made:
            print(f"{given.offices} offices furnished in {time.time() - begun:.0f} s", flush=True)
            half_past = machine_now() + timedelta(seconds=given.warm)
            server = made.server if isinstance(made, OnServer) else None
            ground = Ground(root, api, MORNING - half_past, made.control_url, server, given.apart)
            workers = [ground.begin(number) for number in range(given.workers)]
            try:
                time.sleep(given.warm)
                if early := figures(api)["taken"]:
                    print(f"{early:.0f} messages left before half past seven")
                if is_broken:
                    newer = newer_version(root.parent) if given.upgrade else None
                    plan = province_kills.Plan(
                        given.seconds, given.kill_every, given.restarts, given.rate, given.seed, newer
                    )
                    is_well = province_kills.run(ground, plan, workers)
                else:
                    _morning(api, given.offices * given.people, workers, half_past.timestamp(), made, given.idle)
                    is_well = True
            finally:
                for each in workers:
                    each.kill()
            print("outboxes:", waiting(root))
            print("schemas:", dict(Counter(wiring.revision_of(each.settings().database_url) for each in all_in(root))))
        for log in sorted(root.parent.glob("worker-*.log")):
            lines = log.read_text("utf-8", "replace").splitlines()
            print(f"{log.name}: {len(lines)} lines", *lines[:5], sep="\n  ")
    return int(not is_well)


def _morning(api: str, wanted: int, workers: Sequence[Worker], half_past: float, made: Databases,
             idle_s: float) -> None:  # fmt: skip
    """Waits until all have been reminded, then looks at what it cost and what idle workers cost."""
    before, known = _cpu(workers), figures(api)
    until, most, made_before = time.time() + 600, 0, made.connections()[1]
    while known["taken"] < wanted and time.time() < until:
        time.sleep(0.5)
        known, most = figures(api), max(most, made.connections()[0])
    print(f"{known['taken']:.0f} of {wanted} taken of {known['offices']:.0f} offices, the last "
          f"{known['last'] - half_past:.1f} s after half past seven; {known['marked']:.0f} marked as perhaps "
          "repeated")  # fmt: skip
    used = [after - each for after, each in zip(_cpu(workers), before, strict=True)]
    print("CPU of the morning, s:", ", ".join(f"{each:.1f}" for each in used))
    time.sleep(SETTLES_S)
    print("PSS, MB:", ", ".join(f"{share_mb(each.pid):.0f}" for each in workers))
    before = _cpu(workers)
    time.sleep(idle_s)
    shares = [(after - each) / idle_s for after, each in zip(_cpu(workers), before, strict=True)]
    print("idle, share of a core:", ", ".join(f"{each:.2%}" for each in shares))
    if isinstance(made, OnServer):
        idle, ever = made.connections()
        print(f"the server's PSS: {made.memory_mb():.0f} MB")
        print(
            f"connections to the server: {most} at the most, {idle} idle; {ever - made_before} made from half past on"
        )
    for each in workers:
        each.ask_to_end()
    print("ended with", [each.wait(120) for each in workers])


def _cpu(workers: Sequence[Worker]) -> list[float]:
    return [cpu_s(each.pid) for each in workers]


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.province", description=__doc__)
    say: Callable[..., object] = parser.add_argument
    say("--offices", type=int, default=150)
    say("--people", type=int, default=40, help="officers of each office")
    say("--workers", type=int, default=2)
    say("--warm", type=float, default=90, help="seconds before half past seven at which they begin")
    say("--idle", type=float, default=60, help="seconds of an idle office that are looked at")
    say("--postgresql", action="store_true", help="a database and a login role for each office, and the control record")
    say("--kill-every", type=float, default=0, help="seconds after which a worker is killed, and begun again")
    say(
        "--apart",
        action="store_true",
        help="each worker as on a machine of its own (needs root)",
    )
    say("--upgrade", action="store_true", help="instead exchange the workers for a newer version, one after the other")
    say("--for", type=float, default=600, dest="seconds", help="seconds for which that goes on")
    say("--restarts", type=int, default=2, help="how often the server is restarted in them")
    say("--rate", type=float, default=20, help="messages posted in a second meanwhile, for all offices together")
    say("--seed", type=int, default=7, help="what draws the worker that is killed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
