"""The name after a person's @, by which colleagues call them."""

from sqlmodel import Session, func, select

from store.people_tables import Address, Consent, Person


def keep(session: Session, address: Address, handle: str) -> None:
    """Keeps the name after a person's @ once they agreed to that; no two accounts have the same one at a time."""
    notices = session.exec(select(Consent.notice).where(Consent.person_id == address.person_id)).all()
    if not any("@" in notice for notice in notices):
        return
    if handle:
        query = select(Address).where(Address.channel == address.channel, func.lower(Address.handle) == handle.lower())
        for other in session.exec(query).all():
            other.handle = ""
            session.add(other)
        session.flush()
    address.handle = handle
    session.add(address)


def owner(session: Session, channel: str, handle: str) -> Person | None:
    """The person with this name after the @, large and small letters alike."""
    query = select(Person).join(Address).where(Address.channel == channel)
    return session.exec(query.where(func.lower(Address.handle) == handle.lower())).first()
