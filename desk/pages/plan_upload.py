"""A document is dropped in: by the gate and the process that the chat's documents go through, kept or refused.

Whoever may not is answered before anything of the file is looked at; nothing is written before it was read.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.decide import plan_import_words
from desk import forms, pressing, requests, uploads
from desk.desk import Asked, Desk
from desk.door import cookies, guard
from desk.pages.plans import CHANGES, PATH, UPLOAD
from desk.uploads import Upload
from desk.viewer import Viewer
from intake.draft import Draft
from intake.errors import RefusedError
from progress import revising_words, taking_in
from progress.importing import Work
from progress.taking_in import Came, Known, SheetBack
from reports.story.events_in_words import ON_SCREEN
from store import desk_presses, plan_drafts, plan_imports
from words.message import Message, say
from words.office import Office

FIELD = "tep"
# A document takes seconds and half a gigabyte: whoever sends one meanwhile is told to send it again.
PATIENCE_S = 5
_one_at_a_time = Lock()


def routes(desk: Desk) -> list[Route]:
    """Where the form goes."""
    return [Route(UPLOAD, _endpoint(desk), methods=["POST"])]


def _endpoint(desk: Desk) -> Callable[[Request], Any]:
    async def take(request: Request) -> Response:
        if await run_in_threadpool(_is_led_away, desk, request):
            await uploads.pass_over(request)
            # The page shows the door, or the lock; the file is chosen anew.
            return RedirectResponse(PATH, 303)
        form, file = await uploads.read(request, FIELD)
        return await run_in_threadpool(_taken, desk, request, form, file)

    return take


def _is_led_away(desk: Desk, request: Request) -> bool:
    """Whether nobody is signed in, the page is locked, or the page is not for this person to write on."""
    with desk.store.look() as session:
        found = requests.asked(desk, session, request, desk.clock())
        return isinstance(found, Response) or not found.viewer.is_admin


def _taken(desk: Desk, request: Request, form: FormData, file: Upload | None) -> Response:
    now = desk.clock()
    forms.check(form, cookies.token(desk, request))
    with desk.store.look() as session:
        found = requests.asked(desk, session, request, now, form)
        if isinstance(found, Response):
            return RedirectResponse(PATH, 303)
        nonce = pressing.nonce_of(found)
        before = desk_presses.get(session, nonce) is not None
        open_ones = [row.name for row in plan_imports.open_ones(session)]
    guard.note(desk, found.viewer.session, now)
    if before:
        return RedirectResponse(forms.with_said(PATH, nonce), 303)
    if file is None or open_ones:
        why = found.t("desk_plan.one_at_a_time", name=open_ones[0]) if open_ones else found.t("desk_plan.no_file")
        pressing.once(found, lambda *_: (say(why),))
        return RedirectResponse(forms.with_said(PATH, nonce), 303)
    read, kept = _read(desk, file.data), _Kept(found, file)
    pressing.once(found, lambda session, office, by: kept.keep(session, office, by, read))
    return RedirectResponse(forms.with_said(kept.path, nonce), 303)


def _read(desk: Desk, data: bytes) -> Draft | RefusedError:
    if not _one_at_a_time.acquire(timeout=PATIENCE_S):
        raise HTTPException(429)
    try:
        return desk.read_document(data)
    except RefusedError as error:
        return error
    finally:
        _one_at_a_time.release()


class _Kept:
    """What came of a file: `path` is the page that shows it."""

    def __init__(self, asked: Asked, file: Upload) -> None:
        self._asked, self._file, self.path = asked, file, PATH

    def keep(self, session: Session, office: Office, by: Viewer, read: Draft | RefusedError) -> list[Message]:
        """Keeps it as the chat does; gives what is said of it."""
        now, file = self._asked.now, self._file
        row = plan_imports.new(session, file.name, now, ON_SCREEN, by.person_id)
        came = taking_in.take(session, self._asked.desk.office_of(session), row, (file.data, read), now)
        if isinstance(came, Work):
            self.path = f"{PATH}/{row.id}"
        elif isinstance(came, SheetBack) and came.found is not None:
            self.path = f"{CHANGES}/{plan_drafts.waiting(session, came.found.plan.id)[-1].id}"
        return [_said(office, file.name, came)]


def _said(office: Office, name: str, came: Came) -> Message:
    text = office.text
    match came:
        case RefusedError(why="secret"):
            return say(text("desk_plan.refused_secret"))
        case RefusedError():
            return plan_import_words.was_refused(office, came)
        case Known():
            return say(text("desk_plan.same", name=name, serves=came.serves))
        case Work():
            return plan_import_words.was_read(office, came)
        case SheetBack():
            if came.found is None:
                return say(text("own_sheet.same", name=name))
            return plan_import_words.sheet_was_read(office, name, came.found, came.basis)
        case _:
            return say(*revising_words.refusal(office, came))
