"""The page to answer on: its table of contents, and how a request comes to what it asks for."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answer import answering, files, page
from answer.guard import Guarded, headers
from answer.place import Place
from words.links import TO_ANSWER, TO_FILE

SAID = headers(page.STYLE_HASH)


def make(place: Place, named: str) -> Starlette:
    """The application of one installation; `named` is the name of PUBLIC_URL, with its port where it has one."""
    return Starlette(
        routes=[
            Route(f"{TO_ANSWER}{{token}}", _reading(place, answering.show), methods=["GET"]),
            Route(f"{TO_ANSWER}{{token}}", answering.taking(place), methods=["POST"]),
            Route(f"{TO_FILE}{{token}}", _reading(place, files.show), methods=["GET"]),
            Route(f"{TO_FILE}{{token}}/tep", _reading(place, files.whole), methods=["GET"]),
        ],
        middleware=[Middleware(Guarded, named=named, secure=place.secure, said=SAID)],
        exception_handlers=_refusals(place),
    )


def _reading(place: Place, show: Callable[[Place, Request], Response]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(show, place, request)

    return endpoint


def _refusals(place: Place) -> Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]]:
    """What is answered to what is not there, too big, too often or not finished, in words."""

    def said(status: int) -> Response:
        with place.store.look() as session:
            office = place.office_of(session)
        key = f"answer_page.refused_{status}"
        words = office.text(key if key in office.text else "answer_page.refused_400", compiler=office.compiler_name)
        response = page.drawn(office, "over.html", status=status, words=words, replies=())
        # An error of ours is answered outside of what adds them.
        response.headers.update(SAID)
        return response

    async def refuse(_request: Request, error: Exception) -> Response:
        return await run_in_threadpool(said, error.status_code if isinstance(error, HTTPException) else 500)

    return {HTTPException: refuse, Exception: refuse}
