"""How a request comes to its page or its act: who asks, whether they may, and what is answered otherwise."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session
from starlette.background import BackgroundTasks
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import access, acting, forms, uploads
from desk import page as pages
from desk.acts import ACTS, WITH_FILES
from desk.desk import Asked, Desk, Entry
from desk.door import cookies, guard, unlocking
from desk.door.paths import sign_in_from
from desk.headers import HEADERS
from words.message import Message, say

# The field of a form's file.
FILE = "file"
Endpoint = Callable[[Request], Any]


def page(desk: Desk, entry: Entry, *, by_itself: bool = False) -> Endpoint:
    """Shows a page to who may see it; others are led to the door, or find nothing there (404).

    What a page asks for `by_itself` is nobody's activity: the lock does not wait for it.
    """

    def endpoint(request: Request) -> Response:
        now = desk.clock()
        with desk.store.look() as session:
            found = asked(desk, session, request, now)
            if isinstance(found, Response):
                return found
            if not access.may_see(found.viewer, entry.page):
                raise HTTPException(404)
            response = entry.show(found)
            if not by_itself:
                response.background = _after(found, entry)
        return response

    return endpoint


def act(desk: Desk) -> Endpoint:
    """Does the act that a form stands for, and leads back to the page, which shows what came of it."""
    return posted(desk, _act, read=uploads.whole)


def posted(
    desk: Desk,
    do: Callable[[Asked], Response],
    *,
    while_locked: bool = False,
    read: Callable[[Request], Awaitable[FormData]] = forms.read,
) -> Endpoint:
    """Takes a form of somebody who is signed in, a locked page's too where that is said; its token is checked.

    One with files (`uploads.whole`) is read only where somebody is signed in.
    """

    def take(request: Request, form: FormData) -> Response:
        now = desk.clock()
        with desk.store.look() as session:
            found = asked(desk, session, request, now, form, while_locked=while_locked)
            if isinstance(found, Response):
                return found
        forms.check(form, cookies.token(desk, request))
        response = do(found)
        guard.note(desk, found.viewer.session, now)
        return response

    async def endpoint(request: Request) -> Response:
        if read is not forms.read and not await run_in_threadpool(_is_known, desk, request):
            return RedirectResponse(sign_in_from(request), 303)
        form = await read(request)
        try:
            return await run_in_threadpool(take, request, form)
        finally:
            await form.close()

    return endpoint


def _is_known(desk: Desk, request: Request) -> bool:
    with desk.store.look() as session:
        return guard.session_of(desk, session, request) is not None


def asked(
    desk: Desk,
    session: Session,
    request: Request,
    now: datetime,
    form: FormData | None = None,
    *,
    while_locked: bool = False,
) -> Asked | Response:
    """The request with who makes it; otherwise where they are led: to the door, or to the lock with what they sent."""
    row = guard.session_of(desk, session, request)
    who = guard.viewer(desk, session, row, now) if row is not None else None
    if row is None or who is None:
        return RedirectResponse(sign_in_from(request), 303)
    office = desk.office_of(session).speaking(who.language)
    csrf = forms.csrf_of(cookies.token(desk, request))
    found = Asked(desk, request, session, office, who, now, csrf, row.seen_at, form or FormData())
    stale = guard.is_stale(desk, session, row, now)
    if not while_locked and (stale or guard.is_locked(desk, row, who, now)):
        return unlocking.show(found, stale=stale)
    return found


def _act(asked: Asked) -> Response:
    name = asked.request.path_params["act"]
    nonce, note = forms.word(asked.form, forms.NONCE), forms.word(asked.form, "note")
    if name not in ACTS or not forms.is_nonce(nonce):
        raise HTTPException(404)
    made = ACTS[name](acting.said_here(asked.viewer, nonce, asked.now, note), asked.form)
    files = uploads.all_of(asked.form, FILE)
    # What came from a page that was locked is a name and no file: to be chosen again before anything is recorded.
    lost = [each for each in asked.form.getlist(FILE) if isinstance(each, str) and each]
    if files and name not in WITH_FILES:
        raise HTTPException(400)
    if lost:
        return _ask_more(asked, name, (say(asked.t("desk.file_lost", names=lost)),), lost, words_too=False)
    done = acting.carry_out(asked.desk, asked.viewer, made, nonce, asked.now, files)
    if done.missing:
        return _ask_more(asked, name, done.replies, [each.name for each in files])
    return RedirectResponse(forms.with_said(forms.own_path(forms.word(asked.form, forms.BACK)), nonce), 303)


def _ask_more(
    asked: Asked, act: str, replies: Sequence[Message], files: Sequence[str], *, words_too: bool = True
) -> Response:
    """The form again, for the words that it lacks, and for the files that cannot wait here."""
    sent = [(key, value) for key, value in asked.form.multi_items() if isinstance(value, str)]
    with asked.anew() as again:
        return pages.render(
            again,
            "more.html",
            act=act,
            kept=[(key, value) for key, value in sent if key not in ("note", FILE)],
            note=forms.word(asked.form, "note"),
            replies=replies,
            way_back=forms.own_path(forms.word(asked.form, forms.BACK)),
            files=files,
            words_too=words_too,
        )


def refusals(desk: Desk) -> Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]]:
    """What is answered to what is not there, not allowed or no form, in words."""

    def say(status: int) -> Response:
        with desk.store.look() as session:
            office = desk.office_of(session)
        key = f"desk.refused_{status}" if f"desk.refused_{status}" in office.text else "desk.refused_400"
        response = pages.drawn(office, "refused.html", status=status, words=office.text(key))
        # An error of ours is answered outside of what adds them.
        response.headers.update(HEADERS)
        return response

    async def refuse(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return await run_in_threadpool(say, status)

    return {HTTPException: refuse, Exception: refuse}


def _after(found: Asked, entry: Entry) -> BackgroundTasks:
    """What is noted once the page has left: that somebody was there, and in the audit who saw data of persons."""
    tasks = BackgroundTasks()
    if (found.now - found.seen_at).total_seconds() >= guard.NOTED_EVERY_S:
        tasks.add_task(guard.note, found.desk, found.viewer.session, found.now)
    if entry.personal:
        tasks.add_task(guard.note_seen, found.desk, found.viewer.person_id, entry.path, found.now)
    return tasks
