"""/clarify L12, its buttons and its words: what somebody meant that was not understood whole."""

import re
from collections.abc import Sequence

from bot.carry_out import carry_out, post_outcome
from bot.questions.about_answers import WhatWasMeant
from bot.turn import Turn
from bot.which.owed import said_now
from plan.people import Role
from progress.acts import clarifying
from progress.acts.outcomes import Outcome
from progress.acts.scene import Meaning
from progress.acts.values import Clarify
from store import obligations, unclear
from store.answer_tables import Unclear
from store.tables import Obligation
from words import short_words

NUMBERS = re.compile(r"^L?(\d{1,12}(?:\+L?\d{1,12})*)\b\s*(\w*)", re.IGNORECASE)
MOST = 5
# Each of several as it was read.
ALL = "all"


def clarify(turn: Turn, rest: str) -> bool:
    """/clarify L12 done, /clarify L12+L13 all; without a meaning it asks again, without a number about what waits."""
    match = NUMBERS.match(rest.strip())
    numbers = tuple(int(each) for each in re.findall(r"\d+", match[1])) if match else ()
    wish = match[2] if match else ""
    if wish == ALL or wish in set(Meaning):
        meaning = None if wish == ALL else Meaning(wish)
        return carry_out(turn, Clarify(said_now(turn, ""), numbers, meaning)).is_over
    waiting = [each for each in (unclear.get(turn.session, number) for number in numbers) if each is not None]
    _ask_again(turn, waiting or unclear.waiting(turn.session)[:MOST])
    return False


def _ask_again(turn: Turn, found: Sequence[Unclear]) -> None:
    """The question about each, where it still waits and is this person's to answer."""
    mine = [
        (each, row)
        for each in found
        if each.settled_at is None and (row := obligations.get(turn.session, each.obligation_id)) and _may(turn, row)
    ]
    if not mine:
        turn.answer(turn.text("meaning.settled" if found else "meaning.which"))
    for each, row in mine:
        act = Clarify(said_now(turn, ""), (each.id or 0,), None)
        post_outcome(turn, Outcome((clarifying.question(turn.office, [(each, row)]),), about=row.id, waits=act))


def _may(turn: Turn, row: Obligation) -> bool:
    return Role.ADMIN in turn.roles or row.agency_id in turn.agencies


def meaning_of(turn: Turn, question: WhatWasMeant) -> Clarify | None:
    """What a text chooses of a question's options; None where it chooses none of them."""
    chosen, several = short_words.meaning(turn.incoming.text), len(question.unclear) > 1
    if chosen is None or ((chosen == ALL) != several and chosen != Meaning.NOTHING):
        return None
    return Clarify(said_now(turn, ""), question.unclear, None if chosen == ALL else Meaning(chosen))
