"""The workbook of a report: the figures, the official table task by task, the agencies, and the history.

Written by XlsxWriter row by row: 30,000 rows of 17 columns took 3.8 s and 23 MB of memory, openpyxl's write-only mode
6.5 s and 47 MB (side by side, Python 3.11), and every cell is written as what it is, so that no text becomes a formula.
"""

import io
from collections.abc import Iterator, Mapping, Sequence

from reports.figures.record import Count, Issue, Record
from reports.tables import history
from reports.tables.cells import Cell
from reports.tables.columns import COLUMNS, Words, rows
from reports.tables.sheet import Book, Heading
from words.message import plain
from words.office import Office

# The order in which boxes are read, in the first sheet and as columns of the third.
COUNTS = (
    "total", "done_in_time", "done_late", "open", "near", "overdue", "waiting", "unproven", "returned", "flagged",
    "fallen", "fallen_done", "rate", "suspended", "transferred", "ended", "excused", "closed",
    "cause_confirmed", "cause_waiting",
)  # fmt: skip
PRINTED = COUNTS[: COUNTS.index("rate") + 1]
PERIODIC = ("periodic", "periodic_done", "periodic_overdue")
TASKS = ("tasks", "ongoing_tasks", "undated_tasks", "unconfirmed_tasks")
CHECK = 12  # signs of the fingerprint on every printed page


def xlsx(office: Office, record: Record, issue: Issue | None) -> bytes:
    """The record as an Excel workbook, the same to the byte for the same record; `issue` None is a preview."""
    held = io.BytesIO()
    words = Words(office, record)
    fingerprint = record.sha256
    foot = _foot(office, record, issue, fingerprint)
    with Book(held, record.known_at, foot, _page(office)) as book:
        _figures(book, words, issue, fingerprint)
        _tasks(book, words)
        _bodies(book, words)
        _history(book, words)
    return held.getvalue()


def _figures(book: Book, words: Words, issue: Issue | None, fingerprint: str) -> None:
    office, record = words.office, words.record
    before = record.before
    named = _say(office, "before", name=before.name) if before else ""
    headings = [Heading(_say(office, "figure"), 36), Heading(_say(office, "now"), 22 if before else 58)]
    if before:
        headings += [Heading(named, 22), Heading(_say(office, "change"), 14)]
    facts = [(_say(office, f"fact_{key}"), value) for key, value in _facts(words, issue, fingerprint)]
    name, title = _say(office, "sheet_figures"), _say(office, "title_figures")
    with book.sheet(name, title, _about(office, record), across=False) as sheet:
        sheet.facts(facts, headings)
        sheet.table(headings, _figure_rows(office, record), filtered=False)


def _facts(words: Words, issue: Issue | None, fingerprint: str) -> Iterator[tuple[str, Cell]]:
    office, record = words.office, words.record
    for plan in record.plans:
        yield "plan", plan.name
        if not plan.assigned:
            yield "decision", _say(office, "decision", number=plan.number, signed=plan.signed, issuer=plan.issuer)
    yield "period", record.period
    yield "window", _say(office, "window", first=record.window.first, last=record.window.last)
    yield "scope", record.about or _say(office, "whole_office")
    yield "as_of", words.local(record.window.as_of)
    yield "known_at", words.local(record.known_at)
    yield "compiler", record.compiler_name
    if issue:
        said = {"number": issue.number, "at": issue.issued_at, "corrects": issue.corrects, "reason": issue.reason}
        yield "issue", _say(office, "issue", early=record.window.early, **said)
    else:
        yield "issue", _say(office, "not_issued")
    yield "sha256", fingerprint
    if record.between:
        ids = set(record.between)
        codes = dict.fromkeys(row.code for row in record.rows if row.id in ids)
        said = {"tasks": list(codes), "count": len(record.between), "ends": record.window.ends}
        yield "between", _say(office, "between", **said)
    for name in TASKS:
        yield name, getattr(record, name)


def _figure_rows(office: Office, record: Record) -> Iterator[Sequence[Cell]]:
    counts = _counts(record.dated, record.periodic)
    before = _counts(record.before.dated, None) if record.before else {}
    for name, count in counts.items():
        row: list[Cell] = [_say(office, f"count_{name}"), count]
        if record.before:
            then = before.get(name)
            row += [then, None if then is None or count is None else _difference(count, then)]
        yield row


def _difference(now: Cell, then: Cell) -> Cell:
    assert isinstance(now, int | float)
    assert isinstance(then, int | float)
    return round(now - then, 2)


def _counts(dated: Count, periodic: Count | None) -> Mapping[str, Cell]:
    found: dict[str, Cell] = {name: getattr(dated, name) for name in COUNTS}
    found["rate"] = None if dated.rate is None else dated.rate / 100
    if periodic is not None:
        done = periodic.done_in_time + periodic.done_late
        found |= dict(zip(PERIODIC, (periodic.total, done, periodic.overdue), strict=True))
    return found


def _tasks(book: Book, words: Words) -> None:
    office, record = words.office, words.record
    headings = [Heading(words.heading(column), column.width, printed=column.printed) for column in COLUMNS]
    with book.sheet(_say(office, "sheet_tasks"), _say(office, "title_tasks"), _about(office, record)) as sheet:
        sheet.table(headings, rows(office, record), still=3)


def _bodies(book: Book, words: Words) -> None:
    office, record = words.office, words.record
    headings = [Heading(_say(office, "number"), 5), Heading(_say(office, "kind_of_body"), 11)]
    headings += [Heading(_say(office, "body"), 30)]
    for name in (*COUNTS, *PERIODIC):
        headings.append(Heading(_say(office, f"count_{name}"), 9.5, printed=name in PRINTED))
    with book.sheet(_say(office, "sheet_agencies"), _say(office, "title_agencies"), _about(office, record)) as sheet:
        sheet.table(headings, _body_rows(office, record), still=3)


def _body_rows(office: Office, record: Record) -> Iterator[Sequence[Cell]]:
    bodies = [("all", record.about or _say(office, "whole_office"), record.dated, record.periodic)]
    for kind, parts in (("section", record.sections), ("group", record.groups), ("agency", record.agencies)):
        bodies += [(kind, part.name, part.dated, part.periodic) for part in parts]
    for number, (kind, name, dated, periodic) in enumerate(bodies, start=1):
        yield [number, _say(office, f"body_{kind}"), name, *_counts(dated, periodic).values()]


def _history(book: Book, words: Words) -> None:
    office, record = words.office, words.record
    headings = [Heading(_say(office, key), width) for key, width in history.WIDTHS.items()]
    with book.sheet(_say(office, "sheet_history"), _say(office, "title_history"), _about(office, record)) as sheet:
        sheet.table(headings, history.rows(words))


def _about(office: Office, record: Record) -> str:
    window = record.window
    return _say(office, "about", period=record.period, about=record.about, as_of=window.as_of, over=window.over)


def _foot(office: Office, record: Record, issue: Issue | None, fingerprint: str) -> str:
    """What stands at the foot of every page, so that a loose sheet can be told from one of another issue."""
    number = issue.number if issue else None
    return _say(office, "print", period=record.period, issue=number, check=fingerprint[:CHECK])


def _page(office: Office) -> str:
    # Excel's own codes for a page and how many there are.
    return _say(office, "page", page="&P", pages="&N")


def _say(office: Office, key: str, **values: object) -> str:
    said = plain(office.text(f"table.{key}", **values))
    return said[:1].upper() + said[1:] if key == "about" else said
