"""Everything that waits for somebody's word, for the chat's list and the screen's queue alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from sqlmodel import Session

from plan.causes import answer_by
from plan.people import Role
from plan.status import ANSWERED, Judgement, State
from progress import review
from progress.acts import blockage, deciding
from progress.acts.scene import Scene
from store import (
    absences,
    awaited,
    deliveries,
    desk_keys,
    inquiries,
    loose,
    nominations,
    obligations,
    opinions,
    people,
    requests,
    submissions,
    unclear,
)
from store.answer_tables import Evidence, Request, Submission, Unclear
from store.desk_tables import DeskKey
from store.people_tables import Absence, Nomination
from store.report_tables import Inquiry, Opinion
from store.tables import Delivery, Obligation, ObligationEvent
from store.types import RequestState

# A photo whose code follows in the next message waits for nobody.
FILES_AFTER = timedelta(hours=1)
UNREACHED_FOR = timedelta(days=14)


class Kind(StrEnum):
    """What kind of thing waits, in the order of the queue."""

    ANSWER = "answer"
    REQUEST = "request"
    BLOCKED = "blocked"
    OPINION = "opinion"
    INQUIRY = "inquiry"
    UNCLEAR = "unclear"
    FLAGGED = "flagged"
    PEOPLE = "people"
    FILE = "file"
    UNREACHED = "unreached"


Thing = (
    Submission
    | Request
    | ObligationEvent
    | Opinion
    | Inquiry
    | Unclear
    | Obligation
    | Nomination
    | Absence
    | DeskKey
    | Evidence
    | Delivery
)
AboutOne = TypeVar("AboutOne", Request, Opinion, Unclear)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its row, since when (UTC), what it is about, the last local day in time for an answer."""

    kind: Kind
    thing: Thing
    since: datetime | None
    row: Obligation | None = None
    due: date | None = None

    @property
    def name(self) -> str:
        """What tells it from every other thing that waits."""
        return f"{type(self.thing).__name__}{self.thing.id}"


def everything(scene: Scene) -> list[Waiting]:
    """What waits for the actor, a leader's view being the admin's; a head has the answers of the own agency alone."""
    found = [Waiting(Kind.ANSWER, submission, submission.recorded_at, row) for row, submission in answers(scene)]
    if scene.actor.roles.isdisjoint({Role.ADMIN, Role.LEADER}):
        return found
    return [*found, *_asked(scene), *_of_people(scene), *_not_placed(scene)]


def count(scene: Scene) -> int:
    """How many things wait for the actor, without reading each of them: every page of the screen says it."""
    session, actor = scene.session, scene.actor
    waiting = awaited.counted_answers(session)
    if Role.LEADER in actor.roles and Role.ADMIN not in actor.roles:
        found = sum(number for _, _, number in waiting)
    else:
        who = review.deciders(session) if waiting else None
        found = sum(number for state, of, number in waiting if who and actor.person_id in who.of(state, of))
    if actor.roles.isdisjoint({Role.ADMIN, Role.LEADER}):
        return found
    found += awaited.counted_requests(session) + awaited.counted_flags(session) + blockage.count_unanswered(session)
    asked = (opinions.waiting, inquiries.waiting, unclear.waiting)
    return found + sum(len(each(session)) for each in asked) + len([*_of_people(scene), *_not_placed(scene)])


def answers(scene: Scene) -> list[tuple[Obligation, Submission]]:
    """The answers to confirm: those about which the actor decides; who reads all and decides nothing sees every one."""
    if Role.LEADER not in scene.actor.roles or Role.ADMIN in scene.actor.roles:
        return deciding.waiting(scene)
    return awaited.answers(scene.session)


def requested(session: Session) -> list[tuple[Request, Obligation]]:
    """The requests that nobody decided."""
    return _with_rows(session, requests.all_waiting(session))


def opined(session: Session) -> list[tuple[Opinion, Obligation]]:
    """The opinions on proof sheets that have no answer."""
    return _with_rows(session, opinions.waiting(session))


def said(session: Session) -> list[tuple[Unclear, Obligation]]:
    """The words that were not clear."""
    return _with_rows(session, unclear.waiting(session))


def flagged(session: Session) -> list[Obligation]:
    """The answers of which an admin has to say whether lateness counts."""
    return [row for row in obligations.flagged(session) if row.state in ANSWERED]


def unreached(session: Session, now: datetime) -> list[Delivery]:
    """For each person with a role the newest message that was given up, where none has reached them since."""
    found = {each.person_id: each for each in deliveries.given_up(session, now - UNREACHED_FOR)}
    return [each for number, each in found.items() if number is not None and people.memberships(session, number)]


def _with_rows(session: Session, things: Sequence[AboutOne]) -> list[tuple[AboutOne, Obligation]]:
    rows = awaited.rows(session, (each.obligation_id for each in things))
    return [(each, rows[each.obligation_id]) for each in things]


def about(scene: Scene, row: Obligation) -> list[Waiting]:
    """What of `everything` is about one obligation."""
    session, number = scene.session, row.id or 0
    answer = submissions.standing_of(session, number) if row.state in (State.AT_HEAD, State.IN_REVIEW) else None
    only_reads = Role.LEADER in scene.actor.roles and Role.ADMIN not in scene.actor.roles
    found = []
    if answer is not None and (only_reads or deciding.may_decide(scene, row)):
        found.append(Waiting(Kind.ANSWER, answer, answer.recorded_at, row))
    if scene.actor.roles.isdisjoint({Role.ADMIN, Role.LEADER}):
        return found
    asked = [each for each in requests.of_obligation(session, number) if each.state == RequestState.WAITING]
    found += [_request(scene, each, row) for each in asked]
    stands = blockage.difficulty(session, row) if row.state == State.OPEN else None
    if stands is not None and stands.answered_at is None:
        found.append(Waiting(Kind.BLOCKED, stands.reported, stands.reported.at, row))
    found += [_opinion(each, row) for each in opinions.of_obligation(session, number) if each.answered_at is None]
    found += [Waiting(Kind.UNCLEAR, each, each.at, row) for each in unclear.waiting(session, [number])]
    is_flagged = row.judged == Judgement.FLAGGED and row.state in ANSWERED
    return [*found, *([Waiting(Kind.FLAGGED, row, row.done_at, row)] if is_flagged else [])]


def _request(scene: Scene, request: Request, row: Obligation) -> Waiting:
    office = scene.office
    last = answer_by(office.calendar, office.today(request.asked_at))
    return Waiting(Kind.REQUEST, request, request.asked_at, row, last)


def _opinion(opinion: Opinion, row: Obligation) -> Waiting:
    return Waiting(Kind.OPINION, opinion, opinion.at, row, opinion.due)


def _asked(scene: Scene) -> list[Waiting]:
    """What people asked for, said and reported."""
    session = scene.session
    return [
        *(_request(scene, each, row) for each, row in requested(session)),
        *(Waiting(Kind.BLOCKED, event, event.at, row) for row, event in blockage.unanswered(session)),
        *(_opinion(each, row) for each, row in opined(session)),
        *(Waiting(Kind.INQUIRY, each, each.at, None, each.due) for each in inquiries.waiting(session)),
        *(Waiting(Kind.UNCLEAR, each, each.at, row) for each, row in said(session)),
        *(Waiting(Kind.FLAGGED, row, row.done_at, row) for row in flagged(session)),
    ]


def _of_people(scene: Scene) -> list[Waiting]:
    """Who is to be an admin, to stand in for somebody of another agency, or to be let in at the screen."""
    session, today = scene.session, scene.office.today(scene.now)
    return [
        *(Waiting(Kind.PEOPLE, each, each.at) for each in nominations.waiting(session, scene.now)),
        *(Waiting(Kind.PEOPLE, each, each.made_at) for each in absences.wanted(session, today)),
        *(Waiting(Kind.PEOPLE, each, each.made_at) for each in desk_keys.waiting(session)),
    ]


def _not_placed(scene: Scene) -> list[Waiting]:
    """Files that belong to nothing, and people whom no message reaches."""
    session, now = scene.session, scene.now
    return [
        *(Waiting(Kind.FILE, each, each.sent_at) for each in loose.waiting(session, now - FILES_AFTER)),
        *(Waiting(Kind.UNREACHED, each, each.created_at) for each in unreached(session, now)),
    ]
