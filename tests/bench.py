"""`make bench`: what the service costs, each figure beside one measured in the same run; nothing here is asserted."""

import asyncio
import platform as machine
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.progress import track

from delivery.sender import Sender
from plan.status import EventKind
from reports import chart
from reports.summary import build
from sandbox.world import World
from scheduler.tick import tick
from store import deliveries, obligations
from store.rates import UNLIMITED
from store.types import DeliveryKind
from words.message import say

START = datetime(2020, 1, 2, 7, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MESSAGES = 200


def timed(work: Callable[[], object], times: int = 1) -> float:
    """Seconds for one run of the work, the best of several."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def sending(world: World, workers: int) -> float:
    """Messages a second from the outbox to phones over loopback, without the platform's limits."""
    phone = world.phone(f"bench {workers}")
    phone.starts()
    with world.service.store.unit() as session:
        for number in range(MESSAGES):
            deliveries.post(
                session, DeliveryKind.ANSWER, "telegram", f"{phone.chat}", say(f"{number}"), "bench", world.now,
                limit=4096, subject=f"bench:{workers}:{number}",
            )  # fmt: skip
        # Each to a chat of its own in the outbox's eyes: order within a chat would put them in a row.
        session.connection().exec_driver_sql("UPDATE delivery SET priority = id WHERE subject LIKE 'bench:%'")
    old: Sender = world.sender
    sender = Sender(
        old.store,
        old.office,
        old.channels,
        old.makers,
        old.painter,
        lambda: world.now + timedelta(minutes=1),
        UNLIMITED,
    )

    async def drain() -> None:
        async def work() -> None:
            while await sender.step():
                pass

        await asyncio.gather(*(work() for _ in range(workers)))

    return MESSAGES / timed(lambda: world.run(drain()))


def answering(world: World, people: int) -> float:
    """Answers with a photo a second: received, recorded, confirmed, fetched."""
    agencies = [agency for agency in world.service.office.owing() if agency.startswith("son")][:people]
    phones = [world.officer(f"bench {agency}", agency) for agency in agencies]
    for phone in phones:
        world.platform.send_photo(phone.user, phone.chat, b"\x89PNG" + bytes(200_000), "/done 2b")
    return len(phones) / timed(world.settle)


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder, World(Path(folder), START) as world:
        rows: list[tuple[str, str]] = []
        one = 0.0
        for workers in track((1, 4, 8), description="sending"):
            rate = sending(world, workers)
            one = one or rate
            rows.append((f"messages a second, {workers} at once", f"{rate:.0f} ({rate / one:.2f} of one at a time)"))
        rows.append(("answers with a photo of 200 KB a second", f"{answering(world, 9):.1f}"))
        office, store = world.service.office, world.service.store
        world.now = world.now + timedelta(hours=1)
        first = timed(lambda: tick(store, office, world.now, 4096))
        idle = timed(lambda: tick(store, office, world.now, 4096), 5)
        rows.append(("a beat that makes digests, ms", f"{first * 1000:.0f}"))
        rows.append(("a beat with nothing to do, ms", f"{idle * 1000:.0f} ({idle / first:.2f} of the former)"))

        def figures() -> None:
            with store.look() as session:
                build(session, office, world.now)

        empty = timed(figures, 3)
        with store.unit() as session:
            for row in obligations.all_of(session)[::2]:
                if row.state == "open" and row.kind == "dated":
                    obligations.record(session, row, EventKind.SUBMITTED, world.now, world.now, via="bench")
        answered = timed(figures, 3)
        rows.append(("the summary's figures, ms", f"{empty * 1000:.0f}; half answered {answered * 1000:.0f}"))
        picture = timed(lambda: chart.paint(store, office, f"matrix@{world.now.isoformat()}"), 2)
        rows.append(("the picture, ms", f"{picture * 1000:.0f} ({picture / answered:.1f} of the figures)"))
    print(f"Python {machine.python_version()}, SQLite {sqlite3.sqlite_version}, {machine.machine()}")
    for name, figure in rows:
        print(f"{name:<48}{figure}")


if __name__ == "__main__":
    main()
