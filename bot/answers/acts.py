"""What words say about one obligation, as an act: the one place where a verb becomes one."""

from dataclasses import replace

from bot import reference
from bot.answers import heard
from bot.answers.snooze_day import day_of
from bot.questions.about_answers import Extension
from bot.turn import Turn
from plan.model import Kind
from plan.status import ANSWERED
from progress.acts.values import (
    Acknowledge,
    Blocked,
    Correct,
    Done,
    Extend,
    ForSignature,
    Nothing,
    NotOurs,
    OwnAct,
    Progress,
    Say,
    Snooze,
    TellCause,
    Withdraw,
)
from progress.submit import Statement
from store import loose
from store.tables import Obligation
from words import codes, dates, grammar, short_words
from words.nothing import nothing_arose
from words.reading import Reading, Said

# What is said about an answer that stands adds to it, unless it speaks against it.
AGAINST = frozenset({Said.FOR_SIGNATURE, Said.BLOCKED, Said.EXTEND})


# These files say nothing that can be read.
UNREAD = frozenset({"voice", "video_note", "animation", "sticker"})


def read_words(turn: Turn, row: Obligation, said: Statement, *, told: bool) -> OwnAct:
    """The act that words mean, read whole; `told` where a command says already that it is done.

    What does not say plainly that it is done is no result: it is progress, or waits for a signature, or is asked about.
    """
    reading = heard.reading(turn, row, said, told=told)
    act = from_reading(turn, row, said, reading)
    if isinstance(act, Done | Nothing) or said.source != turn.source or heard.is_command(turn):
        return act
    # What is no result is kept in all the words that were said, but for the code of which all is.
    return replace(act, said=replace(said, note=_own_words(turn, row)))


def _own_words(turn: Turn, row: Obligation) -> str:
    """The message without the code that it began with: of "2b: đang làm" "đang làm"; whole where nothing follows."""
    text = turn.incoming.text.strip()
    named = reference.read(turn.office, grammar.without_task_word(text))
    return named.words if named.code == row.task and named.words else text


def from_reading(turn: Turn, row: Obligation, said: Statement, reading: Reading) -> OwnAct:
    """The act that a reading means about an obligation."""
    number = row.id or 0
    if nothing_arose(said.note):
        return Nothing(said, number)
    if row.state in ANSWERED:
        # A thumb adds nothing to what stands.
        added = said if short_words.words(said.note) else replace(said, note="")
        return Say(said, number, reading) if _speaks_against(reading) else Done(added, number)
    if reading.says is Said.BARE and _shows(turn, row, said):
        return Done(said, number)
    if not reading.plain or reading.says is Said.BARE:
        return Say(said, number, reading)
    match reading.says:
        case Said.DONE:
            return Done(said, number)
        case Said.HANDED_IN:
            return Done(replace(said, way=reading.way, handed_on=reading.day), number)
        case Said.FOR_SIGNATURE:
            return ForSignature(said, number, reading.day or turn.office.today(said.at), reading.to)
        case Said.PROGRESS:
            return Progress(said, number)
        case _:
            return Say(said, number, reading)


def _speaks_against(reading: Reading) -> bool:
    """Whether words speak against an answer that stands, and do not add to it."""
    return reading.denies or reading.says in AGAINST


def _shows(turn: Turn, row: Obligation, said: Statement) -> bool:
    """Whether files say by themselves that it is done: pictures and documents, of what has a day."""
    files = loose.by_ids(turn.session, said.person_id, said.files) if said.files else []
    return row.kind in (Kind.DATED, Kind.PERIODIC) and any(file.kind not in UNREAD for file in files)


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
        case "cause":
            return TellCause(said, obligation)
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
