"""Heads and admins decide: an answer that waits is confirmed or returned, a request granted or refused."""

from typing import Any

from plan.people import Role
from plan.status import EventKind, State
from progress import placing, recipients, review
from progress import requests as life
from progress.about_files import went_along
from progress.acts.outcomes import Notice, Outcome, ToPerson
from progress.acts.scene import Scene
from progress.acts.values import Confirm, Grant, Refuse, Return
from progress.came_with import is_of_decision
from progress.items import code_of, item_of, typed
from store import awaited, files_about, obligations, people, requests, submissions
from store.answer_tables import Request, Submission
from store.postings import Identity
from store.tables import Obligation
from store.types import RequestKind, RequestState
from words import codes
from words.message import Button, say

DECISIONS = (EventKind.CONFIRMED, EventKind.RETURNED)


def answer_that_waits(scene: Scene, submission_id: int) -> tuple[Obligation, Submission] | Outcome:
    """The answer while this person may decide about it; otherwise who decided, or that it is not theirs."""
    office, actor = scene.office, scene.actor
    submission = submissions.get(scene.session, submission_id)
    row = obligations.get(scene.session, submission.obligation_id) if submission else None
    if submission is None or row is None:
        return Outcome((say(office.text("review.which")),))
    if submission.withdrawn_at is None and may_decide(scene, row):
        return row, submission
    if Role.ADMIN not in actor.roles and row.agency_id not in actor.agencies:
        return Outcome((say(office.text("ask.foreign")),))
    decided = [each for each in obligations.events_of(scene.session, row.id or 0) if each.kind in DECISIONS]
    person = people.named(scene.session, office.agency_short, decided[-1].person_id or 0) if decided else ""
    at = decided[-1].at if decided else None
    text = office.text("review.decided", **named(scene, row), name=person, at=at)
    return Outcome((say(text),), is_over=True, aside=True)


def may_decide(scene: Scene, row: Obligation) -> bool:
    """An agency's head where it waits for the head, the office's admins where it waits for them."""
    return scene.actor.person_id in {person.id for person, _ in review.reviewers(scene.session, row)}


def waiting(scene: Scene) -> list[tuple[Obligation, Submission]]:
    """The answers that this person may decide about, each with its obligation."""
    who, me = review.deciders(scene.session), scene.actor.person_id
    return [pair for pair in awaited.answers(scene.session) if me in who.of(State(pair[0].state), pair[0].agency_id)]


def confirm(scene: Scene, act: Confirm) -> Outcome:
    """The answer counts as done from its own moment, or goes on to the office."""
    found = answer_that_waits(scene, act.submission)
    if isinstance(found, Outcome):
        return found
    row, submission = found
    by = review.DecidedBy(scene.actor.person_id, act.said.via)
    review.confirm(scene.session, scene.office, row, submission, by, scene.now)
    names = named(scene, row)
    if row.state == State.IN_REVIEW:
        text = scene.office.text("review.forwarded", **names, compiler=scene.office.compiler_name)
        return Outcome((say(text),), is_over=True)
    told = scene.office.text("review.confirmed_to_officer", **names)
    notices = _to_sender(scene, row, submission, told, "confirmed")
    return Outcome((say(scene.office.text("review.confirmed", **names)),), notices, is_over=True)


def give_back(scene: Scene, act: Return) -> Outcome:
    """The answer is open again, with the reason, which is asked for where it is missing."""
    found = answer_that_waits(scene, act.submission)
    if isinstance(found, Outcome):
        return found
    row, submission = found
    reason, at, names = act.said.note, row.done_at, named(scene, row)
    if not reason:
        return Outcome((say(scene.office.text("review.reason", **names)),), waits=act)
    by = review.DecidedBy(scene.actor.person_id, act.said.via)
    review.give_back(scene.session, row, submission, by, reason, scene.now)
    files = placing.place_about(scene.session, act.said, row)
    item = item_of(scene.office, row)
    again = typed(item) if item else codes.typeable(row.task)
    told = scene.office.text("review.returned_to_officer", **names, reason=reason, at=at, code_typed=again)
    code = code_of(scene.office, row)
    kept, read = went_along(scene.session, scene.office, files, f"{code} {row.agency_id}", code)
    notices = _to_sender(scene, row, submission, told + read, "returned")
    back = Button(scene.office.text("button.undo"), f"/takeback S{submission.id}")
    done = say(scene.office.text("review.returned", **names, reason=reason), kept, buttons=[[back]])
    return Outcome((done,), notices, is_over=True)


def _to_sender(scene: Scene, row: Obligation, submission: Submission, text: str, what: str) -> tuple[Notice, ...]:
    """Who answered hears what became of it, unless it is who decided."""
    if submission.person_id == scene.actor.person_id:
        return ()
    why = f"submission {submission.id} was {what}"
    # What was returned, taken back and returned again is told again.
    identity = Identity(what, f"{submission.id}:{scene.now.isoformat()}")
    return (ToPerson(submission.person_id, text, why, identity, row.id),)


def named(scene: Scene, row: Obligation) -> dict[str, str]:
    """An obligation as sentences name it."""
    return {"code": code_of(scene.office, row), "agency": scene.office.agency_name(row.agency_id)}


def request_that_waits(scene: Scene, request_id: int) -> tuple[Request, Obligation] | Outcome:
    """A request while it waits, with what it is about; otherwise what became of it."""
    request = requests.get(scene.session, request_id)
    row = obligations.get(scene.session, request.obligation_id) if request else None
    if request is None or row is None:
        return Outcome((say(scene.office.text("request.unknown", reference=f"R{request_id}")),))
    if request.state != RequestState.WAITING:
        return Outcome((say(_decided_before(scene, request)),), is_over=True)
    return request, row


def grant(scene: Scene, act: Grant) -> Outcome:
    """Does what was asked; void where it means nothing any more."""
    found = request_that_waits(scene, act.request)
    if isinstance(found, Outcome):
        return found
    request, row = found
    office, due, agency = scene.office, row.due, row.agency_id
    if not life.grant(scene.session, request, row, act.said, scene.now):
        return Outcome((say(office.text("request.void", reference=f"R{request.id}")),), about=row.id, is_over=True)
    told: dict[str, Any] = {
        "reference": f"R{request.id}",
        "code": code_of(office, row),
        "agency": office.agency_name(agency),
        "compiler": office.compiler_name,
    }
    if request.kind == RequestKind.EXTENSION:
        last = office.calendar.late_after(request.wanted) if request.wanted else None
        told |= {"due": due, "wanted": request.wanted, "last": last, "planned": row.planned}
    return _decided(scene, request, row, agency, office.text(f"request.granted_{request.kind}", **told), "granted")


def refuse(scene: Scene, act: Refuse) -> Outcome:
    """Keeps everything as it is, with the reason, which is asked for where it is missing."""
    found = request_that_waits(scene, act.request)
    if isinstance(found, Outcome):
        return found
    request, row = found
    office, words = scene.office, act.said.note
    if not words:
        text = office.text("request.why_refused", reference=f"R{request.id}", code=code_of(office, row))
        return Outcome((say(text),), waits=act)
    life.refuse(scene.session, request, row, act.said, scene.now)
    told = office.text(
        "request.refused",
        reference=f"R{request.id}",
        what=office.text(f"request.kind_{request.kind}"),
        code=code_of(office, row),
        agency=office.agency_name(row.agency_id),
        compiler=office.compiler_name,
        due=row.due if request.kind in life.PAUSING else None,
        reason=words,
    )
    return _decided(scene, request, row, row.agency_id, told, "refused")


def _decided(scene: Scene, request: Request, row: Obligation, agency: str, told: str, what: str) -> Outcome:
    """The word to the agency and to who asked, and the decision as who decided reads it."""
    why = f"request R{request.id} was {what}"
    # One that was refused, taken back and decided again is told again.
    identity = Identity("decided", f"{request.id}:{scene.now.isoformat()}")
    text = scene.office.text(
        "request.decided",
        reference=f"R{request.id}",
        what=scene.office.text(f"request.kind_{request.kind}"),
        **named(scene, row),
        granted=request.state == RequestState.GRANTED,
        reason=request.answer,
    )
    kept, read = of_decision(scene, request)
    hear = recipients.of_answer(scene.session, agency, request.person_id, scene.office.today(scene.now))
    notices = tuple(ToPerson(each, told + read, why, identity, row.id) for each in hear)
    back = Button(scene.office.text("button.undo"), f"/takeback R{request.id}")
    buttons = [[back]] if request.state == RequestState.REFUSED else []
    return Outcome((say(text, kept, buttons=buttons),), notices, about=row.id, is_over=True)


def of_decision(scene: Scene, request: Request) -> tuple[str, str]:
    """What is said of the files that a decision about a request brought: to who decided, and to who asked."""
    files = [each for each in files_about.of_request(scene.session, request.id or 0) if is_of_decision(each, request)]
    return went_along(scene.session, scene.office, files, f"R{request.id}", f"R{request.id}")


def _decided_before(scene: Scene, request: Request) -> str:
    reference = f"R{request.id}"
    if request.state == RequestState.VOID:
        return scene.office.text("request.void", reference=reference)
    return scene.office.text(
        "request.decided_before",
        reference=reference,
        person=people.named(scene.session, scene.office.agency_short, request.decided_by or 0),
        at=request.decided_at,
        granted=request.state == RequestState.GRANTED,
        reason=request.answer,
    )
