"""/undo, its button, or /undo 2b: takes back what was said by mistake; after ten minutes an admin is asked."""

from bot import reference
from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which import owed
from progress.acts.values import TakeBack, Undo, Withdraw
from store import submissions
from words import grammar


def take_back(turn: Turn, rest: str) -> bool:
    """/takeback #57, S12 or R3, its button: a difficulty, a return or a refusal was a mistake."""
    meant = reference.read(turn.office, rest)
    act = TakeBack(owed.said_now(turn, ""), meant.obligation, meant.submission, meant.request)
    return carry_out(turn, act).is_over


def undo(turn: Turn, rest: str) -> bool:
    """The answer of a number, as its button names it, of an obligation that is named, or else the person's newest."""
    meant, number = reference.read(turn.office, rest), grammar.number(rest)
    if number is None and (meant.code is not None or meant.obligation is not None):
        found = owed.find_or_ask(turn, "undo", meant)
        return found is not None and carry_out(turn, Withdraw(found[1], found[0].id or 0)).is_over
    if number is None and (latest := submissions.latest_of(turn.session, turn.person_id)) is not None:
        return carry_out(turn, Undo(owed.said_now(turn, rest), latest.id)).is_over
    return carry_out(turn, Undo(owed.said_now(turn, ""), number)).is_over
