"""/away: an officer says from which day to which they are away, and who stands in."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.turn import Turn
from plan.people import Role
from plan.status import State
from progress.submit import LASTING
from store import absences, handles, memory, obligations, people
from store.people_tables import Absence, Person
from store.postings import Identity, notice
from words.codes import fold
from words.dates import read_day
from words.message import Button

OFF = frozenset({"off", "tat", "thoi", "bo", "huy"})
NOBODY = frozenset({"khong", "none", "nobody"})
BETWEEN = frozenset({"tu", "den", "toi", "het", "ngay", "from", "to", "-", "–"})
PERSON = re.compile(r"^p(\d{1,9})$", re.IGNORECASE)
LONGEST = timedelta(days=366)
SHOWN = 10
WHY = "somebody is away"


def away(turn: Turn, rest: str) -> None:
    """/away 3/2 10/2 @colleague, or P12, or nobody named; /away off."""
    words = [word for word in rest.split() if fold(word).strip(",;") not in BETWEEN]
    if not words:
        _show(turn)
        return
    if fold(words[0]).strip(" .") in OFF:
        _call_off(turn)
        return
    today = turn.office.today(turn.now)
    days = _days(words, today)
    if days is None:
        turn.answer(turn.text("away.misread"))
        return
    first, last, named = days
    if last < today or first > last or last - first > LONGEST:
        turn.answer(turn.text("away.past", last=last) if last < today else turn.text("away.misread"))
        return
    _note(turn, max(first, today), last, " ".join(named))


def _days(words: Sequence[str], today: date) -> tuple[date, date, Sequence[str]] | None:
    """The first day, the last, and the words that follow; one day alone is both."""
    first = read_day(words[0].strip(",;"), today)
    if first is None:
        return None
    last = read_day(words[1].strip(",;"), first) if len(words) > 1 else None
    return (first, first, words[1:]) if last is None else (first, last, words[2:])


def _note(turn: Turn, first: date, last: date, named: str) -> None:
    stand_in = _person(turn, named)
    fault = _fault(turn, stand_in, first, last) if stand_in else ""
    if fault:
        turn.answer(fault, buttons=_buttons(turn, first, last))
        return
    freed = [each for each in absences.of_person(turn.session, turn.person_id, first) if each.first <= last]
    row = absences.add(
        turn.session, turn.person_id, stand_in.id if stand_in else None, first, last, turn.now, via=turn.via
    )
    _free(turn, [each for each in freed if each.stand_in_id != row.stand_in_id])
    if first <= turn.office.today(turn.now):
        # What waits for the one who leaves is made anew, for whoever stands in.
        memory.unsay(turn.session, turn.person_id)
    _confirm(turn, row, stand_in)
    if stand_in is not None:
        _tell_stand_in(turn, row, stand_in)
    elif fold(named).strip(" .") not in NOBODY and (buttons := _buttons(turn, first, last)):
        turn.answer(turn.text("away.which", wanted=named), buttons=buttons)


def _person(turn: Turn, named: str) -> Person | None:
    """The one whom @handle or P12 names, when they are linked."""
    if match := PERSON.match(named):
        found = people.get(turn.session, int(match[1]))
    elif named.startswith("@"):
        found = handles.owner(turn.session, turn.incoming.channel, named[1:])
    else:
        found = None
    may = found is not None and found.id is not None and absences.may_stand_in(turn.session, found.id)
    return found if may else None


def _fault(turn: Turn, stand_in: Person, first: date, last: date) -> str:
    assert stand_in.id is not None
    if stand_in.id == turn.person_id:
        return turn.text("away.yourself")
    for each in absences.of_person(turn.session, stand_in.id, first):
        if each.first <= last:
            return turn.text("away.busy", name=stand_in.name, last=each.last)
    return ""


def _buttons(turn: Turn, first: date, last: date) -> list[list[Button]]:
    """The colleagues of the same agencies who are there in that time, and nobody; none where there is no colleague."""
    own = _own(turn)
    found = []
    for person, address, held in people.linked(turn.session):
        if person.id == turn.person_id or person.id is None or address is None or address.unreachable_since:
            continue
        colleague = any(each.agency_id in own and each.role != Role.LEADER for each in held)
        if colleague and not _fault(turn, person, first, last):
            found.append([Button(person.name, f"/away {first} {last} P{person.id}")])
    if not found:
        return []
    return [*found[:SHOWN], [Button(turn.text("button.stand_in_nobody"), f"/away {first} {last} khong")]]


def _confirm(turn: Turn, row: Absence, stand_in: Person | None) -> None:
    others, heads = (_others(turn, role) for role in (Role.OFFICER, Role.HEAD))
    turn.answer(
        turn.text(
            "away.on",
            first=row.first,
            last=row.last,
            name=people.mentioned(stand_in),
            others=others,
            heads=heads,
            compiler=turn.office.compiler_name,
        )
    )


def _others(turn: Turn, role: Role) -> list[str]:
    """Who else of this role is reached at the person's agencies."""
    own = _own(turn)
    found = people.reachable(turn.session, role, turn.now)
    return [
        people.mentioned(person) for person, _, held in found if held.agency_id in own and person.id != turn.person_id
    ]


def _tell_stand_in(turn: Turn, row: Absence, stand_in: Person) -> None:
    own = _own(turn)
    agencies = [turn.office.agency_name(each) for each in own]
    told = {"name": people.mentioned(turn.person), "agencies": agencies, "first": row.first, "last": row.last}
    number = row.stand_in_id or 0
    turn.tell(number, notice(Identity("away", row.id), turn.text("away.named", **told, count=_open(turn)), WHY))
    theirs = {each.agency_id for each in people.memberships(turn.session, number)}
    if not theirs & set(own):
        text = turn.text("away.to_admin", **told, person=people.mentioned(stand_in))
        turn.tell_admins(notice(Identity("away-elsewhere", row.id), text, "somebody of another agency stands in"))


def _call_off(turn: Turn) -> None:
    ended = absences.end_all(turn.session, turn.person_id, turn.office.today(turn.now), turn.now, via=turn.via)
    if not ended:
        turn.answer(turn.text("away.none"))
        return
    _free(turn, ended)
    turn.answer(turn.text("away.off", count=_open(turn)))


def _free(turn: Turn, ended: Sequence[Absence]) -> None:
    """Tells those who stood in that they do no longer; what still waits for them is made anew."""
    name = people.mentioned(turn.person)
    agencies = [turn.office.agency_name(each) for each in _own(turn)]
    for each in ended:
        if each.stand_in_id is not None:
            memory.unsay(turn.session, each.stand_in_id)
            text = turn.text("away.freed", name=name, agencies=agencies)
            turn.tell(each.stand_in_id, notice(Identity("away-off", each.id), text, WHY))


def _show(turn: Turn) -> None:
    found = absences.of_person(turn.session, turn.person_id, turn.office.today(turn.now))
    first = found[0] if found else None
    stand_in = people.get(turn.session, first.stand_in_id) if first and first.stand_in_id else None
    turn.answer(
        turn.text(
            "away.ask",
            first=first.first if first else None,
            last=first.last if first else None,
            name=people.mentioned(stand_in),
        )
    )


def _own(turn: Turn) -> list[str]:
    return people.agencies_of(turn.session, turn.person_id, (Role.OFFICER,))


def _open(turn: Turn) -> int:
    rows = obligations.of_agencies(turn.session, _own(turn), states=(State.OPEN,))
    return sum(1 for row in rows if row.kind not in LASTING)
