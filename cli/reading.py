"""`plan read`: an office's own document as the draft of a plan; reads only."""

from pathlib import Path
from typing import Annotated

import typer

from app import reading, settings
from app.wiring import catalogue_of
from cli.output import console, print_json, print_table
from intake import said
from intake.draft import Draft, MilestoneDraft
from intake.errors import RefusedError
from plan.errors import NhacViecError
from words.catalogue import Catalogue
from words.message import plain


class UnreadableFileError(NhacViecError):
    """The file is not there or may not be read."""


def read(
    file: Annotated[
        Path, typer.Argument(help="The office's document: .docx, .xlsx, .csv, .pdf, .txt; .doc and .odt too.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Stable JSON instead of a table.")] = False,
) -> None:
    """Reads an office's own document and shows the draft, what it asks and what it leaves out; changes nothing."""
    chosen = settings.read()
    text = catalogue_of(chosen)
    try:
        draft = reading.read(content_of(file), chosen)
    except RefusedError as error:
        if json:
            print_json(said.refused_json(text, error))
        else:
            console(stderr=True).print(said.refusal(text, error), style="red", markup=False, highlight=False)
        raise typer.Exit(2) from error
    if json:
        print_json(said.as_json(text, draft))
    else:
        _show(text, draft)


def content_of(file: Path) -> bytes:
    """The bytes of a document; raises UnreadableFileError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{file} cannot be read: {error.strerror}") from error


def _show(text: Catalogue, draft: Draft) -> None:
    head, unknown = draft.head, text("intake_read.unknown")
    day = f"{head.date:%d/%m/%Y}" if head.date else unknown
    say = console().print
    say(
        plain(text("intake_read.document", title=head.title or unknown, number=head.number or unknown, day=day)),
        markup=False, highlight=False,
    )  # fmt: skip
    title = plain(
        text(
            "intake_read.title", tasks=len(draft.tasks), duties=len(draft.duties),
            left_out=len(draft.left_out), doubts=len(draft.doubts),
        )
    )  # fmt: skip
    rows = [
        (each.code, each.title, each.lead_printed, each.timing, _read_as(text, each.milestones))
        for each in (*draft.tasks, *draft.duties)
    ]
    print_table(title, [text(f"intake_read.column_{name}") for name in ("code", "task", "lead", "time", "read")], rows)
    questions = [
        (each.about, said.place(text, each.place), said.question(text, each),
         " / ".join(said.answers(text, each)))
        for each in draft.doubts
    ]  # fmt: skip
    columns = [text(f"intake_read.column_{name}") for name in ("code", "place", "question", "answers")]
    print_table(plain(text("intake_read.questions_title")), columns, questions)
    left_out = [(said.place(text, each.place), each.words, said.left_out(text, each.why)) for each in draft.left_out]
    columns = [text(f"intake_read.column_{name}") for name in ("place", "words", "why")]
    print_table(plain(text("intake_read.left_out_title")), columns, left_out)


def _read_as(text: Catalogue, milestones: tuple[MilestoneDraft, ...]) -> str:
    """Each milestone's day, or its kind where it has none."""
    return "; ".join(
        f"{each.due:%d/%m/%Y}" if each.due else str(each.kind) if each.kind else plain(text("intake_read.asked"))
        for each in milestones
    )
