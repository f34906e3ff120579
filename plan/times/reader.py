"""Reads the printed words of a time: clause by clause, and never one date for another in silence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from plan.milestone import Kind
from plan.times import clauses
from plan.times.heads import with_head, year_of_head
from plan.times.noise import cleared
from plan.times.spelling import Spelled, spell
from plan.times.values import ONGOING, UNDATED, Basis, Choice, Doubt, Doubtful, Time, Times, Why, on

# A plus or a semicolon always parts; a full stop only before a word, a comma and «và» only between two things to do.
PARTS = re.compile(
    r" ?; ?|\+(?! ?(?:\d|[ivx]+\b|quy |thang \d))|(?<=[a-z\d)])\.(?: |$)(?!\d)"
    r"|(?: |^)- (?!quy|thang|nam|ngay|den|het|cuoi|dau)(?=[a-z_]{2,} [a-z_]{2,})"
)
JOINTS = re.compile(r", ?(?:va )?| va | con |: ")
# Words beside a time that say nothing of what is to be done then.
IDLE = frozenset(
    [
        *("va", "hoac", "trong", "vao", "den", "cham", "nhat", "muon", "la", "voi", "doi", "cua", "cac", "don", "vi"),
        *("co", "quan", "moi", "hang", "cung", "ngay", "nam", "thang", "quy", "han", "thoi", "gian", "giai", "doan"),
        *("tu", "cho", "het", "nhiem", "vu", "cong", "viec", "ke", "truoc", "sau", "dinh", "ky"),
    ]
)
SENT = re.compile(r"(?:thoi gian |han )?(?:gui|nop|chuyen|truoc|cham nhat|han|hoan thanh truoc|xong)\b")
FEWEST, MOST = 2, 3
"""Answers to a doubt."""
LONGEST = 800
"""Characters of words that are read; a time never needs more."""


def read(printed: str, basis: Basis, head: str = "") -> Times:
    """What the printed words of a time give, `head` being the words at the head of its column.

    Certain times come in the order of the words; what is doubtful is one doubt with two or three answers, about the
    first doubtful part. Words without any time are a doubt too. Any text is read; nothing is raised.
    """
    if len(printed) > LONGEST:
        return Times((), _unread(printed, basis))
    if basis.year is None:
        basis = replace(basis, year=year_of_head(head))
    words = cleared(spell(with_head(printed, head)))
    times: list[Time] = []
    doubt: Doubt | None = None
    parts = list(_parts(words, basis))
    for part in parts:
        found, asked = _part(part, basis)
        times += found
        doubt = doubt or asked
    times = _together(times)
    if doubt is None and not times:
        doubt = _unread(printed, basis)
    if len(parts) == 1 and len(times) == 1:
        times = [replace(times[0], words=" ".join(printed.split()))]
    return Times(tuple(times), doubt)


def _part(part: Spelled, basis: Basis) -> tuple[list[Time], Doubt | None]:
    try:
        clause = clauses.find(part, basis)
        return clauses.read(clause, basis), None
    except Doubtful as doubtful:
        # No answer leads to a day that cannot be a deadline of this plan.
        possible = [
            each for each in doubtful.choices if all(not time.due or basis.holds(time.due) for time in each.times)
        ]
        answers = dict.fromkeys(possible)
        if len(answers) < FEWEST:
            answers |= dict.fromkeys([UNDATED, *_guesses(basis)])
        return [], Doubt(
            doubtful.why, part.words(0, len(part.text)), tuple(answers)[: min(max(FEWEST, len(possible)), MOST)]
        )


def _unread(printed: str, basis: Basis) -> Doubt:
    return Doubt(Why.UNREAD, " ".join(printed.split())[:LONGEST], tuple(_guesses(basis)))


def _guesses(basis: Basis) -> Iterator[Choice]:
    """Answers where the words help with none: the end of the plan's year, ongoing, or no date yet."""
    due = date(basis.year if basis.year is not None and 0 < basis.year < 9999 else basis.signed.year, 12, 31)
    if basis.holds(due):
        yield on(due)
    yield ONGOING
    yield UNDATED


def _together(times: Sequence[Time]) -> list[Time]:
    """Each time once: a part of the words that says the same again adds none."""
    result: list[Time] = []
    for time in times:
        if not any(replace(time, words="") == replace(each, words="") for each in result):
            result.append(time)
    # «theo quy định» beside a time of its own gives none.
    real = [time for time in result if time.kind is not Kind.UNDATED]
    return real or result


def _parts(words: Spelled, basis: Basis) -> Iterator[Spelled]:
    """The words parted where one result ends and the next begins."""
    parts = [part for start, end in _between(PARTS, words.text) if (part := words.part(start, end)).text]
    if len(parts) > 1 and all(_only_lists(part, basis) for part in parts):
        # «Quý I/2026; Quý III/2026» is a list like any other.
        parts = [words.part(0, len(words.text))]
    for part in parts:
        yield from _things_to_do(part, basis)


def _things_to_do(part: Spelled, basis: Basis) -> Sequence[Spelled]:
    """A clause parted at commas and «và» where each part says what is to be done and when; else the clause whole."""
    whole = clauses.find_safely(part, basis)
    if whole is None:
        return [part]
    taken = whole.taken()
    pieces: list[tuple[int, int]] = []
    for start, end in _between(JOINTS, part.text, taken):
        if pieces and not _gives_time(part.part(*pieces[-1]), basis):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    if len(pieces) > 1 and not _gives_time(part.part(*pieces[-1]), basis):
        last = pieces.pop()
        pieces[-1] = (pieces[-1][0], last[1])
    found = [part.part(start, end) for start, end in pieces]
    if len(found) < 2 or not all(_does_something(each, basis) for each in found) or _one_rhythm(found, basis):
        return [part]
    return found


def _one_rhythm(pieces: Sequence[Spelled], basis: Basis) -> bool:
    """Whether a later piece only gives the day of an earlier one's rhythm: «báo cáo hằng quý, gửi trước ngày 10 của
    tháng cuối quý»."""
    rhythm = False
    for piece in pieces:
        clause = clauses.find_safely(piece, basis)
        often = clause is not None and bool(clause.recurs.often)
        yearless = clause is not None and any(each.stretch.year is None for each in clause.firm)
        if clause and rhythm and not often and (clause.recurs.days or (yearless and SENT.match(piece.text))):
            return True
        rhythm = rhythm or often
    return False


def _gives_time(piece: Spelled, basis: Basis) -> bool:
    clause = clauses.find_safely(piece, basis)
    return clause is None or clause.has_time


def _does_something(piece: Spelled, basis: Basis) -> bool:
    clause = clauses.find_safely(piece, basis)
    rest = clause.rest if clause else piece.text
    return bool(set(re.findall(r"[a-z_]{2,}", rest)) - IDLE)


def _only_lists(piece: Spelled, basis: Basis) -> bool:
    """Whether a piece is nothing but dates, perhaps of every year: one item of a list."""
    clause = clauses.find_safely(piece, basis)
    return clause is not None and not (clause.waits or clause.recurs.days) and not _does_something(piece, basis)


def _between(pattern: re.Pattern[str], text: str, taken: Sequence[tuple[int, int]] = ()) -> Iterator[tuple[int, int]]:
    start = 0
    for match in pattern.finditer(text):
        if any(first < match.end() and match.start() < last for first, last in taken):
            continue
        yield start, match.start()
        start = match.end()
    yield start, len(text)
