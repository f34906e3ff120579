"""How an admin moves a person to another agency, or hands somebody's roles over to a successor."""

import re
from collections.abc import Sequence

from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which import order
from bot.which.owed import said_now
from progress.acts.revoking import roles_of
from progress.acts.rights import HandOver, MovePerson
from progress.acts.succession import passing
from reports.figures.scope import find_agency
from store import people
from store.people_tables import Membership, Person
from words.codes import fold
from words.message import Button

PERSON = re.compile(r"^p\s*(\d{1,9})\s+(.*)$", re.IGNORECASE | re.DOTALL)
BOTH = re.compile(r"^p\s*(\d{1,9})\s+(?:cho\s+)?p\s*(\d{1,9})(?:\s+(.*))?$", re.IGNORECASE)
SURE = re.compile(r"(?<!\s)\s+(?:co|có|yes)$", re.IGNORECASE)


def move(turn: Turn, rest: str) -> None:
    """/move P12 tuphap, or /move P12 sondung tuphap where the person has several agencies; asks first."""
    match = PERSON.match(order.person_first(rest).strip())
    places = _places(turn, SURE.sub("", match[2].strip())) if match else None
    person = people.get(turn.session, int(match[1])) if match else None
    held = people.memberships(turn.session, person.id or 0) if person else ()
    if match is None or places is None or person is None or not held:
        turn.answer(turn.text("move.which"))
        return
    old, new = places
    agencies = list(dict.fromkeys(each.agency_id for each in held))
    agency = turn.office.agency_name(new)
    leaving = [each for each in agencies if each != new] if old is None else [each for each in agencies if each == old]
    if not leaving:
        turn.answer(turn.text("move.same" if new in agencies else "move.which", name=person.name, agency=agency))
    elif len(leaving) > 1:
        names = [(turn.office.agency_short(each), f"/move P{person.id} {each} {new}") for each in leaving]
        buttons = [[Button(name, command)] for name, command in names]
        turn.answer(turn.text("move.several", name=person.name, agency=agency), buttons=buttons)
    elif SURE.search(match[2]) is None:
        _ask(turn, person, [each for each in held if each.agency_id == leaving[0]], new)
    else:
        carry_out(turn, MovePerson(said_now(turn, ""), person.id or 0, leaving[0], new))


def _places(turn: Turn, text: str) -> tuple[str | None, str] | None:
    """The agency to leave, where one is said, and the new one."""
    if (new := find_agency(turn.office, text)) is not None:
        return None, new
    words = text.split()
    for count in range(1, len(words)):
        old, new = (find_agency(turn.office, " ".join(part)) for part in (words[:count], words[count:]))
        if old is not None and new is not None:
            return old, new
    return None


def _ask(turn: Turn, person: Person, moved: Sequence[Membership], new: str) -> None:
    old_id = moved[0].agency_id
    old, agency = turn.office.agency_name(old_id), turn.office.agency_name(new)
    roles = [turn.text(f"role.{each.role}") for each in moved]
    text = turn.text("move.ask", name=person.name, roles=roles, old=old, agency=agency)
    turn.answer(text, buttons=[[Button(turn.text("button.move"), f"/move P{person.id} {old_id} {new} co")]])


def hand_over(turn: Turn, rest: str) -> None:
    """/handover P12 P15: the second takes every role of the first; asks first."""
    match = BOTH.match(rest.strip())
    found = passing(turn.session, int(match[1]), int(match[2])) if match else None
    if match is None or found is None:
        turn.answer(turn.text("handover.which"))
        return
    before, after = int(match[1]), int(match[2])
    if fold(match[3] or "").strip(" .") in ("co", "yes"):
        carry_out(turn, HandOver(said_now(turn, ""), before, after))
        return
    text = turn.text(
        "handover.ask",
        name=people.mentioned(found.before),
        person=people.named(turn.session, turn.office.agency_short, after),
        roles=roles_of(turn.office, (*found.at_once, *found.waits)),
    )
    button = Button(turn.text("button.handover"), f"/handover P{before} P{after} co")
    turn.answer(text, buttons=[[button]])
