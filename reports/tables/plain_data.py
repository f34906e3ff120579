"""The report for programs: csv with the columns of the official table, and json with everything the record holds."""

import csv as writer
import io
from datetime import date, datetime

from reports.figures.record import Issue, Record
from reports.tables.cells import Cell, fit
from reports.tables.columns import COLUMNS, Words, rows
from words.office import Office

FORMAT, VERSION = "nhacviec-report", 1


def csv(office: Office, record: Record) -> bytes:
    """One line for each obligation, under the workbook's headings, in UTF-8 with the mark by which Excel knows it.

    Days are dd/mm/yyyy, moments "dd/mm/yyyy hh:mm" in local time. A text that a spreadsheet could take for a formula
    begins with a quote sign ('), as OWASP advises.
    """
    held = io.StringIO()
    out = writer.writer(held, lineterminator="\r\n")
    words = Words(office, record)
    out.writerow([words.heading(column) for column in COLUMNS])
    out.writerows([_field(value) for value in row] for row in rows(office, record))
    return held.getvalue().encode("utf-8-sig")


def json(record: Record, issue: Issue | None) -> bytes:
    """The whole record; every field is described in docs/report-data.md. The same to the byte for the same record.

    `record` is `Record.canonical` as it is, fields at their default left out: its SHA-256 can be made again.
    """
    issued = issue.model_dump_json() if issue else "null"
    head = f'{{"format":"{FORMAT}","version":{VERSION},"sha256":"{record.sha256}","issue":{issued},"record":'
    return f"{head}{record.canonical}}}\n".encode()


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
