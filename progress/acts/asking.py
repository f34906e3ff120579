"""Officers ask for what an admin decides: a later deadline, and work that is not theirs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from plan.status import State
from progress import requests as life
from progress.about_files import about
from progress.acts.outcomes import Outcome, ToAdmins, rows
from progress.acts.scene import Scene
from progress.acts.values import Extend, NotOurs
from progress.items import code_of, item_of
from store import files_about, people, requests, submissions
from store.answer_tables import Request
from store.postings import Identity
from store.tables import Obligation
from store.types import RequestKind
from words.message import Button, say

# Of the notice that asks admins.
OCCASION = "request"


def extend(scene: Scene, act: Extend, row: Obligation) -> Outcome:
    """Asks the admins for a later deadline; asks for the day or the reason that is missing."""
    office, said, wanted = scene.office, act.said, act.wanted
    if (no := _refusal(scene, row, RequestKind.EXTENSION)) is not None:
        return no
    code, today = code_of(office, row), office.today(scene.now)
    if row.due is None:
        return Outcome((say(office.text("request.undated", code=code)),))
    if wanted is None:
        key = "request.no_such_day" if act.typed else "request.which_day"
        text = office.text(key, code=code, due=row.due, typed=act.typed, reason=act.reason)
        return Outcome((say(text),), waits=replace(act, typed=""))
    if wanted > (last := office.last_day(today)):
        return Outcome((say(office.text("dating.too_far", due=wanted, last=last)),), waits=replace(act, wanted=None))
    if (wish := life.judge(row.due, wanted, today)) is not life.Wish.FINE:
        text = office.text(f"request.wish_{wish}", code=code, due=row.due, wanted=wanted)
        return Outcome((say(text),), waits=replace(act, wanted=None))
    if not act.reason:
        return Outcome((say(office.text("request.why_longer", code=code, wanted=wanted)),), waits=act)
    kind = RequestKind.EXTENSION
    request = life.ask(scene.session, office, row, said, life.Asked(kind, act.reason, wanted), scene.now)
    return asked(scene, request, row, due=row.due, wanted=wanted, late=request.late, days=life.PAUSE_DAYS)


def not_ours(scene: Scene, act: NotOurs, row: Obligation) -> Outcome:
    """Asks the admins to take the work from the agency; asks why where nothing is said."""
    if (no := _refusal(scene, row, RequestKind.NOT_OURS)) is not None:
        return no
    said = act.said
    if not said.note:
        text = scene.office.text("request.why_not_ours", code=code_of(scene.office, row))
        return Outcome((say(text),), waits=act)
    request = life.ask(scene.session, scene.office, row, said, life.Asked(RequestKind.NOT_OURS, said.note), scene.now)
    return asked(scene, request, row, days=life.PAUSE_DAYS)


def asked(scene: Scene, request: Request, row: Obligation, **more: Any) -> Outcome:
    """What is said to who asked, and the question to every admin, the asker too where they are one."""
    office = scene.office
    text = office.text(
        f"request.asked_{request.kind}",
        reference=f"R{request.id}",
        code=code_of(office, row),
        agency=office.agency_name(row.agency_id),
        compiler=office.compiler_name,
        reason=request.reason,
        **more,
    )
    notice = ToAdmins(
        question(scene, request, row),
        f"a request: {request.kind}",
        Identity(OCCASION, request.id),
        row.id,
        rows(buttons(scene, request)),
        asked=True,
    )
    files = files_about.of_request(scene.session, request.id or 0)
    kept = office.text("evidence.kept_with_it", reference=f"R{request.id}") if files else ""
    back = Button(office.text("button.undo"), f"/takeback R{request.id}")
    return Outcome((say(text, kept, about(scene.session, office, files), buttons=[[back]]),), (notice,))


def question(scene: Scene, request: Request, row: Obligation) -> str:
    """What an admin is asked to decide, and that photos and files came with it."""
    item = item_of(scene.office, row)
    submission = submissions.get(scene.session, request.submission_id or 0)
    asks = scene.office.text(
        f"request.to_admin_{request.kind}",
        reference=f"R{request.id}",
        code=code_of(scene.office, row),
        agency=scene.office.agency_name(row.agency_id),
        title=item.task.short(100) if item else "",
        person=people.named(scene.session, scene.office.agency_short, request.person_id),
        at=request.asked_at,
        reason=request.reason,
        **_more(request, row, submission.note if submission else "", submission.at if submission else None),
    )
    reference = f"R{request.id}"
    files = files_about.of_request(scene.session, request.id or 0)
    return f"{asks}\n{scene.office.text('evidence.with_it', reference=reference)}" if files else asks


def _more(request: Request, row: Obligation, before: str, answered: datetime | None) -> Mapping[str, Any]:
    match request.kind:
        case RequestKind.EXTENSION:
            return {
                "planned": row.planned,
                "due": row.due,
                "wanted": request.wanted,
                "times": row.extensions,
                "late": request.late,
            }
        case RequestKind.NOT_OURS:
            return {"due": row.due}
        case RequestKind.CAUSE:
            return {"due": row.due, "done_at": row.done_at}
        case _:
            return {"answered": answered, "before": before}


def buttons(scene: Scene, request: Request) -> list[list[Button]]:
    """What stands under the question."""
    text, number = scene.office.text, request.id or 0
    decide = [
        Button(text("request.grant_button"), f"/grant R{number}"),
        Button(text("request.refuse_button"), f"/refuse R{number}"),
    ]
    if not files_about.of_request(scene.session, number):
        return [decide]
    return [decide, [Button(text("evidence.with_it_button"), f"/evidence R{number}")]]


def _refusal(scene: Scene, row: Obligation, kind: RequestKind) -> Outcome | None:
    """Why nothing can be asked: something of the kind waits already, or the work is done."""
    if (no := waiting(scene, row, kind)) is not None or row.state == State.OPEN:
        return no
    agency = scene.office.agency_name(row.agency_id)
    text = scene.office.text("progress.done_already", code=code_of(scene.office, row), agency=agency)
    return Outcome((say(text),))


def waiting(scene: Scene, row: Obligation, kind: RequestKind) -> Outcome | None:
    """What is said where a request of the kind waits already."""
    found = requests.waiting(scene.session, row.id or 0, kind)
    if found is None:
        return None
    text = scene.office.text(
        "request.waits",
        reference=f"R{found.id}",
        what=scene.office.text(f"request.kind_{found.kind}"),
        code=code_of(scene.office, row),
        at=found.asked_at,
        compiler=scene.office.compiler_name,
    )
    return Outcome((say(text),))
