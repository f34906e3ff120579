"""`plan cell`, `plan opinion`: a draft corrected cell by cell, and what is open in it on a sheet for a leader."""

from pathlib import Path
from typing import Annotated

import typer

from app import settings, wiring
from cli.plan_imports import DraftAnswerError, NoSuchDraftError, opened, say, work_of
from progress import importing
from reports.word import opinion as papers
from store.import_tables import PlanAnswer
from words.message import plain

CELLS = (
    "FIELD=VALUE: title, lead, leads (each, together), coordinating, monitor, product, time, or task=no for one that "
    "is not followed."
)


def cell(
    draft: Annotated[int, typer.Argument(help="The draft's number.")],
    code: Annotated[str, typer.Argument(help="The task's code in the draft.")],
    cells: Annotated[list[str], typer.Argument(help=CELLS)],
) -> None:
    """Corrects cells of a draft, asked about or not; the last word to each holds, and who gave it when is kept."""
    service = opened()
    with service.store.unit() as session:
        for cell in cells:
            found = work_of(service, session, draft)
            field, equals, words = cell.partition("=")
            by = PlanAnswer(import_id=0, question="", choice="", words="", at=service.clock(), via="cli")
            why = importing.correct(session, found, code, field.strip(), words.strip(), by) if equals else "field"
            if why:
                raise DraftAnswerError(plain(service.office.text(f"plan_correct.{why}", code=code, words=cell)))
        found = work_of(service, session, draft)
        say(f"Draft {draft}, {code}: corrected. {len(found.waiting)} questions are open.")


def opinion(
    draft: Annotated[int, typer.Argument(help="The draft's number.")],
    out: Annotated[Path, typer.Option(help="The .docx to write.")],
) -> None:
    """Writes what is open in a draft as a sheet for a leader (phiếu xin ý kiến lãnh đạo)."""
    service = wiring.open_existing(settings.read())
    with service.store.look() as session:
        sheet = papers.build(session, service.live.of(session), draft, service.clock())
    if sheet is None:
        raise NoSuchDraftError(f"Nothing of draft {draft} is open.")
    out.write_bytes(papers.opinion_docx(sheet, service.settings.templates_dir))
    say(f"{out}: {sheet.count} questions")
