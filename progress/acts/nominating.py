"""A new admin waits for a second one: what is said of that, to whom it is about and to those who are to confirm it."""

from collections.abc import Collection, Iterator

from sqlmodel import Session

from progress.acts.outcomes import ToPerson
from store import addresses, nominations, people
from store.people_tables import Nomination
from store.postings import Identity
from words.message import Button
from words.office import Office

WHY = "a new admin waits to be confirmed"


def waits(session: Session, office: Office, row: Nomination) -> str:
    """For whom it is about: they have no right yet."""
    agency, reference = office.agency_name(row.agency_id), f"P{row.person_id}"
    return office.text("nominate.waits", agency=agency, reference=reference, others=bool(_names(session, office, row)))


def told(session: Session, office: Office, row: Nomination, channel: str) -> str:
    """For who named them: by whom it is confirmed; `channel` is where the name behind their @ is looked up first."""
    return office.text("nominate.told", **_values(session, office, row, channel), others=_names(session, office, row))


def to_admins(
    session: Session, office: Office, row: Nomination, channel: str, but: Collection[int | None]
) -> Iterator[ToPerson]:
    """Everybody who may confirm it is asked; who named the person reads who that is, and may still say no."""
    text = office.text
    yes = Button(text("button.confirm"), f"/grant P{row.person_id}")
    no = Button(text("request.refuse_button"), f"/refuse P{row.person_id}")
    ask = text("nominate.ask", **_values(session, office, row, channel))
    for person, _ in people.admins(session):
        if person.id is None or person.id in but:
            continue
        may = nominations.may_decide(row, person.id)
        words = ask if may else told(session, office, row, channel)
        buttons = ((yes, no),) if may else ((no,),)
        yield ToPerson(person.id, words, WHY, Identity("nominated", row.id), None, unasked=True, buttons=buttons)


def _values(session: Session, office: Office, row: Nomination, channel: str) -> dict[str, object]:
    address, short = addresses.reached_at(session, row.person_id, channel), office.agency_short
    return {
        "person": people.named(session, short, row.person_id),
        "handle": address.handle if address is not None else "",
        "agency": office.agency_name(row.agency_id),
        "by": people.named(session, short, row.named_by) if row.named_by is not None else "",
        "at": row.at,
        "reference": f"P{row.person_id}",
    }


def _names(session: Session, office: Office, row: Nomination) -> list[str]:
    """Who may confirm it."""
    return [people.named(session, office.agency_short, each) for each in nominations.deciders(session, row)]
