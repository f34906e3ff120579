"""Which of their agencies somebody means who answers for several."""

from bot import reference
from bot.reference import Reference
from bot.turn import Turn
from words.grammar import SLASH


def meant(turn: Turn, about: Reference) -> str | None:
    """The one of the person's agencies that stands behind the code or at the very beginning: "2h sonlong xong", "xã Sơn
    Long xong 2h". One that is named elsewhere may be whom something was sent to.
    """
    if len(turn.agencies) < 2:
        return None
    if about.agency in turn.agencies:
        return about.agency
    found = reference.first_body(turn.office, SLASH.sub("", turn.incoming.text.strip()))
    return _own(turn, found[0]) if found is not None else None


def alone(turn: Turn, text: str) -> str | None:
    """The one of the person's agencies that is all that a text says: the answer to whose it is."""
    found = reference.first_body(turn.office, text.strip(" .!ạ"))
    return _own(turn, found[0]) if found is not None and not found[1].strip(" .") else None


def _own(turn: Turn, named: tuple[str, ...]) -> str | None:
    return named[0] if len(named) == 1 and named[0] in turn.agencies else None
