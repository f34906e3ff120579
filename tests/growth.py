"""`python -m tests.growth`: what each thing costs while the record grows to 100 times the plan of 2020 and what is due
stays the same; with `--all` to 1,000 times.

What is kept beside the plan are years that are over: its obligations under other plans, all answered, each with its
answer, its events, and a message that reminded of it. Milliseconds are those of a processor (`time.process_time`), the
least of five, of a process in which the platform and the phones are too.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, case, cast, func, insert, literal, select
from sqlmodel import Session

from channels.telegram.abilities import ABILITIES
from desk.desk import Desk
from plan.status import EventKind, State
from reports.figures.summary import build
from sandbox.world import World
from scheduler import digest
from scheduler.enqueue import digest_identity
from scheduler.tick import tick
from store import deliveries, delivery_queue, obligations
from store.types import DeliveryKind, DeliveryState, metadata
from tests import desk_bench
from tests.beat_bench import cpu

START = datetime(2020, 1, 13, 7, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MORNING = datetime(2020, 1, 14, 7, 40, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).astimezone(UTC)
TIMES, MANY = (1, 10, 100), 1000
OVER = datetime(2019, 6, 1, tzinfo=UTC)
# The numbers of what is kept are far from those of what happens.
KEPT_FROM = 1_000_000
AGENCY = "tuphap"
LAN, BOSS = 1, 2


def rows(times: Sequence[int] = TIMES) -> Iterator[tuple[str, str]]:
    """A line for each size: how many obligations are kept, and the milliseconds of each thing."""
    for each in times:
        yield f"{each:,} times the plan of 2020", ", ".join(_figures(each))


def _figures(times: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, World(Path(folder), START) as world:
        lan, _ = world.officer("Lan", AGENCY), world.admin("Hoa")
        store, office = world.service.store, world.service.office
        with store.unit() as session:
            for year in range(times - 1):
                _keep_a_year(session, year)
            token = desk_bench.signed_in(session, BOSS, world.now)
            kept = session.connection().execute(select(func.count()).select_from(OWED)).scalar()
        yield f"kept {kept:,}"
        world.now = MORNING
        tick(store, office, world.now)
        yield f"beat {cpu(lambda: tick(store, office, world.now)):.1f}"
        with store.look() as session:
            yield f"queue {cpu(lambda: _look(session, world)):.1f}"
        yield f"digest {cpu(lambda: _digest(world)):.1f}"
        with store.look() as session:
            yield f"figures {cpu(lambda: build(session, office, world.now)):.1f}"
        world.settle()
        yield f"/viec {cpu(lambda: lan.says('/viec')):.1f}"
        codes = iter(_open(world))
        yield f"/done {cpu(lambda: lan.says(f'/done {next(codes)} đã ban hành')):.1f}"
        desk = desk_bench.desk_of(store, office, lambda: world.now)
        yield f"list {asyncio.run(_page(desk, token)):.1f}"


def _look(session: Session, world: World) -> None:
    """What a sender looks at when it takes the next ones."""
    delivery_queue.waiting(session, world.now, limit=8, reminders=True, own=True, may_tell=delivery_queue.always)


def _open(world: World) -> list[str]:
    with world.service.store.look() as session:
        found = obligations.of_agencies(session, [AGENCY])
        return list(dict.fromkeys(row.task for row in found if row.kind == "dated"))


class _MeasuredError(Exception):
    """What was measured is not kept."""


def _digest(world: World) -> None:
    with suppress(_MeasuredError), world.service.store.unit() as session:
        row = deliveries.by_identity(session, digest_identity(LAN, date(2020, 1, 14)))
        assert row is not None
        assert digest.make(session, world.service.office, row, world.now, ABILITIES)
        raise _MeasuredError


async def _page(desk: Desk, token: str) -> float:
    best = float("inf")
    async with desk_bench.browser(desk, token) as one:
        for _ in range(6):
            began = time.process_time()
            found = await one.get("/nhiem-vu?muc=all")
            best = min(best, time.process_time() - began)
            assert found.status_code == 200, found.status_code
    return best * 1000


OWED = metadata.tables["obligation"]


def _keep_a_year(session: Session, year: int) -> None:
    """The plan's obligations once more, as those of a year that is over."""
    known, named = OWED.c, f"over-{year}"
    of = known.plan_id == "cchc-2020"
    step = session.connection().execute(select(func.max(known.id)).where(of)).scalar() or 0
    number = known.id + KEPT_FROM + year * step
    plan = metadata.tables["plan"]
    _copy(session, "plan", {**plan.c, "id": literal(named)}, plan.c.id == "cchc-2020")
    done = {"id": number, "plan_id": literal(named), "state": literal(State.DONE), "done_at": _instant()}
    _copy(session, "obligation", {**known, **done}, of)
    who = case((known.agency_id == AGENCY, LAN), else_=BOSS)
    at = {"at": _instant(), "recorded_at": _instant(), "via": literal("bench")}
    source = literal("bench:") + cast(number, String)
    answer = {"id": number, "obligation_id": number, "person_id": who, **at, "source": source, "note": literal("")}
    _copy(session, "submission", answer, of)
    for kind in (EventKind.CREATED, EventKind.PROGRESSED, EventKind.SUBMITTED):
        event = {"obligation_id": number, "kind": literal(kind), **at, "note": literal("")}
        _copy(session, "obligation_event", event, of)
    sent = {
        "id": number, "created_at": _instant(), "kind": literal(DeliveryKind.DIGEST), "priority": literal(2),
        "why": literal("bench"), "person_id": who, "channel": literal("telegram"), "chat": cast(who, String),
        "state": literal(DeliveryState.SENT), "not_before": _instant(), "sent_at": _instant(),
    }  # fmt: skip
    _copy(session, "delivery", sent, of)
    day = func.coalesce(cast(known.due, String), "")
    told = {"person_id": who, "obligation_id": number, "due": day, "step": literal("0"), "delivery_id": number}
    _copy(session, "reminder", told, of)


def _instant() -> ColumnElement[Any]:
    return literal(OVER, OWED.c.done_at.type)


def _copy(session: Session, table: str, values: Mapping[str, ColumnElement[Any]], where: ColumnElement[bool]) -> None:
    wanted = select(*values.values()).where(where)
    session.connection().execute(insert(metadata.tables[table]).from_select(list(values), wanted))


def main() -> None:
    """Prints the table."""
    for times in (*TIMES, MANY) if "--all" in sys.argv[1:] else TIMES:
        for name, figure in rows((times,)):
            print(f"{name:<40}{figure}", flush=True)


if __name__ == "__main__":
    main()
