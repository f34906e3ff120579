"""The contents of an evidence file, as a page and as a workbook: what is in it, what was said, what is missing."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from plan.due import period_window
from progress.items import period
from reports.archive.dossier_values import Answer, Contents, File
from reports.archive.told_pages import NAME as TOLD
from reports.tables import html_page
from reports.tables.cells import Cell
from reports.tables.html_page import Code, Link, Part, Shown
from reports.tables.sheet import Book, Heading
from words.message import plain
from words.office import Office
from words.render import size

NOTHING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Table:
    """One table of the contents: the key of its name, its columns by key with their widths, and its rows."""

    key: str
    columns: dict[str, float]
    rows: Sequence[Sequence[Shown]]


def html(office: Office, contents: Contents, now: datetime) -> bytes:
    """The contents as a page whose links lead to the files beside it."""
    parts = [
        Part(_say(office, f"sheet_{table.key}"), _headings(office, table), table.rows, _say(office, "none"))
        for table in _tables(office, contents)
    ]
    how = _say(office, "signature")
    signs = [(_say(office, "signed"), how), (_say(office, "signed_by"), how)]
    facts = _facts(office, contents, now)
    language = office.text.language
    return html_page.html(_say(office, "title"), facts, parts, language=language, signs=signs, across=True)


def xlsx(office: Office, contents: Contents, now: datetime) -> bytes:
    """The contents as a workbook, a sheet for each table."""
    held = io.BytesIO()
    # Where nothing was said yet there is no moment to call its own.
    made = contents.known_at or NOTHING
    facts = "; ".join(f"{name}: {value}" for name, value in _facts(office, contents, now))
    number = plain(office.text("table.page", page="&P", pages="&N"))
    with Book(held, made, _say(office, "title"), number) as book:
        for table in _tables(office, contents):
            widths = zip(_headings(office, table), table.columns.values(), strict=True)
            headings = [Heading(words, width) for words, width in widths]
            with book.sheet(_say(office, f"sheet_{table.key}"), _say(office, "title"), facts) as sheet:
                sheet.table(headings, ([_bare(value) for value in row] for row in table.rows))
    return held.getvalue()


def _bare(value: Shown) -> Cell:
    if isinstance(value, Link):
        return value.path
    return value.words if isinstance(value, Code) else value


def _headings(office: Office, table: _Table) -> list[str]:
    return [plain(office.text(_heading(office, key))) for key in table.columns]


def _heading(office: Office, key: str) -> str:
    """What the report's table has too is called the same here."""
    own = f"dossier.column_{key}"
    return own if own in office.text else f"table.{key}"


def _facts(office: Office, contents: Contents, now: datetime) -> list[tuple[str, str]]:
    return [(_say(office, f"fact_{key}"), value) for key, value in _told(office, contents, now)]


def _told(office: Office, contents: Contents, now: datetime) -> Iterator[tuple[str, str]]:
    selection, files = contents.selection, contents.files
    yield "plan", "; ".join(plan.label for plan in office.plans.values())
    yield "compiler", office.compiler_name
    if selection.period:
        first, last = period_window(selection.period)
        said = {"period": period(office, selection.period), "first": first, "last": last}
        yield "period", _say(office, "period", **said, over=office.today(now) > last)
    if selection.task:
        titles = [
            task.title for each in office.plans.values() for task in each.all_tasks if task.code == selection.task
        ]
        yield "task", _say(office, "task", code=selection.task, title=" / ".join(titles))
    if selection.agency:
        yield "agency", office.agency_name(selection.agency)
    known = contents.known_at
    yield "until", plain(office.text("table.moment", at=known)) if known else _say(office, "nothing_yet")
    yield "answers", str(len(contents.answers))
    yield "files", _say(office, "files", count=len(files), size=size(sum(file.size for file in files)))
    if contents.told:
        yield "told", _say(office, "told", count=len(contents.told), name=TOLD)
    if contents.absent:
        yield "absent", str(len(contents.absent))
    yield "check", _say(office, "check")


def _tables(office: Office, contents: Contents) -> Iterator[_Table]:
    who = {"number": 5.0, "code": 8.0, "task": 30.0, "agency": 20.0}
    said = {"person": 16.0, "at": 14.0, "words": 30.0, "product": 24.0, "count": 7.0}
    files = {"path": 40.0, "name": 24.0, "sent_at": 14.0, "bytes": 11.0, "sha256": 34.0}
    brief = {"number": 5.0, "code": 8.0, "agency": 20.0}
    yield _Table("files", {**brief, **files}, _numbered(_files(office, contents.given)))
    yield _Table("answers", {**who, **said}, _numbered(_answers(office, contents.answers)))
    yield _Table("contributions", {**who, **said}, _numbered(_answers(office, contents.contributions)))
    beside = _numbered([*row, each.of] for row, each in _with_answers(office, contents.beside))
    yield _Table("beside", {**who, **said, "of": 28.0}, beside)
    yield _Table("missing", {**who, "what": 50.0}, _numbered(_missing(office, contents)))
    ended = _numbered([*row, each.ended] for row, each in _with_answers(office, contents.withdrawn))
    yield _Table("withdrawn", {**who, **said, "ended": 20.0}, ended)


def _numbered(rows: Iterable[Sequence[Shown]]) -> list[Sequence[Shown]]:
    return [[number, *row] for number, row in enumerate(rows, start=1)]


def _files(office: Office, answers: Iterable[Answer]) -> Iterator[Sequence[Shown]]:
    for answer in answers:
        for file in answer.files:
            if not file.missing:
                sent = _local(office, file.sent_at)
                # Nobody is led to open what may run something.
                path = Code(file.path) if file.acts else Link(file.path)
                name = _say(office, "acts", name=file.name) if file.acts else file.name
                named = (path, name, sent, file.size, Code(file.sha256))
                yield (answer.code, answer.agency, *named)


def _answers(office: Office, answers: Iterable[Answer]) -> Iterator[Sequence[Shown]]:
    for row, _ in _with_answers(office, answers):
        yield row


def _with_answers(office: Office, answers: Iterable[Answer]) -> Iterator[tuple[Sequence[Shown], Answer]]:
    for each in answers:
        at, count = _local(office, each.at), len(each.files)
        yield (each.code, each.title, each.agency, each.person, at, each.words, each.document, count), each


def _missing(office: Office, contents: Contents) -> Iterator[Sequence[Shown]]:
    for owed in contents.owed:
        yield owed.code, owed.title, owed.agency, _say(office, "no_answer", due=owed.due, returned=owed.returned_days)
    for each in contents.given:
        for file in each.files:
            if file.missing:
                yield each.code, each.title, each.agency, _why(office, file)
    for each in contents.answers:
        if each.bare:
            yield each.code, each.title, each.agency, _say(office, "no_file")


def _why(office: Office, file: File) -> str:
    name = file.name or _say(office, "nameless")
    return _say(office, "missing_file", name=name, why=_say(office, f"missing_{file.missing}"))


def _local(office: Office, moment: datetime) -> datetime:
    return office.local(moment).replace(tzinfo=None, microsecond=0)


def _say(office: Office, key: str, **values: object) -> str:
    return plain(office.text(f"dossier.{key}", **values))
