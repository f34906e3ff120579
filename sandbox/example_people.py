"""The example people of the sandbox, linked before it opens: an officer per agency, a head, an admin, the Chairman."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.wiring import Service
from plan.people import Role
from sandbox.sentences import say
from sandbox.telegram_api.platform import Platform
from store import audit, group_chats, people, settings

GROUP = -4000
FIRST_USER = 5001
ADMIN_USER, HEAD_USER, STRANGER_USER, LEADER_USER, MAIL_USER = 5900, 5901, 5902, 5903, 5950
MAIL_AGENCY, MAIL_ADDRESS = "sondung", "canbo@sondung.example.vn"


@dataclass(frozen=True)
class Settler:
    """An example person; `agency` None is somebody not linked, `address` that of who is on mail alone."""

    user: int
    name: str
    agency: str | None
    role: Role
    address: str = ""


def settlers(service: Service) -> tuple[Settler, ...]:
    """Who lives in the sandbox: everybody who owes work has one officer, and where there is mail one has a second."""
    office = service.office
    officers = [
        Settler(FIRST_USER + place, say("officer", agency=office.agency_short(agency)), agency, Role.OFFICER)
        for place, agency in enumerate(office.owing())
    ]
    compiler = office.compiler
    return (
        Settler(LEADER_USER, say("leader"), compiler, Role.LEADER),
        Settler(ADMIN_USER, say("admin"), compiler, Role.ADMIN),
        *officers,
        Settler(HEAD_USER, say("head", agency=office.agency_short("taichinh")), "taichinh", Role.HEAD),
        Settler(STRANGER_USER, say("stranger"), None, Role.OFFICER),
        *_on_mail(service),
    )


def _on_mail(service: Service) -> Iterable[Settler]:
    office = service.office
    if office.letters_on and MAIL_AGENCY in office.owing():
        name = say("mailOfficer", agency=office.agency_short(MAIL_AGENCY))
        yield Settler(MAIL_USER, name, MAIL_AGENCY, Role.OFFICER, MAIL_ADDRESS)


def officer_of(people: Iterable[Settler], agency: str) -> Settler | None:
    """The officer of an agency; None where it owes nothing."""
    return next((each for each in people if each.agency == agency and each.role is Role.OFFICER), None)


def settle(service: Service, platform: Platform, found: Iterable[Settler], now: datetime) -> None:
    """Links the example people and binds a group, once: a sandbox that was used before is left as it is."""
    with service.store.look() as session:
        if settings.get(session, settings.SANDBOX) == settings.SANDBOX_SETTLED:
            return
    everybody = list(found)
    for each in everybody:
        if each.address:
            continue
        platform.add_person(each.user, each.name)
        if each.agency is not None:
            platform.press_start(each.user)
    linked = [each for each in everybody if each.agency is not None]
    platform.add_group(GROUP, say("groupName"), [each.user for each in linked if not each.address])
    platform.add_bot_to_group(GROUP, ADMIN_USER)
    _forget_updates(platform)
    with service.store.unit() as session:
        for each in linked:
            channel, place = ("mail", each.address) if each.address else ("telegram", str(each.user))
            person = people.link(session, channel, place, place, each.name, say("notice"), now)
            assert person.id is not None
            assert each.agency is not None
            people.join(session, person.id, each.agency, each.role, now)
            if each.role is Role.ADMIN:
                group_chats.bind(session, "telegram", str(GROUP), say("groupName"), person.id, now)
        settings.put(session, settings.SANDBOX, settings.SANDBOX_SETTLED)
        settings.put(session, settings.PEOPLE_TOLD, str(audit.head(session)[0]))


def _forget_updates(platform: Platform) -> None:
    """The people are linked already: their Start needs no answer."""
    pending = platform.pending_updates()
    if pending:
        platform.take_updates(platform.open_poll(), int(pending[-1]["update_id"]) + 1, 1, None)
