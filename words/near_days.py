"""A day that is said by how near it is: "ngày mai", "ngày kia", "thứ sáu này", "thứ hai tuần sau"; accents or none."""

import re
from datetime import date, timedelta

PART = r"(?:s[áa]ng|tr[ưu]a|chi[ềe]u|t[ốo]i)"
# "Thứ tự" is no Wednesday: with accents each letter has its own.
WEEKDAY = (
    r"(?:(?:th[ứu]\s*|t(?=\d))(?:(?P<w0>hai|2)|(?P<w1>ba|3)|(?P<w2>t[ưu]|4)|(?P<w3>n[ăa]m|5)|(?P<w4>s[áa]u|6)|"
    r"(?P<w5>b[ảaẩ]y|7))|(?P<w6>ch[ủu]\s+nh[ậa]t|cn))"
)
ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = r"(?:(?P<coming>n[àa]y)|(?P<following>t[ớo]i)|tu[ầa]n\s+(?:(?P<this>n[àa]y)|(?P<next>sau|t[ớo]i)))"
NEAR = re.compile(
    rf"(?:{PART}\s+)?(?P<day>ng[àa]y\s+)?(?:(?P<tomorrow>mai|tomorrow)|(?P<after>kia)|{WEEKDAY}\s+{WEEK})(?!\w)",
    re.IGNORECASE,
)
TODAY = re.compile(rf"(?:{PART}|(?:ng[àa]y\s+)?h[ôo]m)\s+nay|today", re.IGNORECASE)
BARE = re.compile(rf"(?:{PART}\s+)?{WEEKDAY}", re.IGNORECASE)
DAY = re.compile(r"ng[àa]y\s+$", re.IGNORECASE)
# Behind "mai" alone, which is a name as well.
ENDS = re.compile(r"\s*(?:$|[.,:;–-])")
WRITTEN = re.compile(r"\d[/.-]\d")


def at_start(text: str, start: int, today: date) -> tuple[date, int] | None:
    """The day that a sentence says from `start` on, behind "đến ngày" or nothing, and where its words end.

    Only what cannot well be anything else: of "thứ hai" alone, which counts reasons too, and "hôm nay chưa có" nothing.
    """
    match = NEAR.match(text, start)
    if match is None:
        return None
    is_day = match["day"] is not None or DAY.search(text, 0, start) is not None
    if match["tomorrow"]:
        is_said = is_day or bool(text[: match.start("tomorrow")].strip()) or _is_alone(text, match.end())
        return (today + timedelta(days=1), match.end()) if is_said and not _is_name(text, match) else None
    if match["after"]:
        return (today + timedelta(days=2), match.end()) if is_day else None
    number, monday = _weekday(match), today - timedelta(days=today.weekday())
    if match["following"]:
        return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1), match.end()
    if match["coming"]:
        return today + timedelta(days=(number - today.weekday()) % 7), match.end()
    return monday + timedelta(days=number + (7 if match["next"] else 0)), match.end()


def _is_alone(text: str, end: int) -> bool:
    """Whether a sentence ends behind it, and no day is written further on: "mai, xin đến 15/2" asks for that."""
    return ENDS.match(text, end) is not None and WRITTEN.search(text, end) is None


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether "mai" is somebody's: "đến Mai Thị Hoa về"; a sentence begins with a capital too."""
    begins_large = match["tomorrow"][0].isupper() and match["day"] is None
    return begins_large and (match.start("tomorrow") > 0 or text[match.end() :].strip(" .") != "")


def whole(text: str, today: date) -> date | None:
    """The day that is all of a text; a weekday alone is the next one after today."""
    text = text.strip(" .,")
    if TODAY.fullmatch(text):
        return today
    if (found := at_start(text, 0, today)) is not None and found[1] == len(text):
        return found[0]
    bare = BARE.fullmatch(text)
    if bare is None and text.lower() not in ENGLISH:
        return None
    number = _weekday(bare) if bare is not None else ENGLISH.index(text.lower())
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _weekday(match: re.Match[str]) -> int:
    """Monday is 0."""
    return next(number for number in range(7) if match[f"w{number}"])
