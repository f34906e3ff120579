"""The example people of the sandbox, linked before it opens: one officer per agency, a head, an admin, a stranger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.wiring import Service
from plan.people import Role
from sandbox.telegram_api.platform import Platform
from store import audit, group_chats, people, settings

GROUP = -4000
FIRST_USER = 5001
ADMIN_USER, HEAD_USER, STRANGER_USER = 5900, 5901, 5902
NOTICE = "Người mẫu của bản thử, không phải người thật."


@dataclass(frozen=True)
class Settler:
    """An example person; `agency` None is somebody not linked."""

    user: int
    name: str
    agency: str | None
    role: Role


def settlers(service: Service) -> tuple[Settler, ...]:
    """Who lives in the sandbox: everybody who owes work has one officer."""
    office = service.office
    officers = [
        Settler(FIRST_USER + place, f"Cán bộ mẫu {office.agency_short(agency)}", agency, Role.OFFICER)
        for place, agency in enumerate(office.owing())
    ]
    compiler = office.compiler
    return (
        Settler(ADMIN_USER, "Quản trị mẫu", compiler, Role.ADMIN),
        *officers,
        Settler(HEAD_USER, f"Thủ trưởng mẫu {office.agency_short('taichinh')}", "taichinh", Role.HEAD),
        Settler(STRANGER_USER, "Người lạ mẫu", None, Role.OFFICER),
    )


def settle(service: Service, platform: Platform, found: Iterable[Settler], now: datetime) -> None:
    """Links the example people and binds a group, once: a sandbox that was used before is left as it is."""
    with service.store.look() as session:
        if settings.get(session, settings.SANDBOX) == settings.SANDBOX_SETTLED:
            return
    everybody = list(found)
    for each in everybody:
        platform.add_person(each.user, each.name)
        if each.agency is not None:
            platform.press_start(each.user)
    linked = [each for each in everybody if each.agency is not None]
    platform.add_group(GROUP, "CCHC – nhóm mẫu", [each.user for each in linked])
    platform.add_bot_to_group(GROUP, ADMIN_USER)
    _forget_updates(platform)
    with service.store.unit() as session:
        for each in linked:
            person = people.link(session, "telegram", str(each.user), str(each.user), each.name, NOTICE, now)
            assert person.id is not None
            assert each.agency is not None
            people.join(session, person.id, each.agency, each.role, now)
            if each.role is Role.ADMIN:
                group_chats.bind(session, "telegram", str(GROUP), "CCHC – nhóm mẫu", person.id, now)
        settings.put(session, settings.SANDBOX, settings.SANDBOX_SETTLED)
        settings.put(session, settings.PEOPLE_TOLD, str(audit.head(session)[0]))


def _forget_updates(platform: Platform) -> None:
    """The people are linked already: their Start needs no answer."""
    pending = platform.pending_updates()
    if pending:
        platform.take_updates(platform.open_poll(), int(pending[-1]["update_id"]) + 1, 1, None)
