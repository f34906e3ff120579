"""Who answers for an agency and is reached, in columns alone: a beat asks it of everybody, and wants no objects."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlmodel import Session

from plan.joint import held_with
from store import people, ways
from store.types import metadata


class Reached(NamedTuple):
    """One live role of somebody whose chat takes messages, and the first such chat; `quiet_until` in UTC."""

    person_id: int
    quiet_until: datetime | None
    channel: str
    chat: str
    agency_id: str
    role: str

    def is_quiet(self, now: datetime) -> bool:
        """Whether somebody asked for no reminders beyond `now` (UTC)."""
        return self.quiet_until is not None and self.quiet_until > now


def answering(session: Session) -> list[Reached]:
    """The officers and heads of agencies, in the order of linking, each role once, then what they belong to because
    their agency owes with others: as `people.reachable` has them."""
    first: dict[int, Reached] = {}
    for held, *row in session.connection().execute(_answering()):
        first.setdefault(held, Reached._make(row))
    found = list(first.values())
    joint = people.joint_ones(session) if found else ()
    if joint:
        known = {(each.person_id, each.agency_id, each.role) for each in found}
        for each in tuple(found):
            for agency in held_with((each.agency_id,), joint):
                if (each.person_id, agency, each.role) not in known:
                    known.add((each.person_id, agency, each.role))
                    found.append(each._replace(agency_id=agency))
    return found


@cache
def _answering() -> Select[Any]:
    """Asked by every beat, so made once."""
    person, way, held = (metadata.tables[name].c for name in ("person", "address", "membership"))
    return (
        select(held.id, person.id, person.quiet_until, way.channel, way.chat, held.agency_id, held.role)
        .where(way.person_id == person.id, held.person_id == person.id, way.unreachable_since.is_(None))
        .where(held.role.in_([*people.ANSWERING]), held.until.is_(None))
        .order_by(person.id, held.id, *ways.in_order())
    )
