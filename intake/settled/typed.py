"""Reads what a person writes in the place of an offered answer."""

import re
from datetime import date

from intake import bodies
from intake.letters import one_line, tidy
from intake.settled import ticked
from intake.settled.values import Question, Typed
from plan import due
from plan.milestone import Kind
from plan.times.rules import Trigger
from plan.times.values import Time

YEAR = re.compile(r"^(?:năm\s+)?(20\d\d)$", re.IGNORECASE)
DAY = re.compile(r"^(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(20\d\d)$", re.IGNORECASE)
NUMBER = re.compile(r"^(?:số\s*:?\s*)?(\d{1,5}\s*/\s*[\wĐ&./-]{2,30})$", re.IGNORECASE)
LONGEST = 2000


def year(words: str) -> int | None:
    """The year that was written."""
    match = YEAR.match(tidy(words))
    return int(match[1]) if match else None


def day(words: str) -> date | None:
    """The local date that was written: 05/01/2026."""
    match = DAY.match(tidy(words))
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def number(words: str) -> str | None:
    """The number and symbol of a document: 34/KH-UBND."""
    match = NUMBER.match(tidy(words))
    return "".join(match[1].split()) if match else None


def times(words: str, signed: date, of_year: int | None) -> tuple[Time, ...]:
    """The times that written words give; none where they give none or are not certain."""
    found = due.read_times(one_line(tidy(words)), signed, of_year)
    return found.times if found.doubt is None and all(map(is_a_time, found.times)) else ()


def is_a_time(time: Time) -> bool:
    """Whether it says when: «Khi nào cũng được» is read as an event and answers nothing."""
    if time.kind is Kind.EVENT:
        return isinstance(time.rule, Trigger) and (time.rule.offset is not None or time.rule.each)
    return time.kind is not Kind.UNDATED


def names(words: str) -> tuple[str, ...]:
    """The names that were written, one a line or with semicolons or commas between them, each once."""
    found: dict[str, None] = {}
    for line in re.split(r"[;\n]", tidy(words[:LONGEST])):
        read = bodies.names(re.sub(r"^\s*(?:[-+•*]|\d+[.)])\s*", "", line))
        # «xã Sơn Dung, xã Sơn Long»: people write names without capitals.
        several = len(read) == 1 and "," in read[0] and " và " not in read[0].rpartition(",")[2]
        for name in re.split(r"\s*,\s*", read[0]) if several else read:
            if name:
                found[name] = None
    return tuple(found)


def accepts(question: Question, words: str, signed: date, of_year: int | None) -> bool:
    """Whether written words answer a question."""
    match question.typed:
        case Typed.YEAR:
            return year(words) is not None
        case Typed.DAY:
            return day(words) is not None
        case Typed.NUMBER:
            return number(words) is not None
        case Typed.TIME:
            return bool(times(words, signed, of_year))
        case Typed.NAME:
            return len(names(words)) == 1
        case Typed.NAMES:
            found = ticked.read(question, words)
            return bool(names(words) if found is None else found)
        case _:
            return False
