"""Why something was late, told by who owes it; an admin records what was ruled about it, by whom and by which document.

A lateness costs an officer points unless an objective cause is confirmed by who is competent: that need not be the
admin, so that a name, a post and a document stand behind every ruling. The boxes of the figures stay what they are.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from plan import causes as rule
from plan.causes import Cause
from plan.status import EventKind
from progress import recipients
from progress import requests as life
from progress.acts import asking
from progress.acts.deciding import named, of_decision, request_that_waits
from progress.acts.outcomes import Outcome, ToAdmins, ToPerson
from progress.acts.remarking import typed
from progress.acts.scene import Scene
from progress.acts.values import Grant, Refuse, TellCause
from progress.causes import last_day, told
from progress.submit import UNDO, Statement
from store import obligations, requests
from store.answer_tables import Request
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation
from store.types import RequestKind, RequestState
from words.message import Button, plain, say
from words.rulings import Ruling, read_on


def tell(scene: Scene, act: TellCause, row: Obligation) -> Outcome:
    """Asks to have a cause confirmed; asks for the words where they are missing."""
    if (no := _refusal(scene, row)) is not None:
        return no
    said, names, office = act.said, named(scene, row), scene.office
    last = last_day(scene.session, scene.office, row)
    if not said.note:
        return Outcome((say(office.text("cause.words", **names, last=last)),), waits=act)
    before = row.cause
    asked = life.Asked(RequestKind.CAUSE, said.note)
    request = life.ask(scene.session, office, row, said, asked, scene.now)
    return asking.asked(scene, request, row, again=before == Cause.REFUSED)


def _refusal(scene: Scene, row: Obligation) -> Outcome | None:
    """Why no cause can be told: not late, one waits or is confirmed, refused twice, or the time is over."""
    office, names = scene.office, named(scene, row)
    if (no := asking.waiting(scene, row, RequestKind.CAUSE)) is not None:
        return no
    lateness, today = office.lateness(row, office.today(scene.now)), office.today(scene.now)
    last = last_day(scene.session, scene.office, row)
    if not (lateness.is_late or lateness.is_flagged):
        text = office.text("cause.not_late", **names, due=row.due)
    elif row.cause == Cause.CONFIRMED:
        text = office.text("cause.confirmed_before", **names, ruled=row.ruled)
    elif len(told(scene.session, row)) >= rule.MOST_TIMES:
        text = office.text("cause.told_twice", **names, compiler=office.compiler_name)
    elif last is not None and today > last:
        text = office.text("cause.too_late", **names, last=last, compiler=office.compiler_name)
    else:
        return None
    return Outcome((say(text),))


def is_about(scene: Scene, act: Grant | Refuse) -> bool:
    """Whether what is granted or refused is a cause."""
    request = requests.get(scene.session, act.request)
    return request is not None and request.kind == RequestKind.CAUSE


def decide(scene: Scene, act: Grant | Refuse) -> Outcome:
    """Records what was ruled about a cause; asks for the name, the post, the document or the reason that is missing."""
    found = request_that_waits(scene, act.request)
    if isinstance(found, Outcome):
        return found
    request, row = found
    granted = isinstance(act, Grant)
    words, ruling = read_on(act.before, act.said.note, scene.office.today(scene.now))
    missing = [*ruling.missing, *([] if granted or ruling.words else ["reason"])]
    if missing:
        text = scene.office.text(
            "cause.who_rules",
            reference=f"R{request.id}",
            **named(scene, row),
            granted=granted,
            missing=missing if words.strip(" ,") else [],
        )
        return Outcome((say(text),), waits=replace(act, before=words.strip(" ,")))
    request.state, request.answer = RequestState.GRANTED if granted else RequestState.REFUSED, ruling.words
    _record(scene, request, row, ruling, act.said)
    return _ruled(scene, request, row)


def _record(scene: Scene, request: Request, row: Obligation, ruling: Ruling, said: Statement) -> None:
    """Keeps what was ruled; the history says the post and the document, the request and the sheet the name too."""
    request.ruled_by, request.ruled_post = ruling.by, ruling.post
    request.ruled_number, request.ruled_on = ruling.number, ruling.on
    life.decided(scene.session, request, said, scene.now)
    granted = request.state == RequestState.GRANTED
    kind = EventKind.CAUSE_CONFIRMED if granted else EventKind.CAUSE_REFUSED
    note = plain(scene.office.speaking(None).text("cause.ruled_note", **_ruling(request) | {"by": ""}))
    event = NewEvent(kind, scene.now, via=said.via, person_id=said.person_id, note=note)
    obligations.record(scene.session, row, event, scene.now)


def _ruling(request: Request) -> dict[str, Any]:
    """Who ruled, as sentences say it."""
    return {
        "by": request.ruled_by,
        "post": request.ruled_post,
        "number": request.ruled_number,
        "on": request.ruled_on,
        "words": request.answer,
    }


def _ruled(scene: Scene, request: Request, row: Obligation) -> Outcome:
    """The whole ruling to who told the cause and to the agency, and to who recorded it, who may take it back."""
    granted = request.state == RequestState.GRANTED
    again = not granted and len(told(scene.session, row)) < rule.MOST_TIMES
    values = named(scene, row) | _ruling(request) | {"reference": f"R{request.id}", "reason": request.reason}
    said = scene.office.text(
        "cause.ruled_to_officer",
        **values,
        granted=granted,
        last=last_day(scene.session, scene.office, row) if again else None,
        again=again,
        typed=typed(scene, row),
    )
    why = f"cause R{request.id} was {request.state}"
    identity = Identity("ruled", f"{request.id}:{scene.now.isoformat()}")
    hear = recipients.of_answer(scene.session, row.agency_id, request.person_id, scene.office.today(scene.now))
    # Who wrote the cause down in an agency's place reads the ruling as they record it.
    kept, read = of_decision(scene, request)
    notices = tuple(
        ToPerson(each, said + read, why, identity, row.id) for each in hear if each != scene.actor.person_id
    )
    back = Button(scene.office.text("button.undo"), f"/takeback R{request.id}")
    text = scene.office.text("cause.ruled", **values, granted=granted)
    return Outcome((say(text, kept, buttons=[[back]]),), notices, about=row.id, is_over=True)


def take_back(scene: Scene, request: Request, row: Obligation, via: str) -> Outcome | None:
    """Within ten minutes: a cause that waits by who told it, a ruling by who recorded it; None where neither."""
    mine = scene.actor.person_id
    if request.state == RequestState.WAITING:
        fresh = request.person_id == mine and _is_fresh(scene, request.asked_at)
        return _untell(scene, request, row, via) if fresh else None
    ruled = request.state in (RequestState.GRANTED, RequestState.REFUSED)
    if not ruled or request.decided_by != mine or not _is_fresh(scene, request.decided_at):
        return None
    life.reopen(scene.session, request, mine, scene.now, via)
    event = NewEvent(EventKind.CAUSE_REOPENED, scene.now, via=via, person_id=mine)
    obligations.record(scene.session, row, event, scene.now)
    values = named(scene, row) | {"reference": f"R{request.id}"}
    said = scene.office.text("cause.reopened_to_officer", **values)
    identity = Identity("reopened", f"{request.id}:{scene.now.isoformat()}")
    hear = recipients.of_answer(scene.session, row.agency_id, request.person_id, scene.office.today(scene.now))
    notices = tuple(ToPerson(each, said, "a ruling was taken back", identity, row.id) for each in hear)
    return Outcome((say(scene.office.text("cause.reopened", **values)),), notices, about=row.id, is_over=True)


def _untell(scene: Scene, request: Request, row: Obligation, via: str) -> Outcome:
    """It was a slip: nothing waits any more; the history keeps both."""
    life.take_back(scene.session, request, scene.actor.person_id, scene.now, via)
    event = NewEvent(EventKind.CAUSE_TOLD, scene.now, via=via, person_id=scene.actor.person_id)
    obligations.record(scene.session, row, event, scene.now)
    text = scene.office.text("cause.untold", **named(scene, row), reference=f"R{request.id}")
    heard = scene.office.text("cause.untold_to_admin", **named(scene, row), reference=f"R{request.id}")
    notice = ToAdmins(heard, "a cause was taken back", Identity("untold", request.id), row.id)
    return Outcome((say(text),), (notice,), about=row.id, is_over=True)


def _is_fresh(scene: Scene, at: datetime | None) -> bool:
    return at is not None and scene.now <= at + UNDO
