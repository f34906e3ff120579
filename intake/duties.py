"""The duties in «Tổ chức thực hiện»: who reports, compiles or follows up, and when."""

import re

from intake import owned, sentences
from intake.collected import Collected
from intake.fields import OpenTask
from intake.letters import one_line, plain
from intake.outline import Entry
from intake.roles import Role
from intake.source import Line

# «Các cơ quan được giao chủ trì …» and «trong quá trình thực hiện nếu có vướng mắc …» bind everybody and nobody.
GENERAL = re.compile(
    r"trong qua trinh\b|neu co\b|(?:cac )?(?:co quan|don vi)[^:]*\bduoc giao\b"
    r"|yeu cau (?:thu truong )?cac\b.*\bnghiem tuc\b|tren day la\b|can cu\b|ke hoach nay\b"
)


def collect(chapter: Entry, into: Collected) -> None:
    """Takes a duty from each entry and each line of the chapter that names somebody; the rest is left out with why."""
    into.leave_out(chapter.line, "heading")
    for number, piece in enumerate(chapter.pieces, 1):
        _take(
            piece.text,
            piece.line,
            f"{chapter.code}.{number}" if len(chapter.pieces) > 1 else chapter.code,
            chapter,
            into,
        )
    for entry in chapter.below:
        _entry(entry, chapter, into)


def _entry(entry: Entry, chapter: Entry, into: Collected) -> None:
    """A duty of an entry; a heading that is an agency gives one for each line below it."""
    if owner := owned.owner(entry):
        into.leave_out(entry.line, "heading")
        for number, task in enumerate(owned.tasks(entry, owner), 1):
            task.code = f"{_code(entry, chapter)}.{task.code or number}"
            task.section = chapter.section
            into.duties.append(task)
        return
    if entry.below:
        into.leave_out(entry.line, "heading")
        for below in entry.below:
            _entry(below, chapter, into)
        return
    words = one_line(" ".join([entry.title, *(f"{each.code} {each.text}" for each in entry.pieces)]))
    _take(words, entry.line, _code(entry, chapter), chapter, into)


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
