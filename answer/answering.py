"""The page of one link: what is owed with its form, what came of the form, and what a link that is over says."""

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from answer import acting, filled, keeping, page, uploads
from answer.filled import Filled
from answer.owed import owed
from answer.place import Place
from answer.uploads import Came
from progress.answering import Opened, Over, opened
from store import room
from store.answer_tables import Evidence
from store.room import Lack
from words.file_names import called
from words.office import Office
from words.render import size

STATUS = {Over.USED: 200, Over.EXPIRED: 410, Over.REPLACED: 410, Over.ENDED: 410}


def show(place: Place, request: Request) -> Response:
    """What a link opens: reading uses nothing up, however often, and leaves no trace."""
    now = place.clock()
    with place.store.look() as session:
        office = place.office_of(session)
        found = opened(session, office, request.path_params["token"], now)
        if found is None:
            _count_guess(place, request)
            raise HTTPException(404)
        office = office.speaking(found.person.language)
        if found.over is not None:
            replies = acting.receipt_of(session, found) if found.over is Over.USED else ()
            words = office.text(f"answer_page.over_{found.over}", compiler=office.compiler_name)
            return page.drawn(office, "over.html", status=STATUS[found.over], words=words, replies=replies)
        return _form(place, request, office, found, Filled(), [])


def taking(place: Place) -> Callable[[Request], Any]:
    """Takes the form of a link. What it brings is read only where the link still opens something."""

    async def take(request: Request) -> Response:
        found = await run_in_threadpool(_opens, place, request)
        if found is None:
            await uploads.pass_over(request)
            return _back(request)
        if not place.limits.begins():
            raise HTTPException(503)
        try:
            came = await uploads.read(request, place.spool)
            try:
                return await run_in_threadpool(_taken, place, request, found, came)
            finally:
                await came.close()
        finally:
            place.limits.ends()

    return take


def _opens(place: Place, request: Request) -> Opened | None:
    """The link, where it opens something; raises HTTPException for what is unknown, too often, or has no room."""
    now = place.clock()
    with place.store.look() as session:
        office = place.office_of(session)
        found = opened(session, office, request.path_params["token"], now)
        if found is None:
            _count_guess(place, request)
            raise HTTPException(404)
        if not place.limits.forms.takes(str(found.link.id), now):
            raise HTTPException(429)
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > uploads.MOST:
            raise HTTPException(413)
        space = room.look(session, office.free_bytes, office.most_bytes)
        # What comes stands on the disk once while it comes, and once in the database.
        needs = 2 * int(length) if length.isdigit() else 0
        if space.lack is Lack.DISK or (space.free is not None and space.free - needs < space.floor):
            raise HTTPException(507)
    return found if found.over is None else None


def _taken(place: Place, request: Request, found: Opened, came: Came) -> Response:
    now = place.clock()
    with place.store.look() as session:
        office = place.office_of(session).speaking(found.person.language)
        form = filled.read(office, owed(office, found, now), came.fields)
        before = [each.id or 0 for each in keeping.before_of(session, found, form.kept)]
        no_room = bool(came.files) and room.look(session, office.free_bytes, office.most_bytes).lack is not None
    # Words are taken where there is no room for files; they come back with the form, and may be sent without.
    fitting = [] if no_room else came.files[: max(0, uploads.MOST_FILES - len(before))]
    over = () if no_room else came.files[len(fitting) :]
    left_out = (*(each.filename or "" for each in over), *came.too_many)
    new = keeping.keep(place, found, acting.said_by(found, now), fitting, now)
    mistakes = [*form.mistakes]
    if no_room:
        mistakes.append(office.text("answer_page.no_room", names=[each.filename or "" for each in came.files]))
    if came.too_big:
        mistakes.append(office.text("answer_page.too_big", names=came.too_big, most=uploads.MOST_FILE // uploads.MB))
    if left_out:
        mistakes.append(office.text("answer_page.too_many", names=left_out, most=uploads.MOST_FILES))
    whole = Filled(form.answer, form.percent, form.note, form.number, (*before, *new), tuple(mistakes))
    if mistakes:
        return _again(place, request, found, whole, [])
    done = acting.carry_out(place, found, whole, now)
    return _back(request) if done.recorded or done.late else _again(place, request, found, whole, list(done.replies))


def _back(request: Request) -> Response:
    """To the link's own page, which says what came of it: loaded again it does nothing."""
    return RedirectResponse(request.url.path, 303)


def _again(place: Place, request: Request, found: Opened, form: Filled, replies: list[Any]) -> Response:
    """The form as it was filled in, with the files that it brought."""
    with place.store.look() as session:
        office = place.office_of(session).speaking(found.person.language)
        kept = keeping.before_of(session, found, form.kept)
        return _form(place, request, office, found, form, kept, replies)


def _form(
    place: Place,
    request: Request,
    office: Office,
    found: Opened,
    form: Filled,
    kept: list[Evidence],
    replies: list[Any] | None = None,
) -> Response:
    address = office.public_url + request.url.path
    return page.drawn(
        office,
        "answer.html",
        status=422 if form.mistakes or replies else 200,
        owed=owed(office, found, place.clock()),
        form=form,
        replies=replies or [],
        kept=[(each.id, called(office, each.name, each.kind), size(each.size or 0)) for each in kept],
        address=address,
        most_files=uploads.MOST_FILES,
        most_file=uploads.MOST_FILE // uploads.MB,
        most_note=filled.MOST_NOTE,
    )


def _count_guess(place: Place, request: Request) -> None:
    """Raises HTTPException(429) where one address asks for much that nobody was given."""
    host = request.client.host if request.client is not None else ""
    if not place.limits.guesses.takes(host, place.clock()):
        raise HTTPException(429)
