"""Who came, moved, left or is reached no more is told: to the admins, and to the other people of the agency.

An invite that somebody else opened, or an access that somebody ended, is seen by those who know who it should be. The
audit is what is read, so that nothing about roles, whatever did it, stays untold.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from plan.people import Role
from scheduler.enqueue import admin_notice
from store import addresses, audit, people, settings
from store.people_tables import Address, Invite, Person
from store.postings import Identity, notice
from store.tables import AuditEntry
from words.office import Office

# What belongs together (an invite for several agencies, a handover) is one message.
GATHERS = timedelta(minutes=10)
# Where nobody kept how far it was told: what is older is not news.
NEWS = timedelta(days=1)
TOLD_OF = (people.JOINED, people.ENDED, people.MOVED, addresses.LOST)
SHOWN = 15


@dataclass(frozen=True)
class Change:
    """One line of a message: about whom, in which agency, who did it (both are rows of people)."""

    person: int
    agency: str
    by: int | None
    line: str
    # Of an erasing the admins heard at once.
    told_admins: bool


def tell(session: Session, office: Office, now: datetime) -> None:
    """One message for each person whom something of it concerns; nothing while more may belong to it."""
    entries = list(_untold(session, now))
    about = [each for each in entries if each.action in TOLD_OF]
    if about and about[0].at + GATHERS > now:
        return
    if entries:
        settings.put(session, settings.PEOPLE_TOLD, str(entries[-1].id))
    changes = [change for each in about for change in _changes(session, office, each)]
    if changes:
        _tell(session, office, changes, f"{about[0].id}-{about[-1].id}", now)


def _untold(session: Session, now: datetime) -> Iterable[AuditEntry]:
    told = settings.get(session, settings.PEOPLE_TOLD)
    entries = audit.entries(session, int(told or 0))
    return entries if told is not None else [each for each in entries if each.at > now - NEWS]


def _tell(session: Session, office: Office, changes: list[Change], which: str, now: datetime) -> None:
    admins = {person.id for person, _ in people.admins(session)}
    concerned: dict[int, tuple[tuple[Person, Address], list[str]]] = {}
    for person, address in people.everybody(session):
        agencies = {each.agency_id for each in people.memberships(session, person.id or 0) if each.role != Role.LEADER}
        # Who came themselves, or took over, was told by whoever let them.
        agencies -= {each.agency for each in changes if each.person == person.id}
        lines = [
            each.line
            for each in changes
            if person.id not in (each.person, each.by)
            and ((person.id in admins and not each.told_admins) or each.agency in agencies)
        ]
        if lines:
            concerned[person.id or 0] = ((person, address), list(dict.fromkeys(lines)))
    for number, (whom, lines) in concerned.items():
        text = office.text(
            "people.changed",
            lines=lines[:SHOWN],
            more=max(0, len(lines) - SHOWN),
            admin=number in admins,
            compiler=office.compiler_name,
        )
        posting = notice(Identity("members", which), text, "who has access has changed")
        admin_notice(session, whom, posting, now)


def _changes(session: Session, office: Office, entry: AuditEntry) -> Iterator[Change]:
    """What an entry means, by agency."""
    number, detail = int(entry.subject.partition(":")[2]), entry.detail
    person = people.get(session, number)
    if person is None:
        return
    by = detail.get("by") if entry.action == people.JOINED else entry.actor
    held: dict[str, list[str]] = defaultdict(list)
    for agency, role in _roles(session, entry, number):
        held[agency].append(office.text(f"role.{role}"))
    for agency, roles in held.items():
        line = office.text(
            "people.change",
            what=entry.action.partition(".")[2],
            reference=f"P{number}",
            person=people.mentioned(person),
            handle=_handle(session, number),
            roles=roles,
            agency=office.agency_name(agency),
            at=entry.at,
            by=people.named(session, office.agency_short, by) if by is not None and by != number else "",
            erased=person.erased_at is not None,
            **_invited(session, office, detail.get("invite")),
        )
        yield Change(number, agency, by, line, told_admins=person.erased_at is not None and entry.actor == number)


def _roles(session: Session, entry: AuditEntry, number: int) -> list[tuple[str, str]]:
    """The agencies and roles that an entry is about."""
    if entry.action == people.JOINED:
        return [(str(entry.detail["agency"]), str(entry.detail["role"]))]
    if entry.action == addresses.LOST:
        return [(each.agency_id, each.role) for each in people.memberships(session, number)]
    pairs = (str(each).partition(":") for each in entry.detail.get("roles", ()))
    return [(agency, role) for agency, _, role in pairs]


def _invited(session: Session, office: Office, invite_id: int | None) -> dict[str, str]:
    """By which invite of whom; the machine's has nobody."""
    invite = session.get(Invite, invite_id) if invite_id is not None else None
    if invite is None:
        return {"invite": "", "inviter": ""}
    by = people.named(session, office.agency_short, invite.made_by) if invite.made_by is not None else ""
    return {"invite": f"M{invite.id}", "inviter": by}


def _handle(session: Session, number: int) -> str:
    address = addresses.any_address(session, number)
    return address.handle if address is not None else ""
