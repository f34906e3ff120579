"""Which of their agencies somebody means who answers for several."""

from collections.abc import Collection

from bot import reference
from bot.reference import Reference
from bot.turn import Turn
from plan.joint import members
from words import short_words
from words.grammar import SLASH
from words.office import Office


def meant(turn: Turn, about: Reference) -> str | None:
    """The one of the person's agencies that stands behind the code or at the very beginning: "2h sonlong xong", "xã Sơn
    Long xong 2h". One that is named elsewhere may be whom something was sent to, and beside another nobody knows.
    """
    if len(turn.agencies) < 2:
        return None
    found = about.agency if about.agency in turn.agencies else None
    if found is None:
        first = reference.first_body(turn.office, SLASH.sub("", turn.incoming.text.strip()))
        found = _own(turn, first[0]) if first is not None else None
    others = [each for each in turn.agencies if found is not None and found not in members(each)]
    return None if any(_is_named(turn, each) for each in others) else found


def alone(turn: Turn, text: str) -> str | None:
    """The one of the person's agencies that is all that a text says: the answer to whose it is."""
    found = reference.first_body(turn.office, text)
    return _own(turn, found[0]) if found is not None and not short_words.bare(found[1]) else None


def names_of(office: Office, agencies: Collection[str]) -> list[str]:
    """The names by which people call agencies."""
    found: list[str] = []
    for plan in office.plans.values():
        for agency in plan.agencies:
            if agency.id in agencies:
                found += [agency.id, agency.name, agency.short, *agency.aliases]
    return list(dict.fromkeys(found))


def _is_named(turn: Turn, agency: str) -> bool:
    said = f" {' '.join(short_words.words(turn.incoming.text))} "
    names = names_of(turn.office, members(agency))
    return any(f" {' '.join(short_words.words(each))} " in said for each in names)


def _own(turn: Turn, named: tuple[str, ...]) -> str | None:
    return named[0] if len(named) == 1 and named[0] in turn.agencies else None
