"""The door from the phones' page to the office's screen: it opens signed in as the example admin, or as the Chairman.

It exists in the sandbox alone: a real service has no address that signs anybody in like this.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app import desk_web
from app.wiring import Service
from desk.door import cookies
from sandbox.example_people import ADMIN_USER, LEADER_USER
from sandbox.page.guard import guarded
from sandbox.sentences import say
from store import desk_sessions, people
from store.desk_sessions import Computer
from store.desk_tables import Stage

PATH = "/sandbox/desk"


def routes(service: Service, port: int) -> list[Route]:
    """The door's address; the screen listens on this machine's `port`."""
    desk = desk_web.desk_of(service)

    async def enter(request: Request) -> Response:
        user = LEADER_USER if request.query_params.get("as") == "leader" else ADMIN_USER
        token = await run_in_threadpool(_sign_in, service, user)
        response = RedirectResponse(f"http://{request.url.hostname}:{port}/", 303)
        # A cookie belongs to a machine's name, whatever the port.
        cookies.put_token(desk, response, token)
        return response

    return [Route(PATH, guarded(enter), methods=["GET"])]


def _sign_in(service: Service, user: int) -> str:
    now = service.clock()
    with service.store.unit() as session:
        found = people.by_user(session, "telegram", str(user))
        if found is None or found[0].id is None:
            raise ValueError(say("noScreen"))
        at = Computer("", "", "")
        return desk_sessions.begin(session, found[0].id, Stage.IN, at, now, second_at=now)
