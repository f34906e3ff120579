"""`plan read`: an office's own document as the draft of a plan; reads only."""

from pathlib import Path
from typing import Annotated

import typer

from app import office_settings, reading, settings, wiring
from app.office_settings import catalogue_of
from app.settings import Settings
from cli.output import console, print_json, print_table
from intake import said
from intake.draft import Draft, MilestoneDraft
from intake.errors import RefusedError
from intake.settled import said as settled_said
from plan.errors import NhacViecError
from progress import importing, revising_words
from progress.reading_diff import ReadDiff, read_diff
from store import plans
from words.catalogue import Catalogue
from words.message import plain
from words.office import Office


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
    diff = _diff_or_exit(chosen, draft, json=json)
    if json:
        print_json(said.as_json(text, draft) | _diff_json(text, diff))
    elif diff is not None:
        _show_diff(text, diff)
    else:
        _show(text, draft)


def _diff_or_exit(chosen: Settings, draft: Draft, *, json: bool) -> ReadDiff | None:
    """What an amendment changes of the plan that serves, or that the settings name; refused as a sheet is."""
    if draft.revision is None:
        return None
    office, digests = _office(chosen)
    try:
        return read_diff(office, draft, digests, importing.directory(office), importing.wording(office))
    except revising_words.REFUSED as error:
        lines = [plain(line) for line in revising_words.refusal(office, error)]
        if json:
            print_json({"read": "refused", "why": "\n".join(lines), "kind": "own_sheet"})
        else:
            console(stderr=True).print("\n".join(lines), style="red", markup=False, highlight=False)
        raise typer.Exit(2) from error


def _office(chosen: Settings) -> tuple[Office, dict[str, str]]:
    """The office as it serves, with the versions of its plans; as its files have it where there is no database."""
    try:
        wiring.refuse_missing(chosen.database_url)
    except wiring.NoDatabaseError:
        return office_settings.office_of(chosen), {}
    service = wiring.open_service(chosen)
    with service.store.look() as session:
        return service.live.of(session), {row.id: row.digest for row in plans.all_of(session)}


def _diff_json(text: Catalogue, diff: ReadDiff | None) -> dict[str, object]:
    if diff is None:
        return {}
    steps = [vars(step) | {"op": str(step.op)} for step in diff.steps]
    asked = [
        {"about": each.doubt.about, "kind": each.doubt.kind, "place": settled_said.place(text, each),
         "words": each.doubt.words, "question": settled_said.question(text, each),
         "answers": [settled_said.option(text, offered) for offered in each.options], "alike": list(each.doubt.alike),
         "blocks": each.blocks}
        for each in diff.questions
    ]  # fmt: skip
    return {"read": "diff", "diff": steps, **({"doubts": asked, "tasks": []} if diff.questions else {})}


def _show_diff(text: Catalogue, diff: ReadDiff) -> None:
    rows = [(step.op, step.code, step.was, step.before, step.after) for step in diff.steps]
    print_table(f"{len(rows)} changes", ("what", "code", "was", "before", "after"), rows)
    asked = [(settled_said.place(text, each), settled_said.question(text, each)) for each in diff.questions]
    print_table(plain(text("intake_read.questions_title")), ("place", "question"), asked)


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
