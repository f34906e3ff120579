"""The report for programs: csv with the columns of the official table, another one with the history, and json with
everything the record holds.
"""

import csv as writer
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from reports.figures.record import Issue, Record
from reports.tables import history
from reports.tables.cells import Cell, fit
from reports.tables.columns import COLUMNS, Words, rows
from words.message import plain
from words.office import Office

FORMAT, VERSION = "nhacviec-report", 1


def csv(office: Office, record: Record) -> bytes:
    """One line for each obligation, under the workbook's headings, in UTF-8 with the mark by which Excel knows it.

    Days are dd/mm/yyyy, moments "dd/mm/yyyy hh:mm" in local time. A text that a spreadsheet could take for a formula
    begins with a quote sign ('), as OWASP advises.
    """
    words = Words(office, record)
    return _written([words.heading(column) for column in COLUMNS], rows(office, record))


def history_csv(office: Office, record: Record) -> bytes:
    """One line for each event of each obligation, as in the workbook's last sheet; written as `csv` is."""
    headings = [plain(office.text(f"table.{key}")) for key in history.WIDTHS]
    return _written(headings, history.rows(Words(office, record)))


def json(record: Record, issue: Issue | None) -> bytes:
    """The whole record; every field is described in docs/report-data.md. The same to the byte for the same record.

    `record` is `Record.canonical` as it is, fields at their default left out: its SHA-256 can be made again.
    """
    issued = issue.model_dump_json() if issue else "null"
    head = f'{{"format":"{FORMAT}","version":{VERSION},"sha256":"{record.sha256}","issue":{issued},"record":'
    return f"{head}{record.canonical}}}\n".encode()


def _written(headings: Sequence[str], lines: Iterable[Sequence[Cell]]) -> bytes:
    held = io.StringIO()
    out = writer.writer(held, lineterminator="\r\n")
    out.writerow(headings)
    out.writerows([_field(value) for value in line] for line in lines)
    return held.getvalue().encode("utf-8-sig")


def _field(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if not isinstance(value, str):
        return value
    value, risky = fit(value)
    return f"'{value}" if risky else value
