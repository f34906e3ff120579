"""`report`, `reports`, `letter`: what an office signs, written into files while the service runs; without network."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from app import settings, wiring
from app.wiring import Service
from cli.archive import OutputError
from cli.output import print_json, print_table, say
from plan.errors import NhacViecError, TemplateError
from progress import compiled
from progress.items import period
from reports.attachments import report_files
from reports.figures import issued
from reports.figures import period as periods
from reports.figures.record import Issue, Record, Window
from reports.figures.scope import find_agency, find_body
from reports.word import documents
from reports.word import letter as letters
from words.office import Office

CHECK = 12
NOTHING = 1


class ReportError(NhacViecError):
    """A report cannot be made or issued as it was asked for; the message says what can be done."""


def report(
    period: Annotated[str, typer.Option(help="The reporting period: 2020-Q1, 2020-H1, 2020-Q3 or 2020-Y.")],
    out: Annotated[Path, typer.Option(help="The folder to write into; it is made where it is not there.")],
    scope: Annotated[str, typer.Option(help="One agency's own report, or a group's, by id or name.")] = "",
    issue: Annotated[bool, typer.Option("--issue", help="Freeze the figures under number 1 (chốt số liệu).")] = False,
    correct: Annotated[str, typer.Option(help="Why the issue that holds is corrected: makes the next number.")] = "",
    early: Annotated[
        str, typer.Option(help="Freeze to the end of this day before the period's end: 2020-03-10, with --reason.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why it is frozen early; printed in the report.")] = "",
    number: Annotated[int, typer.Option(min=0, help="An earlier issue instead of the one that holds.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace files of the same name that differ.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Say what was written as stable JSON.")] = False,
) -> None:
    """Writes a period's report: .docx to sign, .xlsx, .csv of its rows and its history, .json and pictures.

    A draft, or what was issued: the same to the byte whenever it is asked for.
    """
    _refuse_mixed(number=number, issue=issue, correct=correct, early=early, reason=reason)
    service = wiring.open_existing(settings.read())
    office = service.current()
    try:
        window = _window(office, period, service.clock(), early)
        bodies = _scope(office, scope)
        if issue or correct or early:
            found: tuple[Issue | None, Record] = _freeze(service, office, window, bodies, correct or reason)
        else:
            found = _read(service, office, window, bodies, number)
        if not found[1].rows:
            raise ReportError(f"there is nothing to report of {period} {scope}".rstrip())
        written = _write(service, office, found[1], found[0], out, force=force)
    finally:
        service.store.close()
    _tell(found[1], found[0], written, json=json)


def reports(json: Annotated[bool, typer.Option("--json", help="Stable JSON instead of a table.")] = False) -> None:
    """Lists the reports that were issued, in the order in which they were made."""
    service = wiring.open_existing(settings.read())
    with service.store.look() as session:
        found = issued.all_of(session)
    service.store.close()
    if json:
        print_json([_described(record, issue) for issue, record in found])
        return
    columns = ("period", "scope", "number", "issued at", "corrects", "reason", "fingerprint")
    rows = [_row(service.office, issue, record) for issue, record in found]
    print_table("Reports that were issued", columns, rows)


def letter(
    agency: Annotated[str, typer.Argument(help="The agency's id or name, for example sondung.")],
    out: Annotated[Path, typer.Option(help="The .docx to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file of the same name.")] = False,
) -> None:
    """Writes the draft of a letter that urges an agency (công văn đôn đốc); exit code 1 where nothing is late."""
    service = wiring.open_existing(settings.read())
    office = service.current()
    agency_id = find_agency(office, agency)
    if agency_id is None:
        raise ReportError(f"no agency is called '{agency}'; there are {', '.join(office.owing())}")
    with service.store.look() as session:
        found = letters.build(session, office, agency_id, service.clock())
    service.store.close()
    if found is None:
        say(f"{office.agency_name(agency_id)} is late with nothing: there is no letter to write")
        raise typer.Exit(NOTHING)
    if out.exists() and not force:
        raise OutputError(f"{out} is there already; --force replaces it")
    _put(out, letters.letter_docx(office.speaking(None), found, service.settings.templates_dir))
    say(f"{out}: {found.agency_name}, {len(found.late)} overdue, the longest for {found.late[0].days} working days")


def _refuse_mixed(*, number: int, issue: bool, correct: str, early: str, reason: str) -> None:
    if number and (issue or correct or early):
        raise ReportError("--number shows an issue that there is; it does not go with --issue, --correct or --early")
    if early and (issue or correct):
        raise ReportError("--early freezes by itself: leave --issue and --correct out, and say why with --reason")
    if early and not reason.strip():
        raise ReportError('--early needs --reason "why the figures are wanted before the period\'s end"')
    if reason and not early:
        raise ReportError("--reason says why it is frozen early; it goes with --early, and --correct has its own")


def _row(office: Office, issue: Issue, record: Record) -> tuple[object, ...]:
    about, at = record.about or "the whole office", _local(office, issue.issued_at)
    return record.window.key, about, issue.number, at, issue.corrects, issue.reason, record.sha256[:CHECK]


def _window(office: Office, key: str, now: datetime, early: str = "") -> Window:
    """The period's window, to the end of a day of it where one is given; raises ReportError."""
    try:
        day = date.fromisoformat(early) if early else None
        return periods.until(office, key.upper(), day, now) if day else periods.window(office, key.upper(), now)
    except ValueError as error:
        raise ReportError(str(error)) from error


def _scope(office: Office, name: str) -> tuple[str, ...]:
    if not name:
        return ()
    found = find_body(office, name)
    if found is None:
        raise ReportError(f"no agency or group is called '{name}'; there are {', '.join(office.owing())}")
    return (found,)


def _read(
    service: Service, office: Office, window: Window, scope: tuple[str, ...], number: int
) -> tuple[Issue | None, Record]:
    """The issue of a number, the one that holds, or a draft."""
    with service.store.look() as session:
        if number:
            found = issued.numbered(session, window.key, scope, number)
            if found is None:
                raise ReportError(f"{window.key} has no issue {number}; `nhacviec reports` lists what was issued")
            return found
        return issued.latest(session, window.key, scope) or (None, _made(session, office, window, scope, service))


def _made(session: Session, office: Office, window: Window, scope: tuple[str, ...], service: Service) -> Record:
    now, day = service.clock(), window.early
    fresh = periods.until(office, window.key, day, now) if day else periods.window(office, window.key, now)
    return periods.make(session, office, fresh, scope=scope, known_at=now)


def _freeze(
    service: Service, office: Office, window: Window, scope: tuple[str, ...], reason: str
) -> tuple[Issue, Record]:
    """Freezes the figures of now. The templates are looked at before: what is frozen can be written, too."""
    faults = documents.check(service.settings.templates_dir)
    if faults:
        raise TemplateError(faults)
    with service.store.look() as session:
        before = issued.latest(session, window.key, scope)
        _may_issue(office, window, before[0] if before else None, reason)
        record = _made(session, office, window, scope, service)
    if not record.rows:
        raise ReportError(f"there is nothing to report of {window.key} {' '.join(scope)}".rstrip())
    with service.store.unit() as session:
        again = issued.latest(session, window.key, scope)
        if (again[0].id if again else None) != (before[0].id if before else None):
            raise ReportError(f"{window.key} was issued by somebody else just now; `nhacviec reports` lists it")
        issue = issued.issue(session, record, service.clock(), reason=reason)
        if not scope and window.early is None:
            _answer(session, office, issue, record, service)
        return issue, record


def _answer(session: Session, office: Office, issue: Issue, record: Record, service: Service) -> None:
    """The compiling agency's duty to compile is answered by what it issues, as in the chat."""
    named, check = period(office, record.window.key), record.check
    note = office.text("report.answers", period=named, number=issue.number, check=check)
    compiled.answer(
        session, office, record.window.key, service.clock(), note=note, source=f"issued:{issue.id}", via="cli",
        person_id=None,
    )  # fmt: skip


def _may_issue(office: Office, window: Window, before: Issue | None, reason: str) -> None:
    if window.early is not None:
        return
    if not window.over:
        raise ReportError(
            f"the period {window.key} runs until the end of {window.last}; it can be issued after that, or before with "
            '--early DAY --reason "why"'
        )
    if before is None and reason:
        raise ReportError(f"{window.key} was not issued, so there is nothing to correct; --issue does it")
    if before is not None and not reason.strip():
        raise ReportError(
            f"{window.key} was issued as number {before.number} at {_local(office, before.issued_at)}; without --issue "
            'it is written as it was frozen; --correct "reason" makes the next number, which replaces it'
        )


def _write(
    service: Service, office: Office, record: Record, issue: Issue | None, out: Path, *, force: bool
) -> list[Path]:
    """Makes every file before the first is written: a folder never holds half a report."""
    folder = service.settings.templates_dir
    made = {out / report_files.name(record, issue, each): report_files.content(office, record, issue, each, folder)
            for each in report_files.files(record)}  # fmt: skip
    for path, data in made.items():
        if path.exists() and not force and path.read_bytes() != data:
            raise OutputError(f"{path} is there already and differs, perhaps by hand; --force replaces it")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{out} cannot be made: {error.strerror}") from error
    for path, data in made.items():
        _put(path, data)
    return list(made)


def _put(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error


def _tell(record: Record, issue: Issue | None, written: list[Path], *, json: bool) -> None:
    if json:
        print_json({**_described(record, issue), "files": [str(path) for path in written]})
        return
    stands = f"issue {issue.number}" if issue else "a draft"
    if record.window.early is not None:
        stands += f", frozen early, up to {record.window.early}"
    if issue and issue.corrects:
        stands += f", which corrects issue {issue.corrects}"
    if issue and issue.reason:
        stands += f": {issue.reason}"
    over = "" if record.window.over else ", a period that is not over"
    say(f"{record.window.key}{f' {record.about}' if record.about else ''}{over}: {stands}, {record.sha256[:CHECK]}")
    for path in written:
        say(f"  {path}")


def _described(record: Record, issue: Issue | None) -> dict[str, Any]:
    return {
        "period": record.window.key,
        "scope": list(record.scope),
        "first": record.window.first.isoformat(),
        "last": record.window.last.isoformat(),
        "over": record.window.over,
        "early": record.window.early.isoformat() if record.window.early else None,
        "as_of": record.window.as_of.isoformat(),
        "known_at": record.known_at.isoformat(),
        "issue": issue.model_dump(mode="json", exclude={"id"}) if issue else None,
        "sha256": record.sha256,
        "dated": record.dated.model_dump(),
        "periodic": record.periodic.model_dump(),
    }


def _local(office: Office, moment: datetime) -> str:
    return f"{office.local(moment):%H:%M %d/%m/%Y}"
