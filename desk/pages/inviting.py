"""Invites somebody from the screen: the link and its QR code, or the code to type, are shown once and nowhere kept."""

from dataclasses import replace

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from desk import acting, forms, pressing, qr
from desk.desk import Asked, Desk
from desk.page import render
from desk.pages.people import PATH
from desk.requests import posted
from desk.viewer import Viewer
from plan.people import Role
from progress import inviting
from progress.inviting import By, Link, Way
from reports.figures.scope import find_agency
from reports.story.events_in_words import ON_SCREEN
from store import deliveries, invites
from words import mail_addresses
from words.message import Message, say
from words.office import Office

WAY, ADDRESS = "way", "address"


def routes(desk: Desk) -> list[Route]:
    """Where the form goes."""
    return [Route(f"{PATH}/moi", posted(desk, invite), methods=["POST"])]


def way_of(asked: Asked, named: str) -> Way:
    """The way of a name among those that are open, the first where none is named; raises HTTPException(404)."""
    with asked.desk.store.look() as session:
        ways = list(inviting.open_ways(session, asked.desk.ways))
    found = next((way for way in ways if named in ("", way.channel)), None)
    if found is None:
        raise HTTPException(404)
    return found


def invite(asked: Asked) -> Response:
    """Makes the invite, as /moi does; the same form again shows that it was made, and no link.

    By mail it goes to the address that is named, which is asked for again where it is none.
    Raises HTTPException(404) for who may not, and for an agency, a role or a way that there is not.
    """
    role, agency = _role(asked), find_agency(asked.office, forms.word(asked.form, "agency"))
    if not asked.viewer.is_admin or role is None or agency is None:
        raise HTTPException(404)
    way, label = way_of(asked, forms.word(asked.form, WAY)), forms.word(asked.form, "name")[:100]
    written = forms.word(asked.form, ADDRESS) if way.by_letter else ""
    to = mail_addresses.found_in(written) or ""
    if written and not to:
        return _asks_for_address(asked, written)
    made: list[Link] = []

    def do(session: Session, office: Office, by: Viewer) -> list[Message]:
        who, by_whom = (agency, role, label), By(by.person_id, ON_SCREEN)
        link = inviting.new(session, office, way, who, by_whom, asked.now)
        made.append(link)
        if to:
            source = acting.said_here(by, pressing.nonce_of(asked), asked.now).source
            place, posting = inviting.by_letter(office, way.channel, to, (agency, role), link.printed, source)
            deliveries.post(session, place, replace(posting, caused_by=by.person_id), asked.now)
        # What is kept of the press names no code: it is shown once.
        return [say(office.text("desk.invited_before", agency=office.agency_name(agency)))]

    pressing.once(asked, do)
    with asked.anew() as again:
        return render(
            again,
            "invited.html",
            role=again.t(f"role.{role}"),
            agency=again.office.agency_name(agency),
            days=invites.INVITE_DAYS,
            link=made[0] if made else None,
            to=to,
            name=label,
            way=way,
            picture=qr.drawn(made[0].url) if made and made[0].url else None,
            way_back=f"{PATH}#{agency}",
        )


def _asks_for_address(asked: Asked, written: str) -> Response:
    """The same form again, for an address that is one."""
    kept = [(key, forms.word(asked.form, key)) for key in ("agency", "role", "name", WAY)]
    with asked.anew() as again:
        return render(again, "invite_address.html", kept=kept, address=written, path=f"{PATH}/moi", way_back=PATH)


def _role(asked: Asked) -> Role | None:
    wanted = forms.word(asked.form, "role")
    return next((role for role in Role if role == wanted), None)
