"""The duties in «Tổ chức thực hiện»: who reports, compiles or follows up, and when."""

import re

from intake import sentences
from intake.collected import Collected
from intake.fields import OpenTask
from intake.labels import Role
from intake.letters import one_line, plain
from intake.outline import Entry
from intake.source import Line

# «Các cơ quan được giao chủ trì …» and «trong quá trình thực hiện nếu có vướng mắc …» bind everybody and nobody.
GENERAL = re.compile(
    r"trong qua trinh\b|neu co\b|(?:cac )?(?:co quan|don vi)[^:]*\bduoc giao\b"
    r"|yeu cau (?:thu truong )?cac\b.*\bnghiem tuc\b|tren day la\b|can cu\b|ke hoach nay\b"
)


def collect(chapter: Entry, into: Collected) -> None:
    """Takes a duty from each entry and each line of the chapter that names somebody; the rest is left out with why."""
    into.leave_out(chapter.line, "heading")
    for entry in chapter:
        code = _code(entry, chapter)
        if entry is not chapter and not entry.below:
            words = one_line(" ".join([entry.title, *(f"{each.code} {each.text}" for each in entry.pieces)]))
            _take(words, entry.line, code, chapter, into)
            continue
        if entry is not chapter:
            into.leave_out(entry.line, "heading")
        for number, piece in enumerate(entry.pieces, 1):
            _take(piece.text, piece.line, f"{code}.{number}" if len(entry.pieces) > 1 else code, chapter, into)


def _take(words: str, line: Line, code: str, chapter: Entry, into: Collected) -> None:
    if GENERAL.match(plain(words)):
        into.leave_out(line, "general")
        return
    lead, work = sentences.lead_of(words)
    if not lead:
        into.leave_out(line, "names_nobody")
        return
    title = re.sub(r"^\s*(?:có trách nhiệm\s+)?", "", work).strip(" ,:")
    duty = OpenTask(title or words, line.place, code=code, section=chapter.section)
    duty.add(Role.LEAD, lead)
    duty.mark(line.marks, words)
    if coordinating := sentences.coordinating_in(work):
        duty.add(Role.COORDINATING, coordinating)
    if time := sentences.time_in(work):
        duty.add(Role.TIME, time)
    into.duties.append(duty)


def _code(entry: Entry, chapter: Entry) -> str:
    codes = [entry.code, *(each.code for each in entry.line_up)]
    above = [each for each in codes[: codes.index(chapter.code) + 1] if each] if chapter.code in codes else codes
    return ".".join(reversed([each for each in above if each])) or "th"
