"""How much somebody who is not linked may cause: a few answers at once, then one a minute; and few guesses at codes."""

from bot.turn import Turn
from channels.base import What
from store import nominations, people, rates
from store.rates import Limit

ANSWERS = Limit(60.0, 5)
CODES = Limit(600.0, 5)
# So many wrong codes of everybody together, and one a minute more, are slips. Beyond them somebody guesses, perhaps
# from many accounts: everybody has fewer tries then, and never none, so that nobody keeps an office's people out.
WRONG_OF_ALL, CODES_WHILE_GUESSED = Limit(60.0, 30), Limit(3600.0, 2)
ALL = "*"


def answer(turn: Turn, text: str) -> None:
    """An answer; silence for a stranger who had their share, so that nobody makes us talk."""
    if turn.incoming.what is What.PRESS:
        # A press is answered anyway, and costs nobody a message.
        turn.hint(text)
    elif turn.roles or _take_share(turn, "stranger", ANSWERS):
        turn.answer(text)


def no_role(turn: Turn) -> str:
    """What somebody reads who may do nothing: whom to ask, or that they wait to be confirmed."""
    if turn.person is not None and nominations.of_person(turn.session, turn.person_id, turn.now) is not None:
        return turn.text("nominate.not_yet")
    return turn.text("start.stranger", compiler=turn.office.compiler_name, number=turn.incoming.user)


def greet(turn: Turn, text: str) -> None:
    """A word to a group that somebody put us into; strangers can do that as often as they like."""
    known = people.by_user(turn.session, turn.incoming.channel, turn.incoming.user)
    if known is not None or _take_share(turn, "stranger", ANSWERS):
        turn.answer(text)


def may_try_code(turn: Turn) -> bool:
    """Whether this person may try one more invite code."""
    return _take_share(turn, "invite", _codes(turn), take_it=False)


def count_wrong_code(turn: Turn) -> None:
    """Counts a code that was none; whoever is invited for several agencies opens several right ones."""
    _take_share(turn, "invite", _codes(turn))
    rates.allow(turn.session, _of_all(turn), WRONG_OF_ALL, turn.now)


def _codes(turn: Turn) -> Limit:
    calm = rates.allow(turn.session, _of_all(turn), WRONG_OF_ALL, turn.now, take_it=False)
    return CODES if calm else CODES_WHILE_GUESSED


def _of_all(turn: Turn) -> str:
    return rates.share_of(turn.incoming.channel, "invite", ALL)


def _take_share(turn: Turn, what: str, limit: Limit, *, take_it: bool = True) -> bool:
    key = rates.share_of(turn.incoming.channel, what, turn.incoming.user)
    return rates.allow(turn.session, key, limit, turn.now, take_it=take_it)
