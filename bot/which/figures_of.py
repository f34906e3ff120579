"""What figures were asked for: /tonghop 2b, /tonghop sondung, /tonghop mục 2, /baocao quý 1 đính chính lý do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot import reference
from bot.turn import Turn
from bot.which.early_freeze import EARLY, Early
from reports.figures import period
from reports.figures.parts_in_words import Part
from reports.figures.record import Window
from reports.figures.scope import find_body
from words import codes
from words.codes import fold
from words.reach import READ, joined, parted

SECTION = re.compile(r"(?:muc|section)\s*(\S+)")
YEAR = re.compile(r"(?<![\s/-])[\s/-]*(?:nam\s+)?(20\d\d)$")
# Folded. The official periods are quarter I, the half-year, quarter III and the year; there is no other quarter.
PERIODS = {
    "Q1": ("q1", "quy 1", "quy i"),
    "H1": ("h1", "6 thang", "6 thang dau", "6 thang dau nam", "sau thang", "6t"),
    "Q3": ("q3", "quy 3", "quy iii"),
    "Y": ("y", "nam", "ca nam", "year"),
}


# "6 thang dau nam nam 2020"
PERIOD_WORDS = 6
# What an admin wants done with a period's report; folded.
FREEZE = re.compile(r"\b(?:chot(?:\s+so\s+lieu)?|freeze)[\s.]*$")
CORRECT = re.compile(r"\b(?:dinh\s+chinh|correct)\b[\s:,.–-]*")
# The lists of a summary, asked for by themselves; folded.
PARTS: Mapping[Part, re.Pattern[str]] = {
    Part.SECTIONS: re.compile(r"\b(?:theo\s{1,4}(?:cac\s{1,4})?muc|by\s{1,4}section)$"),
    Part.AGENCIES: re.compile(r"\b(?:theo\s{1,4}(?:cac\s{1,4})?don\s{1,4}vi|by\s{1,4}agency)$"),
    Part.NEAR: re.compile(r"\b(?:sap\s{1,4}den\s{1,4}han|near)$"),
}
KEY = re.compile(r"(20\d\d)-(q1|h1|q3|y)$")


@dataclass(frozen=True)
class FiguresOf:
    """One of these: a task's code, a section, a body of the plan, a period; nothing for everything."""

    task: str | None = None
    section: str | None = None
    body: str | None = None
    window: Window | None = None


def read(turn: Turn, rest: str) -> FiguresOf | None:
    """What the words after the command ask for; None when they say nothing we know."""
    if len(rest) > READ:
        return None
    folded = " ".join(fold(rest).split())
    if not folded:
        return FiguresOf()
    if window := window_of(turn, rest):
        return FiguresOf(window=window)
    if (match := SECTION.fullmatch(folded)) and match[1] in _sections(turn):
        return FiguresOf(section=match[1])
    if (body := find_body(turn.office, rest.strip())) is not None:
        return FiguresOf(body=body)
    meant = reference.read(turn.office, rest)
    if meant.code is not None:
        return FiguresOf(task=meant.code)
    return FiguresOf(section=folded) if folded in _sections(turn) else None


def split_part(rest: str) -> tuple[str, Part | None]:
    """What follows a command, without the list of the summary that is named at its end (theo đơn vị), and that list."""
    words = codes.normalise(rest).strip(" .") if len(rest) <= READ else rest
    folded = fold(words)
    for part, pattern in PARTS.items():
        if len(rest) <= READ and len(folded) == len(words) and (match := pattern.search(folded)):
            return words[: match.start()].strip(), part
    return rest, None


@dataclass(frozen=True)
class ReportAsked:
    """A period, the one that ends nearest to today where none was named, and a body; `freeze` where the figures are to
    be frozen, `reason` the words of a correction, None where none was asked for; `early` those of a freeze before the
    period's end."""

    window: Window
    body: str | None = None
    freeze: bool = False
    reason: str | None = None
    early: Early | None = None


def report(turn: Turn, rest: str) -> ReportAsked | None:
    """What /baocao asks for: quý 1, quý 1 sondung, sondung, each perhaps with "chốt", "chốt đến 10/03 vì …" or "đính
    chính" and why; None when the words say nothing we know."""
    # A correction's reason may be long: it stands behind what names the report.
    rest, reason_goes_on = parted(" ".join(rest.split()))
    words = codes.normalise(rest)
    folded = fold(words)
    if len(folded) != len(words):
        # Letters that fold to several or none: places in the two texts would not agree.
        return None
    # Whichever stands first is meant: behind it are a person's own words.
    wish = min(filter(None, (CORRECT.search(folded), EARLY.search(folded))), key=re.Match.start, default=None)
    wish = wish or FREEZE.search(folded)
    found = period_and_body(turn, words[: wish.start()].strip() if wish else words)
    if found is None:
        return None
    window, body = found
    window = window or period.nearest(turn.office, turn.now)
    if wish is None or wish.re is FREEZE:
        return ReportAsked(window, body, freeze=wish is not None)
    told = joined(words[wish.end() :].strip(), reason_goes_on)
    return (
        ReportAsked(window, body, reason=told) if wish.re is CORRECT else ReportAsked(window, body, early=Early(told))
    )


def period_and_body(turn: Turn, rest: str) -> tuple[Window | None, str | None] | None:
    """The period and the body of the plan that words name, in either order, each perhaps missing; None for others."""
    words = rest.split()
    for count in range(len(words) + 1):
        # One of the two is a period, and no period has more words.
        if PERIOD_WORDS < count < len(words) - PERIOD_WORDS:
            continue
        first, second = " ".join(words[:count]), " ".join(words[count:])
        for period_words, body_words in ((first, second), (second, first)):
            window, body = window_of(turn, period_words), find_body(turn.office, body_words) if body_words else None
            if bool(window) == bool(period_words) and bool(body) == bool(body_words):
                return window, body
    return None


def _sections(turn: Turn) -> set[str]:
    return {section.id for plan in turn.office.plans.values() for section in plan.sections}


def window_of(turn: Turn, words: str) -> Window | None:
    """The reporting period that words name: quý 1, 6 tháng năm 2020, 2020-Q1; None for others."""
    # Quí is quý.
    folded = re.sub(r"\bqui\b", "quy", " ".join(fold(words).split()))
    if match := KEY.match(folded):
        return period.window(turn.office, f"{match[1]}-{match[2].upper()}", turn.now)
    newest = turn.office.newest
    year = newest.year if newest is not None else turn.office.today(turn.now).year
    name = folded
    if (match := YEAR.search(folded)) and match.start() > 0:
        year, name = int(match[1]), folded[: match.start()].strip()
    elif re.fullmatch(r"nam (20\d\d)", folded):
        year, name = int(folded[-4:]), "nam"
    key = next((key for key, names in PERIODS.items() if name in names), None)
    return period.window(turn.office, f"{year}-{key}", turn.now) if key is not None else None
