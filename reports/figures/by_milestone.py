"""The rows of a record, those of one milestone together: what 23 agencies owe alike is one thing to read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plan.causes import Cause
from reports.figures.boxes import DONE, Box
from reports.figures.record import Row
from words.message import plain
from words.office import Office
from words.render import clip

# In which order the states of one milestone's agencies are read: what needs somebody first.
ORDER = (
    Box.OVERDUE, Box.FLAGGED, Box.RETURNED, Box.WAITING, Box.UNPROVEN, Box.NEAR, Box.OPEN, Box.DONE_LATE,
    Box.DONE_IN_TIME, Box.ONGOING, Box.EVENT, Box.UNDATED, Box.UNCONFIRMED, Box.SUSPENDED, Box.TRANSFERRED, Box.ENDED,
    Box.EXCUSED, Box.CLOSED,
)  # fmt: skip
# Of these nothing is wanted by now: only those are named who told something.
QUIET = frozenset({Box.ONGOING, Box.EVENT, Box.UNDATED, Box.UNCONFIRMED})
# How many agencies a sentence names with and without what they told, and a row that should not be higher than a page.
TOLD_IN_TEXT, IN_TEXT, IN_TABLE = 5, 10, 30
TITLE, NOTE = 70, 160


@dataclass(frozen=True)
class Gathered:
    """The rows of one milestone and occurrence, in the record's order."""

    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        """The row that says what all have in common."""
        return self.rows[0]

    def of(self, *boxes: Box) -> tuple[Row, ...]:
        """The rows in these boxes."""
        return tuple(row for row in self.rows if row.box in boxes)


def gathered(rows: Iterable[Row]) -> list[Gathered]:
    """The rows by milestone and occurrence, in the order in which each comes first."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row.plan, row.milestone, row.occurrence), []).append(row)
    return [Gathered(tuple(each)) for each in found.values()]


def by_work(rows: Iterable[Row]) -> list[Gathered]:
    """The rows by milestone, all its occurrences together, in the order in which each comes first."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row.plan, row.milestone), []).append(row)
    return [Gathered(tuple(each)) for each in found.values()]


class Teller:
    """Says rows in words: who, with what document, how late, what hinders."""

    def __init__(self, office: Office) -> None:
        # An official document is in the installation's language, whoever asks for it.
        self._text = office.speaking(None).text

    def __call__(self, key: str, **values: object) -> str:
        """A sentence of the catalogue as plain text."""
        return plain(self._text(f"document.{key}", **values))

    def title(self, row: Row, limit: int = TITLE, *, period: bool = True) -> str:
        """The task in at most `limit` characters, with the period of a periodic one unless that is told beside it."""
        return self("title", title=clip(row.title, limit).rstrip("."), period=row.period if period else "")

    def result(self, row: Row) -> str:
        """The document that came out, else what was told."""
        if row.number:
            return self("product", number=row.number, signed=row.signed, subject=clip(row.subject, NOTE))
        return clip(row.note, NOTE)

    def waits(self, row: Row) -> list[str]:
        """What has to be said beside the name of whoever has not done it: it was told, and waits for somebody else."""
        signing = [self("signing", day=row.signing)] if row.signing is not None and row.box not in DONE else []
        return [*signing, *([self("said", note=clip(row.said, NOTE))] if row.said else [])]

    def why_late(self, cause: Cause, why: str, ruled: str) -> str:
        """Why something is late, as it was told, and what was ruled about it; empty for none."""
        said = {"cause": cause, "why": clip(why, NOTE), "ruled": clip(ruled, NOTE)}
        return plain(self._text("cause.told", **said)) if cause else ""

    def cause(self, row: Row) -> str:
        """The same of a row."""
        return self.why_late(row.cause, row.why_late, row.ruled)

    def details(self, row: Row) -> list[str]:
        """What there is to say of one agency beside its box."""
        found = []
        if row.box is Box.OVERDUE and row.days is not None:
            found.append(self("late_by", days=-row.days))
        if row.due is not None and row.planned is not None and row.due != row.planned:
            found.append(self("new_due", due=row.due))
        if row.box in DONE:
            found.append(self.result(row))
        else:
            found.append(clip(row.progress, NOTE))
            found.append(self("hindered", note=clip(row.blocked, NOTE)) if row.blocked else "")
            found += self.waits(row)
            found.append(clip(row.reason, NOTE))
        found.append(self.cause(row))
        return [each for each in found if each]

    def named(self, rows: Sequence[Row], most: int, *, bare: bool = False) -> str:
        """The agencies of rows, each with its details, or where `bare` with what it waits for; those of whom the same
        is told together.

        Those beyond `most` are counted.
        """
        shown = spoken(rows, most)
        told: dict[tuple[str, ...], list[str]] = {}
        for row in shown:
            told.setdefault(tuple(self.waits(row) if bare else self.details(row)), []).append(row.agency_name)
        entries = [self("entry", who=", ".join(who), details=list(details)) for details, who in told.items()]
        beyond = "more_in_workbook" if most == IN_TABLE else "more_in_annex"
        more = [self(beyond, count=len(rows) - len(shown))] if len(rows) > len(shown) else []
        return "; ".join([*entries, *more])

    def state(self, row: Row) -> str:
        """How one row stands, with its working days."""
        told = plain(self._text(f"box.{row.box}", days=abs(row.days or 0), returned=row.returned_days or 0))
        return told[:1].upper() + told[1:]

    def box(self, box: Box) -> str:
        """The name of a box, as a table has it."""
        return self(f"box_{box}")


def spoken(rows: Sequence[Row], most: int) -> Sequence[Row]:
    """Those of rows that are named: at most so many, and one more where it alone would be "one other"."""
    return rows if len(rows) == most + 1 else rows[:most]
