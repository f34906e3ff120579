"""Who is linked and reached, by agency: what an admin's list of people says, in the chat and on the screen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from store import absences, invites, people
from store.people_tables import Absence, Address, Invite, Membership, Person
from words.office import Office

# A quiet that ends later than this has no day: it lasts until the person says otherwise.
FAR = timedelta(days=1000)


@dataclass(frozen=True)
class Linked:
    """Somebody with their roles in one agency.

    `address` is their first chat, None where there is none; `absence` the one of today, with who stands in for them.
    `quiet` says that they asked for no reminders, `quiet_until` is the last local day of that where it has one.
    """

    person: Person
    address: Address | None
    held: tuple[Membership, ...]
    absence: Absence | None = None
    stand_in: Person | None = None
    quiet: bool = False
    quiet_until: date | None = None

    @property
    def is_reached(self) -> bool:
        """Whether their chat takes messages."""
        return self.address is not None and self.address.unreachable_since is None


@dataclass(frozen=True)
class Board:
    """Everybody, by agency; `count` people, the `invites` that wait, and the agencies that owe and have nobody."""

    linked: dict[str, list[Linked]]
    invites: dict[str, list[Invite]]
    count: int
    nobody: tuple[str, ...]

    @property
    def agencies(self) -> list[str]:
        """The agencies that have somebody, or an invite."""
        return list(dict.fromkeys([*self.linked, *self.invites]))


def board(session: Session, office: Office, now: datetime) -> Board:
    """Everybody as they stand at an instant (UTC)."""
    everybody, away = people.linked(session), absences.away(session, office.today(now))
    linked: dict[str, list[Linked]] = defaultdict(list)
    for person, address, held in everybody:
        by_agency: dict[str, list[Membership]] = defaultdict(list)
        for each in held:
            by_agency[each.agency_id].append(each)
        absence = away.get(person.id or 0)
        stand_in = absences.stand_in(away, person.id or 0) if absence else None
        named = people.get(session, stand_in) if stand_in else None
        quiet = people.is_quiet(person, now)
        until = _last_quiet_day(office, person, now) if quiet else None
        for agency, roles in by_agency.items():
            linked[agency].append(Linked(person, address, tuple(roles), absence, named, quiet, until))
    waiting: dict[str, list[Invite]] = defaultdict(list)
    for invite in _waiting(session, now):
        waiting[invite.agency_id].append(invite)
    nobody = tuple(each for each in office.owing() if each not in linked and each not in waiting)
    return Board(dict(linked), dict(waiting), len(everybody), nobody)


def _waiting(session: Session, now: datetime) -> Sequence[Invite]:
    """The invites that still work, and those for somebody by name that ran out unused."""
    return list({each.id: each for each in (*invites.still_open(session, now), *invites.to_print(session))}.values())


def _last_quiet_day(office: Office, person: Person, now: datetime) -> date | None:
    """None where the quiet is until the person says otherwise."""
    until = person.quiet_until
    return None if until is None or until - now > FAR else office.today(until) - timedelta(days=1)
