"""What stands before a line: «II.», «1.», «1.10.», «II.1.1», «đ)», «-», «+»; a date at the start is none of it."""

import re
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How deep a marker stands, as official documents nest them (Decree 30/2020/NĐ-CP, annex I)."""

    PART = 0  # PHẦN I, PHỤ LỤC II, A.
    CHAPTER = 1  # I.
    NUMBER = 2  # 1.
    DECIMAL = 3  # 1.1, II.1.1, A.2
    LETTER = 4  # a)
    DASH = 5
    PLUS = 6
    NONE = 7

    @property
    def counts(self) -> bool:
        """Whether it numbers a heading or a task; a dash does not."""
        return self <= Level.LETTER


@dataclass(frozen=True)
class Marked:
    """A line without its marker: `code` as printed without its punctuation, «đ» for «dd»; `rest` the words."""

    level: Level
    code: str
    rest: str


ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
PART = re.compile(
    r"(?P<code>(?:(?:PHẦN|Phần|CHƯƠNG|Chương|BIỂU|Biểu)(?: SỐ| số| THỨ| thứ)?(?: (?:[IVX]+|\d{1,2}|[A-ZĐ]|NHẤT|HAI|BA"
    r"|nhất|hai|ba))|(?:PHỤ LỤC|Phụ lục)(?: SỐ| số)?(?: (?:[IVX]+|\d{1,2}"
    r"|[A-ZĐ]))?))(?=[\s.:)-]|$)[\s.:)-]*(?P<rest>.*)",
    re.DOTALL,
)
DECIMAL = re.compile(
    rf"(?P<code>(?:(?:{ROMAN}|[A-ZĐ])\.\d{{1,3}}"
    rf"|\d{{1,3}}\.\d{{1,3}})(?:\.\d{{1,3}})*)(?![\d/])\s*[.)/:]?\s+(?P<rest>\S.*)",
    re.DOTALL,
)
CHAPTER = re.compile(rf"(?P<code>{ROMAN})\s*[.)/:-]\s*(?P<rest>\S.*)", re.DOTALL)
CAPITAL = re.compile(r"(?P<code>[A-HĐ])\s*[.)/]\s+(?P<rest>\S.*)", re.DOTALL)
NUMBER = re.compile(r"(?P<code>\d{1,3})\s*(?:[.)]|/(?=\s*\D))\s*(?P<rest>[^\d\s].*|\d+\s*%.*|\d[^/.]*\s.*)", re.DOTALL)
LETTER = re.compile(r"(?P<code>dd|đđ|[a-zđ])\s*[)/.]\s*(?P<rest>[^\s.].*)", re.DOTALL)
DASH = re.compile(r"(?P<code>[-–—*•●▪■◦○◆♦→⇒➢➤✓✔✅☑⭐🔹🔸🔷🔶👉📌📍🔴🟢🟡🔵▶►])\ufe0f?\s*(?P<rest>\S.*)", re.DOTALL)
PLUS = re.compile(r"(?P<code>\+)\s*(?P<rest>\S.*)", re.DOTALL)
FORMS = (
    (Level.PART, PART),
    (Level.DECIMAL, DECIMAL),
    (Level.CHAPTER, CHAPTER),
    (Level.PART, CAPITAL),
    (Level.NUMBER, NUMBER),
    (Level.LETTER, LETTER),
    (Level.DASH, DASH),
    (Level.PLUS, PLUS),
)
# «31/01», «6/2026» and «31.12.2026» begin with a number and are times.
TIME = re.compile(r"\d{1,2}\s*/\s*\d|\d{1,2}\.\d{1,2}\.\d{4}\b|\d{1,2}\.\d{4}\b")


def marked(text: str) -> Marked:
    """The marker of a tidy line and its words; a line without one is Level.NONE with an empty code."""
    if not TIME.match(text):
        for level, form in FORMS:
            if match := form.fullmatch(text):
                code = match["code"]
                return Marked(level, "đ" if code in ("dd", "đđ") else code, match["rest"].strip())
    return Marked(Level.NONE, "", text)
