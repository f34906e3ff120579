"""In which language a person reads."""

from sqlmodel import Session

from store import addresses
from store.people_tables import Person


def speak(session: Session, person_id: int, language: str) -> None:
    """Notes in which language a person reads what is written to them."""
    person = session.get_one(Person, person_id)
    person.language = language
    session.add(person)


def language_at(session: Session, person_id: int | None, channel: str, chat: str) -> str | None:
    """The language of a person's own chat; None, the installation's, for any other chat."""
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None or person.language is None or person.id is None:
        return None
    address = addresses.address_of(session, person.id, channel)
    return person.language if address is not None and address.chat == chat else None
