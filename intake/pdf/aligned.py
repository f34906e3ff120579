"""Tables without ruling lines: words that stand below the columns of a head, row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from intake.draft import Place
from intake.grid import BEHIND, CODE
from intake.letters import is_capitals, joined, plain
from intake.lines import PAGE_NUMBER
from intake.markers import marked
from intake.pdf import centred
from intake.pdf.columns import Columns, Word, WordLine, chunks, columns, head, lines_of, said
from intake.source import Cell, Mark, Row, Table

# White between two lines, by the height of their letters, behind which only a row with a number goes on.
APART = 1.5
# A row's own lines stand closer than its neighbours where the widest white is so much wider than the narrowest, by the
# same height.
CLEARLY = 0.25
# A line that is drawn between two rows goes over this share of the table's width.
DRAWN = 0.6
SIGNED = re.compile(r"noi nhan\s*:|nguoi lap\b|(?:tm|kt|tl|tuq)\.\s")
UNSURE: frozenset[Mark] = frozenset({"aligned"})


@dataclass(frozen=True)
class Aligned:
    """A table that was found on a page, from where to where it reaches (points from the top), and its columns."""

    table: Table
    top: float
    bottom: float
    columns: Columns


@dataclass
class _Band:
    """The lines of one row; `across` where it is one text over all columns, `sure` where nothing else may be meant."""

    lines: list[WordLine] = field(default_factory=list)
    across: bool = False
    sure: bool = True


def tables(words: Sequence[Word], drawn: Sequence[float], former: Columns | None) -> Iterator[Aligned]:
    """The tables of a page's words from the top; `drawn` are the heights of long horizontal lines.

    `former` are the columns of a table that reaches the end of the page before: it goes on without a head.
    """
    lines = lines_of(words)
    if former is not None and (going_on := _going_on(lines, drawn, former)) is not None:
        yield going_on
        lines = [line for line in lines if line[0]["top"] > going_on.bottom]
    while (found := head(lines)) is not None:
        below = _body(lines[found.end :])
        made = columns(found, [*lines[found.first : found.end], *below])
        made = replace(made, centred=_is_centred(below, made))
        rows, taken = _rows(below, made, drawn)
        if not rows:
            lines = lines[found.end :]
            continue
        last = below[taken - 1]
        yield Aligned(
            Table((*found.table.rows, *rows), Place()),
            _top(lines[found.first]),
            max(word["bottom"] for word in last),
            made,
        )
        lines = lines[found.end + taken :]


def _going_on(lines: list[WordLine], drawn: Sequence[float], former: Columns) -> Aligned | None:
    """The rest of the table of the page before, where the page does not begin with something else."""
    numbers = 1 if len(lines) > 1 and _is_page_number(lines[0], lines[0], lines[1]) else 0
    begun = head(lines)
    below = _body(lines[numbers : begun.first if begun else len(lines)])
    rows, taken = _rows(below, former, drawn, cut=True)
    if not rows:
        return None
    bottom = max(word["bottom"] for word in below[taken - 1])
    return Aligned(Table(tuple(rows), Place()), _top(below[0]), bottom, former)


def _is_centred(lines: Sequence[WordLine], made: Columns) -> bool:
    """Whether the first row says something above its number."""
    first = next((line for line in lines if not made.crossed(line)), None)
    return made.number is not None and first is not None and not _is_number(first, made)


def _white(upper: WordLine, lower: WordLine) -> float:
    return _top(lower) - max(float(word["bottom"]) for word in upper)


def _height(line: WordLine) -> float:
    return float(line[0]["bottom"] - line[0]["top"])


def _top(line: WordLine) -> float:
    return min(float(word["top"]) for word in line)


def _body(lines: Sequence[WordLine]) -> list[WordLine]:
    """The lines that may be rows: a page number at the foot is none."""
    if len(lines) > 1 and _is_page_number(lines[-1], lines[-2], lines[-1]):
        return list(lines[:-1])
    return list(lines)


def _is_page_number(line: WordLine, upper: WordLine, lower: WordLine) -> bool:
    """Whether a line is a page's number: it stands apart from the rows, whose last line may be a number too."""
    return bool(PAGE_NUMBER.fullmatch(said(line))) and _white(upper, lower) > APART * _height(lower)


def _is_number(line: WordLine, made: Columns) -> bool:
    """Whether a line begins a row: the number's column says one there."""
    return made.number is not None and is_number([word for word in line if made.of(word) == made.number])


def is_number(words: Sequence[Word]) -> bool:
    """Whether words are a row's number and nothing else."""
    return bool(CODE.fullmatch(said(words).rstrip(".)")))


def _rows(
    lines: Sequence[WordLine], made: Columns, drawn: Sequence[float], *, cut: bool = False
) -> tuple[list[Row], int]:
    """The rows below a head, and how many of the lines they take; a page may have `cut` the first one."""
    taken = _taken(lines, made)
    bands: list[_Band] = []
    part: list[WordLine] = []
    for line in lines[:taken]:
        if not made.crossed(line):
            part.append(line)
            continue
        bands += _bands(part, made, drawn, cut=cut and not bands)
        part = []
        if bands and bands[-1].across and not _begins(line):
            bands[-1].lines.append(line)
        else:
            bands.append(_Band([line], across=True))
    bands += _bands(part, made, drawn, cut=cut and not bands)
    return [_row(band, made) for band in bands], taken


def _taken(lines: Sequence[WordLine], made: Columns) -> int:
    """How many lines belong to the table: a paragraph, a signature or much white ends it."""
    for at, line in enumerate(lines):
        above = lines[at - 1] if at else None
        if made.crossed(line):
            goes_on = above is not None and made.crossed(above)
            if not _begins(line) and not goes_on:
                return at
        elif _is_behind(line, made):
            return at
        elif above is not None and made.number is not None and _white(above, line) > APART * _height(line):
            if _is_number(line, made):
                continue
            return at
    return len(lines)


def _is_behind(line: WordLine, made: Columns) -> bool:
    """Whether a line is a sum, a note or a signature below the table."""
    if any(SIGNED.match(plain(said(chunk))) for chunk in chunks(line)):
        return True
    in_front = made.number is not None and line[0]["x0"] < made.edges[0] and line[0]["text"][0].isupper()
    return in_front and not _is_number(line, made) and bool(BEHIND.match(plain(said(line))))


def _begins(line: WordLine) -> bool:
    text = said(line)
    return is_capitals(text) or marked(text).level.counts


def _bands(lines: list[WordLine], made: Columns, drawn: Sequence[float], *, cut: bool) -> list[_Band]:
    """The rows of some lines: by lines that are drawn between them, by their numbers, or by the white between them."""
    if not lines:
        return []
    starts = [at for at, line in enumerate(lines) if _is_number(line, made)]
    top, bottom = _top(lines[0]), _top(lines[-1])
    cuts = [height for height in drawn if top < height < bottom]
    if cuts and len(cuts) >= len(starts) - 1:
        return _parted(lines, cuts)
    whites = [_white(one, two) for one, two in pairwise(lines)]
    wide = [at for at, white in enumerate(whites, 1) if white > (min(whites) + max(whites)) / 2]
    clearly = bool(whites) and max(whites) - min(whites) > CLEARLY * _height(lines[0])
    if clearly and _each_its_own([0, *wide], starts, len(lines)):
        return [_Band(lines[one:two]) for one, two in pairwise([0, *wide, len(lines)])]
    # A line that is drawn above the first row of a page says that no page cut it.
    if len(starts) == 1 and not (cut and not any(height < top for height in drawn)):
        return [_Band(lines)]
    if starts and made.centred:
        return [_Band(row, sure=False) for row in centred.rows(lines, made, starts, cut=cut)]
    if starts:
        return [_Band(lines[one:two]) for one, two in pairwise(dict.fromkeys([0, *starts, len(lines)]))]
    return _by_cells(lines, made)


def _each_its_own(begins: list[int], starts: list[int], count: int) -> bool:
    """Whether each row has one number and each number a row."""
    if not starts:
        return True
    return all(sum(one <= at < two for at in starts) <= 1 for one, two in pairwise([*begins, count])) and (
        len(begins) - len(starts) in (0, 1)
    )


def _parted(lines: list[WordLine], cuts: Sequence[float]) -> list[_Band]:
    bands: dict[int, _Band] = {}
    for line in lines:
        bands.setdefault(sum(height < _middle(line) for height in cuts), _Band()).lines.append(line)
    return list(bands.values())


def _middle(line: WordLine) -> float:
    return float(line[0]["top"] + line[0]["bottom"]) / 2


def _by_cells(lines: list[WordLine], made: Columns) -> list[_Band]:
    """Rows without numbers and without white between them: one begins where most columns begin a text anew."""
    bands: list[_Band] = []
    for line in lines:
        firsts = {made.of(word): word["text"][:1] for word in reversed(line)}
        begins = len(firsts) > 2 and not firsts.get(made.title, "a").islower()
        if begins or not bands:
            bands.append(_Band(sure=False))
        bands[-1].lines.append(line)
    return bands


def _row(band: _Band, made: Columns) -> Row:
    width = len(made.edges) + 1
    if band.across:
        text = " ".join(said(line) for line in band.lines)
        return Row((Cell(text), *[Cell(text, across=True)] * (width - 1)), Place())
    cells = [""] * width
    for line in band.lines:
        for at in range(width):
            own = said([word for word in line if made.of(word) == at])
            keeps = own[:1] in "-+•" and cells[at] != ""
            cells[at] = f"{cells[at]}\n{own}" if own and keeps else joined(cells[at], own)
    return Row(tuple(map(Cell, cells)), Place(), frozenset() if band.sure else UNSURE)
