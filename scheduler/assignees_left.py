"""Who left an agency, whatever by, carries nothing out for it any more: its head is told, an admin where it has none.

Looked at in each beat rather than where a role ends: that has many ways.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from plan.joint import members
from plan.people import Role
from plan.status import OPEN_OR_ANSWERED
from scheduler.enqueue import admin_notice
from store import assignees, obligations, people
from store.assignees import Key
from store.engine import Store
from store.people_tables import Address, Assignee, Person
from store.postings import Identity, notice
from words import codes
from words.office import Office


def end(store: Store, office: Office, now: datetime) -> None:
    """Ends what such people stand for, one message an agency and person."""
    with store.look() as session:
        if not assignees.left(session):
            return
    with store.unit() as session:
        found: dict[tuple[str, int], list[Assignee]] = defaultdict(list)
        for each in assignees.left(session):
            found[each.agency_id, each.person_id or 0].append(each)
        for (agency, person), ended in found.items():
            for each in ended:
                key = Key(each.plan_id, each.work, each.agency_id)
                assignees.name(session, key, None, now, via="service", by=None)
            _tell(session, office, agency, person, ended, now)


def _tell(session: Session, office: Office, agency: str, person: int, ended: Sequence[Assignee], now: datetime) -> None:
    found = sorted(_codes(session, ended), key=codes.sort_key)
    # Of a plan that is followed no more nobody names anybody.
    if not found:
        return
    heads = _heads(session, agency)
    text = office.text(
        "assignee.left",
        person=people.mentioned(people.get(session, person)),
        agency=office.agency_name(agency),
        agency_id=agency,
        tasks=found,
        code_typed=codes.typeable(found[0]),
        to_admin=not heads,
    )
    identity = Identity("assignee-left", f"{agency}:{ended[-1].id}")
    for whom in heads or people.admins(session):
        admin_notice(session, whom, notice(identity, text, "who carried a task out has left its agency"), now)


def _heads(session: Session, agency: str) -> list[tuple[Person, Address]]:
    of = {agency, *members(agency)}
    reached = people.reachable(session, Role.HEAD)
    return list({person.id: (person, address) for person, address, held in reached if held.agency_id in of}.values())


def _codes(session: Session, ended: Sequence[Assignee]) -> set[str]:
    """The codes that the plan prints today for what was carried out."""
    works = {(each.plan_id, each.work) for each in ended}
    rows = obligations.of_agencies(session, {each.agency_id for each in ended}, states=OPEN_OR_ANSWERED)
    return {row.task for row in rows if assignees.key_of(row)[:2] in works}
