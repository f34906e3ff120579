"""The example people of the sandbox, linked before it opens: an officer per agency, a head, an admin, the Chairman."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.wiring import Service
from plan.people import Role
from sandbox.sentences import say
from sandbox.telegram_api.platform import Platform
from sandbox.zalo_api.platform import Platform as ZaloPlatform
from store import audit, group_chats, people, settings, ways
from store.people_tables import Address

TELEGRAM, ZALO, MAIL = "telegram", "zalo", "mail"
GROUP = -4000
FIRST_USER = 5001
ADMIN_USER, HEAD_USER, STRANGER_USER, LEADER_USER, MAIL_USER = 5900, 5901, 5902, 5903, 5950
MAIL_AGENCY, MAIL_ADDRESS = "sondung", "canbo@sondung.example.vn"
# Half of the communes, and one whose officer has both.
ON_ZALO, ON_BOTH = frozenset({"sonlong", "sonmua", "sonbua", "sonlap"}), frozenset({"sontan"})
SECOND, ZALO_STRANGER = 1000, 5904


@dataclass(frozen=True)
class Settler:
    """An example person with one phone; `agency` None is somebody not linked, `address` that of a mailbox.

    `second_of` is the number of who has this phone as their second, 0 for nobody: the pages know a phone by `user`.
    """

    user: int
    name: str
    agency: str | None
    role: Role
    address: str = ""
    channel: str = TELEGRAM
    second_of: int = 0


def settlers(service: Service) -> tuple[Settler, ...]:
    """Who lives in the sandbox: everybody who owes work has one officer, half of the communes' on Zalo where it is on,
    and where there is mail one has a second.
    """
    office = service.office
    officers = [each for place, agency in enumerate(office.owing()) for each in _officer(service, place, agency)]
    compiler = office.compiler
    return (
        Settler(LEADER_USER, say("leader"), compiler, Role.LEADER),
        Settler(ADMIN_USER, say("admin"), compiler, Role.ADMIN),
        *officers,
        Settler(HEAD_USER, say("head", agency=office.agency_short("taichinh")), "taichinh", Role.HEAD),
        Settler(STRANGER_USER, say("stranger"), None, Role.OFFICER),
        *_stranger_on_zalo(service),
        *_on_mail(service),
    )


def _has_zalo(service: Service) -> bool:
    return ZALO in service.office.channels


def _officer(service: Service, place: int, agency: str) -> Iterable[Settler]:
    """The phones of an agency's officer."""
    user, name = FIRST_USER + place, say("officer", agency=service.office.agency_short(agency))
    is_on_zalo = _has_zalo(service) and agency in ON_ZALO | ON_BOTH
    yield Settler(user, name, agency, Role.OFFICER, channel=ZALO if is_on_zalo else TELEGRAM)
    if is_on_zalo and agency in ON_BOTH:
        yield Settler(user + SECOND, name, agency, Role.OFFICER, second_of=user)


def _stranger_on_zalo(service: Service) -> Iterable[Settler]:
    if _has_zalo(service):
        yield Settler(ZALO_STRANGER, say("zaloStranger"), None, Role.OFFICER, channel=ZALO)


def _on_mail(service: Service) -> Iterable[Settler]:
    office = service.office
    if office.letters_on and MAIL_AGENCY in office.owing():
        name = say("mailOfficer", agency=office.agency_short(MAIL_AGENCY))
        yield Settler(MAIL_USER, name, MAIL_AGENCY, Role.OFFICER, MAIL_ADDRESS, MAIL)


def officer_of(people: Iterable[Settler], agency: str, channel: str) -> Settler | None:
    """The officer of an agency with a phone on a channel; None where it owes nothing, or has none there."""
    found = (each for each in people if each.agency == agency and each.role is Role.OFFICER)
    return next((each for each in found if each.channel == channel), None)


def settle(
    service: Service, platform: Platform, found: Iterable[Settler], now: datetime, zalo: ZaloPlatform | None = None
) -> None:
    """Links the example people and binds a group, once: a sandbox that was used before is left as it is."""
    with service.store.look() as session:
        if settings.get(session, settings.SANDBOX) == settings.SANDBOX_SETTLED:
            return
    everybody = list(found)
    linked = [each for each in everybody if each.agency is not None]
    on_telegram = [each for each in everybody if each.channel == TELEGRAM]
    for each in on_telegram:
        platform.add_person(each.user, each.name)
        if each.agency is not None:
            platform.press_start(each.user)
    platform.add_group(GROUP, say("groupName"), [each.user for each in linked if each.channel == TELEGRAM])
    platform.add_bot_to_group(GROUP, ADMIN_USER)
    _forget_updates(platform)
    with service.store.unit() as session:
        known: dict[int, int] = {}
        for each in linked:
            known[each.user] = _link(session, each, _place_of(each, zalo), known, now)
        settings.put(session, settings.SANDBOX, settings.SANDBOX_SETTLED)
        settings.put(session, settings.PEOPLE_TOLD, str(audit.head(session)[0]))


def _place_of(settler: Settler, zalo: ZaloPlatform | None) -> str:
    """The account of somebody on their channel, who has written to the bot before."""
    if settler.channel != ZALO or zalo is None:
        return settler.address or str(settler.user)
    account = zalo.person(settler.name)
    zalo.opens(account)
    return account.id


def _link(session: Session, settler: Settler, place: str, known: Mapping[int, int], now: datetime) -> int:
    """Links one phone; gives the number of its person, whom `known` holds by their first phone."""
    if settler.second_of:
        person_id = known[settler.second_of]
        address = Address(person_id=person_id, channel=settler.channel, user=place, chat=place, linked_at=now)
        ways.add(session, address, now, via="cli", by=None)
        return person_id
    person = people.link(session, settler.channel, place, place, settler.name, say("notice"), now)
    assert person.id is not None
    assert settler.agency is not None
    people.join(session, person.id, settler.agency, settler.role, now)
    if settler.role is Role.ADMIN:
        group_chats.bind(session, TELEGRAM, str(GROUP), say("groupName"), person.id, now)
    return person.id


def _forget_updates(platform: Platform) -> None:
    """The people are linked already: their Start needs no answer."""
    pending = platform.pending_updates()
    if pending:
        platform.take_updates(platform.open_poll(), int(pending[-1]["update_id"]) + 1, 1, None)
