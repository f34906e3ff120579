"""Many people at once: a list is dropped in, looked at with whom it would invite, and made ready at a press.

Nothing is kept between: the second form bears what was read, and is read again by the same rules.
"""

from functools import partial

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desk import forms, pressing, uploads
from desk.desk import Asked, Desk
from desk.forms import MOST_BYTES
from desk.page import render
from desk.pages.people import PATH
from desk.requests import posted
from desk.viewer import Viewer
from intake.excel import people_list
from intake.excel.people_list import Fault, Invited, PeopleFileError, Why
from reports.figures.scope import find_agency
from reports.story.events_in_words import ON_SCREEN
from store import invites, plan_sync
from words.message import Message, say
from words.office import Office

MANY = f"{PATH}/nhieu"
READY = f"{MANY}/moi"
FILE, LIST = "tep", "list"
# What the second form bears is read as this.
AS_READ = "list.csv"
FAULTS_SHOWN = 100


def routes(desk: Desk) -> list[Route]:
    """Where the two forms go."""
    return [
        Route(MANY, posted(desk, look, read=uploads.whole), methods=["POST"]),
        Route(READY, posted(desk, make, read=uploads.whole), methods=["POST"]),
    ]


def show(asked: Asked) -> Response:
    """The form; raises HTTPException(404) for who is no admin."""
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    return _shown(asked)


def look(asked: Asked) -> Response:
    """Every fault of the list with its row, or whom it would invite; changes nothing."""
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    file = uploads.of(asked.form, FILE)
    with asked.anew() as again:
        if file is None:
            return _shown(again, no_file=True)
        try:
            found = people_list.read(file.name, file.data, partial(find_agency, again.office))
            if len(people_list.written(found).encode()) > MOST_BYTES:
                raise PeopleFileError(file.name, Fault(Why.ROWS))
        except PeopleFileError as error:
            return _shown(again, name=file.name, faults=error.faults)
        return _shown(again, name=file.name, found=found)


def make(asked: Asked) -> Response:
    """Makes an invite ready for everybody who was shown, once; raises HTTPException(404) for a list that was not."""
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    try:
        sent = forms.word(asked.form, LIST).encode()
        found = people_list.read(AS_READ, sent, partial(find_agency, asked.office))
    except PeopleFileError:
        raise HTTPException(404) from None

    def do(session: Session, office: Office, by: Viewer) -> list[Message]:
        for plan in office.plans.values():
            plan_sync.keep_agencies(session, plan)
        made = sum(invites.prepare(session, each.who, asked.now, via=ON_SCREEN, by=by.person_id) for each in found)
        return [say(office.text("desk_people.made", count=made, before=len(found) - made))]

    return RedirectResponse(forms.with_said(PATH, pressing.once(asked, do)), 303)


def _shown(
    asked: Asked,
    *,
    name: str = "",
    faults: tuple[Fault, ...] = (),
    found: list[Invited] | None = None,
    no_file: bool = False,
) -> Response:
    people = found or []
    before = {each.who for each in people if invites.of_label(asked.session, *each.who) is not None}
    return render(
        asked,
        "people_list.html",
        no_file=no_file,
        name=name,
        faults=faults[:FAULTS_SHOWN],
        more_faults=max(0, len(faults) - FAULTS_SHOWN),
        most_mb=people_list.MOST_BYTES // 1_000_000,
        most_rows=people_list.MOST_ROWS,
        people=[
            (each, asked.office.agency_name(each.agency_id), asked.t(f"role.{each.role}"), each.who in before)
            for each in people
        ],
        new=len(people) - len(before),
        listed=people_list.written(people),
        many=MANY,
        ready=READY,
        way_back=PATH,
    )
