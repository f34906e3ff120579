"""How an admin ends somebody's access at once, or an invite."""

import re

from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts.revoking import roles_of, why_not
from progress.acts.rights import EndRights, RevokeInvite
from store import invites, people
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
    if (no := why_not(turn.session, turn.office, number, turn.person_id)) is not None:
        turn.answer(no)
        return False
    if not sure:
        name = people.mentioned(people.get(turn.session, number))
        roles = roles_of(turn.office, people.memberships(turn.session, number))
        _ask(turn, turn.text("revoke.ask_person", name=name, roles=roles), f"P{number}")
        return False
    carry_out(turn, EndRights(said_now(turn, ""), number))
    return True


def _revoke_invite(turn: Turn, number: int, *, sure: bool) -> bool:
    row = invites.by_id(turn.session, number, turn.now)
    if row is None:
        turn.answer(turn.text("revoke.unknown", reference=f"M{number}"))
        return False
    if not sure:
        agency, role = turn.office.agency_name(row.agency_id), turn.text(f"role.{row.role}")
        _ask(turn, turn.text("revoke.ask_invite", agency=agency, role=role), f"M{number}")
        return False
    carry_out(turn, RevokeInvite(said_now(turn, ""), number))
    return True


def _ask(turn: Turn, text: str, reference: str) -> None:
    turn.answer(text, buttons=[[Button(turn.text("button.revoke"), f"/revoke {reference} co")]])
