"""The numbers that Word sets by itself: 1., a), đ), II.1.1; numbering.xml with its styles and start overrides."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.word.names import VALUE, W

LEVELS = 9
MARKS = "abcdefghijklmnopqrstuvwxyz"
TENS = (
    ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"),
    ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"),
)


@dataclass(frozen=True)
class Level:
    """How a level is numbered: its form, its text with %1 to %9, its first number, and what starts it anew."""

    form: str
    text: str
    start: int
    restart: int | None
    legal: bool


class Numbering:
    """Counts along a document: each numbered paragraph, in order, gets what Word would print before it."""

    def __init__(self, part: Any | None, styles: Any | None) -> None:
        self._levels: dict[tuple[str, int], Level] = {}
        self._abstract: dict[str, str] = {}
        self._styles: dict[str, tuple[str | None, int | None]] = {}
        self._based: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        self._overrides: dict[tuple[str, int], int] = {}
        if part is not None:
            self._read(part)
        if styles is not None:
            self._read_styles(styles)

    def _read(self, part: Any) -> None:
        abstract: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for element in part.iter(f"{W}abstractNum"):
            own = element.get(f"{W}abstractNumId", "")
            abstract[own] = {_number(each.get(f"{W}ilvl"), 0): _level(each) for each in element.findall(f"{W}lvl")}
            if (link := element.find(f"{W}numStyleLink")) is not None:
                links[own] = link.get(VALUE, "")
            if (link := element.find(f"{W}styleLink")) is not None:
                by_style[link.get(VALUE, "")] = own
        for element in part.iter(f"{W}num"):
            own = element.get(f"{W}numId", "")
            reference = element.find(f"{W}abstractNumId")
            base = reference.get(VALUE, "") if reference is not None else ""
            base = by_style.get(links.get(base, ""), base)
            self._abstract[own] = base
            for at, level in abstract.get(base, {}).items():
                self._levels[own, at] = level
            self._override(own, element)

    def _override(self, own: str, element: Any) -> None:
        for override in element.findall(f"{W}lvlOverride"):
            at = _number(override.get(f"{W}ilvl"), 0)
            if (level := override.find(f"{W}lvl")) is not None:
                self._levels[own, at] = _level(level)
            if (start := override.find(f"{W}startOverride")) is not None:
                self._overrides[own, at] = _number(start.get(VALUE), 1)

    def _read_styles(self, styles: Any) -> None:
        for style in styles.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            if (based := style.find(f"{W}basedOn")) is not None:
                self._based[name] = based.get(VALUE, "")
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                self._styles[name] = _reference(properties)

    def before(self, paragraph: Any) -> str:
        """What Word prints before a paragraph, "" where it is not numbered; counts it."""
        own, at = self._of(paragraph)
        if not own or own == "0" or (own, at) not in self._levels:
            return ""
        level = self._levels[own, at]
        counts = self._counts.setdefault(self._abstract.get(own, own), [None] * LEVELS)
        self._start(own, at, counts)
        counts[at] = level.start if counts[at] is None else (counts[at] or 0) + 1
        for below in range(at + 1, LEVELS):
            restart = self._levels[own, below].restart if (own, below) in self._levels else None
            if restart is None or 0 < restart <= at + 1:
                counts[below] = None
        return self._printed(own, at, counts)

    def _start(self, own: str, at: int, counts: list[int | None]) -> None:
        """A list that overrides its start begins there, the first time that it is used."""
        if (own, at) in self._overrides and (own, at) not in self._started:
            self._started.add((own, at))
            counts[at] = self._overrides[own, at] - 1

    def _of(self, paragraph: Any) -> tuple[str | None, int]:
        """The list and the level of a paragraph: its own, or its style's."""
        own: str | None = None
        at: int | None = None
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            own, at = _reference(properties)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name, seen = style.get(VALUE, "") if style is not None else "", 0
        while name and seen < LEVELS and (own is None or at is None):
            of_style = self._styles.get(name)
            if of_style is not None:
                own, at = own if own is not None else of_style[0], at if at is not None else of_style[1]
            name, seen = self._based.get(name, ""), seen + 1
        return own, min(at or 0, LEVELS - 1)

    def _printed(self, own: str, at: int, counts: Mapping[int, int | None] | list[int | None]) -> str:
        level = self._levels[own, at]
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return "-"
        text = level.text
        for number in range(LEVELS):
            if f"%{number + 1}" not in text:
                continue
            other = self._levels.get((own, number), level)
            value = counts[number] if counts[number] is not None else other.start
            form = "decimal" if level.legal and number != at else other.form
            text = text.replace(f"%{number + 1}", formed(value or 0, form))
        return text.strip()


def formed(value: int, form: str) -> str:
    """A number in one of Word's forms; an unknown form is written in digits."""
    if form in ("lowerLetter", "upperLetter"):
        letter = MARKS[(value - 1) % 26] * ((value - 1) // 26 + 1) if value > 0 else ""
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman.upper() if form == "upperRoman" else roman
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    """A Roman number up to 99, as far as any plan counts; more is written in digits."""
    return TENS[0][value // 10] + TENS[1][value % 10] if 0 < value < 100 else str(value)


def _level(element: Any) -> Level:
    def said(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return str(found.get(VALUE, default)) if found is not None else default

    restart = said("lvlRestart", "")
    return Level(
        said("numFmt", "decimal"),
        said("lvlText", ""),
        _number(said("start", "1"), 1),
        _number(restart, 0) if restart else None,
        element.find(f"{W}isLgl") is not None,
    )


def _reference(properties: Any) -> tuple[str | None, int | None]:
    number, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    return (
        number.get(VALUE) if number is not None else None,
        _number(level.get(VALUE), 0) if level is not None else None,
    )


def _number(text: str | None, default: int) -> int:
    """A small number of an attribute that anybody may have written."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default
