"""Papers behind a report: the proof sheet of one obligation, and the evidence file of a period, an agency or a task.

An evidence file may be of many hundred megabytes: it is made in a folder of its own and leaves piece by piece.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from desk.desk import Asked
from desk.page import render
from desk.pages.report_downloads import KINDS, one_at_a_time
from desk.pages.reports import PATH, SELECTED_BY, named
from reports.archive import dossier, dossier_contents, proof, proof_page
from reports.archive.dossier_values import Selection, SelectionError
from reports.attachments.attach import dossier_name, proof_name
from reports.attachments.report_files import File
from reports.figures.period import windows
from words.render import size

SHEET = "phieu-doi-chieu"
PIECE = 256 * 1024


def sheet(asked: Asked) -> Response:
    """The proof sheet of an obligation that the viewer may see; raises HTTPException(404)."""
    row = asked.work(asked.number("number"))
    office = asked.office.speaking(None)
    with one_at_a_time():
        made = proof.build(asked.session, office, row.id or 0, asked.now)
        data = proof_page.docx(made, asked.desk.templates)
    return Response(data, media_type=KINDS[File.DOCX], headers=_saved(proof_name(office, row)))


def dossier_page(asked: Asked) -> Response:
    """What an evidence file would hold, and the file itself once it is wanted; raises HTTPException(404)."""
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    selection = _selection(asked)
    try:
        contents = dossier_contents.read(asked.session, asked.office, selection, asked.now)
    except SelectionError:
        raise HTTPException(404) from None
    if asked.query.get("tai") == "1":
        return _package(asked, selection)
    return render(
        asked,
        "dossier.html",
        about=_about(asked, selection),
        answers=len(contents.answers) + len(contents.contributions),
        files=len(contents.files),
        size=size(sum(file.size for file in contents.files)),
        absent=len(contents.absent),
        download=f"{asked.request.url.path}?{asked.request.url.query}&tai=1",
        way_back=f"{PATH}/{selection.period}" if selection.period else PATH,
    )


def _selection(asked: Asked) -> Selection:
    wanted = {name: asked.query.get(key) or None for name, key in SELECTED_BY.items()}
    selection = Selection(wanted["period"], wanted["task"], wanted["agency"])
    known = {each.key for each in windows(asked.office, asked.now)}
    codes = {task.code for plan in asked.office.plans.values() for task in plan.all_tasks}
    if selection == Selection() or (selection.period and selection.period not in known):
        raise HTTPException(404)
    if (selection.agency and asked.office.agency(selection.agency) is None) or (
        selection.task and selection.task not in codes
    ):
        raise HTTPException(404)
    return selection


def _about(asked: Asked, selection: Selection) -> str:
    agency = asked.office.agency_name(selection.agency) if selection.agency else ""
    period = named(asked, selection.period) if selection.period else ""
    return ", ".join(filter(None, (period, agency, selection.task)))


def _package(asked: Asked, selection: Selection) -> Response:
    name = dossier_name(selection)
    with one_at_a_time(), TemporaryDirectory() as folder:
        out = Path(folder) / name
        dossier.write(asked.desk.store, asked.office.speaking(None), selection, asked.now, out)
        # What is open stays when the folder is gone.
        data = out.open("rb")
    return StreamingResponse(_pieces(data), media_type="application/zip", headers=_saved(name))


def _pieces(data: BinaryIO) -> Iterator[bytes]:
    with data:
        while piece := data.read(PIECE):
            yield piece


def _saved(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
