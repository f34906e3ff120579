"""Which edition of the notice of personal data people agreed to; every consent is kept, with its words."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from store.people_tables import Address, Consent, Person


def agree(session: Session, person_id: int, notice: str, edition: int, now: datetime) -> None:
    """Keeps that a person agreed to the words of a notice."""
    session.add(Consent(person_id=person_id, notice=notice, edition=edition, agreed_at=now))
    session.flush()


def newest(session: Session, person_id: int) -> int:
    """The newest edition that a person agreed to; 0 for none."""
    query = select(func.max(col(Consent.edition))).where(Consent.person_id == person_id)
    return session.exec(query).one() or 0


# Asked at each beat, so made once.
_BEHIND = (
    select(Person, Address)
    .join(Address, col(Address.person_id) == Person.id)
    .where(col(Person.erased_at).is_(None), col(Address.unreachable_since).is_(None))
    .where(col(Person.id).not_in(select(Consent.person_id).where(col(Consent.edition) >= bindparam("edition"))))
    .where(col(Person.id).in_(select(Consent.person_id)))
    .order_by(col(Person.id), col(Address.id))
)


def behind(session: Session, edition: int) -> Sequence[tuple[Person, Address]]:
    """Who can be reached and agreed to an older edition only, each once for an account, in the order of linking."""
    return session.exec(_BEHIND, params={"edition": edition}).all()
