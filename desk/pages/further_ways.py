"""A further way for somebody who is linked: a code to be typed, shown once and kept nowhere, or one sent by mail."""

from collections.abc import Sequence

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from desk import acting, forms, pressing, qr
from desk.desk import Asked, Desk
from desk.page import render
from desk.pages.people import PATH, channel_words
from desk.requests import posted
from desk.viewer import Viewer
from progress import inviting
from progress.acts import giving_ways
from progress.acts.do import do
from progress.acts.revoking import roles_of
from progress.acts.rights import GiveWay
from progress.acts.scene import Scene
from progress.inviting import Way
from progress.notifying import Notifier
from store import desk_presses, people, ways
from store.people_tables import Person
from words import mail_addresses
from words.message import Message, say
from words.office import Office

FURTHER = f"{PATH}/kenh"
WHO, PERSON, CHANNEL, ADDRESS = "nguoi", "person", "way", "address"


def routes(desk: Desk) -> list[Route]:
    """Where the forms go."""
    return [Route(FURTHER, posted(desk, give), methods=["POST"])]


def show(asked: Asked) -> Response:
    """Whose way it will be (`nguoi`), and by which it may be; changes nothing.

    Raises HTTPException(404) for who is no admin, and for a person who is not there or has no role.
    """
    return _shown(asked, _person(asked, asked.query.get(WHO, "")))


def give(asked: Asked) -> Response:
    """Makes the code, or sends it to the address, as /kenh P12 does; the same form again shows no code.

    Raises HTTPException(404) for who may not, for a person who is not there, and for a way that there is not.
    """
    with asked.anew() as again:
        person, channel = _person(again, forms.word(again.form, PERSON)), forms.word(again.form, CHANNEL)
        way = next((each for each in _ways(again) if each.channel == channel), None)
        address = mail_addresses.found_in(forms.word(again.form, ADDRESS)) or ""
        if way is None:
            raise HTTPException(404)
        if way.by_letter and not address:
            return _shown(again, person, fault=True)
    made: list[Message] = []

    def act(session: Session, office: Office, by: Viewer) -> Sequence[Message]:
        said = acting.said_here(by, pressing.nonce_of(asked), asked.now)
        scene = Scene(session, office, by.actor, asked.now)
        wanted = GiveWay(said, person.id or 0, way.channel, address if way.by_letter else "")
        no = giving_ways.why_not(scene, wanted)
        outcome = do(scene, wanted)
        notifier = Notifier(session, office, people.get(session, by.person_id), by.here.channel, asked.now)
        for told in outcome.notices:
            notifier.tell_of(told)
        made.extend(outcome.replies)
        # What is kept of the press names no code: it is shown once.
        is_secret = no is None and not way.by_letter
        return [say(office.text("desk_people.way_before"))] if is_secret else outcome.replies

    nonce = pressing.once(asked, act)
    with asked.anew() as again:
        row = desk_presses.get(again.session, nonce)
        kept = desk_presses.replies_of(row) if row is not None and row.person_id == asked.viewer.person_id else ()
        picture = qr.drawn(way.opens) if made and way.opens and not way.by_letter else None
        return _shown(again, person, replies=made or kept, picture=picture)


def _shown(
    asked: Asked,
    person: Person,
    *,
    replies: Sequence[Message] = (),
    picture: object = None,
    fault: bool = False,
) -> Response:
    number = person.id or 0
    resting, every = ways.resting(asked.session), _ways(asked)
    scene = Scene(asked.session, asked.office, asked.viewer.actor, asked.now)
    said = acting.said_here(asked.viewer, "", asked.now)
    no = giving_ways.why_not(scene, GiveWay(said, number, every[0].channel)) if every else None
    return render(
        asked,
        "further_way.html",
        person=person,
        roles=roles_of(asked.office, people.memberships(asked.session, number)),
        channels=[
            channel_words(asked, each, resting) for each in people.addresses_by_person(asked.session).get(number, ())
        ],
        typed=[each for each in every if not each.by_letter],
        by_letter=next((each for each in every if each.by_letter), None),
        none_open=not every,
        refused=say(no) if no is not None else None,
        replies=replies,
        picture=picture,
        fault=fault,
        address=forms.word(asked.form, ADDRESS),
        path=FURTHER,
        way_back=PATH,
    )


def _ways(asked: Asked) -> list[Way]:
    """Those that are open. A code on Telegram is typed too: where no other way's could be made its own cannot be."""
    found = list(inviting.open_ways(asked.session, asked.desk.ways))
    return found if any(each.is_typed for each in found) else []


def _person(asked: Asked, number: str) -> Person:
    wanted = forms.number_or_none(number) if asked.viewer.is_admin else None
    found = people.get(asked.session, wanted) if wanted is not None else None
    if found is None or not people.memberships(asked.session, found.id or 0):
        raise HTTPException(404)
    return found
