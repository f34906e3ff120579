"""Why something was late, told by who owes it; an admin records what was ruled about it, by whom and by which document.

A lateness costs an officer points unless an objective cause is confirmed by who is competent: that need not be the
admin, so that a name, a post and a document stand behind every ruling. The boxes of the figures stay what they are.
"""

from dataclasses import replace
from datetime import date, datetime

from plan import causes as rule
from plan.causes import Cause
from plan.status import ANSWERED, EventKind
from progress import recipients
from progress import requests as life
from progress.acts import asking
from progress.acts.deciding import named, request_that_waits
from progress.acts.values import Grant, Outcome, Refuse, Scene, TellCause, ToPerson
from progress.submit import UNDO
from store import audit, obligations, requests
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation, Request
from store.types import RequestKind, RequestState
from words.message import Button, say
from words.rulings import Ruling, read_on

# What is recorded as late only then is late for its agency only then.
SAYS_LATE = (EventKind.SUBMITTED, EventKind.RETIMED, EventKind.JUDGED)


def tell(scene: Scene, act: TellCause, row: Obligation) -> Outcome:
    """Asks to have a cause confirmed; asks for the words where they are missing."""
    if (no := _refusal(scene, row)) is not None:
        return no
    said, names, office = act.said, named(scene, row), scene.office
    last = last_day(scene, row)
    if not said.note:
        return Outcome((say(office.text("cause.words", **names, last=last)),), waits=act)
    before = row.cause
    asked = life.Asked(RequestKind.CAUSE, said.note)
    request = life.ask(scene.session, office, row, said, asked, scene.now)
    outcome = asking.asked(scene, request, row, again=before == Cause.REFUSED)
    back = Button(office.text("button.undo"), f"/takeback R{request.id}")
    return replace(outcome, replies=tuple(replace(each, buttons=((back,),)) for each in outcome.replies))


def last_day(scene: Scene, row: Obligation) -> date | None:
    """The last local day on which the cause may be told; None while the work is open."""
    since = None
    if row.state in ANSWERED:
        events = obligations.events_of(scene.session, row.id or 0)
        since = max((each.recorded_at for each in events if each.kind in SAYS_LATE), default=None)
    told = [each for each in _told(scene, row) if each.state == RequestState.REFUSED and each.decided_at is not None]
    refused = scene.office.today(told[-1].decided_at) if told and told[-1].decided_at else None
    return rule.last_day(scene.office.calendar, scene.office.today(since) if since else None, refused)


def _told(scene: Scene, row: Obligation) -> list[Request]:
    """Every cause that was told and not taken back."""
    found = requests.of_obligation(scene.session, row.id or 0)
    return [each for each in found if each.kind == RequestKind.CAUSE and each.state != RequestState.VOID]


def _refusal(scene: Scene, row: Obligation) -> Outcome | None:
    """Why no cause can be told: it is not late, one waits or is confirmed, it was refused twice, or the time is over."""
    office, names = scene.office, named(scene, row)
    if (no := asking.waiting(scene, row, RequestKind.CAUSE)) is not None:
        return no
    lateness, today = office.lateness(row, office.today(scene.now)), office.today(scene.now)
    last = last_day(scene, row)
    if not (lateness.is_late or lateness.is_flagged):
        text = office.text("cause.not_late", **names, due=row.due)
    elif row.cause == Cause.CONFIRMED:
        text = office.text("cause.confirmed_before", **names, ruled=row.ruled)
    elif len(_told(scene, row)) >= rule.MOST_TIMES:
        text = office.text("cause.told_twice", **names, compiler=office.compiler_name)
    elif last is not None and today > last:
        text = office.text("cause.too_late", **names, last=last, compiler=office.compiler_name)
    else:
        return None
    return Outcome((say(text),))


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
    life.rule(scene.session, scene.office, request, row, act.said, ruling, scene.now, granted=granted)
    return _ruled(scene, request, row, ruling, granted=granted)


def _ruled(scene: Scene, request: Request, row: Obligation, ruling: Ruling, *, granted: bool) -> Outcome:
    """The whole ruling to who told the cause and to the agency, and to who recorded it, who may take it back."""
    values = named(scene, row) | {"reference": f"R{request.id}", "compiler": scene.office.compiler_name}
    who = {"by": ruling.by, "post": ruling.post, "number": ruling.number, "on": ruling.on, "words": ruling.words}
    said = {"reason": request.reason, "granted": granted}
    told = scene.office.text(
        "cause.ruled_to_officer", **values, **who, **said, again=not granted and len(_told(scene, row)) < rule.MOST_TIMES,
        last=last_day(scene, row),
    )  # fmt: skip
    why = f"cause R{request.id} was {request.state}"
    identity = Identity("ruled", f"{request.id}:{scene.now.isoformat()}")
    hear = recipients.of_answer(scene.session, row.agency_id, request.person_id, scene.office.today(scene.now))
    notices = tuple(ToPerson(each, told, why, identity, row.id) for each in hear)
    back = Button(scene.office.text("button.undo"), f"/takeback R{request.id}")
    text = scene.office.text("cause.ruled", **values, **who, **said)
    return Outcome((say(text, buttons=[[back]]),), notices, about=row.id)


def take_back(scene: Scene, request: Request, row: Obligation, via: str) -> Outcome | None:
    """Within ten minutes: the cause by who told it, while it waits; the ruling by who recorded it. None where neither."""
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
    told = scene.office.text("cause.reopened_to_officer", **values)
    identity = Identity("reopened", f"{request.id}:{scene.now.isoformat()}")
    hear = recipients.of_answer(scene.session, row.agency_id, request.person_id, scene.office.today(scene.now))
    notices = tuple(ToPerson(each, told, "a ruling was taken back", identity, row.id) for each in hear)
    return Outcome((say(scene.office.text("cause.reopened", **values)),), notices, about=row.id, is_over=True)


def _untell(scene: Scene, request: Request, row: Obligation, via: str) -> Outcome:
    """It was a slip: nothing waits any more; the history keeps both."""
    request.state, request.decided_at = RequestState.VOID, scene.now
    scene.session.add(request)
    event = NewEvent(EventKind.CAUSE_TOLD, scene.now, via=via, person_id=scene.actor.person_id)
    obligations.record(scene.session, row, event, scene.now)
    audit.record(
        scene.session, "request.void", f"request:{request.id}", scene.now, via=via, actor=scene.actor.person_id
    )
    text = scene.office.text("cause.untold", **named(scene, row), reference=f"R{request.id}")
    return Outcome((say(text),), about=row.id, is_over=True)


def _is_fresh(scene: Scene, at: datetime | None) -> bool:
    return at is not None and scene.now <= at + UNDO
