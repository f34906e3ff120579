"""The reports of a reporting period: who has handed in and who has not."""

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


def handed_in(session: Session, key: str) -> HandedIn:
    """What is owed for a reporting period (2020-Q1) once in it, in the order of the plan."""
    rows = obligations.all_of(session, kind=Kind.PERIODIC, states=OPEN_OR_ANSWERED)
    mine = [row for row in rows if row.occurrence == key]
    return HandedIn(
        there=tuple(row for row in mine if row.state in ANSWERED),
        missing=tuple(row for row in mine if row.state == State.OPEN),
    )
