"""The reports of a reporting period: who has handed in and who has not."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from plan.model import Kind
from plan.status import ANSWERED, OPEN_OR_ANSWERED, State
from store import obligations
from store.tables import Obligation


@dataclass(frozen=True)
class HandedIn:
    """The periodic obligations of a period: those that are `there`, be it that somebody still confirms them, and those
    that are `missing`, returned ones among them."""

    there: tuple[Obligation, ...]
    missing: tuple[Obligation, ...]


NOTHING = HandedIn((), ())


def handed_in(session: Session, key: str) -> HandedIn:
    """What is owed for a reporting period (2020-Q1) once in it, in the order of the plan."""
    return of_all(session).get(key, NOTHING)


def of_all(session: Session) -> Mapping[str, HandedIn]:
    """The same of every reporting period in which something is owed, read once."""
    found: dict[str, list[Obligation]] = {}
    for row in obligations.all_of(session, kind=Kind.PERIODIC, states=OPEN_OR_ANSWERED):
        found.setdefault(row.occurrence, []).append(row)
    return {
        key: HandedIn(
            there=tuple(row for row in rows if row.state in ANSWERED),
            missing=tuple(row for row in rows if row.state == State.OPEN),
        )
        for key, rows in found.items()
    }
