"""Reads what a plan that is kept through the year says came of its work: done, by which document, on which day."""

import re
from dataclasses import dataclass
from datetime import date

from intake.letters import plain
from words import products

# «Chưa hoàn thành», «đang thực hiện», «hoàn thành 50%»: not done.
NOT_DONE = re.compile(r"\b(?:chua|dang|khong|dang cho|sap|con lai|du kien|se)\b|\d\s*%")
WHOLE = re.compile(r"\b100\s*%")
DONE = re.compile(r"\b(?:hoan thanh|da xong|xong|da ban hanh|da thuc hien|da trien khai|da nop|da bao cao|dat)\b")
DAY = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)(?!\d)")
IN_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(20\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Result:
    """Work that is done: the `day` (local) of its document, or the one that is said; None where none is."""

    words: str
    number: str
    day: date | None


def read(words: str, today: date) -> Result | None:
    """The result that words tell; None where the work is not done or nothing says so. No day after `today` counts."""
    product, folded = products.read(words, today), plain(words)
    folded = WHOLE.sub(" ", folded)
    if NOT_DONE.search(folded) or not (DONE.search(folded) or (product and not folded.strip(" .;-"))):
        return None
    return Result(words, product.number if product else "", (product and product.day) or _day(words, today))


def _day(words: str, today: date) -> date | None:
    for match in (*DAY.finditer(words), *IN_WORDS.finditer(words)):
        try:
            found = date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            continue
        if date(2000, 1, 1) <= found <= today:
            return found
    return None
