"""How a request comes to its office: by the name that it asks for, or by the path, and to nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lanes import work_of
from app.rooms import ClosedError, Door, House
from app.rooted import Rooted
from words.catalogue import Catalogue

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send


class Doors:
    """One door of all offices; `own` answers what is no office's."""

    def __init__(self, house: House, door: Door, own: ASGIApp, text: Catalogue) -> None:
        self.house, self.door, self.own, self.text = house, door, own, text

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        found = self.house.find(self.door, host, scope["path"])
        if found is None:
            await self.own(scope, receive, send)
            return
        name, root = found
        if root and scope["path"] == root:
            await _to(f"{root}/")(scope, receive, send)
            return
        try:
            async with self.house.entered(name) as room:
                app = room.doors[self.door]
                with work_of(name):
                    await (Rooted(app, root) if root else app)(scope, receive, send)
        except ClosedError as error:
            await closed(self.door, self.text, error)(scope, receive, send)


def closed(door: Door, text: Catalogue, error: ClosedError) -> Response:
    """What is said where an office does not answer: never why its settings or its database are in trouble."""
    return refused(door, 503, text(f"board.closed_{error.why}"), text)


def refused(door: Door, status: int, words: str, text: Catalogue) -> Response:
    """A page that is no office's, in the looks of its door."""
    from answer import page as answers
    from answer.site import SAID
    from desk import page
    from desk.headers import HEADERS

    if door is Door.SCREEN:
        found: Response = page.spoken_by(text, "closed.html", status=status, words=words)
        found.headers.update(HEADERS)
    else:
        found = answers.spoken_by(text, "over.html", status=status, words=words, replies=())
        found.headers.update(SAID)
    return found


def outside(text: Catalogue) -> ASGIApp:
    """What answers at the public door what is no office's: there is nothing."""

    async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
        await refused(Door.PUBLIC, 404, text("answer_page.refused_404"), text)(scope, receive, send)

    return nothing


def _to(path: str) -> Response:
    from starlette.responses import RedirectResponse

    return RedirectResponse(path, 308)
