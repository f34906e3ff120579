"""Five results drawn from the list for an audit: each with its proof sheet, drawn the same whenever the number is."""

import hashlib
import secrets
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.responses import RedirectResponse, Response

from desk import forms, list_links
from desk.desk import Asked
from desk.lists import wanted
from desk.lists.chosen import Chosen
from desk.lists.columns import Cells
from desk.lists.line import Line
from desk.page import render
from desk.pages.report_downloads import one_at_a_time
from desk.pages.report_sheets import SHEET
from desk.pages.tasks import SAMPLE, about, choose, visible
from reports.archive import proof, proof_page
from reports.attachments.attach import proof_name

PACKAGE = f"{SAMPLE}/phieu.zip"
SEED, DRAWN, SEEDS = "so-rut", 5, 1_000_000


@dataclass(frozen=True)
class Drawn:
    """One of them: where it is looked at, how it stands, and where its sheet is."""

    code: str
    title: str
    agency: str
    state: str
    path: str
    sheet: str


def show(asked: Asked) -> Response:
    """The five; an address without a number is led to one of chance, by which the same are drawn again."""
    mine = visible(asked)
    found, seed = choose(asked, mine), _seed(asked)
    if seed is None:
        return RedirectResponse(f"{SAMPLE}?{_query(found, secrets.randbelow(SEEDS))}", 303)
    cells, query = Cells(asked.office), wanted.address(found.wanted)
    return render(
        asked,
        "sample.html",
        about=about(asked, found, mine),
        seed=seed,
        drawn=[_drawn(cells, line) for line in draw(found.lines, seed)],
        count=len(found.lines),
        package=f"{PACKAGE}?{_query(found, seed)}",
        again=SAMPLE + (f"?{query}" if query else ""),
        way_back=list_links.of_list(found.wanted),
    )


def package(asked: Asked) -> Response:
    """Their proof sheets in one file, in the office's language."""
    seed, office = _seed(asked) or 0, asked.office.speaking(None)
    out = BytesIO()
    with one_at_a_time(), ZipFile(out, "w", ZIP_DEFLATED) as file:
        for line in draw(choose(asked, visible(asked)).lines, seed):
            row = asked.work(line.id)
            made = proof.build(asked.session, office, line.id, asked.now)
            file.writestr(proof_name(office, row), proof_page.docx(made, asked.desk.templates))
    headers = {"Content-Disposition": f'attachment; filename="mau-kiem-tra-{seed}.zip"'}
    return Response(out.getvalue(), media_type="application/zip", headers=headers)


def draw(lines: tuple[Line, ...], seed: int) -> list[Line]:
    """Five of some lines at most, in the order of the plan: of the same lines the same for the same number."""
    by_chance = sorted(lines, key=lambda line: hashlib.sha256(f"{seed}:{line.id}".encode()).digest())
    return sorted(by_chance[:DRAWN], key=lambda line: line.place)


def _seed(asked: Asked) -> int | None:
    return forms.number_or_none(asked.query.get(SEED, ""))


def _query(found: Chosen, seed: int) -> str:
    return "&".join(filter(None, (wanted.address(found.wanted), urlencode({SEED: seed}))))


def _drawn(cells: Cells, line: Line) -> Drawn:
    path = list_links.of_task(line.id)
    agency = cells.office.agency_short(line.agency)
    return Drawn(line.code, line.title, agency, cells.state(line), path, f"{path}/{SHEET}")
