"""/away: an officer says from which day to which they are away, and who stands in."""

import re
from collections.abc import Sequence

from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts.values import BeAway, BeBack
from store import absences, handles, people
from words.codes import fold
from words.dates import is_like_a_day
from words.stretch import Unlikely, read_stretch

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
    first, last, named = _typed(words)
    found = read_stretch(first, last, turn.office.today(turn.now))
    if found is None:
        turn.answer(turn.text("away.misread"))
    elif isinstance(found, Unlikely):
        # Nothing is noted: whoever is noted as away by mistake hears nothing for a year.
        turn.answer(_asked(turn, found, named))
    else:
        nobody = fold(named).strip(" .") in NOBODY
        act = BeAway(said_now(turn, named), found.first, found.last, _person(turn, named), nobody)
        carry_out(turn, act)


def _typed(words: Sequence[str]) -> tuple[str, str, str]:
    """The first day, the last, and the words that follow; one day alone is both."""
    first, second = words[0].strip(",;"), words[1].strip(",;") if len(words) > 1 else ""
    if is_like_a_day(second):
        return first, second, " ".join(words[2:])
    return first, first, " ".join(words[1:])


def _asked(turn: Turn, found: Unlikely, named: str) -> str:
    turned = found.turned
    return turn.text(
        "away.unlikely",
        past_day=found.passed,
        first=found.read.first,
        last=found.read.last,
        turned_first=turned.first if turned else None,
        turned_last=turned.last if turned else None,
        named=named,
    )


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
