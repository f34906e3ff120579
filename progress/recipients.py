"""Who is reminded for which agency now: its officers, whoever stands in for one who is away, or else its head."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from plan.joint import held_with, members
from plan.people import Role
from store import absences, people, reached
from store.people_tables import Absence
from store.postings import Chat
from store.reached import Reached
from words.office import Office


@dataclass
class Recipient:
    """Somebody who is reminded. `agencies` are all they hear about, `own` those of which they are an officer, or the
    head where no officer can be reached.

    `instead` names each person who is away and in whose place they hear of which agencies.
    """

    person_id: int
    address: Chat
    own: list[str] = field(default_factory=list)
    instead: dict[int, list[str]] = field(default_factory=dict)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Their own, then those in somebody's place, each once."""
        return tuple(dict.fromkeys([*self.own, *(agency for each in self.instead.values() for agency in each)]))

    def absent_for(self, agency: str) -> list[int]:
        """In whose place they hear of an agency."""
        return [person for person, agencies in self.instead.items() if agency in agencies]


def officers(session: Session, office: Office, now: datetime) -> list[Recipient]:
    """Everybody who is reminded at `now` (UTC), in the order of linking, each once."""
    absent = absences.away(session, office.today(now))
    staff = reached.answering(session)
    there = [each for each in staff if each.person_id not in absent and not each.is_quiet(now)]
    found: dict[int, Recipient] = {}
    for each in there:
        if each.role == Role.OFFICER:
            found.setdefault(each.person_id, Recipient(each.person_id, each)).own.append(each.agency_id)
    served = _served(staff)
    heads = [each for each in there if each.role == Role.HEAD]
    for each in heads:
        if each.agency_id not in served:
            found.setdefault(each.person_id, Recipient(each.person_id, each)).own.append(each.agency_id)
    _with_others(session, found)
    if absent:
        _in_their_place(session, found, absent, heads, now)
    return list(found.values())


def _with_others(session: Session, found: Mapping[int, Recipient]) -> None:
    """What an agency owes together with others is heard by whoever is reminded for it, a head without officers too."""
    known = people.joint_ones(session)
    for each in found.values() if known else ():
        joint = held_with(each.own, known)
        each.own = list(dict.fromkeys([*(own for own in each.own if own not in joint), *joint]))


def who_hear(session: Session, day: date) -> list[tuple[int, str]]:
    """Who is told what is decided about which agency's work: its officers, and on a local day whoever stands in.

    Who is away is told too: it is their work when they are back. Each stands once for an agency.
    """
    found = [
        (person.id, membership.agency_id)
        for person, _, membership in people.reachable(session, Role.OFFICER)
        if person.id is not None
    ]
    absent = absences.away(session, day)
    reached = {person.id for person, _ in people.everybody(session)}
    for person_id in absent:
        stand_in = absences.stand_in(absent, person_id)
        if stand_in is not None and stand_in in reached and absences.may_stand_in(session, stand_in):
            found += [(stand_in, agency) for agency in people.agencies_of(session, person_id, (Role.OFFICER,))]
    return list(dict.fromkeys(found))


def of_answer(session: Session, agency: str, asker: int | None, day: date) -> list[int]:
    """Who hears on a local day the answer to what an agency asked: its officers, whoever stands in for one of them, and
    who asked, while they can be reached; each once.

    It is an answer to something they said, so neither quiet nor absence keeps it back.
    """
    wanted = {person for person, of in who_hear(session, day) if of == agency} | {asker}
    return [person.id for person, _ in people.everybody(session) if person.id is not None and person.id in wanted]


def uncovered(session: Session, office: Office, owners: Iterable[str], now: datetime) -> set[str]:
    """Of the agencies behind some identities, joint ones too, those of which nobody is reminded at `now` (UTC)."""
    covered = {agency for each in officers(session, office, now) for agency in each.agencies}
    return {agency for owner in owners for agency in members(owner)} - covered


def alone(session: Session, agencies: Collection[str]) -> set[str]:
    """Those of the agencies that have no officer whose chat takes messages; who asked for quiet is there."""
    return set(agencies) - _served(reached.answering(session)) if agencies else set()


def _served(staff: Iterable[Reached]) -> set[str]:
    """The agencies that have an officer: who asked for quiet is one, and no head is reminded in that one's place."""
    return {each.agency_id for each in staff if each.role == Role.OFFICER}


def _in_their_place(
    session: Session,
    found: dict[int, Recipient],
    absent: Mapping[int, Absence],
    heads: Sequence[Reached],
    now: datetime,
) -> None:
    chats = {person.id: address for person, address in people.everybody(session, remind_at=now)}
    left = {person_id: people.agencies_of(session, person_id, (Role.OFFICER,)) for person_id in absent}
    for person_id, agencies in left.items():
        stand_in = absences.stand_in(absent, person_id)
        if stand_in is not None and stand_in in chats and agencies and absences.may_stand_in(session, stand_in):
            found.setdefault(stand_in, Recipient(stand_in, chats[stand_in])).instead[person_id] = agencies
    covered = {agency for each in found.values() for agency in each.agencies}
    for person_id, agencies in left.items():
        for head in heads:
            if head.agency_id in agencies and head.agency_id not in covered:
                place = found.setdefault(head.person_id, Recipient(head.person_id, head))
                place.instead.setdefault(person_id, []).append(head.agency_id)
