"""Turns the printed time of a task into milestones, each read by plan/due, and says what is doubted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from intake.draft import MilestoneDraft
from intake.letters import one_line
from plan import due
from plan.errors import WordsUnreadable
from plan.model import Kind

# «+ …; + …», a new line or a semicolon begin another time; a comma does not.
PIECES = re.compile(r"\s*;\s*|\n\s*|\s+(?=\+ )")
BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Context:
    """What the printed words rest on: the day of the signing (local; None where it is blank) and the plan's year."""

    signed: date | None = None
    year: int | None = None


@dataclass(frozen=True)
class TimeDoubt:
    """Words that give no single time: `kind` names the question, `why` is what the grammar said."""

    words: str
    kind: str
    why: str = ""
    proposals: tuple[date, ...] = ()


@dataclass
class Times:
    """The milestones of a task and what is doubted about them."""

    milestones: list[MilestoneDraft] = field(default_factory=list)
    doubts: list[TimeDoubt] = field(default_factory=list)


def read(timing: str, product: str, context: Context) -> Times:
    """The milestones of a task by its time and by what its product says of an event; none where no time is printed."""
    times = Times()
    if one_line(timing):
        _take(times, timing, context)
    for piece in PIECES.split(BRACKETS.sub("", product)):
        # «báo cáo sau mỗi đợt kiểm tra» stands among the products and is owed when it happens.
        if (found := _reading(piece, context)) and found.kind is Kind.EVENT:
            times.milestones.append(MilestoneDraft(_bare(piece), Kind.EVENT))
    return times


def _take(times: Times, timing: str, context: Context) -> None:
    pieces = [piece for piece in (_bare(each) for each in PIECES.split(timing)) if piece]
    readings = [(piece, _reading(piece, context)) for piece in pieces]
    if any(reading is None for _, reading in readings) and (whole := _reading(one_line(timing), context)):
        # A piece alone says no time: it goes on from the one before, and the whole has one meaning.
        readings = [(one_line(timing), whole)] if len([1 for _, reading in readings if reading]) < 2 else readings
    for piece, reading in readings:
        if reading is not None:
            _add(times, piece, reading, context)
        elif not _says_no_time(piece, context) or len(readings) == 1:
            _doubt(times, piece, context)


def _add(times: Times, piece: str, reading: due.Reading, context: Context) -> None:
    rule = due.read_every(piece) if reading.kind is Kind.PERIODIC else ""
    times.milestones.append(MilestoneDraft(piece, reading.kind, reading.due, rule))
    if reading.kind is Kind.UNDATED and (past := _reading(piece, Context(date.min, context.year))) and past.due:
        times.doubts.append(TimeDoubt(piece, "past", proposals=tuple(_next_year(past.due))))


def _doubt(times: Times, piece: str, context: Context) -> None:
    try:
        due.read(piece, context.signed or date.min)
    except WordsUnreadable as error:
        times.milestones.append(MilestoneDraft(piece, None))
        times.doubts.append(TimeDoubt(piece, "time", error.why))


def _reading(words: str, context: Context) -> due.Reading | None:
    try:
        return due.read(words, context.signed or date.min)
    except WordsUnreadable:
        return None


def _says_no_time(words: str, context: Context) -> bool:
    try:
        due.read(words, context.signed or date.min)
    except WordsUnreadable as error:
        return error.why == "no time is found in it"
    return False


def _next_year(day: date) -> Iterator[date]:
    if (day.month, day.day) != (2, 29):
        yield day.replace(year=day.year + 1)


def _bare(words: str) -> str:
    return one_line(words).strip(" ;,.").removeprefix("+ ").removeprefix("- ")
