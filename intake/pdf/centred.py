"""Rows whose words stand in the middle of their height: the lines of each cell lie evenly about the row's number."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from intake.pdf.columns import Columns, Word, WordLine, lines_of

# What a cell without words weighs against one that lies unevenly, in points: three cells that lie evenly are not one.
EMPTY = 10.0
# What one weighs that begins in the middle of a sentence.
SMALL = 4.0
# The rest of a row that a page cut lies evenly about nothing: its middle is above the page.
BESIDE = 1000.0
Sums = Sequence[float]


def rows(lines: Sequence[WordLine], made: Columns, starts: Sequence[int], *, cut: bool) -> list[list[WordLine]]:
    """The words of each row as lines; `starts` are the lines with a number.

    Each column is parted by itself, so that the cells lie as evenly about the numbers as they can and begin as a text
    begins: often right, never certain, because two lines of a high row may be one more on each side of a low one.
    Where a page `cut` the table the rest of a row, without a number, comes first.
    """
    middles = [_middle([word for word in lines[at] if made.of(word) == made.number]) for at in starts]
    middles = [_middle(lines[0]) - BESIDE, *middles] if cut else middles
    found: list[list[Word]] = [[] for _ in middles]
    for column in range(len(made.edges) + 1):
        own = lines_of([word for line in lines for word in line if made.of(word) == column])
        for row, (first, end) in enumerate(_parted(own, middles, cut=cut)):
            found[row] += [word for line in own[first:end] for word in line]
    return [lines_of(words) for words in found if words]


def _middle(words: Sequence[Word]) -> float:
    return float(words[0]["top"] + words[0]["bottom"]) / 2


def _parted(lines: Sequence[WordLine], middles: Sequence[float], *, cut: bool) -> list[tuple[int, int]]:
    """Which of the lines belong to each row, from one to before another, so that they lie as evenly as they can."""
    sums = [0.0, *accumulate(map(_middle, lines))]
    count = len(lines)
    small = [SMALL * line[0]["text"][0].islower() for line in lines] + [0.0]
    # The least unevenness with which the rows so far take the first lines, and where the last of them begins.
    best = [0.0] + [float("inf")] * count
    begins: list[list[int]] = []
    for at, middle in enumerate(middles):
        # A page may have cut the first row and the last one: those lie as they can.
        most = EMPTY / 2 if at == len(middles) - 1 or (cut and not at) else float("inf")
        costs = [
            min(
                (best[one] + min(most, _uneven(sums, one, end, middle) + small[one] * (one < end)), one)
                for one in range(end + 1)
            )
            for end in range(count + 1)
        ]
        best = [cost for cost, _ in costs]
        begins.append([one for _, one in costs])
    ends = [count]
    for each in reversed(begins):
        ends.append(each[ends[-1]])
    return list(pairwise(reversed(ends)))


def _uneven(sums: Sums, first: int, end: int, middle: float) -> float:
    return abs((sums[end] - sums[first]) / (end - first) - middle) if end > first else EMPTY
