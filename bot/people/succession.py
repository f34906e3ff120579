"""Admins move a person to another agency, or hand somebody's roles over to a successor."""

import re
from collections.abc import Sequence

from bot.people import nominate
from bot.reading.tasks import state_in_words
from bot.turn import Turn
from bot.which import order
from plan.people import Role
from progress.acts.revoking import covered, roles_of
from progress.items import item_of, label, when
from progress.open_work import next_of_each
from reports.figures.scope import find_agency
from store import absences, assignees, audit, memory, nominations, obligations, people
from store.people_tables import Membership, Person
from store.postings import Identity, Posting
from store.types import DeliveryKind
from words.codes import fold
from words.message import Button, say

PERSON = re.compile(r"^p\s*(\d{1,9})\s+(.*)$", re.IGNORECASE | re.DOTALL)
BOTH = re.compile(r"^p\s*(\d{1,9})\s+(?:cho\s+)?p\s*(\d{1,9})(?:\s+(.*))?$", re.IGNORECASE)
SURE = re.compile(r"(?<!\s)\s+(?:co|có|yes)$", re.IGNORECASE)
TITLE = 80


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
    else:
        moved = [each for each in held if each.agency_id == leaving[0]]
        _move(turn, person, moved, new, sure=SURE.search(match[2]) is not None)


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


def _move(turn: Turn, person: Person, moved: Sequence[Membership], new: str, *, sure: bool) -> None:
    old_id = moved[0].agency_id
    old, agency = turn.office.agency_name(old_id), turn.office.agency_name(new)
    roles = [turn.text(f"role.{each.role}") for each in moved]
    if not sure:
        text = turn.text("move.ask", name=person.name, roles=roles, old=old, agency=agency)
        turn.answer(text, buttons=[[Button(turn.text("button.move"), f"/move P{person.id} {old_id} {new} co")]])
        return
    number = _rest_first(turn, person)
    _tell(turn, number, turn.text("move.told", old=old, agency=agency, roles=roles))
    for each in moved:
        people.end(turn.session, each, turn.now)
        people.join(turn.session, number, new, Role(each.role), turn.now, via=turn.via, by=turn.person_id)
    roles_moved = [f"{old_id}:{each.role}" for each in moved]
    _note(turn, people.MOVED, number, {"from": old_id, "to": new, "roles": roles_moved})
    uncovered = [turn.office.agency_name(each.agency_id) for each in moved if not covered(turn.session, each)]
    turn.answer(turn.text("move.done", name=person.name, old=old, agency=agency, uncovered=uncovered))


def hand_over(turn: Turn, rest: str) -> None:
    """/handover P12 P15: the second takes every role of the first; asks first."""
    match = BOTH.match(rest.strip())
    before = people.get(turn.session, int(match[1])) if match else None
    after = people.get(turn.session, int(match[2])) if match else None
    held = people.memberships(turn.session, before.id or 0) if before else ()
    known = after is not None and people.memberships(turn.session, after.id or 0)
    if match is None or before is None or after is None or before.id == after.id or not held or not known:
        turn.answer(turn.text("handover.which"))
        return
    roles, to = roles_of(turn.office, held), people.named(turn.session, turn.office.agency_short, after.id or 0)
    named = {"name": people.mentioned(before), "person": to, "roles": roles}
    if fold(match[3] or "").strip(" .") not in ("co", "yes"):
        button = Button(turn.text("button.handover"), f"/handover P{before.id} P{after.id} co")
        turn.answer(turn.text("handover.ask", **named), buttons=[[button]])
        return
    waits = _hand_over(turn, before, after, held)
    turn.answer(
        turn.text("handover.done", **named | {"roles": roles_of(turn.office, _at_once(turn, after, held))}), waits
    )


def _at_once(turn: Turn, after: Person, held: Sequence[Membership]) -> list[Membership]:
    """The roles that the successor takes up at once: to be an admin waits for a second one."""
    waits = nominations.is_needed(turn.session, after.id or 0, Role.ADMIN)
    return [each for each in held if not (waits and each.role == Role.ADMIN)]


def _hand_over(turn: Turn, before: Person, after: Person, held: Sequence[Membership]) -> str:
    """Gives what to say of the role that waits; empty for none."""
    old, new = _rest_first(turn, before), after.id or 0
    passed = _at_once(turn, after, held)
    waits = [each for each in held if each not in passed]
    roles = roles_of(turn.office, passed)
    agencies = list(dict.fromkeys(each.agency_id for each in held if each.role in (Role.OFFICER, Role.HEAD)))
    rows = obligations.of_agencies(turn.session, agencies)
    # What the agency was told is not told again to the one who comes.
    memory.inherit(turn.session, old, new, [each.id for each in rows if each.id is not None])
    if passed:
        _tell(turn, old, turn.text("handover.leaves", person=after.name, roles=roles))
    kept = {Role.ADMIN} if waits else set()
    people.leave(turn.session, old, turn.now, via=turn.via, actor=turn.person_id, keep=kept)
    for each in passed:
        people.join(turn.session, new, each.agency_id, Role(each.role), turn.now, via=turn.via, by=turn.person_id)
    assignees.pass_on(turn.session, old, new, turn.now, via=turn.via, by=turn.person_id)
    _note(turn, "member.handed_over", old, {"to": new})
    if passed:
        parts = list(_open_work(turn, agencies, several=len(agencies) > 1))
        heading = turn.text("handover.heading", name=before.name, roles=roles, count=len(parts))
        _tell(turn, new, heading, *parts, *([turn.text("handover.footer")] if parts else []))
    return nominate.by_handover(turn, new, waits[0].agency_id, old) if waits else ""


def _open_work(turn: Turn, agencies: Sequence[str], *, several: bool) -> list[str]:
    """What is open, late first, each with what was said of it last."""
    rows = obligations.of_agencies(turn.session, agencies)
    today = turn.office.today(turn.now)
    items = next_of_each(turn.office, (item for row in rows if (item := item_of(turn.office, row))), today)
    return [
        turn.text(
            "handover.line",
            code=label(item),
            agency=turn.office.agency_short(item.row.agency_id) if several else "",
            when=when(turn.office, item, today),
            due=item.row.due,
            title=item.task.short(TITLE),
            state=state_in_words(turn, item.row),
        )
        for item in items
    ]


def _rest_first(turn: Turn, person: Person) -> int:
    """What waits for the person does not leave, and nobody stands in for them any more; gives their row."""
    assert person.id is not None
    memory.unsay(turn.session, person.id)
    for each in absences.end_all(turn.session, person.id, turn.office.today(turn.now), turn.now, via=turn.via):
        if each.stand_in_id is not None:
            memory.unsay(turn.session, each.stand_in_id)
    return person.id


def _note(turn: Turn, action: str, person_id: int, detail: dict[str, object]) -> None:
    audit.record(turn.session, action, f"person:{person_id}", turn.now, via=turn.via, actor=turn.person_id, **detail)


def _tell(turn: Turn, person_id: int, *parts: str) -> None:
    identity = Identity("roles", turn.update)
    turn.tell(person_id, Posting(DeliveryKind.NOTICE, "an admin changed who does what", identity, say(*parts)))
