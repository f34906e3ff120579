"""What a message says about pieces of work, read whole, whatever command or code stands in it."""

import re
from collections.abc import Collection

from bot.turn import Turn
from bot.which.own_agency import names_of
from channels.base import What
from plan.people import Role
from progress.items import item_of
from progress.submit import Statement
from store.tables import Obligation
from words.grammar import SLASH
from words.reading import Answer, Reading, Said, read_answer

MARKED = re.compile(r"^[#S]\s*\d{1,12}(?!\w)")
DONE = Reading(Said.DONE, plain=True)


def answers(turn: Turn, also: Collection[str] = ()) -> tuple[Answer, ...]:
    """The whole of this message, code by code; `also` are words that say nothing by themselves."""
    text = turn.incoming.text.strip()
    command = SLASH.match(text)
    words = text[command.end() :] if command else text
    return _read(turn, MARKED.sub("", words.strip()), also, told=command is not None)


def is_command(turn: Turn) -> bool:
    """Whether it was said with a slash, or by a press."""
    return turn.incoming.what is What.PRESS or SLASH.match(turn.incoming.text.strip()) is not None


def reading(turn: Turn, row: Obligation, said: Statement, *, told: bool) -> Reading:
    """What was said about one piece of work, in this message or, where that only chose it, in the one before.

    A press says what stands on its button, and the words of a task's title are accounted for. `told` where it was said
    to be done already.
    """
    this = said.source == turn.source
    if this and turn.incoming.what is What.PRESS:
        return DONE
    item = item_of(turn.office, row)
    title = f"{item.task.title} {item.task.product}".split() if item else ()
    found = answers(turn, title) if this else _read(turn, said.note, title, told=told)
    return found[0].reading if len(found) == 1 else Reading(Said.UNCLEAR)


def _read(turn: Turn, text: str, also: Collection[str], *, told: bool) -> tuple[Answer, ...]:
    everybody = [agency.id for plan in turn.office.plans.values() for agency in plan.agencies]
    # An admin names the agency in whose place it is said.
    own = everybody if Role.ADMIN in turn.roles else turn.agencies
    return read_answer(
        text,
        turn.office.today(turn.incoming.sent_at),
        turn.office.codes(),
        own=(*names_of(turn.office, own), *also),
        others=names_of(turn.office, [each for each in everybody if each not in own]),
        told=told,
    )
