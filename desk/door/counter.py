"""The door's own pages, for who is not signed in: their forms are bound to the device, which gets a token first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import forms, page
from desk.desk import Desk
from desk.door import cookies, paths
from store import rates
from store.rates import Limit

# Of all attempts from one address; each costs a tenth of a second.
ATTEMPTS = Limit(3.0, 40)

Take = Callable[[Desk, Request, FormData, datetime], Response]


def show(desk: Desk, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page of the door; a device that is new gets its token with it."""
    device = cookies.device(desk, request) or cookies.new_device()
    with desk.store.look() as session:
        office = desk.office_of(session)
    values.setdefault("words", "")
    values.setdefault("wanted", forms.own_path(request.query_params.get(paths.NEXT, "")))
    response = page.drawn(office, template, status=status, csrf=forms.csrf_of(device), **values)
    if device != cookies.device(desk, request):
        cookies.put_device(desk, response, device)
    return response


def posted(desk: Desk, take: Take) -> Callable[[Request], Any]:
    """Takes a form of who is not signed in: it is bound to the device."""

    def bound(desk: Desk, request: Request, form: FormData, now: datetime) -> Response:
        forms.check(form, cookies.device(desk, request))
        return take(desk, request, form, now)

    return unchecked(desk, bound)


def unchecked(desk: Desk, take: Take) -> Callable[[Request], Any]:
    """Takes a form that `take` itself finds to be one of ours; an address may ask only so often."""

    def counted(request: Request, form: FormData) -> Response:
        now = desk.clock()
        with desk.store.unit() as session:
            if not rates.allow(session, f"desk:{cookies.address(desk, request)}", ATTEMPTS, now):
                raise HTTPException(429)
        return take(desk, request, form, now)

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(counted, request, await forms.read(request))

    return endpoint


def enter(desk: Desk, token: str, wanted: str) -> Response:
    """Leads on with a session's token."""
    response = RedirectResponse(wanted, 303)
    cookies.put_token(desk, response, token)
    return response


def office_words(desk: Desk, key: str, **values: Any) -> str:
    """A sentence for somebody whose language is not known yet."""
    with desk.store.look() as session:
        return desk.office_of(session).text(key, **values)


def local_day_began(desk: Desk, session: Session, now: datetime) -> datetime:
    """When the office's day of an instant began (UTC)."""
    return desk.office_of(session).day_of(now)[0]
