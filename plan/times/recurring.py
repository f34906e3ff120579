"""Finds what recurs in words: how often («hằng tháng», «6 tháng một lần») and on which day («ngày 10 tháng sau»)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plan.times.dates import TAKEN
from plan.times.rules import WEEKDAYS, WHOLE_MONTH, Every, Weekday

UNIT = r"(?:(?:\d{1,2}|mot|sau_?|nua) )?(?:ngay|tuan|thang|quy|nam)\b(?! ?\d+\b(?! ?lan\b)| hoc\b)"
OFTEN = r"(?:dinh ky|hang|moi|tung)"
AND = rf"(?:,? va |,? hoac |, ?| ?/ ?| ?- ?| (?={OFTEN}))"
FREQUENCY = re.compile(
    rf"(?:(?:{OFTEN}(?: ?[:(] ?| ))+(?:vao |theo |bao cao )?|\b(?:theo|bao cao(?: dinh ky)?) (?!ngay|\d+ ngay))"
    rf"(?P<units>{UNIT}(?:{AND}(?:{OFTEN} )*{UNIT})*)(?: (?:mot|\d{{1,2}}) lan\b| ?/ ?(?:1 |mot )?lan\b)?"
)
PER = re.compile(
    rf"(?:(?P<times>\d{{1,2}}|mot) )?(?:lan|cuoc|dot|ky) ?(?:/|moi|trong|tren) ?(?:mot |1 )?(?P<units>{UNIT})"
    rf"|(?:(?:hang|moi|dinh ky) )*(?P<by>{UNIT}) ?(?:(?P<count>mot|\d{{1,2}}) lan|/ ?(?:0?1 |mot )?lan)\b"
    rf"|(?<!\d) ?/ ?(?P<per>{UNIT})"
)
ALONE = re.compile(rf"^(?P<units>{UNIT}(?:{AND}{UNIT})+)$")
BARE = re.compile(r"\bdinh ky\b(?! (?:\d|cao))")
DAYS = (
    r"(?P<day>\d{1,2})(?:(?P<joint>,? va | ?, ?| den (?:het )?| ?- ?)(?:truoc )?(?:ngay )?(?P<other>\d{1,2}))?"
    r"(?![\d/.#])"
)
FOLLOWING = r"(?:sau|toi_?|ke tiep|tiep theo|tiep sau|lien ke|lien sau|ke sau)"
BEFORE = r"(?P<said>(?:(?:truoc|tu|den|het|vao|cham|muon|nhat|han|la) )*)"
DAY_OF = re.compile(
    rf"{BEFORE}(?:\bngay |(?<=truoc )|(?<=den )|(?<=het )){DAYS},?(?: cua)?"
    rf"(?: (?:(?P<next>thang {FOLLOWING})(?: thang bao cao)?"
    rf"|thang (?P<end>dau|cuoi|thu hai)(?: tien| cung)? (?:cua )?(?:moi |hang )?(?P<of>quy|ky)(?: bao cao)?"
    rf"(?P<later> {FOLLOWING})?|(?P<own>thang bao cao)|(?=(?P<month>(?:hang|moi|tung) thang))))?"
)
LAST_DAY = re.compile(rf"{BEFORE}ngay cuoi(?: cung)? (?:cua )?(?=(?:hang |moi )?thang\b)")
WEEKDAY = re.compile(
    r"(?P<before>\btruoc )?(?:\bngay )?(?:\bthu (?P<name>hai|ba|4|tu_?|nam_?|sau_?|6|bay|[2357])\b|\bchu nhat\b)"
)
WEEKDAY_NAMES = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
OF_COUNT: dict[tuple[str, int], Every] = {
    ("nam", 1): "year",
    ("nam", 2): "half",
    ("nam", 4): "quarter",
    ("nam", 12): "month",
    ("quy", 1): "quarter",
    ("thang", 1): "month",
    ("thang", 4): "week",
    ("tuan", 1): "week",
}


@dataclass(frozen=True)
class Often:
    """How often: `every` None where the words say a rhythm that no rule can keep; `daily` is no rhythm but ongoing."""

    start: int
    end: int
    every: Every | None
    interval: int = 1
    daily: bool = False
    bare: bool = False


@dataclass(frozen=True)
class DayOf:
    """A day of a period: `day` 31 is its last; `every` where the words name the period; `which` month of a quarter."""

    start: int
    end: int
    day: int
    before: bool = False
    every: Every | None = None
    which: int | None = None
    following: bool = False


def find_days(text: str) -> tuple[list[DayOf], str]:
    """The days without a month of their own, and the text with `TAKEN` in their places."""
    found: list[DayOf] = []
    for match in list(DAY_OF.finditer(text)):
        if not all(1 <= int(number) <= WHOLE_MONTH for number in (match["day"], match["other"]) if number):
            continue
        found += _days(match)
        text = text[: match.start()] + TAKEN * (match.end() - match.start()) + text[match.end() :]
    for match in list(LAST_DAY.finditer(text)):
        found.append(DayOf(match.start(), match.end(), WHOLE_MONTH, "truoc" in match["said"], "month"))
        text = text[: match.start()] + TAKEN * (match.end() - match.start()) + text[match.end() :]
    return found, text


def _days(match: re.Match[str]) -> Iterable[DayOf]:
    before, which = "truoc" in match["said"].split(), None
    every: Every | None = "month" if match["next"] or match["own"] or match["month"] else None
    if match["end"]:
        every, which = "quarter" if match["of"] == "quy" else None, {"dau": 1, "cuoi": 3}.get(match["end"], 2)
    is_range = match["joint"] and ("den" in match["joint"] or "-" in match["joint"])
    numbers = [match["other"]] if is_range else [match["day"], match["other"]]
    for number in numbers:
        if number is not None:
            yield DayOf(
                match.start(), match.end(), int(number), before, every, which, bool(match["next"] or match["later"])
            )


def find_often(text: str) -> tuple[list[Often], str]:
    """Every rhythm of the text, each unit of a list apart, and the text with `TAKEN` in their places."""
    found: list[Often] = []
    for pattern in (ALONE, PER, FREQUENCY, BARE):
        for match in list(pattern.finditer(text)):
            found += _rhythms(match)
            text = text[: match.start()] + TAKEN * (match.end() - match.start()) + text[match.end() :]
    return found, text


def _rhythms(match: re.Match[str]) -> Iterable[Often]:
    parts = match.groupdict()
    if not parts:
        yield Often(match.start(), match.end(), "quarter", bare=True)
        return
    times = parts.get("times") or parts.get("count")
    if times and times != "mot" and int(times) > 1:
        unit = (parts["units"] or parts["by"] or "").split()[-1]
        yield Often(match.start(), match.end(), OF_COUNT.get((unit, int(times))))
        return
    units = parts.get("units") or parts.get("by") or parts.get("per") or ""
    for count, unit in re.findall(r"(?:(\d{1,2}|mot|sau_?|nua) )?(ngay|tuan|thang|quy|nam)\b", units):
        yield _rhythm(match, {"": 1, "mot": 1, "sau": 6, "sau_": 6}.get(count) or count, unit)


def _rhythm(match: re.Match[str], count: int | str, unit: str) -> Often:
    start, end = match.span()
    if unit == "ngay":
        return Often(start, end, None, daily=count == 1)
    if count == "nua":
        return Often(start, end, "half" if unit == "nam" else None)
    number = int(count)
    if unit == "thang":
        months: dict[int, Every] = {1: "month", 3: "quarter", 6: "half", 9: "quarter", 12: "year"}
        return Often(start, end, months.get(number))
    if unit == "nam":
        return Often(start, end, "year", number) if 1 <= number <= 20 else Often(start, end, None)
    every: Every = "week" if unit == "tuan" else "quarter"
    return Often(start, end, every if number == 1 else None)


def find_weekdays(text: str) -> tuple[list[tuple[Weekday, bool]], str]:
    """The weekdays that stand in the text, each with whether «trước» stands before it, and the text without them."""
    found: list[tuple[Weekday, bool]] = []
    for match in list(WEEKDAY.finditer(text)):
        name = (match["name"] or "").rstrip("_")
        place = 6 if not name else WEEKDAY_NAMES[name] if name in WEEKDAY_NAMES else int(name) - 2
        found.append((WEEKDAYS[place], bool(match["before"])))
        text = text[: match.start()] + TAKEN * (match.end() - match.start()) + text[match.end() :]
    return found, text
