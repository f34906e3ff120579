"""`dossier` and `proof`: the office's archive at year's end, and the story of one obligation; without network."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from app import settings, wiring
from cli.output import say
from plan.errors import NhacViecError
from progress.items import code_of
from reports.archive import dossier as archives
from reports.archive import proof as proofs
from reports.archive import proof_page
from reports.archive.dossier_values import Selection, SelectionError
from reports.figures.scope import find_agency
from store import obligations
from store.tables import Obligation
from words import codes
from words.office import Office
from words.render import size


class OutputError(NhacViecError):
    """A file cannot be written; the message says which and why."""


def dossier(
    out: Annotated[Path, typer.Option(help="The zip to write.")],
    period: Annotated[str, typer.Option(help="Answers of a reporting period: 2020-Q1, 2020-H1, 2020-Q3, 2020-Y.")] = "",
    task: Annotated[str, typer.Option(help="Answers for one task: 2b.")] = "",
    agency: Annotated[str, typer.Option(help="Answers of one agency, by id or name.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file of the same name.")] = False,
) -> None:
    """Writes the evidence file: contents, evidence, SHA-256 list. The choices narrow each other; one at least."""
    if not (period or task or agency):
        raise SelectionError("say which answers: --period, --task or --agency, or several of them")
    _may_write(out, force=force)
    service = wiring.open_existing(settings.read())
    office = service.current()
    chosen = Selection(
        period=period or None,
        task=_code(office, task)[0] if task else None,
        agency=_agency(office, agency) if agency else None,
    )
    try:
        found = archives.write(service.store, office, chosen, service.clock(), out)
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror}") from error
    service.store.close()
    kept = size(sum(file.size for file in found.files))
    say(f"{out}: {len(found.answers)} answers, {len(found.files)} files ({kept})")
    if found.absent:
        say(f"{len(found.absent)} files are not in it; muc-luc.html names each and says why")


def proof(
    task: Annotated[str, typer.Argument(help="The task's code, with its milestone where it has several: 2b, 2b.2.")],
    agency: Annotated[str, typer.Argument(help="The agency that owes it, by id or name.")],
    out: Annotated[Path, typer.Option(help="The sheet to write: .html, otherwise .docx from the office's template.")],
    period: Annotated[str, typer.Option(help="The period of a periodic one: 2020-Q1.")] = "",
    plan: Annotated[str, typer.Option(help="The plan, where several have the code.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file of the same name.")] = False,
) -> None:
    """Writes the proof sheet of one obligation: who was told when and why, what was answered and decided."""
    _may_write(out, force=force)
    service = wiring.open_existing(settings.read())
    office = service.current()
    with service.store.look() as session:
        row = _obligation(session, office, task, _agency(office, agency), period, plan)
        found = proofs.build(session, office, row.id or 0, service.clock())
    service.store.close()
    page = out.suffix.lower() in (".html", ".htm")
    sheet = proof_page.html(office, found) if page else proof_page.docx(found, service.settings.templates_dir)
    try:
        out.write_bytes(sheet)
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror}") from error
    say(f"{out}: {found.code}, {found.agency}: {len(found.told)} messages, {len(found.steps)} events")


def _obligation(session: Session, office: Office, task: str, agency: str, period: str, plan: str) -> Obligation:
    """The one obligation that is meant; raises SelectionError naming the choices where there are none or several."""
    code, number = _code(office, task)
    wanted = f"{code}.{number or 1}"
    rows = [
        row
        for row in obligations.of_task(session, code)
        if row.agency_id == agency and row.milestone == wanted
        and period in ("", row.occurrence) and plan in ("", row.plan_id)
    ]  # fmt: skip
    if len(rows) == 1:
        return rows[0]
    if rows:
        told = ", ".join(f"--plan {row.plan_id} --period {row.occurrence}".removesuffix(" --period ") for row in rows)
        raise SelectionError(f"{office.agency_name(agency)} owes {task} several times; choose: {told}")
    owed = {code_of(office, row) for row in obligations.of_task(session, code) if row.agency_id == agency}
    owners = {row.agency_id for row in obligations.of_task(session, code)}
    known = ", ".join(sorted(owed, key=codes.sort_key)) or "nothing of this task, which is owed by " + ", ".join(
        office.in_order(owners)
    )
    raise SelectionError(f"{office.agency_name(agency)} does not owe {task} {period}".rstrip() + f"; it owes {known}")


def _code(office: Office, typed: str) -> tuple[str, int | None]:
    found = codes.read(typed, office.codes())
    if found.code is None or found.rest:
        known = ", ".join(sorted(office.codes(), key=codes.sort_key))
        raise SelectionError(f"no task has the code '{typed}'; there are {known}")
    return found.code, found.milestone


def _agency(office: Office, typed: str) -> str:
    found = find_agency(office, typed)
    if found is None:
        raise SelectionError(f"no agency is called '{typed}'; there are {', '.join(office.owing())}")
    return found


def _may_write(out: Path, *, force: bool) -> None:
    if out.exists() and not force:
        raise OutputError(f"{out} is there already; --force replaces it")
    if not out.parent.is_dir():
        raise OutputError(f"there is no folder {out.parent}")
