"""Parts the lines of a plan into its numbered entries, each with the chapter it stands in and what that one is for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from intake.draft import Place
from intake.labels import labelled
from intake.letters import is_capitals, plain
from intake.markers import Level, marked
from intake.roles import Role
from intake.source import Line, Table


class Use(StrEnum):
    """What a chapter is for, by its heading."""

    TASKS = "tasks"
    DUTIES = "duties"
    AIMS = "aims"
    MONEY = "money"


@dataclass(frozen=True)
class Piece:
    """A line of an entry, or the part of it that belongs to one label."""

    level: Level
    code: str
    role: Role | None
    text: str
    line: Line
    label: str = ""


@dataclass
class Entry:
    """A numbered line and all that follows to the next one; `above` is the entry it stands in.

    `tail` is what ends the document or corrects it, with why it is left out; the root alone has one.
    """

    level: Level
    code: str
    title: str
    line: Line
    depth: tuple[int, int]
    above: "Entry | None" = None
    pieces: list[Piece] = field(default_factory=list)
    below: list["Entry"] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    use: Use | None = None
    tail: list[tuple[Line, str]] = field(default_factory=list)

    @property
    def has_fields(self) -> bool:
        """Whether a labelled field stands in it."""
        return any(piece.role for piece in self.pieces)

    @property
    def line_up(self) -> Iterator["Entry"]:
        """The entries it stands in, the nearest first."""
        above = self.above
        while above:
            yield above
            above = above.above

    @property
    def section(self) -> tuple[str, str]:
        """Where the entry stands as a heading: the code of its chapter and its own."""
        chapter = next((each.code for each in self.line_up if each.code and each.level <= Level.CHAPTER), "")
        return short(chapter), short(self.code)

    @property
    def section_above(self) -> tuple[str, str]:
        """The heading that the entry stands under: the nearest that bears a number."""
        return next((each.section for each in self.line_up if each.code), ("", ""))

    def __iter__(self) -> Iterator["Entry"]:
        """The entry and all below it, in their order."""
        yield self
        for each in self.below:
            yield from each


_ORGANISATION = re.compile(
    r"(?:to chuc (?:trien khai )?thuc hien|trach nhiem (?:thuc hien|thi hanh|cua)"
    r"|che do (?:thong tin,? )?bao cao|phan cong (?:trach nhiem|thuc hien)"
    r"|thong tin,? bao cao)"
)
_WORK = re.compile(r"nhiem vu|noi dung|giai phap|phan cong|cong viec|danh muc")
_AIMS = re.compile(
    r"muc dich|muc tieu|yeu cau|chi tieu|quan diem|pham vi|doi tuong|tinh hinh"
    r"|danh gia (?:chung|ket qua)|ket qua dat duoc|ton tai|nguyen nhan|dac diem|can cu"
    r"|co so phap ly|ly do|su can thiet|nguyen tac"
)
_AIMS_ALONE = re.compile(
    rf"(?:{_AIMS.pattern})(?:[ ,va]*(?:{_AIMS.pattern}|chung|cu the|tong quat|chu yeu"
    rf"|nam \d{{4}}|phan dau|thuc hien|den nam \d{{4}}|ap dung))*"
)
_WORK_ALONE = re.compile(r"(?:cac )?nhiem vu(?:[ ,va]*(?:giai phap|cu the|trong tam|chu yeu|chung|khac))*")
_MONEY = re.compile(r"(?:du toan |nguon )?(?:kinh phi|tai chinh)(?: thuc hien| bao dam)?")
_ANNEX = re.compile(r"(?:PHỤ LỤC|BIỂU)(?: SỐ)?(?: (?P<number>\w+))?", re.IGNORECASE)
_NUMERALS = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", None: ""}
_RECIPIENTS = re.compile(r"Nơi nhận\s*:?$", re.IGNORECASE)
_SIGNED = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s*\.\s*[A-ZĐỦ]{2,}")
_ENFORCED = re.compile(r"Điều \d+\s*[.:].*(?:hiệu lực|thi hành|chịu trách nhiệm|kể từ ngày)", re.DOTALL)
_CORRECTION = re.compile(
    r"\W*(?:đính chính|sửa lại|cập nhật lại|xin sửa|điều chỉnh lại|nhắn lại|gửi nhầm)\b", re.IGNORECASE
)
# A heading is no sentence; what is longer is text.
LONGEST_HEADING = 250


def short(code: str) -> str:
    """A heading's number as a part of a code: PL2 for «PHỤ LỤC II»."""
    match = _ANNEX.fullmatch(code)
    return f"PL{_NUMERALS.get(match['number'], match['number'])}" if match else code


def use_of(heading: str, level: Level) -> Use | None:
    """What a chapter is for by the words of its heading; None for one that says nothing of it."""
    words = plain(heading).strip(" .:")
    if len(words) > LONGEST_HEADING:
        return None
    if level <= Level.CHAPTER:
        if _ORGANISATION.match(words):
            return Use.DUTIES
        if _WORK.search(words):
            return Use.TASKS
        if _MONEY.fullmatch(words):
            return Use.MONEY
        return Use.AIMS if _AIMS.match(words) else Use.DUTIES if _ORGANISATION.search(words) else None
    if _WORK_ALONE.fullmatch(words):
        return Use.TASKS
    return Use.AIMS if _AIMS_ALONE.fullmatch(words) else Use.MONEY if _MONEY.fullmatch(words) else None


def begins_plan(item: Line | Table, *, recipients: bool) -> bool:
    """Whether the head of the document has ended: a numbered line, a labelled one, or a list outside of «Nơi nhận»."""
    if isinstance(item, Table):
        return False
    mark = marked(item.text)
    if mark.level.counts:
        return not (mark.level is Level.PART and mark.code.lower().startswith(("phụ lục", "biểu")))
    if labelled(mark.rest)[0].role not in (None, Role.NOTE):
        return True
    return mark.level is Level.DASH and not recipients


def tree(items: Iterable[Line | Table]) -> Entry:
    """The numbered entries of the lines as a tree; its root holds what stands before any of them."""
    root = current = Entry(Level.NONE, "", "", Line("", Place()), (-1, 0))
    tail = ""
    for item in items:
        tail = _tail(item, tail)
        if isinstance(item, Table):
            current.tables.append(item)
        elif tail or _CORRECTION.match(item.text):
            root.tail.append((item, tail or "correction"))
        elif (entry := _entry(item)) is None:
            current.pieces += pieces(item)
        else:
            entry.above = _above(current, entry)
            entry.above.below.append(entry)
            entry.use = use_of(entry.title, entry.level) or (entry.above.use if entry.above else None)
            current = entry
    return root


def _tail(item: Line | Table, tail: str) -> str:
    """Whether the text has ended: "recipients" from «Nơi nhận» on, "signature" from «TM.» on, "" before and behind.

    A table, an annex or another chapter ends it again: a decision is signed before its annexes.
    """
    if isinstance(item, Table):
        return ""
    if _RECIPIENTS.match(item.text):
        return "recipients"
    if _SIGNED.match(item.text):
        return "signature"
    if _ENFORCED.match(item.text):
        return "articles"
    mark = marked(item.text)
    return tail if tail and mark.level not in (Level.PART, Level.CHAPTER) else ""


def _entry(line: Line) -> Entry | None:
    mark = marked(line.text)
    if mark.level.counts and labelled(mark.rest)[0].role is None:
        own, *rest = pieces(line)
        depth = (int(mark.level), mark.code.count(".") if mark.level is Level.DECIMAL else 0)
        return Entry(mark.level, mark.code, own.text, line, depth, pieces=rest)
    if mark.level is Level.NONE and is_capitals(line.text) and (use := use_of(line.text, Level.CHAPTER)):
        return Entry(Level.CHAPTER, "", line.text, line, (int(Level.CHAPTER), 0), use=use)
    return None


def _above(current: Entry, entry: Entry) -> Entry:
    """The nearest entry that the new one can stand in."""
    above: Entry = current
    while above.depth >= entry.depth and above.above is not None:
        above = above.above
    return above


def pieces(line: Line) -> list[Piece]:
    """A line as pieces: its marker's level holds for all of them."""
    mark = marked(line.text)
    return [Piece(mark.level, mark.code, each.role, each.text, line, each.label) for each in labelled(mark.rest)]
