"""An admin answers in an agency's place: /done 2b sondung, recorded as such."""

from bot.turn import Turn
from bot.which import owed
from bot.which.scope import leading_agency
from plan.people import Role
from progress.choose import NotTheirs, One, Which, by_code
from progress.items import code_of
from progress.submit import Said
from store import people
from store.postings import Identity, Posting
from store.tables import Obligation
from store.types import DeliveryKind
from words import codes
from words.message import say


def named(turn: Turn, rest: str) -> tuple[str, str, int | None, str] | None:
    """The agency, the code, the milestone's number and the note, when an admin names an agency behind the code."""
    if Role.ADMIN not in turn.roles:
        return None
    typed = codes.read(rest, turn.office.codes())
    if typed.code is None:
        return None
    agency, note = leading_agency(turn.office, typed.rest)
    return (agency, typed.code, typed.milestone, note) if agency is not None else None


def find(turn: Turn, agency: str, code: str, number: int | None, note: str) -> tuple[Obligation, Said] | None:
    """The agency's obligation and what is said about it; None when it was answered otherwise."""
    choice = by_code(turn.session, turn.office, [agency], code, number, turn.now, adding=True)
    match choice:
        case One(row):
            return row, owed.said_now(turn, note)
        case NotTheirs():
            owners = ", ".join(dict.fromkeys(owed.owner_names(turn, code)))
            name = turn.office.agency_name(agency)
            turn.answer(turn.text("behalf.not_theirs", code=code, agency=name, owners=owners))
            return None
        case Which(options):
            return options[0], owed.said_now(turn, note)
        case again:
            return again.obligation, owed.said_now(turn, note)


def tell_agency(turn: Turn, row: Obligation, said: Said) -> None:
    """The agency's officers hear once what was recorded in their place."""
    text = turn.text(
        "behalf.told",
        compiler=turn.office.compiler_name,
        code=code_of(turn.office, row),
        agency=turn.office.agency_name(row.agency_id),
        at=said.at,
        note=said.note,
    )
    for person, _, held in people.reachable(turn.session, Role.OFFICER):
        if held.agency_id == row.agency_id and person.id is not None and person.id != turn.person_id:
            identity = Identity("behalf", said.source, person_id=person.id)
            why = "an admin answered in the agency's place"
            turn.tell(person.id, Posting(DeliveryKind.ANSWER, why, identity, say(text), row.id))
