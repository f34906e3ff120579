"""Finds times that wait for something to happen: «05 ngày làm việc kể từ ngày …», «sau khi …», «khi có phát sinh»."""

import re
from dataclasses import dataclass

from plan.times.dates import TAKEN
from plan.times.rules import Trigger, Unit
from plan.times.spelling import Spelled

TAIL = r"(?P<event>[^;,.]*?)(?=[;,.+]| (?:nhung|va|hoac) (?:cham nhat|truoc|khong)|$)"
COUNT = r"(?P<count>\d{1,3}) (?P<unit>ngay lam viec|ngay|tuan|thang|nam)(?P<working> lam viec)?"
LEAD = (
    r"(?:\b(?:trong|vong|thoi han|thoi gian|han|cham nhat|muon nhat|khong qua|toi_? da_?|sau|la|dinh ky|moi|truoc|du"
    r"|khoang thoi gian) )*"
)
OFFSET = re.compile(
    rf"(?P<lead>{LEAD}){COUNT},? ?(?P<link>(?:ke tu|tinh tu|bat dau tu|tu|sau"
    rf"|(?<!thang )(?<!nam )truoc(?! (?:ngay )?\d))(?: sau)?(?: khi| ngay_?| luc| thoi diem)*) {TAIL}"
)
# «trước kỳ họp 10 ngày», «trước ngày họp ít nhất 05 ngày làm việc».
AHEAD = re.compile(
    rf"(?P<link>\btruoc(?: khi| ngay| thoi diem)*) (?P<event>[a-z][a-z_ ]*?) (?:it nhat |toi_? thieu |cham nhat )?"
    rf"(?P<count>\d{{1,3}}) (?P<unit>ngay lam viec|ngay|tuan)(?P<working> lam viec)?(?! ?[\d{TAKEN}/])"
)
HAPPENS = re.compile(
    r"(?:\b(?:ngay_?|trong|cham nhat|tuy|tuy theo) )*(?P<link>\b(?:sau moi|moi khi|moi lan|moi dot|moi cuoc|sau khi"
    r"|ngay_? khi|ngay_? sau|khi|sau tung|theo tung|theo dot|truoc khi|truoc moi|ke tu khi|tu khi|ke tu ngay|sau) )"
    r"(?P<event>(?!#|(?:ngay|nam|thang|quy) [\d#]|\d|do\b|nay\b)[^;,.#]+)"
)
EACH = re.compile(
    r"\bmoi (?:dot|lan|cuoc|khi|ky)\b|\btung (?:dot|lan|cuoc)\b|\bkhi (?:co )?(?:phat sinh|yeu cau|su co)\b"
)
SUDDEN = re.compile(r"\bdot xuat\b")
UNITS = {
    "ngay lam viec": Unit.WORKING_DAYS,
    "ngay": Unit.DAYS,
    "tuan": Unit.WEEKS,
    "thang": Unit.MONTHS,
    "nam": Unit.YEARS,
}


@dataclass(frozen=True)
class Waits:
    """A time that waits: its rule, and `event` the place of the words for what starts it (they may be a date)."""

    start: int
    end: int
    rule: Trigger
    event: str
    recurs: bool = False


def find_offsets(words: Spelled, text: str) -> tuple[list[Waits], str]:
    """Times counted from something («trong 10 ngày kể từ …», «trước kỳ họp 10 ngày»), and the text without them."""
    found = []
    for pattern in (OFFSET, AHEAD):
        while match := pattern.search(text):
            found.append(_offset(words, match))
            text = text[: match.start()] + TAKEN * (match.end() - match.start()) + text[match.end() :]
    return found, text


def _offset(words: Spelled, match: re.Match[str]) -> Waits:
    parts = match.groupdict()
    working = parts["working"] or parts["unit"] == "ngay lam viec"
    unit = Unit.WORKING_DAYS if working else UNITS[match["unit"]]
    count = -int(match["count"]) if match["link"].startswith("truoc") else int(match["count"])
    lead = (parts.get("lead") or "").split()
    recurs = unit in (Unit.MONTHS, Unit.YEARS) and bool({"dinh", "moi"} & set(lead))
    after = words.words(*match.span("event")) or words.words(*match.span("link"))
    rule = Trigger(after=after, offset=count, unit=unit)
    return Waits(match.start(), match.end(), rule, match["event"], recurs)


def find_events(words: Spelled, text: str) -> tuple[list[Waits], str]:
    """Times that begin when something happens, without a count of days, and the text without them."""
    found = []
    for match in list(HAPPENS.finditer(text)):
        after = words.words(match.start("link"), match.end())
        rule = Trigger(after=after, each=bool(EACH.search(match[0])))
        found.append(Waits(match.start(), match.end(), rule, match["event"]))
        text = text[: match.start()] + TAKEN * (match.end() - match.start()) + text[match.end() :]
    for match in list(EACH.finditer(text)):
        end = next((at for at in range(match.end(), len(text)) if text[at] in ";,.#"), len(text))
        found.append(Waits(match.start(), end, Trigger(after=words.words(match.start(), end), each=True), ""))
        text = text[: match.start()] + TAKEN * (end - match.start()) + text[end:]
    return found, text
