"""One work of a draft: what was read of it, every cell to be corrected whether it was asked about or not."""

from dataclasses import dataclass

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desk import forms, pressing
from desk.desk import Asked, Desk
from desk.page import render
from desk.pages.plan_draft import by_whom, open_draft, work_of
from desk.pages.plans import PATH
from desk.requests import posted
from desk.viewer import Viewer
from intake.draft import TaskDraft
from intake.said import place
from progress import importing
from progress.importing import Work
from words.message import Message, say
from words.office import Office

FORMER = "was_"
# Of leads that are named anew it is said anew how they owe: that comes after them.
ORDER = ("title", "lead", "leads", "coordinating", "monitor", "product", "time")
LONG = frozenset({"title", "lead", "coordinating", "monitor"})
TOGETHER = ("each", "together")


@dataclass(frozen=True)
class Cell:
    """One cell as the form has it: `choices` where it is chosen, else words, several names a line each."""

    field: str
    words: str
    is_long: bool
    choices: tuple[str, ...] = ()


def routes(desk: Desk) -> list[Route]:
    """Where the form goes."""
    return [Route(f"{PATH}/{{number}}/o", posted(desk, correct), methods=["POST"])]


def show(asked: Asked) -> Response:
    """The form; raises HTTPException(404) for who may not, and for work that the draft has not."""
    found = work_of(asked)
    task = _task(found, asked.query.get("ma", ""))
    if task is None or not asked.viewer.is_admin:
        raise HTTPException(404)
    return render(
        asked,
        "plan_cells.html",
        path=f"{PATH}/{found.row.id}",
        task=task,
        place=place(asked.office.text, task.place),
        cells=_cells(task),
        former=FORMER,
    )


def correct(asked: Asked) -> Response:
    """Keeps every cell that was written anew; what cannot be read is said, and the others are kept."""
    number, code = asked.number("number"), forms.word(asked.form, "code")

    def keep(session: Session, office: Office, by: Viewer) -> list[Message]:
        row = open_draft(session, number)
        if row is None:
            return [say(office.text("desk_plan.over"))]
        done, faults = [], []
        for field, words in _changed(asked):
            # Each is read in the light of those before it.
            found = importing.work(session, office, row, asked.now)
            why = importing.correct(session, found, code, field, words, by_whom(asked, by))
            if why:
                faults.append(office.text(f"desk_plan.cell_no_{why}", code=code, words=words))
            else:
                done.append(office.text(f"desk_plan.cell_{field}"))
        if not done and not faults:
            return [say(office.text("desk_plan.cells_same", code=code))]
        left = len(importing.work(session, office, row, asked.now).waiting)
        told = office.text("desk_plan.cells_done", code=code, names=done, count=left) if done else ""
        return [say(told, *faults)]

    nonce = pressing.once(asked, keep)
    return RedirectResponse(forms.with_said(f"{PATH}/{number}", nonce), 303)


def _task(found: Work, code: str) -> TaskDraft | None:
    return next((each for each in (*found.draft.tasks, *found.draft.duties) if each.code == code), None)


def _cells(task: TaskDraft) -> list[Cell]:
    words = {
        "title": task.title,
        "lead": "\n".join(dict.fromkeys((*task.lead, *(name for part in task.parts for name in part.lead)))),
        "leads": task.leads or "",
        "coordinating": "\n".join(task.coordinating),
        "monitor": "\n".join(task.monitor),
        "product": task.product,
        "time": task.timing,
    }
    return [Cell(each, words[each], each in LONG, TOGETHER if each == "leads" else ()) for each in ORDER]


def _changed(asked: Asked) -> list[tuple[str, str]]:
    """The cells that this person wrote anew: what somebody else wrote meanwhile into others stays."""
    if forms.word(asked.form, "drop"):
        return [("task", "no")]
    found = []
    for field in ORDER:
        words, former = forms.word(asked.form, field), forms.word(asked.form, FORMER + field)
        if words.splitlines() != former.splitlines() and field in asked.form:
            found.append((field, words))
    return found
