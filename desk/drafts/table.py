"""The work of a draft as the office's own table, with the cells that are in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.draft import MilestoneDraft, TaskDraft
from intake.said import place
from intake.settled.corrected import FIELDS
from intake.settled.values import Given
from progress import importing
from progress.importing import Work
from words import render
from words.message import plain
from words.office import Office

COLUMNS = ("title", "lead", "coordinating", "product", "time", "due")
BROUGHT = frozenset({"add", "rewrite"})
# The cell under which a doubt is seen, and where its answer would be written; what none of them settles is the work's.
CELL_OF: Mapping[str, str] = {
    kind: "lead" if field == "leads" else field for field, kinds in reversed(FIELDS.items()) for kind in kinds
}


@dataclass(frozen=True)
class Cell:
    """One cell: its column, its words, whether something about it is not certain, and what was answered about it."""

    column: str
    words: str
    is_doubtful: bool
    answer: str


@dataclass(frozen=True)
class Row:
    """One work of the draft; `section` is set where another one begins."""

    code: str
    place: str
    section: str
    cells: tuple[Cell, ...]


def rows(office: Office, found: Work) -> list[Row]:
    """The tasks in their order, then the duties."""
    # What an amendment brings a time or words alone for is no work of its own.
    revision = found.draft.revision
    silent = {each.task for each in revision.articles if each.op not in BROUGHT} if revision is not None else set()
    titles = {each.id: f"{each.id}. {each.title}" for each in found.draft.sections}
    doubtful, answered = _doubtful(found), _answered(office, found)
    made: list[Row] = []
    section = ""
    for task in (*found.draft.tasks, *found.draft.duties):
        if task.code in silent:
            continue
        begins = titles.get(task.section, "") if task.section != section else ""
        section = task.section
        words = _words(office, task)
        told = answered.get(task.code, {})
        cells = tuple(
            Cell(each, words[each], each in doubtful.get(task.code, ()), told.get(each, "")) for each in COLUMNS
        )
        made.append(Row(task.code, place(office.text, task.place), begins, cells))
    return made


def _doubtful(found: Work) -> dict[str, set[str]]:
    """By the code of a work, the columns about which somebody has still to say something."""
    settled = {key for key, given in found.answers.items() if given.option or given.words}
    marked: dict[str, set[str]] = {}
    for question in found.asked:
        if question.key in settled:
            continue
        field = CELL_OF.get(question.doubt.kind, "title")
        for code in question.about:
            marked.setdefault(code, set()).update({field, "due"} if field == "time" else {field})
    return marked


def _answered(office: Office, found: Work) -> dict[str, dict[str, str]]:
    """By the code of a work, by column, the answer that settles it; of the deadline in its own column."""
    told: dict[str, dict[str, str]] = {}
    for question in found.asked:
        given = found.answers.get(question.key, Given())
        if given == Given() or question.doubt.about == "plan":
            continue
        field = CELL_OF.get(question.doubt.kind, "title")
        words = importing.answered(office, found, question, given)
        for code in question.about:
            told.setdefault(code, {})["due" if field == "time" else field] = words
    return told


def _words(office: Office, task: TaskDraft) -> Mapping[str, str]:
    due = [_due(office, each) for each in task.milestones]
    return {
        "title": "\n".join((task.title, *(f"– {part.title}" for part in task.parts))),
        "lead": "; ".join(dict.fromkeys((*task.lead, *(name for part in task.parts for name in part.lead)))),
        "coordinating": "; ".join(task.coordinating),
        "product": task.product,
        "time": task.timing,
        "due": "; ".join(dict.fromkeys(due)),
    }


def _due(office: Office, milestone: MilestoneDraft) -> str:
    if milestone.due is not None:
        return render.day(milestone.due)
    return plain(office.text(f"plan_sheet.kind_{milestone.kind}")) if milestone.kind is not None else "?"
