"""The pages that invite everybody on the list, as .docx: whom they would give a new link is shown before the press.

Links are in the file alone. It is made after the new codes are kept, since the chat does not wait for a document: where
it does not arrive, it is printed again.
"""

from collections.abc import Sequence

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desk import forms, pressing, uploads
from desk.desk import Asked, Desk
from desk.page import render
from desk.pages.inviting import WAY, way_of
from desk.pages.people import PATH
from desk.pages.report_downloads import KINDS, one_at_a_time
from desk.requests import posted
from desk.viewer import Viewer
from progress import inviting
from progress.inviting import By, Link
from reports.attachments.report_files import File
from reports.story.events_in_words import ON_SCREEN
from store import invites
from words.message import Message, say
from words.office import Office

PRINT = f"{PATH}/trang-in"
AGENCY, CHANNEL, ROW = "don-vi", "kenh", "row"
NAME = "trang-moi.docx"
# Where more wait, the page begins with the first agency: a form has no room for all.
MOST = 2000


def routes(desk: Desk) -> list[Route]:
    """Where the form goes: a line for each person, more than a plain form may have."""
    return [Route(PRINT, posted(desk, make, read=uploads.whole), methods=["POST"])]


def show(asked: Asked) -> Response:
    """Whom the pages would invite, of the agency `don-vi` or of all, by the way `kenh`; changes nothing.

    Raises HTTPException(404) for who is no admin, and for a way that there is not.
    """
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    office, everybody = asked.office, inviting.wanted(asked.session)
    agencies = office.in_order(everybody)
    agency = asked.query.get(AGENCY, agencies[0] if sum(map(len, everybody.values())) > MOST else "")
    ways = list(inviting.open_ways(asked.session, asked.desk.ways))
    return render(
        asked,
        "printed_invites.html",
        groups=[
            (office.agency_name(each), [(row, row.expires_at <= asked.now) for row in everybody[each]])
            for each in agencies
            if agency in ("", each)
        ],
        agencies=[(each, office.agency_name(each)) for each in agencies],
        agency=agency,
        ways=ways,
        way=way_of(asked, asked.query.get(CHANNEL, "")) if ways else None,
        days=invites.INVITE_DAYS,
        print=PRINT,
        way_back=PATH,
    )


def make(asked: Asked) -> Response:
    """The file, with a new link for everybody who was ticked and still waits; the same form again gives none.

    Raises HTTPException 404 for who may not, and 429 where too many documents are being made.
    """
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    way, ticked = way_of(asked, forms.word(asked.form, WAY)), {str(each) for each in asked.form.getlist(ROW)}
    made: dict[str, Sequence[Link]] = {}

    def do(session: Session, office: Office, by: Viewer) -> list[Message]:
        waiting = inviting.wanted(session)
        rows = {agency: [row for row in found if str(row.id) in ticked] for agency, found in waiting.items()}
        made.update(inviting.renewed(session, office, way, rows, By(by.person_id, ON_SCREEN), asked.now))
        return [say(office.text("desk_people.printed", count=sum(map(len, made.values())), days=invites.INVITE_DAYS))]

    with one_at_a_time():
        nonce = pressing.once(asked, do)
        if not made:
            return RedirectResponse(forms.with_said(PRINT, nonce), 303)
        # Loaded where used: python-docx and lxml are 10 MB.
        from reports.word import invite_pages

        data = invite_pages.made(asked.office, made, way)
    headers = {"Content-Disposition": f'attachment; filename="{NAME}"'}
    return Response(data, media_type=KINDS[File.DOCX], headers=headers)
