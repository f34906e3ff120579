"""What went to somebody is taken back within ten minutes by who said it, like an answer."""

from plan.status import EventKind, State
from progress import recipients, review
from progress import requests as life
from progress.acts import blockage, causes, inquiring, opining
from progress.acts.deciding import named
from progress.acts.outcomes import Outcome, ToAdmins, ToPerson
from progress.acts.scene import Scene
from progress.acts.values import TakeBack
from progress.submit import UNDO, undo_until
from store import duty, obligations, requests, submissions
from store.answer_tables import Request
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation, ObligationEvent
from store.types import RequestKind, RequestState
from words.message import say


def take_back(scene: Scene, act: TakeBack) -> Outcome:
    """Takes back what the act names; says so where it is too late or was somebody else's."""
    if act.opinion is not None:
        done = opining.take_back(scene, act.opinion, act.said)
    elif act.inquiry is not None:
        done = inquiring.take_back(scene, act.inquiry, act.said)
    elif act.request is not None:
        done = _request(scene, act, requests.get(scene.session, act.request))
    elif act.submission is not None:
        done = _return(scene, act, act.submission)
    else:
        row = obligations.get(scene.session, act.obligation or 0)
        replied = blockage.take_back(scene, row, act.said) if row is not None else None
        done = replied or _difficulty(scene, act, row)
    return done or Outcome((say(scene.office.text("takeback.too_late")),), is_over=True, aside=True)


def _difficulty(scene: Scene, act: TakeBack, row: Obligation | None) -> Outcome | None:
    """What blocks it is not so; the admins who heard of it hear that too."""
    last = _last(scene, row, EventKind.BLOCKED)
    if row is None or last is None or not last.note or not row.blocked or not _is_fresh(scene, last):
        return None
    event = NewEvent(EventKind.BLOCKED, act.said.at, via=act.said.via, person_id=scene.actor.person_id)
    obligations.record(scene.session, row, event, scene.now)
    text = scene.office.text("takeback.difficulty", **named(scene, row))
    told = scene.office.text("takeback.difficulty_to_admin", **named(scene, row), note=last.note)
    notice = ToAdmins(told, "a difficulty was taken back", Identity("unblocked", last.id), row.id)
    return Outcome((say(text),), (notice,), about=row.id, is_over=True)


def _return(scene: Scene, act: TakeBack, number: int) -> Outcome | None:
    """The answer waits again as it did, with its moment, where nothing was answered since."""
    submission = submissions.get(scene.session, number)
    row = obligations.get(scene.session, submission.obligation_id) if submission else None
    last = _last(scene, row, EventKind.RETURNED)
    if submission is None or row is None or last is None or last.submission_id != number:
        return None
    if row.state != State.OPEN or row.returned_at != last.at or not _is_fresh(scene, last):
        return None
    submission.withdrawn_at = None
    scene.session.add(submission)
    note = scene.office.text("takeback.note")
    kind, said = EventKind.SUBMITTED, act.said
    event = NewEvent(kind, submission.at, via=said.via, person_id=submission.person_id, note=note, submission_id=number)
    obligations.record(scene.session, row, event, scene.now)
    # Who was asked about it before is not asked again: it stands in their list.
    review.take_up(scene.session, scene.office, row, submission, scene.now)
    told = scene.office.text("takeback.return_to_officer", **named(scene, row))
    identity = Identity("unreturned", last.id)
    notice = ToPerson(submission.person_id, told, "a return was taken back", identity, row.id)
    text = scene.office.text("takeback.return", **named(scene, row))
    return Outcome((say(text),), (notice,), about=row.id, is_over=True)


def _request(scene: Scene, act: TakeBack, request: Request | None) -> Outcome | None:
    """A refusal; of a cause what was told, and what was ruled."""
    if request is None or request.kind != RequestKind.CAUSE:
        return _refusal(scene, act, request)
    row = obligations.get(scene.session, request.obligation_id)
    return causes.take_back(scene, request, row, act.said.via) if row is not None else None


def _refusal(scene: Scene, act: TakeBack, request: Request | None) -> Outcome | None:
    """What was asked for waits for no answer any more, or for one again where it was refused."""
    if request is not None and request.state == RequestState.WAITING:
        return _asked(scene, act, request)
    if request is None or request.state != RequestState.REFUSED or request.decided_at is None:
        return None
    row = obligations.get(scene.session, request.obligation_id)
    mine = request.decided_by == scene.actor.person_id and scene.now <= request.decided_at + UNDO
    if row is None or not mine or not life.still_stands(scene.session, request, row):
        return None
    life.reopen(scene.session, request, scene.actor.person_id, scene.now, act.said.via)
    what = scene.office.text(f"request.kind_{request.kind}")
    values = named(scene, row) | {"reference": f"R{request.id}", "what": what}
    told = scene.office.text("takeback.refusal_to_officer", **values)
    identity = Identity("reopened", f"{request.id}:{act.said.source}")
    hear = recipients.of_answer(scene.session, row.agency_id, request.person_id, scene.office.today(scene.now))
    notices = tuple(ToPerson(each, told, "a refusal was taken back", identity, row.id) for each in hear)
    return Outcome((say(scene.office.text("takeback.refusal", **values)),), notices, about=row.id, is_over=True)


def _asked(scene: Scene, act: TakeBack, request: Request) -> Outcome | None:
    """A request was a slip: the admins who were asked hear that too."""
    row = obligations.get(scene.session, request.obligation_id)
    mine = duty.is_same_hand(scene.session, request.person_id, scene.actor.person_id)
    mine = mine and scene.now <= request.asked_at + UNDO
    if row is None or not mine:
        return None
    life.take_back(scene.session, request, scene.actor.person_id, scene.now, act.said.via)
    what = scene.office.text(f"request.kind_{request.kind}")
    values = named(scene, row) | {"reference": f"R{request.id}", "what": what}
    told = scene.office.text("takeback.request_to_admin", **values)
    notice = ToAdmins(told, "a request was taken back", Identity("unasked", request.id), row.id)
    text = scene.office.text("takeback.request", **values)
    return Outcome((say(text),), (notice,), about=row.id, is_over=True)


def _last(scene: Scene, row: Obligation | None, kind: EventKind) -> ObligationEvent | None:
    events = obligations.events_of(scene.session, row.id or 0) if row is not None else ()
    return next((each for each in reversed(events) if each.kind == kind), None)


def _is_fresh(scene: Scene, event: ObligationEvent) -> bool:
    mine = duty.is_same_hand(scene.session, event.person_id or 0, scene.actor.person_id)
    return mine and scene.now <= undo_until(event.recorded_at, event.via)
