"""What figures were asked for: /tonghop 2b, /tonghop sondung, /tonghop mục 2, /tonghop quý 1."""

import re
from dataclasses import dataclass

from bot.turn import Turn
from reports import period
from reports.record import Window
from reports.scope import find_body
from words import codes
from words.codes import fold

SECTION = re.compile(r"(?:muc|section)\s*(\S+)")
YEAR = re.compile(r"[\s/-]*(?:nam\s+)?(20\d\d)$")
# Folded. The official periods are quarter I, the half-year, quarter III and the year; there is no other quarter.
PERIODS = {
    "Q1": ("q1", "quy 1", "quy i"),
    "H1": ("h1", "6 thang", "6 thang dau", "6 thang dau nam", "sau thang", "6t"),
    "Q3": ("q3", "quy 3", "quy iii"),
    "Y": ("y", "nam", "ca nam", "year"),
}


@dataclass(frozen=True)
class Asked:
    """One of these: a task's code, a section, a body of the plan, a period; nothing for everything."""

    task: str | None = None
    section: str | None = None
    body: str | None = None
    window: Window | None = None


def read(turn: Turn, rest: str) -> Asked | None:
    """What the words after the command ask for; None when they say nothing we know."""
    # Quí is quý.
    folded = re.sub(r"\bqui\b", "quy", " ".join(fold(rest).split()))
    if not folded:
        return Asked()
    if window := _window(turn, folded):
        return Asked(window=window)
    if (match := SECTION.fullmatch(folded)) and match[1] in _sections(turn):
        return Asked(section=match[1])
    if (body := find_body(turn.office, rest.strip())) is not None:
        return Asked(body=body)
    typed = codes.read(rest, turn.office.codes())
    if typed.code is not None:
        return Asked(task=typed.code)
    return Asked(section=folded) if folded in _sections(turn) else None


def _sections(turn: Turn) -> set[str]:
    return {section.id for plan in turn.office.plans.values() for section in plan.sections}


def _window(turn: Turn, folded: str) -> Window | None:
    year = next(reversed(list(turn.office.plans.values()))).year
    name = folded
    if (match := YEAR.search(folded)) and match.start() > 0:
        year, name = int(match[1]), folded[: match.start()].strip()
    elif re.fullmatch(r"nam (20\d\d)", folded):
        year, name = int(folded[-4:]), "nam"
    key = next((key for key, names in PERIODS.items() if name in names), None)
    return period.window(turn.office, f"{year}-{key}", turn.now) if key is not None else None
