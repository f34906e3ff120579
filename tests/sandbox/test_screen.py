"""The phones' page has a door to the office's screen; a real service has none like it."""

import httpx
from starlette.applications import Starlette

from app import desk_web
from app.web import ByAddress
from plan.people import Role
from sandbox import screen
from sandbox.example_people import ADMIN_USER, LEADER_USER
from sandbox.world import World
from store import people, sandboxed


def test_the_door_opens_the_screen_as_the_example_admin(world: World) -> None:
    with world.service.store.unit() as session:
        link = ("telegram", str(ADMIN_USER), str(ADMIN_USER))
        person = people.link(session, *link, "Quản trị mẫu", "mẫu", world.now)
        people.join(session, person.id or 0, "noivu", Role.ADMIN, world.now)
    sandboxed.mark(world.service.store)
    page = Starlette(routes=list(screen.routes(world.service, 8090)))
    page.add_middleware(ByAddress)

    async def through_the_door() -> tuple[httpx.Response, httpx.Response, httpx.Response]:
        at = "http://127.0.0.1:8020"
        async with httpx.AsyncClient(transport=httpx.ASGITransport(page), base_url=at) as client:
            foreign = await client.get(screen.PATH, headers={"Host": "evil.example"})
            led = await client.get(screen.PATH)
        transport = httpx.ASGITransport(desk_web.make(world.service))
        async with httpx.AsyncClient(transport=transport, cookies=led.cookies) as client:
            return foreign, led, await client.get(led.headers["location"])

    foreign, led, shown = world.run(through_the_door())
    assert foreign.status_code == 403
    assert (led.status_code, led.headers["location"]) == (303, "http://127.0.0.1:8090/")
    assert "Quản trị mẫu" in shown.text
    world.now = world.now.replace(year=2021)
    # The sandbox's clock is moved by days: nobody is locked out by that.
    _, _, later = world.run(through_the_door())
    assert "Danh sách nhiệm vụ" in later.text


def test_the_door_opens_it_for_the_chairman_who_only_reads(world: World) -> None:
    with world.service.store.unit() as session:
        link = ("telegram", str(LEADER_USER), str(LEADER_USER))
        person = people.link(session, *link, "Chủ tịch mẫu", "mẫu", world.now)
        people.join(session, person.id or 0, "noivu", Role.LEADER, world.now)
    sandboxed.mark(world.service.store)
    page = Starlette(routes=list(screen.routes(world.service, 8090)))
    page.add_middleware(ByAddress)

    async def through_the_door() -> tuple[httpx.Response, httpx.Response]:
        at = "http://127.0.0.1:8020"
        async with httpx.AsyncClient(transport=httpx.ASGITransport(page), base_url=at) as client:
            led = await client.get(screen.PATH, params={"as": "leader"})
            nobody = await client.get(screen.PATH)
        transport = httpx.ASGITransport(desk_web.make(world.service))
        async with httpx.AsyncClient(transport=transport, cookies=led.cookies) as client:
            return nobody, await client.get(led.headers["location"])

    nobody, shown = world.run(through_the_door())
    assert "Chủ tịch mẫu" in shown.text
    # Without the example admin the other door says so.
    assert (nobody.status_code, nobody.json()) == (400, {"error": "Bản thử này không có người mẫu đó."})


def test_the_real_screen_has_no_such_door(world: World) -> None:
    async def knocks() -> httpx.Response:
        transport = httpx.ASGITransport(desk_web.make(world.service))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8090") as client:
            return await client.get(screen.PATH)

    assert world.run(knocks()).status_code == 404
