"""The documents of a period's report: made when they are asked for, from its record alone, one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk import forms
from desk.desk import Asked
from desk.pages.reports import DRAFT, scope_of, window_of
from reports.attachments import report_files
from reports.attachments.report_files import File
from reports.figures import issued
from reports.figures.period import make
from reports.figures.record import Issue, Record

KINDS = {
    File.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    File.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    File.CSV: "text/csv; charset=utf-8",
    File.HISTORY: "text/csv; charset=utf-8",
    File.JSON: "application/json",
}
# A document takes seconds and memory: whoever asks meanwhile waits, or is told to ask again.
PATIENCE_S = 30
_one_at_a_time = Lock()


def show(asked: Asked) -> Response:
    """One file; raises HTTPException 404 for one that there is not, 429 where too many are being made."""
    record, issue = record_of(asked)
    file = next((each for each in report_files.files(record) if each == asked.request.path_params["file"]), None)
    if file is None or not record.rows:
        raise HTTPException(404)
    with one_at_a_time():
        data = report_files.content(asked.office, record, issue, file, asked.desk.templates)
    name = report_files.name(record, issue, file)
    return Response(
        data,
        media_type=KINDS.get(file, "image/png"),
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Makes a document while no other is made; raises HTTPException(429) where too many are wanted."""
    if not _one_at_a_time.acquire(timeout=PATIENCE_S):
        raise HTTPException(429)
    try:
        yield
    finally:
        _one_at_a_time.release()


def record_of(asked: Asked) -> tuple[Record, Issue | None]:
    """The issue of the number in the address, or a draft as of now; raises HTTPException(404) for none, and for what is
    not the viewer's to read."""
    scope, window, number = scope_of(asked), window_of(asked), asked.request.path_params["number"]
    if number == DRAFT:
        return make(asked.session, asked.office, window, scope=scope, known_at=asked.now), None
    found = issued.numbered(asked.session, window.key, scope, forms.number_of(number))
    if found is None:
        raise HTTPException(404)
    issue, record = found
    return record, issue
