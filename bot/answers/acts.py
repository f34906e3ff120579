"""What words say about one obligation, as an act: the one place where a verb becomes one."""

from bot.answers.snooze_day import day_of
from bot.questions.about_answers import Extension
from bot.turn import Turn
from progress.acts.values import (
    Acknowledge,
    Blocked,
    Correct,
    Done,
    Extend,
    Nothing,
    NotOurs,
    OwnAct,
    Progress,
    Snooze,
    Withdraw,
)
from progress.submit import Statement
from words import codes, dates


def read(turn: Turn, verb: str, obligation: int, said: Statement) -> OwnAct:
    """The act that a verb means: "extend" with "15/02 lý do", "snooze" with "thứ hai"; days are local."""
    today = turn.office.today(turn.now)
    match verb:
        case "done":
            return Done(said, obligation)
        case "nothing":
            return Nothing(said, obligation)
        case "progress":
            return Progress(said, obligation)
        case "acknowledge":
            return Acknowledge(said, obligation)
        case "extend":
            found = dates.find_day(said.note, today)
            return Extend(said, obligation, found.day, found.rest, found.typed)
        case "notours":
            return NotOurs(said, obligation)
        case "undo":
            return Withdraw(said, obligation)
        case "correct":
            return Correct(said, obligation)
        case "snooze":
            return Snooze(said, obligation, day_of(said.note, today) if said.note else None)
        case _:
            return Blocked(said, obligation)


def extend_on(turn: Turn, asked: Extension, text: str) -> Extend:
    """The day or the reason that was missing has come."""
    said = asked.said(turn.person_id)
    if asked.wanted is not None:
        # A day in the reason is part of the reason.
        return Extend(said, asked.obligation, asked.wanted, " ".join(filter(None, (asked.reason, text))))
    found = dates.find_day(codes.normalise(text), turn.office.today(turn.now))
    reason = " ".join(filter(None, (asked.reason, found.rest)))
    return Extend(said, asked.obligation, found.day, reason, found.typed)
