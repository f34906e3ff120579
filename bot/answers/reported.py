"""The name of who reports on a shared telephone has come: what waited for it is recorded."""

import re

from bot import reporting
from bot.carry_out import post_outcome
from bot.turn import Turn
from progress import duty_phone, duty_report
from store import duty, people
from words.names import LONGEST_NAME, of_person

CHOSEN = re.compile(r"^by\s+(?:p(\d{1,9})|other)$", re.IGNORECASE)
DIGIT = re.compile(r"\d")


def is_choice(rest: str) -> bool:
    """Whether what stands behind "/pick" chooses who reports."""
    return CHOSEN.match(rest.strip()) is not None


def pick(turn: Turn, rest: str) -> bool:
    """/pick by P7, or /pick by other, whose name is asked for."""
    match = CHOSEN.match(rest.strip())
    if match is None or reporting.held(turn) is None or turn.person is None:
        turn.hint(turn.text("ask.answered"))
        return True
    if match[1] is None:
        reporting.ask_name(turn)
        return True
    chosen = people.get(turn.session, int(match[1]))
    if chosen is None or chosen not in duty.colleagues(turn.session, turn.person_id):
        turn.hint(turn.text("ask.foreign"))
        return True
    record(turn, chosen.name, chosen.id)
    return True


def is_name(turn: Turn, verb: str | None) -> bool:
    """Whether the words are the name that was asked for."""
    text, row = turn.incoming.text.strip(), reporting.held(turn)
    asked = row is not None and bool(row.data["typed"])
    return bool(
        asked
        and verb is None
        and not turn.files
        and 1 < len(text) <= LONGEST_NAME
        and of_person(text)
        and DIGIT.search(text) is None
    )


def record(turn: Turn, called: str, same_as: int | None) -> None:
    """Records what waited; `called` is "" where somebody else began to speak before a name was given."""
    row = reporting.held(turn)
    if row is None or turn.person is None:
        return
    reporter = duty_phone.named(turn.session, turn.office, turn.person, of_person(called), same_as, turn.now)
    for outcome in duty_report.record(turn.session, turn.office, row, reporter, turn.now):
        post_outcome(turn, outcome)
