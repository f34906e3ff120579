"""Who is linked and who is invited, for admins; and how access ends at once."""

import re
from collections.abc import Sequence

from bot.turn import Turn
from plan.people import Role
from store import memory, people
from store.people_tables import Address, Invite, Membership, Person
from words.codes import fold
from words.message import Button

REFERENCE = re.compile(r"^([pm])\s*(\d{1,9})(?:\s+(.*))?$", re.IGNORECASE)
YES = frozenset({"co", "yes", "dong y"})


def board(turn: Turn, _rest: str) -> None:
    """/people: everybody with a role and every invite that still works, each with the reference that /revoke takes."""
    lines = [_person_line(turn, *each) for each in people.linked(turn.session)]
    invites = [_invite_line(turn, each) for each in people.open_invites(turn.session, turn.now)]
    turn.answer(turn.text("people.heading", count=len(lines)), *lines)
    if invites:
        turn.answer(turn.text("people.invites", count=len(invites)), *invites)


def revoke(turn: Turn, rest: str) -> None:
    """/revoke P12 ends a person's access, /revoke M5 an invite; asks first, the button sends "/revoke P12 co"."""
    match = REFERENCE.match(rest.strip())
    if match is None:
        turn.answer(turn.text("revoke.which"))
        return
    kind, number, sure = match[1].upper(), int(match[2]), fold(match[3] or "").strip(" .") in YES
    if kind == "M":
        _revoke_invite(turn, number, sure=sure)
    else:
        _revoke_person(turn, number, sure=sure)


def _revoke_person(turn: Turn, number: int, *, sure: bool) -> None:
    person = people.get(turn.session, number)
    held = people.memberships(turn.session, number)
    if person is None or not held:
        turn.answer(turn.text("revoke.unknown", reference=f"P{number}"))
        return
    roles = _roles(turn, held)
    if number == turn.person_id:
        turn.answer(turn.text("revoke.self"))
        return
    if not sure:
        _ask(turn, turn.text("revoke.ask_person", name=person.name, roles=roles), f"P{number}")
        return
    turn.spent = True
    people.leave(turn.session, number, turn.now, via=turn.via, actor=turn.person_id)
    memory.unsay(turn.session, number)
    uncovered = [turn.office.agency_name(each.agency_id) for each in held if not _covered(turn, each)]
    turn.answer(turn.text("revoke.person", name=person.name, roles=roles, uncovered=uncovered))


def _revoke_invite(turn: Turn, number: int, *, sure: bool) -> None:
    row = people.invite_by_id(turn.session, number, turn.now)
    if row is None:
        turn.answer(turn.text("revoke.unknown", reference=f"M{number}"))
        return
    agency, role = turn.office.agency_name(row.agency_id), turn.text(f"role.{row.role}")
    if not sure:
        _ask(turn, turn.text("revoke.ask_invite", agency=agency, role=role), f"M{number}")
        return
    turn.spent = True
    people.revoke_invite(turn.session, number, turn.now, via=turn.via, actor=turn.person_id)
    turn.answer(turn.text("revoke.invite", agency=agency, role=role))


def _ask(turn: Turn, text: str, reference: str) -> None:
    turn.answer(text, buttons=[[Button(turn.text("button.revoke"), f"/revoke {reference} co")]])


def _covered(turn: Turn, membership: Membership) -> bool:
    """Whether an officer's agency still has somebody who is reminded; a head's or an admin's place is not counted."""
    if membership.role != Role.OFFICER:
        return True
    return any(each.agency_id == membership.agency_id for _, _, each in people.reachable(turn.session, Role.OFFICER))


def _roles(turn: Turn, held: Sequence[Membership]) -> list[str]:
    return [f"{turn.text(f'role.{each.role}')}, {turn.office.agency_name(each.agency_id)}" for each in held]


def _person_line(turn: Turn, person: Person, address: Address | None, held: Sequence[Membership]) -> str:
    quiet = person.quiet_until is not None and person.quiet_until > turn.now
    return turn.text(
        "people.person",
        reference=f"P{person.id}",
        name=person.name,
        roles=_roles(turn, held),
        since=address.unreachable_since if address else None,
        unreachable=address is None or address.unreachable_since is not None,
        quiet=quiet,
    )


def _invite_line(turn: Turn, row: Invite) -> str:
    return turn.text(
        "people.invite",
        reference=f"M{row.id}",
        agency=turn.office.agency_name(row.agency_id),
        role=turn.text(f"role.{row.role}"),
        until=row.expires_at,
    )
