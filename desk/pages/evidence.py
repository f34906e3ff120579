"""The files of an obligation: which there are, and their bytes in a response that can do nothing in our pages.

What a file is was said by its bytes when they came, never by its name. Pictures and PDF are shown, all else is saved.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk.desk import Asked
from desk.file_response import PDF, PICTURES, of_file
from desk.list_links import of_task
from files.content import export_name, may_act
from store import contributions, files_about, submissions
from store.answer_tables import Evidence
from store.tables import Obligation
from store.types import EvidenceState
from words import render
from words.file_names import called
from words.message import plain


@dataclass(frozen=True)
class File:
    """One file as the page shows it: where its bytes are, and why not; `acts` says that it may run something."""

    href: str
    name: str
    at: str
    size: str
    missing: str
    is_picture: bool
    is_pdf: bool
    acts: bool


def shown(asked: Asked, row: Obligation) -> list[File]:
    """The files of every answer, those that came with something else, and those of coordinating agencies."""
    return [_file(asked, row, each) for each in _of(asked, row)]


def show(asked: Asked) -> Response:
    """A file's bytes. Raises HTTPException(404) for one that is not of this obligation, or whose bytes are not here."""
    row, wanted = asked.work(asked.number("number")), asked.number("file")
    file = next((each for each in _of(asked, row) if each.id == wanted), None)
    stored = file is not None and file.state == EvidenceState.STORED and file.sha256
    data = submissions.blob(asked.session, file.sha256) if file and stored and file.sha256 else None
    if file is None or data is None:
        raise HTTPException(404)
    return of_file(export_name(file.name or file.kind, file.content), file.content, data)


def _of(asked: Asked, row: Obligation) -> Iterator[Evidence]:
    session, owed = asked.session, row.id or 0
    for answer in submissions.of_obligation(session, owed):
        yield from submissions.files_of(session, answer.id or 0)
    yield from files_about.of_obligations(session, [owed])
    for added in contributions.of_task(session, row.plan_id, row.task):
        yield from contributions.files_of(session, added.id or 0)


def _missing(asked: Asked, file: Evidence) -> str:
    if file.state in (EvidenceState.WAITING, EvidenceState.STORED):
        return asked.t("desk_task.file_waits")
    return plain(asked.t(f"dossier.missing_{file.state}"))


def _file(asked: Asked, row: Obligation, file: Evidence) -> File:
    office, stored = asked.office, file.state == EvidenceState.STORED and file.sha256 is not None
    return File(
        href=f"{of_task(row.id or 0)}/tep/{file.id}" if stored else "",
        name=called(office, file.name, file.kind),
        at=render.moment(file.sent_at, office.zone),
        size=render.size(file.size) if file.size else "",
        missing="" if stored else _missing(asked, file),
        is_picture=file.content in PICTURES,
        is_pdf=file.content == PDF,
        acts=may_act(file.name, file.content),
    )
