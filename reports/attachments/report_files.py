"""The files of a report: which there are, what each is called, and how it is made from the record alone."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

from reports.figures.record import Issue, Record
from reports.pictures.agency_chart import agency_png
from reports.pictures.alt import agency_alt, matrix_alt, progress_alt
from reports.pictures.matrix_chart import matrix_png
from reports.pictures.progress_chart import progress_png
from reports.tables import plain_data
from reports.tables.workbook import xlsx
from reports.word.documents import agency_report_docx, report_docx
from words.message import plain
from words.office import Office


class File(StrEnum):
    """What a report consists of; the pictures come last."""

    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    HISTORY = "history"
    JSON = "json"
    PROGRESS = "progress"
    MATRIX = "matrix"
    YEAR = "year"


# How each file's name ends. Plain letters: with accents a name breaks on some phones, in zips and in old mail programs.
ENDINGS: Mapping[File, str] = {
    File.DOCX: ".docx",
    File.XLSX: ".xlsx",
    File.CSV: ".csv",
    File.HISTORY: "-lich-su.csv",
    File.JSON: ".json",
    File.PROGRESS: "-tien-do.png",
    File.MATRIX: "-bang-hinh.png",
    File.YEAR: "-ca-nam.png",
}
PICTURES: Mapping[File, Callable[[Office, Record], bytes]] = {
    File.PROGRESS: progress_png,
    File.MATRIX: matrix_png,
    File.YEAR: lambda office, record: agency_png(office, record, record.scope[0]),
}
WORDS: Mapping[File, Callable[[Office, Record], str]] = {
    File.PROGRESS: progress_alt,
    File.MATRIX: matrix_alt,
    File.YEAR: lambda office, record: agency_alt(office, record, record.scope[0]),
}


def is_of_agency(record: Record) -> bool:
    """Whether it is one agency's own report, not one about several."""
    return len(record.scope) == 1 and all(row.agency == record.scope[0] for row in record.rows)


def pictures(record: Record) -> tuple[File, ...]:
    """The pictures of a report, the one that says most first: an agency's own has one of its year."""
    return (File.YEAR,) if is_of_agency(record) else (File.PROGRESS, File.MATRIX)


def files(record: Record) -> tuple[File, ...]:
    """Everything a report consists of."""
    return (File.DOCX, File.XLSX, File.CSV, File.HISTORY, File.JSON, *pictures(record))


def name(record: Record, issue: Issue | None, file: File) -> str:
    """bao-cao-2020-Q1.docx; a draft, a correction and a report of a part of the office say so in the name."""
    parts = ["bao-cao", record.window.key, *record.scope]
    if issue is None:
        parts.append("du-thao")
    elif issue.number > 1:
        parts.append(f"so-{issue.number}")
    return "-".join(parts) + ENDINGS[file]


def content(office: Office, record: Record, issue: Issue | None, file: File, folder: Path) -> bytes:
    """The bytes of one file, in the installation's language; `folder` holds the templates. Raises TemplateError."""
    office = office.speaking(None)
    if file in PICTURES:
        return PICTURES[file](office, record)
    if file is File.DOCX:
        shown = {caption(office, each): PICTURES[each](office, record) for each in pictures(record)}
        make = agency_report_docx if is_of_agency(record) else report_docx
        return make(office, record, issue, folder, shown)
    if file is File.XLSX:
        return xlsx(office, record, issue)
    if file is File.JSON:
        return plain_data.json(record, issue)
    return plain_data.csv(office, record) if file is File.CSV else plain_data.history_csv(office, record)


def caption(office: Office, picture: File) -> str:
    """What stands over a picture in the document."""
    return plain(office.text(f"report.picture_{picture}"))


def words(office: Office, record: Record, picture: File) -> str:
    """What a picture shows, for its caption in the chat and for whoever cannot see it."""
    return WORDS[picture](office, record)
