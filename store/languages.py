"""In which language a person reads."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from store import addresses
from store.people_tables import Person


def speak(session: Session, person_id: int, language: str) -> None:
    """Notes in which language a person reads what is written to them."""
    person = session.get_one(Person, person_id)
    person.language = language
    session.add(person)


def keep_at_hand(session: Session, people: Iterable[int | None]) -> Sequence[Person]:
    """Looks these people up at once: while what it gives is held, `language_at` asks for none of them again."""
    numbers = {each for each in people if each is not None}
    return session.exec(select(Person).where(col(Person.id).in_(numbers))).all() if numbers else ()


def language_at(session: Session, person_id: int | None, channel: str, chat: str) -> str | None:
    """The language of a person's own chat; None, the installation's, for any other chat."""
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None or person.language is None or person.id is None:
        return None
    address = addresses.address_of(session, person.id, channel)
    return person.language if address is not None and address.chat == chat else None
