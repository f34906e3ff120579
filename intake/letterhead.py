"""Reads what a document says about itself: its number, its date, who issued it, its title and its year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from intake.draft import FilledIn, Head, LeftOut, Place
from intake.letters import is_capitals, one_line, plain
from intake.markers import Level, marked
from intake.source import Line

KINDS = (
    "quyet dinh",
    "ke hoach",
    "chuong trinh",
    "thong bao",
    "chi thi",
    "nghi quyet",
    "cong van",
    "huong dan",
    "de an",
    "ket luan",
)
NUMBER = re.compile(
    r"\bsố\s*:?\s*(?P<number>\d[\d ]*[a-zđ]?)\s*/\s*(?P<symbol>[A-ZĐ][\wĐ&.]*(?:\s?-\s?[A-ZĐ][\wĐ&.]*)*)", re.IGNORECASE
)
BLANK_NUMBER = re.compile(r"^\s*số\s*:[\s.…_]*/", re.IGNORECASE)
WRITTEN_DATE = re.compile(
    r"\bngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})\b", re.IGNORECASE
)
BLANK_DATE = re.compile(
    r"\bngày[\s.…_]*(?:\d{1,2}[\s.…_]*)?tháng[\s.…_]*(?:\d{1,2}[\s.…_]*)?năm\s+(?P<year>\d{4})", re.IGNORECASE
)
# «(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 20/01/2026 của Ủy ban nhân dân xã B)»
ENCLOSED = re.compile(r"^\(?\s*(?:ban hành )?kèm theo\b", re.IGNORECASE)
ENCLOSED_DATE = re.compile(
    r"\bngày\s+(?P<day>\d{1,2})\s*(?:[/.-]|tháng)\s*(?P<month>\d{1,2})\s*(?:[/.-]|năm)\s*(?P<year>\d{4})", re.IGNORECASE
)
ENCLOSED_BY = re.compile(r"\bcủa\s+(?P<issuer>[^()]+?)\s*\)?\.?$", re.IGNORECASE)
YEAR = re.compile(r"\bnăm\s+(?P<year>20\d{2})\b(?!\s*[-–]\s*20)", re.IGNORECASE)
SPAN = re.compile(r"\b(?P<first>20\d{2})\s*(?:[-–]|đến(?: năm)?)\s*(?P<last>20\d{2})\b", re.IGNORECASE)
MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc")
ISSUERS = re.compile(
    r"^(?:q\. |kt\. |tm\. )?(?:chu tich |giam doc |truong )?(?:uy ban nhan dan|ubnd"
    r"|hoi dong nhan dan|so|bo|phong|ban|van phong|dang uy|huyen uy|tinh uy|thanh uy)\b"
)
# A scan loses the hyphen of a document's symbol: the kinds of documents, and who issues them.
LOST_HYPHEN = re.compile(r"(QĐ|KH|CTr|TB|CT|NQ|BC|KL|HD|CV|TTr|ĐA)(UBND|HĐND|CP|TTg|BNV|ĐU|HU|TU|VP|SNV)")
ANNEX = re.compile(r"phu luc(?: so)?(?: [ivx]+| \d{1,2})?")
STOPS = ("can cu", "theo de nghi", "xet de nghi", "dieu 1", "nguoi ky", "quyet dinh:", "kinh gui", "noi nhan")


@dataclass
class Found:
    """What the beginning of a document says, while it is collected."""

    numbers: list[tuple[str, Place]] = field(default_factory=list)
    day: date | None = None
    impossible: tuple[str, Place] | None = None
    issuer: str | None = None
    titles: list[str] = field(default_factory=list)
    year: int | None = None
    span: tuple[int, int] | None = None
    filled: list[FilledIn] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def head(self) -> Head:
        """The head of the draft; the first number and title stand for the document."""
        number = self.numbers[0][0] if self.numbers else None
        return Head(number, self.day, self.issuer, self.titles[0] if self.titles else None, self.year)


def read(lines: Sequence[Line]) -> Found:
    """The head from the lines before the first chapter or table; each line is named in what is left out, with why."""
    found = Found()
    letterhead: list[str] = []
    zone = "letterhead"
    at = 0
    while at < len(lines):
        line = lines[at]
        zone = _zone(zone, line.text)
        _take_number_and_date(found, line)
        used = 0
        if _is_kind(line.text):
            zone, used = "letterhead", _take_title(found, lines, at)
        elif zone == "letterhead" and is_capitals(line.text) and ISSUERS.match(plain(line.text)):
            letterhead.append(_with_place(line.text, lines, at))
        found.left_out += [LeftOut(each.place, each.text, zone) for each in lines[at : at + used + 1]]
        at += used + 1
    found.issuer = found.issuer or (letterhead[-1] if letterhead else None)
    _take_year(found, lines)
    return found


def _zone(zone: str, text: str) -> str:
    words = plain(text)
    if words.startswith(
        ("can cu", "theo de nghi", "xet de nghi", "xet to trinh", "thuc hien quyet dinh so", "thuc hien ke hoach so")
    ):
        return "basis"
    if re.match(r"dieu \d+ ?[.:]", words):
        return "articles"
    if words.startswith("noi nhan"):
        return "recipients"
    if zone == "basis" and is_capitals(text):
        return "letterhead"
    if zone == "recipients" and marked(text).level is Level.NONE:
        return "signature"
    return zone


def _is_kind(text: str) -> bool:
    """Whether a line is the name of a kind of document alone, as over a title; «QUYẾT ĐỊNH:» opens the articles."""
    words = plain(text)
    return (words in KINDS and text[0].isupper()) or bool(ANNEX.fullmatch(words))


def _take_title(found: Found, lines: Sequence[Line], at: int) -> int:
    """Takes the lines of a title, which follow the name of its kind; gives how many they are."""
    title: list[str] = []
    for line in lines[at + 1 : at + 6]:
        words = plain(line.text)
        if (
            words.startswith(STOPS)
            or ENCLOSED.match(line.text)
            or marked(line.text).level.counts
            or _is_kind(line.text)
        ):
            break
        if title and is_capitals(line.text) and ISSUERS.match(words):
            found.issuer = found.issuer or one_line(line.text)
            break
        if WRITTEN_DATE.search(line.text) or words in MOTTO or NUMBER.match(line.text):
            break
        title.append(line.text)
        if len(title) == 3 or line.text.endswith("."):
            break
    if title:
        found.titles.append(one_line(" ".join(title)))
    return len(title)


def _with_place(text: str, lines: Sequence[Line], at: int) -> str:
    """«ỦY BAN NHÂN DÂN» with the place that stands on the next line."""
    following = lines[at + 1].text if at + 1 < len(lines) else ""
    names_place = re.match(r"(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|dac khu|thi tran)\b", plain(following))
    return one_line(f"{text} {following}") if names_place and is_capitals(following) else one_line(text)


def _take_number_and_date(found: Found, line: Line) -> None:
    is_enclosed = bool(ENCLOSED.match(line.text))
    if plain(line.text).startswith("can cu"):
        return
    if (match := NUMBER.search(line.text)) and (is_enclosed or NUMBER.match(line.text)):
        found.numbers.append((_number(found, match, line), line.place))
    if is_enclosed and (by := ENCLOSED_BY.search(line.text)):
        # Printed in small letters and with its place, which a letterhead parts over lines.
        found.issuer = one_line(by["issuer"])
    written = WRITTEN_DATE.search(line.text) if len(line.text) < 80 else None
    if found.day is None and (match := written or (ENCLOSED_DATE.search(line.text) if is_enclosed else None)):
        try:
            found.day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            found.impossible = (match[0], line.place)


def _number(found: Found, match: re.Match[str], line: Line) -> str:
    symbol = "".join(match["symbol"].split())
    mended = LOST_HYPHEN.sub(r"\1-\2", symbol)
    number = "".join(match["number"].split())
    if mended != symbol:
        found.filled.append(FilledIn("plan", line.place, "hyphen", f"{number}/{symbol}", f"{number}/{mended}"))
    return f"{number}/{mended}"


def _take_year(found: Found, lines: Sequence[Line]) -> None:
    """The plan's year: of a title first, then of the day of the signing or its blank."""
    for title in found.titles:
        if span := SPAN.search(title):
            found.span = (int(span["first"]), int(span["last"]))
        elif match := YEAR.search(title):
            found.year = int(match["year"])
            return
    for line in lines:
        if is_capitals(line.text) and (match := YEAR.search(line.text)):
            found.year = int(match["year"])
            return
    if found.span is None:
        blank = next((match for line in lines if (match := BLANK_DATE.search(line.text))), None)
        found.year = found.day.year if found.day else int(blank["year"]) if blank else None
