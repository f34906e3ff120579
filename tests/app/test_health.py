"""How the service stands, as a monitor sees it: /healthz, /metrics, the ping, doctor and alive."""

import asyncio
import re
import socket
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import health, health_web, ping
from sandbox.telegram_api.server import Server
from sandbox.world import World
from store import settings
from store.types import DeliveryKind
from tests.conftest import MakeWorld
from tests.outbox import posted
from tests.sandbox.hook import until

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def monitored(world: World) -> Iterator[httpx.Client]:
    """What a monitor asks."""
    with (
        Server(Starlette(routes=health_web.routes(world.service))) as server,
        httpx.Client(base_url=server.url) as found,
    ):
        yield found


def beat(world: World, *names: str) -> None:
    """Signs of life now."""
    with world.service.store.unit() as session:
        for name in names or ("scheduler", "poll"):
            settings.beat(session, name, world.now)


def post(world: World, kind: DeliveryKind = DeliveryKind.ANSWER) -> int:
    """A message into the outbox."""
    with world.service.store.unit() as session:
        return posted(session, "7", "Xin chào", world.now, kind)


def write(world: World, statement: str) -> None:
    """Changes the database behind the service's back."""
    with world.service.store.unit() as session:
        session.connection().execute(text(statement))


def faults(world: World) -> list[str]:
    """What is wrong now, signs of life apart."""
    beat(world)
    return health.look(world.service, world.now).faults()


def test_all_is_well(world: World) -> None:
    beat(world)
    with monitored(world) as monitor:
        answer = monitor.get("/healthz")
    assert answer.status_code == 200
    found = answer.json()
    assert found["healthy"] is True
    assert found["faults"] == []
    assert found["beat_age_seconds"] == {"scheduler": 0, "poll": 0}
    assert found["oldest_unsent_seconds"] is None
    assert found["schema"]["revision"] == found["schema"]["wanted"]


@pytest.mark.parametrize(("dead", "lives"), [("scheduler", "poll"), ("poll", "scheduler")])
def test_a_process_that_stopped_is_named(world: World, dead: str, lives: str) -> None:
    beat(world)
    world.now += timedelta(minutes=15)
    assert health.look(world.service, world.now).faults() == []
    world.now += timedelta(seconds=1)
    beat(world, lives)
    with monitored(world) as monitor:
        answer = monitor.get("/healthz")
    assert (answer.status_code, answer.json()["faults"]) == (503, [f"{dead}: no sign of life for 15 minutes"])


def test_a_message_that_waits_too_long(world: World) -> None:
    row = post(world)
    world.now += timedelta(minutes=15)
    assert faults(world) == []
    world.now += timedelta(minutes=1)
    assert faults(world) == ["unsent: a message waits for 16 minutes"]
    # Tried in vain and waiting for its next try, it waits all the same.
    later = (world.now + timedelta(minutes=10)).strftime("%Y-%m-%d %H:%M:%S.%f")
    write(world, f"UPDATE delivery SET attempts = 6, not_before = '{later}' WHERE id = {row}")
    assert faults(world) == ["unsent: a message waits for 16 minutes"]
    write(world, f"UPDATE delivery SET state = 'sent' WHERE id = {row}")
    assert faults(world) == []


def test_what_may_not_leave_yet_does_not_wait(world: World) -> None:
    later = (world.now + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    write(world, f"UPDATE delivery SET not_before = '{later}' WHERE id = {post(world)}")
    world.now += timedelta(minutes=30)
    assert faults(world) == []


def test_reminders_wait_only_while_the_window_is_open(world: World) -> None:
    zone = world.service.office.zone
    post(world, DeliveryKind.DIGEST)
    for hour, minute, expected in (
        (7, 29, []),
        (7, 44, []),
        (7, 46, ["unsent: a message waits for 16 minutes"]),
        (12, 0, []),
        (13, 31, []),
        (20, 0, []),
    ):
        world.now = world.now.astimezone(zone).replace(hour=hour, minute=minute)
        assert faults(world) == expected, f"{hour}:{minute}"


def test_an_update_that_nobody_handles(world: World) -> None:
    world.platform.press_start(world.phone("Lan").user)
    world.run(world.receiver.poll(0))
    world.now += timedelta(minutes=16)
    assert faults(world) == ["inbox: an update waits for 16 minutes"]
    assert health.look(world.service, world.now).as_json()["last_update_age_seconds"] == 16 * 60


def test_another_schema_and_a_database_that_does_not_answer(world: World) -> None:
    beat(world)
    write(world, "UPDATE alembic_version SET version_num = '0000'")
    assert [fault.split(",")[0] for fault in faults(world)] == ["schema: revision 0000"]
    write(world, "ALTER TABLE setting RENAME TO gone")
    with monitored(world) as monitor:
        answer = monitor.get("/healthz")
        assert (answer.status_code, answer.json()["faults"]) == (503, ["database: OperationalError"])
        assert monitor.get("/metrics").status_code == 503
    write(world, "ALTER TABLE gone RENAME TO setting")


def test_the_metrics_are_those_that_the_page_describes(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.sends_photo("/done 2b")
    world.now += timedelta(seconds=5)
    with monitored(world) as monitor:
        answer = monitor.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = list(text_string_to_metric_families(answer.text))
    found = {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}
    with world.service.store.look() as session:
        sent = session.connection().execute(text("SELECT count(*) FROM delivery WHERE state = 'sent'")).scalar()
    assert found["nhacviec_deliveries", "sent"] == sent
    assert found["nhacviec_deliveries", "in_doubt"] == 0
    assert found["nhacviec_evidence", "stored"] == 1
    assert found["nhacviec_obligations", "done"] == 1
    assert found["nhacviec_inbox", "new"] == 0
    assert found["nhacviec_beat_age_seconds", "scheduler"] == 5
    assert 5 <= found["nhacviec_last_update_age_seconds",] <= 10
    assert found["nhacviec_healthy",] == 1
    assert found["nhacviec_database_bytes",] > 100_000
    assert "Lan" not in answer.text

    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    described = re.findall(r"^\| `(nhacviec_\w+)(?:\{(\w+(?:, \w+)*)\})?`", page, re.MULTILINE)
    told = {each.name: ", ".join(sorted(each.labels)) for family in families for each in family.samples}
    assert dict(described) == told


def test_the_monitor_hears_of_us_while_all_is_well_and_not_otherwise(
    make_world: MakeWorld, caplog: pytest.LogCaptureFixture
) -> None:
    world = make_world(2020, 1, 2, 7, 0, in_threads=True)
    heard: list[str] = []
    status = [200]

    async def take(request: Request) -> Response:
        heard.append(request.url.path)
        return Response(status_code=status[0])

    def said(words: str) -> bool:
        return words in caplog.text

    async def story(url: str) -> None:
        chosen = world.service.settings.model_copy(update={"ping_url": SecretStr(url)})
        service = type(world.service)(chosen, world.service.store, world.service.office, world.service.clock)
        end = asyncio.Event()
        task = asyncio.create_task(ping.keep(service, end, every_s=0.01))
        await asyncio.to_thread(until, lambda: said("not pinged: scheduler: no sign of life; poll: no sign of life"))
        assert heard == []
        beat(world)
        await asyncio.to_thread(until, lambda: len(heard) > 1)
        status[0] = 404
        await asyncio.to_thread(until, lambda: said("the monitor answered 404"))
        world.now += timedelta(minutes=16)
        caplog.clear()
        await asyncio.to_thread(until, lambda: said("is not pinged"))
        silent = len(heard)
        caplog.clear()
        await asyncio.to_thread(until, lambda: said("is not pinged"))
        assert len(heard) == silent
        end.set()
        await task

    async def unheard(url: str) -> None:
        chosen = world.service.settings.model_copy(update={"ping_url": SecretStr(url)})
        service = type(world.service)(chosen, world.service.store, world.service.office, world.service.clock)
        end = asyncio.Event()
        beat(world)
        task = asyncio.create_task(ping.keep(service, end, every_s=0.01))
        await asyncio.to_thread(until, lambda: said("could not be pinged: ConnectError"))
        end.set()
        await task

    with Server(Starlette(routes=[Route("/a-secret-id", take)])) as server:
        world.run(story(f"{server.url}/a-secret-id"))
    world.run(unheard(f"{server.url}/a-secret-id"))
    assert set(heard) == {"/a-secret-id"}
    assert "a-secret-id" not in caplog.text


def test_whichever_process_lives_answers(make_world: MakeWorld) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    world = make_world(2020, 1, 2, 7, 0, health_listen=address)
    beat(world)

    async def story() -> None:
        ends = asyncio.Event(), asyncio.Event()

        async def answers() -> bool:
            async with httpx.AsyncClient() as client:
                try:
                    return (await client.get(f"http://{address}/healthz")).status_code == 200
                except httpx.ConnectError:
                    return False

        first = asyncio.create_task(health_web.serve(world.service, ends[0], again_s=0.05))
        await _until(answers)
        second = asyncio.create_task(health_web.serve(world.service, ends[1], again_s=0.05))
        for _ in range(5):
            assert await answers()
        ends[0].set()
        await first
        assert not second.done()
        await _until(answers)
        ends[1].set()
        await second
        assert not await answers()

    world.run(story())


async def _until(look: Any) -> None:
    async with asyncio.timeout(10):
        while not await look():
            await asyncio.sleep(0.01)


def test_without_an_address_nothing_is_served(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, health_listen="")
    nothing: Coroutine[Any, Any, None] = health_web.serve(world.service, asyncio.Event())
    world.run(nothing)
    world.run(ping.keep(world.service, asyncio.Event()))
