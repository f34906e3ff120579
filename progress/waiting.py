"""What waits for somebody's word, for the chat's list and the screen's queue alike; progress.queue is all of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from plan.causes import answer_by
from plan.people import Role
from plan.status import OPEN_OR_ANSWERED, Judgement, State
from progress.acts import blockage, deciding
from progress.acts.scene import Scene
from store import (
    deliveries,
    opinions,
    people,
    requests,
    submissions,
    unclear,
)
from store.answer_tables import Evidence, Request, Submission, Unclear
from store.desk_tables import DeskKey
from store.import_tables import PlanImport
from store.letter_tables import StrayLetter
from store.people_tables import Absence, Nomination
from store.plan_tables import PlanDraft, PlanRow
from store.report_tables import Inquiry, Opinion
from store.tables import Delivery, Obligation, ObligationEvent
from store.types import RequestState

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
    DRAFT = "draft"
    FILE = "file"
    LETTER = "letter"
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
    | PlanImport
    | PlanDraft
    | PlanRow
    | Evidence
    | StrayLetter
    | Delivery
)


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


def told(scene: Scene, thing: Thing, row: Obligation | None = None) -> Waiting:
    """What waits, of its row, and of the obligation's where it is about one."""
    match thing:
        case Submission():
            return Waiting(Kind.ANSWER, thing, thing.recorded_at, row)
        case Request():
            last = answer_by(scene.office.calendar, scene.office.today(thing.asked_at))
            return Waiting(Kind.REQUEST, thing, thing.asked_at, row, last)
        case ObligationEvent():
            return Waiting(Kind.BLOCKED, thing, thing.at, row)
        case Opinion():
            return Waiting(Kind.OPINION, thing, thing.at, row, thing.due)
        case Inquiry():
            return Waiting(Kind.INQUIRY, thing, thing.at, None, thing.due)
        case Unclear():
            return Waiting(Kind.UNCLEAR, thing, thing.at, row)
        case Obligation():
            return Waiting(Kind.FLAGGED, thing, thing.done_at, thing)
        case Nomination():
            return Waiting(Kind.PEOPLE, thing, thing.at)
        case Absence() | DeskKey():
            return Waiting(Kind.PEOPLE, thing, thing.made_at)
        case PlanImport() | PlanDraft():
            return Waiting(Kind.DRAFT, thing, thing.made_at)
        case PlanRow():
            return Waiting(Kind.DRAFT, thing, thing.first_synced_at)
        case Evidence():
            return Waiting(Kind.FILE, thing, thing.sent_at)
        case StrayLetter():
            return Waiting(Kind.LETTER, thing, thing.at)
        case Delivery():
            return Waiting(Kind.UNREACHED, thing, thing.created_at)


def unreached(session: Session, now: datetime) -> list[Delivery]:
    """For each person with a role the newest message that was given up, where none has reached them since."""
    found = {each.person_id: each for each in deliveries.given_up(session, now - UNREACHED_FOR)}
    return [each for number, each in found.items() if number is not None and people.memberships(session, number)]


def about(scene: Scene, row: Obligation) -> list[Waiting]:
    """What of the queue is about one obligation."""
    session, number = scene.session, row.id or 0
    answer = submissions.standing_of(session, number) if row.state in (State.AT_HEAD, State.IN_REVIEW) else None
    only_reads = Role.LEADER in scene.actor.roles and Role.ADMIN not in scene.actor.roles
    found: list[Waiting] = []
    if answer is not None and (only_reads or deciding.may_decide(scene, row)):
        found.append(told(scene, answer, row))
    if scene.actor.roles.isdisjoint({Role.ADMIN, Role.LEADER}):
        return found
    asked = [each for each in requests.of_obligation(session, number) if each.state == RequestState.WAITING]
    found += [told(scene, each, row) for each in asked]
    stands = blockage.difficulty(session, row) if row.state == State.OPEN else None
    if stands is not None and stands.answered_at is None:
        found.append(told(scene, stands.reported, row))
    unanswered = [each for each in opinions.of_obligation(session, number) if each.answered_at is None]
    found += [told(scene, each, row) for each in unanswered]
    found += [told(scene, each, row) for each in unclear.waiting(session, [number])]
    is_flagged = row.judged == Judgement.FLAGGED and row.state in OPEN_OR_ANSWERED
    return [*found, *([told(scene, row)] if is_flagged else [])]
