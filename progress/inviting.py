"""Invites as people are given them: a link, or on a channel without links a code to type, new or renewed for a page."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from channels.abilities import Abilities
from plan.people import Role
from store import invites, settings
from store.invites import Typed
from store.people_tables import Invite
from store.postings import Destination, Identity, Posting
from store.types import DeliveryKind
from words import invite_codes, names
from words.message import say
from words.office import Office


@dataclass(frozen=True)
class Way:
    """By which channel people come in: its name in the record and the bot's name there.

    `opens` is the address that opens the bot, "" for none: where an invite is typed, it is printed as a QR code.
    """

    channel: str
    abilities: Abilities
    opens: str = ""
    bot: str = ""

    @property
    def name(self) -> str:
        """The channel as people call it."""
        return names.of_channel(self.channel)

    @property
    def is_typed(self) -> bool:
        """Whether an invite is a code of eight digits that people type."""
        return not self.abilities.invite

    @property
    def by_letter(self) -> bool:
        """Whether the code is written in a letter to the bot's address."""
        return self.abilities.letters


@dataclass(frozen=True)
class Link:
    """One person's invite, good until an instant (UTC): what is printed of it, and the address of its QR code, "" for
    none."""

    name: str
    role: Role
    printed: str
    url: str
    until: datetime


@dataclass(frozen=True)
class By:
    """Who invites, None for somebody at the machine, and by which way for the record."""

    person: int | None
    via: str


def open_ways(session: Session, ways: Sequence[Way]) -> Iterator[Way]:
    """The ways whose bot was opened before, with its name: nobody finds a bot without one."""
    for way in ways:
        bot = settings.bot_name(session, way.channel)
        if bot:
            yield replace(way, bot=bot)


def new(session: Session, office: Office, way: Way, who: tuple[str, Role, str], by: By, now: datetime) -> Link:
    """Makes an invite for somebody: the agency, the role, and the name, "" where it is not known."""
    agency, role, label = who
    code = invites.make(session, agency, role, by.person, now, via=by.via, label=label, typed=_typed(office, way))
    return _link(way, label, role, code, now + invites.VALID)


def by_letter(
    office: Office, channel: str, to: str, who: tuple[str, Role], printed: str, source: str
) -> tuple[Destination, Posting]:
    """The letter with an invite's code, as it is `printed`, to an address, once for the `source` of what was said.

    Nobody is named by it: it is a stranger's, whose address goes once it has left.
    """
    agency, role = who
    text = office.text(
        "mail_address.invited",
        compiler=office.compiler_name,
        role=office.text(f"role.{role}"),
        agency=office.agency_name(agency),
        code=printed,
        days=invites.INVITE_DAYS,
    )
    posting = Posting(DeliveryKind.ANSWER, "an invite by mail", Identity("invite-sent", source), say(text))
    return Destination(channel, to), posting


def wanted(session: Session, agency: str | None = None) -> Mapping[str, Sequence[Invite]]:
    """By agency, of one or of all: the invites made by name that nobody used and nobody revoked."""
    found: dict[str, list[Invite]] = defaultdict(list)
    for row in invites.to_print(session):
        if agency in (None, row.agency_id):
            found[row.agency_id].append(row)
    return found


def renewed(
    session: Session, office: Office, way: Way, rows: Mapping[str, Sequence[Invite]], by: By, now: datetime
) -> Mapping[str, Sequence[Link]]:
    """These invites each with a new code, by agency; what was printed for the same people before is worthless."""
    return {
        agency: [_renewed(session, office, way, row, by, now) for row in found]
        for agency, found in rows.items()
        if found
    }


def _renewed(session: Session, office: Office, way: Way, row: Invite, by: By, now: datetime) -> Link:
    code = invites.renew(session, row, now, via=by.via, by=by.person, typed=_typed(office, way))
    return _link(way, row.label, Role(row.role), code, row.expires_at)


def _typed(office: Office, way: Way) -> Typed | None:
    return Typed(office.invite_key(), way.channel) if way.is_typed else None


def _link(way: Way, name: str, role: Role, code: str, until: datetime) -> Link:
    if way.is_typed:
        return Link(name, role, invite_codes.shown(code), way.opens, until)
    address = way.abilities.invite_link(way.bot, code)
    return Link(name, role, address, address, until)
