"""Reads which document a note names: KH 05/KH-UBND 12/3/2020 về việc ..., Báo cáo số 12/BC-UBND ngày 05/01/2020."""

import re
from dataclasses import dataclass
from datetime import date

from words.codes import normalise

# Signs of offices have no tone marks, which words have.
LETTERS = "[A-Za-zĐđÂâƯư]{1,10}"
# Số/ký hiệu of a document (Decree 30/2020/NĐ-CP, annex I): the year only in a legal one; the Party writes 12-KH/HU.
OFFICE = rf"\d{{1,5}}[a-z]?(?:\s?/\s?(?:19|20)\d\d)?\s?/\s?{LETTERS}(?:[-&.]{LETTERS}){{1,5}}"
SHORT = r"\d{1,5}\s?/\s?(?:QĐ|KH|BC|CV|TTr|TB|NQ|CT|BB|ĐA|HD|CTr)"
PARTY = rf"\d{{1,5}}\s?-\s?{LETTERS}/{LETTERS}"
NUMBER = re.compile(rf"(?<![\w/.,-])(?:{OFFICE}|{SHORT}|{PARTY})(?![\w/-])", re.IGNORECASE)
GAP = r"[\s,;.()–-]{0,5}"
DAY_WORD = r"(?:(?:ký|ky|ban hành|ban hanh)\s+)?(?:ng[àa]y\s*)?"
DIGITS = re.compile(
    rf"{GAP}{DAY_WORD}(?P<day>\d{{1,2}})(?P<by>[/.-])(?P<month>\d{{1,2}})(?P=by)(?P<year>\d{{4}})(?!\d)", re.I
)
IN_WORDS = re.compile(
    rf"{GAP}{DAY_WORD}(?P<day>\d{{1,2}})\s+th[áa]ng\s+(?P<month>\d{{1,2}})\s+n[ăa]m\s+(?P<year>\d{{4}})(?!\d)", re.I
)
LIKE_A_DATE = re.compile(rf"{GAP}{DAY_WORD}\d[\d/.-]{{2,11}}(?!\w)", re.I)
TITLE = re.compile(rf"{GAP}(?:v[ềe]\s+vi[ệe]c|v/v|tr[íi]ch\s+y[ếe]u)(?!\w)\s*:?\s*(?P<title>[^\n]+)", re.I)
LONGEST_TITLE = 300
# No document of this State is older.
FIRST = date(1945, 9, 2)


@dataclass(frozen=True)
class Product:
    """A document: số/ký hiệu without spaces, the day of its signing, and trích yếu; empty where the note had none."""

    number: str
    day: date | None = None
    title: str = ""


def read(note: str, today: date) -> Product | None:
    """The first document that a note names, None without số/ký hiệu.

    Days are read day first; one that cannot be, or lies after `today` (local), is no date of the document.
    """
    text = normalise(note)
    match = NUMBER.search(text)
    if match is None:
        return None
    number = "".join(match[0].split())
    number = number.upper() if number.islower() else number
    end = match.end()
    found = DIGITS.match(text, end) or IN_WORDS.match(text, end)
    day = _day(found, today) if found else None
    if found is None:
        found = LIKE_A_DATE.match(text, end)
    title = TITLE.match(text, found.end() if found else end)
    return Product(number, day, _short(title["title"]) if title else "")


def _day(match: re.Match[str], today: date) -> date | None:
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return day if FIRST <= day <= today else None


def _short(text: str) -> str:
    text = " ".join(text.split()).strip(" .,;")
    return text[:LONGEST_TITLE].rstrip()
