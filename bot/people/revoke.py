"""How an admin ends somebody's access at once, or an invite."""

import re
from collections.abc import Sequence

from bot.turn import Turn
from plan.people import Role
from store import invites, memory, nominations, people
from store.people_tables import Membership
from words.codes import fold
from words.grammar import YES
from words.message import Button

REFERENCE = re.compile(r"^([pm])\s*(\d{1,9})(?:\s+(.*))?$", re.IGNORECASE)


def revoke(turn: Turn, rest: str) -> bool:
    """/revoke P12 ends a person's access, /revoke M5 an invite; asks first, the button sends "/revoke P12 co"."""
    match = REFERENCE.match(rest.strip())
    if match is None:
        turn.answer(turn.text("revoke.which"))
        return False
    kind, number, sure = match[1].upper(), int(match[2]), fold(match[3] or "").strip(" .") in YES
    end = _revoke_invite if kind == "M" else _revoke_person
    return end(turn, number, sure=sure)


def _revoke_person(turn: Turn, number: int, *, sure: bool) -> bool:
    person = people.get(turn.session, number)
    held = people.memberships(turn.session, number)
    if person is None or not held:
        turn.answer(turn.text("revoke.unknown", reference=f"P{number}"))
        return False
    roles = roles_of(turn, held)
    if nominations.is_last_admin(turn.session, number):
        turn.answer(turn.text("revoke.last_admin", agency=turn.office.compiler_name))
        return False
    if number == turn.person_id:
        turn.answer(turn.text("revoke.self"))
        return False
    if not sure:
        _ask(turn, turn.text("revoke.ask_person", name=people.mentioned(person), roles=roles), f"P{number}")
        return False
    people.leave(turn.session, number, turn.now, via=turn.via, actor=turn.person_id)
    memory.unsay(turn.session, number)
    uncovered = [turn.office.agency_name(each.agency_id) for each in held if not covered(turn, each)]
    turn.answer(turn.text("revoke.person", name=people.mentioned(person), roles=roles, uncovered=uncovered))
    return True


def _revoke_invite(turn: Turn, number: int, *, sure: bool) -> bool:
    row = invites.by_id(turn.session, number, turn.now)
    if row is None:
        turn.answer(turn.text("revoke.unknown", reference=f"M{number}"))
        return False
    agency, role = turn.office.agency_name(row.agency_id), turn.text(f"role.{row.role}")
    if not sure:
        _ask(turn, turn.text("revoke.ask_invite", agency=agency, role=role), f"M{number}")
        return False
    invites.revoke(turn.session, number, turn.now, via=turn.via, actor=turn.person_id)
    turn.answer(turn.text("revoke.invite", agency=agency, role=role))
    return True


def _ask(turn: Turn, text: str, reference: str) -> None:
    turn.answer(text, buttons=[[Button(turn.text("button.revoke"), f"/revoke {reference} co")]])


def covered(turn: Turn, membership: Membership) -> bool:
    """Whether an officer's agency still has somebody who is reminded; a head's or an admin's place is not counted."""
    if membership.role != Role.OFFICER:
        return True
    return any(each.agency_id == membership.agency_id for _, _, each in people.reachable(turn.session, Role.OFFICER))


def roles_of(turn: Turn, held: Sequence[Membership]) -> list[str]:
    """Each role with its agency, in words."""
    return [f"{turn.text(f'role.{each.role}')}, {turn.office.agency_name(each.agency_id)}" for each in held]
