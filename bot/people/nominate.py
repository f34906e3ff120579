"""A new admin waits for a second one: they read that they have no right yet, the admins whom they are to confirm."""

from bot.turn import Turn
from store import nominations, people
from store.people_tables import Invite, Nomination
from store.postings import Identity, notice
from words.message import Button


def by_invite(turn: Turn, agency_id: str, invite: Invite | None) -> None:
    """Somebody who agreed to an invite as an admin."""
    named_by = invite.made_by if invite is not None else None
    row = nominations.add(turn.session, turn.person_id, agency_id, turn.now, via=turn.via, named_by=named_by)
    turn.answer(_waits(turn, row))
    _tell(turn, row)


def by_handover(turn: Turn, person_id: int, agency_id: str, before: int) -> str:
    """Somebody who is to be an admin in another's place, who stays one until then; gives what to say of it."""
    row = nominations.add(
        turn.session,
        person_id,
        agency_id,
        turn.now,
        via=turn.via,
        named_by=turn.person_id,
        instead_of=before,
    )
    text = _waits(turn, row)
    turn.tell(person_id, notice(Identity("named", row.id), text, "a new admin waits to be confirmed"))
    _tell(turn, row)
    return turn.text("nominate.told", **_values(turn, row), others=_names(turn, row))


def _waits(turn: Turn, row: Nomination) -> str:
    agency = turn.office.agency_name(row.agency_id)
    reference = f"P{row.person_id}"
    return turn.text("nominate.waits", agency=agency, reference=reference, others=bool(_names(turn, row)))


def _tell(turn: Turn, row: Nomination) -> None:
    """Everybody who may confirm it is asked; who named the person reads who that is, and may still say no."""
    values, others = _values(turn, row), _names(turn, row)
    yes = Button(turn.text("button.confirm"), f"/grant P{row.person_id}")
    no = Button(turn.text("request.refuse_button"), f"/refuse P{row.person_id}")
    for person, _ in people.admins(turn.session):
        if person.id is None or person.id in (row.person_id, turn.person_id):
            continue
        may = nominations.may_decide(row, person.id)
        text = turn.text("nominate.ask", **values) if may else turn.text("nominate.told", **values, others=others)
        buttons = [[yes, no]] if may else [[no]]
        turn.tell(person.id, notice(Identity("nominated", row.id), text, "a new admin waits to be confirmed", buttons))


def _values(turn: Turn, row: Nomination) -> dict[str, object]:
    address = people.reached_at(turn.session, row.person_id, turn.incoming.channel)
    return {
        "person": people.named(turn.session, turn.office.agency_short, row.person_id),
        "handle": address.handle if address is not None else "",
        "agency": turn.office.agency_name(row.agency_id),
        "by": people.named(turn.session, turn.office.agency_short, row.named_by) if row.named_by is not None else "",
        "at": row.at,
        "reference": f"P{row.person_id}",
    }


def _names(turn: Turn, row: Nomination) -> list[str]:
    """Who may confirm it."""
    short = turn.office.agency_short
    return [people.named(turn.session, short, each) for each in nominations.deciders(turn.session, row)]
