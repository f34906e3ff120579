"""`invite`: a one-time link for an agency, while the service runs."""

import asyncio
from typing import Annotated

import typer

from app import settings as app_settings
from app import wiring
from bot.start import find_agency, link_of
from channels.telegram import Telegram
from cli.output import console
from plan.errors import NhacViecError
from plan.people import Role
from store import obligations, people, settings


def invite(
    agency: Annotated[str, typer.Argument(help="The agency's id or name, for example sondung.")],
    role: Annotated[Role, typer.Option(help="officer, head or admin.")] = Role.OFFICER,
) -> None:
    """Prints a one-time invite link for an agency."""
    chosen = app_settings.read()
    service = wiring.open_service(chosen)
    agency_id = find_agency(service.office, agency)
    if agency_id is None:
        known = ", ".join(each.id for plan in service.office.plans.values() for each in plan.agencies)
        raise NhacViecError(f"no agency is called '{agency}'; write one of: {known}")
    with service.store.unit() as session:
        for plan in service.office.plans.values():
            obligations.keep_agencies(session, plan)
        name = settings.get(session, settings.BOT_NAME)
    name = name or asyncio.run(_ask_name(wiring.telegram_of(chosen)))
    with service.store.unit() as session:
        code = people.invite(session, agency_id, role, None, service.clock())
    console().print(
        f"{service.office.text(f'role.{role}')}, {service.office.agency_name(agency_id)}, "
        f"{people.INVITE_DAYS} ngày, dùng một lần:",
        markup=False,
        highlight=False,
    )
    # On a line of its own, never folded: it is copied.
    print(link_of(name, code))  # noqa: T201 -- rich would fold it


async def _ask_name(channel: Telegram) -> str:
    name = await channel.open()
    await channel.close()
    return name
