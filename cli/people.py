"""`invite`, `people import`, `invites`: one-time links for one person or for a list; `people confirm`: a new admin."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from app import settings as app_settings
from app import ways, wiring
from app.wiring import Service
from channels.base import Channel
from cli import output
from intake.excel import people_list
from intake.excel.people_list import Invited
from plan.errors import NhacViecError
from plan.people import Role
from progress import inviting
from progress.inviting import By, Way
from reports.figures.scope import find_agency
from reports.word import invite_pages
from store import addresses, deliveries, nominations, people, plan_sync, settings
from store import invites as store_invites
from store.people_tables import Nomination
from store.postings import Identity, Posting, to_person
from store.types import DeliveryKind
from words.message import say

app = typer.Typer(no_args_is_help=True)
MACHINE = By(None, "cli")


@app.callback()
def group() -> None:
    """Keeps `import` a command of its own."""


def invite(
    agency: Annotated[str, typer.Argument(help="The agency's id or name, for example sondung.")],
    role: Annotated[Role, typer.Option(help="officer, head, admin or leader.")] = Role.OFFICER,
    by: Annotated[
        str, typer.Option("--channel", help="telegram, zalo or mail; default: the first that is set up.")
    ] = "",
) -> None:
    """Prints a one-time invite for an agency: a link, or on Zalo a code that is typed."""
    service = wiring.open_service(app_settings.read())
    agency_id = find_agency(service.office, agency)
    if agency_id is None:
        known = ", ".join(each.id for plan in service.office.plans.values() for each in plan.agencies)
        raise NhacViecError(f"no agency is called '{agency}'; write one of: {known}")
    _keep_agencies(service)
    way = _way(service, by)
    with service.store.unit() as session:
        made = inviting.new(session, service.office, way, (agency_id, role, ""), MACHINE, service.clock())
    output.say(
        f"{service.office.text(f'role.{role}')}, {service.office.agency_name(agency_id)}, "
        f"{store_invites.INVITE_DAYS} ngày, dùng một lần:"
    )
    if way.by_letter:
        output.say(f"người được mời gửi thư đến {way.bot}, ghi tám chữ số:")
    elif way.is_typed:
        output.say(f"người được mời tìm «{way.bot}» trên {way.name} rồi nhắn tám chữ số:")
    # On a line of its own, never folded: it is copied.
    print(made.printed)  # noqa: T201 -- rich would fold it


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help=".xlsx or .csv with the columns agency, name, role.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be made.")] = False,
    with_admins: Annotated[bool, typer.Option("--with-admins", help="Take rows that name admins and leaders.")] = False,
) -> None:
    """Makes an invite ready for everybody on a list; the same list again changes nothing."""
    service = wiring.open_service(app_settings.read())
    wanted = _listed(file, service, with_admins=with_admins)
    now = service.clock()
    if not dry_run:
        _keep_agencies(service)
        with service.store.unit() as session:
            made = [each for each in wanted if store_invites.prepare(session, each.who, now)]
    else:
        with service.store.look() as session:
            made = [each for each in wanted if store_invites.of_label(session, *each.who) is None]
    for each in made:
        output.say(f"row {each.row}: {each.name}, {each.role}, {service.office.agency_name(each.agency_id)}")
    verb = "would be invited" if dry_run else "are invited"
    output.say(f"{len(made)} {verb}, {len(wanted) - len(made)} were invited before.")
    if made and not dry_run:
        output.say("Print their links: nhacviec invites --out FILE.docx")


def _listed(file: Path, service: Service, *, with_admins: bool) -> list[Invited]:
    """The people of a file; raises NhacViecError for one that cannot be read."""
    try:
        # No more of it than says that it is too large.
        with file.open("rb") as opened:
            data = opened.read(people_list.MOST_BYTES + 1)
    except OSError as error:
        raise NhacViecError(f"{file} cannot be read: {error.strerror}") from error
    return people_list.read(file.name, data, partial(find_agency, service.office), with_admins=with_admins)


@app.command()
def confirm(
    reference: Annotated[str, typer.Argument(help="Who was invited as an admin, for example P12.")] = "",
) -> None:
    """Confirms a new admin where no other admin can; without a reference it lists who waits."""
    service = wiring.open_existing(app_settings.read())
    with service.store.unit() as session:
        found = nominations.waiting(session, service.clock())
        named = [each for each in found if f"P{each.person_id}" == reference.strip().upper()]
        for each in named or found:
            address = addresses.any_address(session, each.person_id)
            output.say(
                f"P{each.person_id}: {_name(session, each.person_id)}, "
                f"{service.office.agency_name(each.agency_id)}, "
                f"{f'{address.channel} {address.user} {address.handle}'.strip() if address else 'no account'}"
            )
        if reference and not named:
            raise NhacViecError(
                f"nobody called {reference} waits to be an admin: `nhacviec people confirm` lists who does"
            )
        for each in named:
            _confirm(service, session, each)
    if named:
        output.say("confirmed: they are told as soon as the service runs")
    elif not found:
        output.say("nobody waits to be an admin")


def _confirm(service: Service, session: Session, row: Nomination) -> None:
    now, office = service.clock(), service.office
    nominations.decide(session, row, now, granted=True, by=None, via="cli")
    address = addresses.reached_at(session, row.person_id, "")
    if address is not None:
        text = office.text("nominate.you_are", by="", agency=office.agency_name(row.agency_id))
        identity = Identity("appointed", row.id, person_id=row.person_id)
        posting = Posting(DeliveryKind.ANSWER, "a new admin was confirmed on the server", identity, say(text))
        deliveries.post(session, to_person(address), posting, now)


def invites(
    out: Annotated[Path, typer.Option("--out", help="The .docx to write, a page for each agency.")],
    agency: Annotated[str | None, typer.Option("--agency", help="Only this agency's page.")] = None,
    by: Annotated[
        str, typer.Option("--channel", help="telegram, zalo or mail; default: the first that is set up.")
    ] = "",
) -> None:
    """Writes the pages that invite everybody on the list; each gets a new link, and one printed before ends."""
    service = wiring.open_existing(app_settings.read())
    office, now = service.office, service.clock()
    agency_id = find_agency(office, agency) if agency else None
    if agency and agency_id is None:
        raise NhacViecError(f"no agency is called '{agency}'")
    way = _way(service, by)
    with service.store.unit() as session:
        links = inviting.renewed(session, office, way, inviting.wanted(session, agency_id), MACHINE, now)
        if not links:
            raise NhacViecError("nobody on the list waits for a link: `nhacviec people import` makes it")
        try:
            # Inside the transaction: without the page the links printed before stay good.
            out.write_bytes(invite_pages.made(office, links, way))
        except OSError as error:
            raise NhacViecError(f"{out} cannot be written: {error.strerror}") from error
    count = sum(len(each) for each in links.values())
    output.say(f"{out}: {count} links on {len(links)} pages, good for {store_invites.INVITE_DAYS} days.")
    output.say("Links that were printed for the same people before no longer work.")


def _way(service: Service, by: str) -> Way:
    """By which channel people are invited: the one of a name, the first that is set up where none is named."""
    channel = _channel(service, by)
    way = ways.of(service.settings).get(channel.name)
    if way is None:
        raise NhacViecError(
            f"nobody is invited by {channel.name}, which only sends: set IMAP_URL, or name another channel"
        )
    return replace(way, bot=_bot_name(service, channel))


def _channel(service: Service, name: str) -> Channel:
    """The channel of a name, the first that is set up where none is named; raises NhacViecError."""
    if not service.settings.has_bot:
        raise NhacViecError("neither TELEGRAM_BOT_TOKEN nor ZALO_BOT_TOKEN is set; write one into .env")
    found = wiring.channels_of(service)
    if name and name.lower() not in found:
        raise NhacViecError(f"no channel '{name}' is set up here; write one of: {', '.join(found)}")
    return found[name.lower()] if name else next(iter(found.values()))


def _name(session: Session, person_id: int) -> str:
    person = people.get(session, person_id)
    return person.name if person is not None else "?"


def _keep_agencies(service: Service) -> None:
    with service.store.unit() as session:
        for plan in service.office.plans.values():
            plan_sync.keep_agencies(session, plan)


def _bot_name(service: Service, channel: Channel) -> str:
    with service.store.look() as session:
        name = settings.bot_name(session, channel.name)
    return name or asyncio.run(_ask_name(channel))


async def _ask_name(channel: Channel) -> str:
    name = await channel.open()
    await channel.close()
    return name
