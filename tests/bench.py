"""`make bench`: what the service costs, each figure beside one measured in the same run; nothing here is asserted.

`make bench BENCH="--json FILE"` writes the same for machines, `--all` lets the record grow to 1,000 times.
"""

import argparse
import asyncio
import json
import platform as machine
import sqlite3
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from zoneinfo import ZoneInfo

from app import settings, wiring
from app.process import SENDERS
from plan.milestone import Kind
from plan.reminders import DueStep, Owed, Step
from plan.status import EventKind
from reports.attachments.paint import paint
from reports.figures import period
from reports.figures.record import Record
from reports.figures.summary import Summary, build
from reports.pictures.agency_chart import agency_png
from reports.pictures.matrix_chart import matrix_png
from reports.pictures.progress_chart import progress_png
from reports.tables import plain_data
from reports.word.documents import report_docx
from sandbox.telegram_api.values import Fault
from sandbox.world import TOKEN, World
from scheduler.tick import tick
from store import delivery_queue, memory, obligations, people
from store.engine import Store
from store.obligations import NewEvent
from store.types import DeliveryKind
from tests import beat_bench, desk_bench, footprint, growth, large, large_documents, outbox_bench, workbook_bench
from tests.outbox import posted
from words.catalogue import Catalogue
from words.office import Office

TEMPLATES = Path(__file__).parents[1] / "data" / "templates"
START = datetime(2020, 1, 2, 7, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
BROADCAST = 600
STEPS = 27


def timed(work: Callable[[], object], times: int = 1) -> float:
    """Seconds for one run of the work, the best of several."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def broadcast(folder: Path) -> list[tuple[str, str]]:
    """A message to each of many chats by two processes' senders, against a platform that enforces 30 a second."""
    at: list[float] = []
    with World(folder, START, enforce_rates=True) as world:
        # Opened before the clock counts: pressing Start needs no leave of the platform.
        chats = [world.platform.add_person(10_000 + number, f"bench {number}") for number in range(BROADCAST)]
        for chat in chats:
            world.platform.press_start(chat["id"])
        with world.service.store.unit() as session:
            for chat in chats:
                posted(session, str(chat["id"]), "bench", datetime.now(UTC), DeliveryKind.NOTICE)
        world.platform.fault_source = arrivals(at)
        start = get_context("spawn").Process
        processes = [start(target=drain_alone, args=(world.service.store.url, world.api)) for _ in range(2)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        refused = sum(call.status == 429 for call in world.platform.calls)
        arrived = sum(world.platform.sent[chat["id"]] for chat in chats)
    rate = (len(at) - 1) / (at[-1] - at[0])
    most = max(sum(1 for other in at if start <= other < start + 1) for start in at)
    return [
        (
            f"a broadcast to {arrived} chats by two processes, a second",
            f"{rate:.1f} ({rate / 30:.0%} of the 30 allowed; most in any second {most}; refused {refused})",
        )
    ]


def arrivals(at: list[float]) -> Callable[[str, int | None], Fault | None]:
    """Notes when a message reaches the platform, and injects nothing."""

    def note(method: str, _chat: int | None) -> None:
        if method.lower() == "sendmessage":
            at.append(time.perf_counter())

    return note


def drain_alone(url: str, api: str) -> None:
    """What one process does: its senders over a connection and a store of its own, waking as a limit lets them."""

    async def run() -> None:
        chosen = settings.read(_env_file=None, telegram_bot_token=TOKEN, telegram_api_url=api, database_url=url)
        service = replace(wiring.open_service(chosen), clock=lambda: datetime.now(UTC))
        store, channel = service.store, wiring.telegram_of(chosen)
        await channel.open()
        sender = wiring.sender_of(service, {channel.name: channel})

        async def work() -> None:
            while True:
                if not await sender.step():
                    with store.look() as session:
                        if not delivery_queue.busy(session, datetime.now(UTC)):
                            return
                    # What the other process sends wakes nobody here.
                    await asyncio.sleep(min(sender.idle_s(), 0.5))

        await asyncio.gather(*(work() for _ in range(SENDERS)))
        await channel.close()
        store.close()

    asyncio.run(run())


def reporting(text: Catalogue) -> list[tuple[str, str]]:
    """The half-year's report of 300 agencies with 100 tasks each: 30,000 obligations with six events each."""
    with tempfile.TemporaryDirectory() as folder:
        plan = large.plan()
        store, office = large.fill(Path(folder), plan), large.office(text, plan)
        now = datetime(2020, 6, 16, tzinfo=UTC)

        def make() -> Record:
            with store.look() as session:
                return period.make(session, office, period.window(office, "2020-H1", now), known_at=now)

        tracemalloc.start()
        record = make()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        whole = timed(make)
        read = timed(lambda: summary_of(store, office, now))
        size = len(record.canonical.encode())
        tables, alone = workbook_bench.seconds(office, record)
        lines = timed(lambda: plain_data.csv(office, record))
        document = timed(lambda: report_docx(office, record, None, TEMPLATES))
        drawn = [
            timed(lambda: matrix_png(office, record)),
            timed(lambda: progress_png(office, record)),
            timed(lambda: agency_png(office, record, record.rows[0].agency)),
        ]
        store.close()
    return [
        (
            f"a report of {len(record.rows):,} obligations with {len(record.history):,} events, s",
            f"{whole:.1f} ({read:.1f} of them to read and count)",
        ),
        ("its workbook, s", f"{tables:.1f} (XlsxWriter alone {alone:.1f}; its csv {lines:.1f})"),
        ("its document to be signed, s", f"{document:.1f} ({document / whole:.1f} of the report)"),
        ("its memory at most, MB", f"{peak / 1e6:.0f} ({peak / size:.0f} times its {size / 1e6:.0f} MB when frozen)"),
        ("its pictures, s: matrix, progress, one agency's year", ", ".join(f"{each:.1f}" for each in drawn)),
    ]


def summary_of(store: Store, office: Office, now: datetime) -> Summary:
    """The figures alone."""
    with store.look() as session:
        return build(session, office, now)


def answering(world: World, people: int) -> float:
    """Answers with a photo a second: received, recorded, confirmed, fetched."""
    agencies = [agency for agency in world.service.office.owing() if agency.startswith("son")][:people]
    phones = [world.officer(f"bench {agency}", agency) for agency in agencies]
    for phone in phones:
        world.platform.send_photo(phone.user, phone.chat, b"\x89PNG" + bytes(200_000), "/done 2b")
    return len(phones) / timed(world.settle)


def waiting(world: World) -> str:
    """How long a person waits for an answer when nobody else speaks, with all that follows from it."""
    lan, boss = world.officer("bench Lan", "tuphap"), world.admin("bench Hoa")
    each = [
        timed(lambda: lan.says("/viec"), 5),
        timed(lambda: lan.says("/done 2b")),
        timed(lambda: boss.says("/tonghop")),
    ]
    return ", ".join(f"{seconds * 1000:.0f}" for seconds in each)


def remembering(world: World) -> float:
    """Seconds for the memory of a digest with so many steps, of which none was said before."""
    store, day = world.service.store, world.now.date()
    with store.look() as session:
        rows = [row.id for row in obligations.all_of(session) if row.id is not None][:STEPS]
    steps = [DueStep(Owed(row, Kind.DATED, day), Step("-3", -3, day)) for row in rows]

    def once() -> None:
        with suppress(_MeasuredError), store.unit() as session:
            person = people.linked(session)[0][0]
            began = time.perf_counter()
            memory.remember(session, person.id or 0, steps, None)
            taken.append(time.perf_counter() - began)
            raise _MeasuredError

    taken: list[float] = []
    for _ in range(5):
        once()
    return min(taken)


class _MeasuredError(Exception):
    """What was measured is not kept."""


def main() -> None:
    """Prints the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--json", type=Path, metavar="FILE")
    asked.add_argument("--all", action="store_true")
    chosen = asked.parse_args()
    on = f"Python {machine.python_version()}, SQLite {sqlite3.sqlite_version}, {machine.machine()}"
    print(on, flush=True)
    rows = []
    for name, figure in measured(growth.TIMES + (growth.MANY,) * chosen.all):
        print(f"{name:<64}{figure}", flush=True)
        rows.append((name, figure))
    if chosen.json is not None:
        said = {"on": on, "figures": [{"name": name, "figure": figure} for name, figure in rows]}
        chosen.json.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")


def measured(times: Sequence[int]) -> Iterator[tuple[str, str]]:
    """A line for each thing as soon as it is known; the record grows to so many times the plan of 2020."""
    yield from outbox_bench.figures()
    with tempfile.TemporaryDirectory() as folder:
        yield from broadcast(Path(folder))
    with tempfile.TemporaryDirectory() as folder, World(Path(folder), START) as world:
        text = world.service.office.text
        yield from one_office(world)
    yield from beat_bench.rows(text)
    if growth.MANY in times:
        yield from beat_bench.figures_of_many(text)
    yield from growth.rows(times)
    yield from reporting(text)
    yield from large_documents.rows()
    yield from footprint.rows()
    yield from desk_bench.rows(text)


def one_office(world: World) -> Iterator[tuple[str, str]]:
    """What an office with the plan of 2020 waits for."""
    yield "answers with a photo of 200 KB a second", f"{answering(world, 9):.1f}"
    yield "from a message to its answer, ms: /viec, /done 2b, /tonghop", waiting(world)
    office, store = world.service.office, world.service.store
    world.now = world.now + timedelta(hours=1)
    first = timed(lambda: tick(store, office, world.now))
    idle = timed(lambda: tick(store, office, world.now), 5)
    yield f"the memory of a digest of {STEPS} steps, ms", f"{remembering(world) * 1000:.1f}"
    yield "a beat that makes digests, ms", f"{first * 1000:.0f}"
    yield "a beat with nothing to do, ms", f"{idle * 1000:.0f} ({idle / first:.2f} of the former)"

    def figures() -> None:
        with store.look() as session:
            build(session, office, world.now)

    empty = timed(figures, 3)
    with store.unit() as session:
        for row in obligations.all_of(session)[::2]:
            if row.state == "open" and row.kind == "dated":
                obligations.record(session, row, NewEvent(EventKind.SUBMITTED, world.now, via="bench"), world.now)
    answered = timed(figures, 3)
    yield "the summary's figures, ms", f"{empty * 1000:.0f}; half answered {answered * 1000:.0f}"
    picture = timed(lambda: paint(store, office, f"matrix@{world.now.isoformat()}"), 2)
    yield "the picture, ms", f"{picture * 1000:.0f} ({picture / answered:.1f} of the figures)"


if __name__ == "__main__":
    main()
