"""/away: an officer says from which day to which they are away, and who stands in."""

import re
from collections.abc import Sequence
from datetime import date

from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts.values import BeAway, BeBack
from store import absences, handles, people
from words.codes import fold
from words.dates import read_day

OFF = frozenset({"off", "tat", "thoi", "bo", "huy"})
NOBODY = frozenset({"khong", "none", "nobody"})
BETWEEN = frozenset({"tu", "den", "toi", "het", "ngay", "from", "to", "-", "–"})
PERSON = re.compile(r"^p(\d{1,9})$", re.IGNORECASE)


def away(turn: Turn, rest: str) -> None:
    """/away 3/2 10/2 @colleague, or P12, or nobody named; /away off."""
    words = [word for word in rest.split() if fold(word).strip(",;") not in BETWEEN]
    if not words:
        _show(turn)
        return
    if fold(words[0]).strip(" .") in OFF:
        carry_out(turn, BeBack(said_now(turn, "")))
        return
    days = _days(words, turn.office.today(turn.now))
    if days is None:
        turn.answer(turn.text("away.misread"))
        return
    first, last, rest_of_it = days
    named = " ".join(rest_of_it)
    nobody = fold(named).strip(" .") in NOBODY
    carry_out(turn, BeAway(said_now(turn, named), first, last, _person(turn, named), nobody))


def _days(words: Sequence[str], today: date) -> tuple[date, date, Sequence[str]] | None:
    """The first day, the last, and the words that follow; one day alone is both."""
    first = read_day(words[0].strip(",;"), today)
    if first is None:
        return None
    last = read_day(words[1].strip(",;"), first) if len(words) > 1 else None
    return (first, first, words[1:]) if last is None else (first, last, words[2:])


def _person(turn: Turn, named: str) -> int | None:
    """The one whom @handle or P12 names."""
    if match := PERSON.match(named):
        return int(match[1])
    found = handles.owner(turn.session, turn.incoming.channel, named[1:]) if named.startswith("@") else None
    return found.id if found is not None else None


def _show(turn: Turn) -> None:
    found = absences.of_person(turn.session, turn.person_id, turn.office.today(turn.now))
    first = found[0] if found else None
    number = (first.stand_in_id or first.wanted_id) if first else None
    stand_in = people.get(turn.session, number) if number else None
    turn.answer(
        turn.text(
            "away.ask",
            first=first.first if first else None,
            last=first.last if first else None,
            name=people.mentioned(stand_in),
            waits=first is not None and first.wanted_id is not None,
        )
    )
