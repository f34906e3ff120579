"""The columns of the official table, and each row of a record in them: the workbook and the csv have the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from plan.model import Kind
from plan.status import EventKind
from reports.figures.boxes import Box
from reports.figures.record import Record, Row
from reports.story.events_in_words import happened
from reports.tables.cells import Cell
from words.message import plain
from words.office import Office
from words.render import clip

# A plan may describe a product on half a page: the printed column has its beginning, the last ones the whole.
PRODUCT = 160
# Open ones say how many days are left; a reader filters by the official boxes.
GROUPED = frozenset({Box.OPEN, Box.NEAR, Box.OVERDUE})


@dataclass(frozen=True)
class Column:
    """One column: its heading is the sentence `table.<key>`, its `width` in characters.

    `printed` ones are the official table; the others stand to its right, to filter and to count by.
    """

    key: str
    width: float
    printed: bool = True


COLUMNS = (
    Column("number", 5),
    Column("code", 5.5),
    Column("task", 32),
    Column("basis", 11),
    Column("agency", 13),
    Column("lead", 11),
    Column("coordinating", 12),
    Column("product", 25),
    Column("due", 10.5),
    Column("result", 14),
    Column("state", 11.5),
    Column("blocked", 12.5),
    Column("note", 11.5),
    Column("section", 26, printed=False),
    Column("period", 16, printed=False),
    Column("kind", 13, printed=False),
    Column("group", 26, printed=False),
    Column("cause", 22, printed=False),
    Column("days", 14, printed=False),
    Column("printed", 22, printed=False),
    Column("planned", 12, printed=False),
    Column("last", 12, printed=False),
    Column("extensions", 9, printed=False),
    Column("done_at", 17, printed=False),
    Column("document", 18, printed=False),
    Column("signed", 12, printed=False),
    Column("subject", 30, printed=False),
    Column("answer", 30, printed=False),
    Column("progress", 24, printed=False),
    Column("evidence", 10, printed=False),
    Column("product_whole", 40, printed=False),
    Column("plan", 18, printed=False),
)


@dataclass
class Words:
    """Puts the values of one record into words, each sentence that many rows share once."""

    office: Office
    record: Record
    _said: dict[tuple[str, object], str] = field(default_factory=dict)
    _events: dict[str, str] = field(default_factory=dict)

    def heading(self, column: Column) -> str:
        """What stands over a column."""
        return plain(self.office.text(f"table.{column.key}"))

    def local(self, moment: datetime | None) -> datetime | None:
        """An instant as the office's clock showed it, to the second, without a zone: tables know none."""
        return self.office.local(moment).replace(tzinfo=None, microsecond=0) if moment else None

    def section(self, row: Row) -> str:
        """The section with its number; the bare number where the record does not know it."""
        names = {part.key: part.name for part in self.record.sections}
        found = names.get(row.section) or names.get(f"{row.plan}/{row.section}")
        return f"{row.section}. {found}" if found and not found.startswith(row.section) else found or row.section

    def kind(self, row: Row) -> str:
        """Whether it is dated, ongoing, periodic, undated, or owed at an event."""
        return self._once("table.kind_dated" if row.kind is Kind.DATED else f"when.{row.kind}")

    def group(self, row: Row) -> str:
        """The box without its days."""
        return self._once(f"table.group_{row.box}" if row.box in GROUPED else f"box.{row.box}", days=0, returned=0)

    def cause(self, row: Row) -> str:
        """Where the cause of a lateness stands; empty for what is not late, or has none."""
        return self._once(f"cause.{row.cause}") if row.cause else ""

    def why_late(self, row: Row) -> str:
        """The cause of a lateness as it was told, and what was ruled; empty for none."""
        if not row.cause:
            return ""
        return plain(self.office.text("cause.told", cause=row.cause, why=row.why_late, ruled=row.ruled))

    def state(self, row: Row) -> str:
        """The box with its days, and the day of the answer."""
        state = self._once(f"box.{row.box}", days=abs(row.days or 0), returned=row.returned_days or 0)
        at = self.local(row.done_at)
        return plain(self.office.text("table.state_on", state=state, at=at)) if at else state

    def happened(self, kind: str, note: str) -> tuple[str, str]:
        """An event's name and its words; of a judgement the verdict goes from the one into the other."""
        if kind in self._events:
            return self._events[kind], note
        what, rest = happened(self.office, kind, note)
        if kind != EventKind.JUDGED:
            self._events[kind] = plain(what)
        return plain(what), rest

    def result(self, row: Row) -> str:
        """The document that came out, otherwise the words of the answer, otherwise how far it is."""
        if row.number:
            named = self.office.text("product.named", number=row.number, signed=row.signed, title=row.subject)
            return plain(named)
        if row.note or not row.progress:
            return row.note
        return plain(self.office.text("table.so_far", note=row.progress))

    def remarks(self, row: Row) -> str:
        """What else a reader should know: why it is not counted or waits, what moved its date, its evidence."""
        text = self.office.text
        said = [row.reason]
        if row.extensions and row.planned:
            said.append(plain(text("table.extended", times=row.extensions, planned=row.planned)))
        elif row.due and not row.planned:
            said.append(self._once("table.date_set"))
        if row.note and row.number and row.number not in row.note:
            said.append(row.note)
        if row.evidence:
            said.append(self._once("table.has_files", count=row.evidence))
        return "; ".join(filter(None, said))

    def _once(self, key: str, **values: object) -> str:
        known = (key, tuple(values.items()))
        if known not in self._said:
            self._said[known] = plain(self.office.text(key, **values))
        return self._said[known]


def rows(office: Office, record: Record) -> Iterator[Sequence[Cell]]:
    """The record's rows in the order of COLUMNS, dates as dates; every text as it is, not yet fit for a cell."""
    words = Words(office, record)
    plans = {plan.id: plan.label for plan in record.plans}
    for number, row in enumerate(record.rows, start=1):
        cells = _cells(words, row, number, plans.get(row.plan, row.plan))
        yield [cells[column.key] for column in COLUMNS]


def _cells(words: Words, row: Row, number: int, plan: str) -> Mapping[str, Cell]:
    title = row.title
    if row.period:
        title = plain(words.office.text("table.with_period", title=title, period=row.period))
    return {
        "number": number,
        "code": row.code,
        "task": title,
        "basis": row.basis,
        "agency": row.agency_name,
        "lead": row.lead,
        "coordinating": row.coordinating,
        "product": clip(row.product.removeprefix("+ "), PRODUCT),
        "product_whole": row.product,
        "due": row.due or row.printed,
        "result": words.result(row),
        "state": words.state(row),
        "blocked": "; ".join(filter(None, (row.blocked, words.why_late(row)))),
        "note": words.remarks(row),
        "section": words.section(row),
        "period": row.period,
        "kind": words.kind(row),
        "group": words.group(row),
        "cause": words.cause(row),
        "days": row.days,
        "printed": row.printed,
        "planned": row.planned,
        "last": row.last,
        "extensions": row.extensions,
        "done_at": words.local(row.done_at),
        "document": row.number,
        "signed": row.signed,
        "subject": row.subject,
        "answer": row.note,
        "progress": row.progress,
        "evidence": row.evidence,
        "plan": plan,
    }
