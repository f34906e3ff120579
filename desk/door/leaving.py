"""Signing out."""

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from desk import requests
from desk.desk import Asked, Desk
from desk.door import cookies, paths
from store import desk_sessions


def routes(desk: Desk) -> list[BaseRoute]:
    """The address of signing out; it is a form, so that no link of somebody else signs anybody out."""
    return [Route(paths.SIGN_OUT, requests.posted(desk, sign_out, while_locked=True), methods=["POST"])]


def sign_out(asked: Asked) -> Response:
    """Ends the session, and takes its token from the browser."""
    with asked.desk.store.unit() as session:
        row = desk_sessions.get(session, asked.viewer.session)
        if row is not None:
            desk_sessions.end(session, row, "signed out", asked.now, actor=asked.viewer.person_id)
    response = RedirectResponse(paths.SIGN_IN, 303)
    cookies.take_token(asked.desk, response)
    return response
