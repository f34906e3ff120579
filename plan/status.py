"""The states of an obligation, the moves between them, and the replay of its history.

A state is never set by hand: an event is recorded, and `after` says where it leads. The current row in the
database is only the replay of all its events, so any past moment can be asked about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from plan.causes import Cause
from plan.errors import NhacViecError


class State(StrEnum):
    """Where an obligation stands."""

    OPEN = "open"  # chưa hoàn thành
    UNPROVEN = "unproven"  # chờ minh chứng: answered, and a file that this milestone requires is missing
    AT_HEAD = "at_head"  # chờ thủ trưởng xác nhận
    IN_REVIEW = "in_review"  # chờ xác nhận
    DONE = "done"  # đã báo hoàn thành
    SUSPENDED = "suspended"  # tạm hoãn
    TRANSFERRED = "transferred"  # chuyển đơn vị khác
    ENDED = "ended"  # không tiếp tục
    EXCUSED = "excused"  # không thuộc đơn vị
    CLOSED = "closed"  # khép lại, không tính: history before the start, or ongoing work at year end
    RETIRED = "retired"  # no longer in the plan; its answers stay


WAITING = frozenset({State.UNPROVEN, State.AT_HEAD, State.IN_REVIEW})
ANSWERED = WAITING | {State.DONE}
# What an agency still owes, or has answered for: neither set aside nor closed nor out of the plan.
OPEN_OR_ANSWERED = (State.OPEN, *sorted(ANSWERED))
# Left by an admin's decision, each with its basis: not counted, and open again by another decision.
SET_ASIDE = frozenset({State.SUSPENDED, State.TRANSFERRED, State.ENDED, State.EXCUSED})
IN_THE_PLAN = tuple(state for state in State if state is not State.RETIRED)


class EventKind(StrEnum):
    """What can happen to an obligation; each is kept for good."""

    CREATED = "created"
    CHANGED = "changed"
    RETIRED = "retired"
    RESTORED = "restored"
    ACKNOWLEDGED = "acknowledged"
    PROGRESSED = "progressed"
    FOR_SIGNATURE = "for_signature"  # đã trình, chờ ký: it lies with who signs; its `due` is the local day since when
    SAID = "said"  # words that were not understood whole: kept, and an answer to nothing until their meaning is said
    BLOCKED = "blocked"
    SUBMITTED = "submitted"
    SUPPLEMENTED = "supplemented"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    HELD = "held"  # a file is required and missing
    PROVEN = "proven"
    TO_HEAD = "to_head"
    TO_REVIEW = "to_review"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    REQUESTED = "requested"  # an extension, a way out, a correction: an admin decides
    REFUSED = "refused"
    EXTENDED = "extended"
    DATED = "dated"
    MISREAD = "misread"  # đính chính lỗi nhập: its date was read wrongly, and `due` has been the right one all along
    RETIMED = "retimed"  # the true moment of what came on paper
    FLAGGED = "flagged"  # late by the date, perhaps not by its agency's fault: an admin decides whether it counts
    JUDGED = "judged"  # of what is open its `due` is the date that holds instead, from the beginning
    CAUSE_TOLD = "cause_told"  # lý do chậm, in the words of who owes it; without words it was taken back
    CAUSE_CONFIRMED = "cause_confirmed"  # nguyên nhân khách quan được xác nhận
    CAUSE_REFUSED = "cause_refused"
    CAUSE_REOPENED = "cause_reopened"  # that decision was a mistake: the cause waits again
    SUSPENDED = "suspended"
    TRANSFERRED = "transferred"
    ENDED = "ended"
    EXCUSED = "excused"
    RESUMED = "resumed"
    CLOSED = "closed"


class Judgement(StrEnum):
    """Whether lateness counts; the empty word is the usual rule. It is the first word of a judgement's note."""

    RULE = ""
    FLAGGED = "flagged"
    IN_TIME = "in_time"
    LATE = "late"


def _stays(*states: State) -> Mapping[State, State]:
    return {state: state for state in states}


MOVES: Mapping[EventKind, Mapping[State, State]] = {
    EventKind.CHANGED: _stays(*IN_THE_PLAN),
    EventKind.RETIRED: dict.fromkeys(IN_THE_PLAN, State.RETIRED),
    # It comes back as what it was: see `apply`.
    EventKind.RESTORED: {State.RETIRED: State.OPEN},
    EventKind.ACKNOWLEDGED: _stays(State.OPEN),
    EventKind.PROGRESSED: _stays(State.OPEN),
    EventKind.FOR_SIGNATURE: _stays(State.OPEN),
    EventKind.SAID: _stays(*OPEN_OR_ANSWERED),
    EventKind.BLOCKED: _stays(State.OPEN),
    EventKind.SUBMITTED: {State.OPEN: State.DONE},
    EventKind.SUPPLEMENTED: _stays(*sorted(ANSWERED)),
    EventKind.CORRECTED: _stays(*sorted(ANSWERED)),
    EventKind.WITHDRAWN: dict.fromkeys(sorted(ANSWERED), State.OPEN),
    EventKind.HELD: {State.DONE: State.UNPROVEN},
    EventKind.PROVEN: {State.UNPROVEN: State.DONE},
    EventKind.TO_HEAD: {State.DONE: State.AT_HEAD},
    EventKind.TO_REVIEW: {State.DONE: State.IN_REVIEW},
    EventKind.CONFIRMED: {State.AT_HEAD: State.DONE, State.IN_REVIEW: State.DONE},
    EventKind.RETURNED: dict.fromkeys(sorted(ANSWERED), State.OPEN),
    EventKind.REQUESTED: _stays(*OPEN_OR_ANSWERED),
    EventKind.REFUSED: _stays(*IN_THE_PLAN),
    EventKind.EXTENDED: _stays(*OPEN_OR_ANSWERED),
    EventKind.DATED: _stays(*OPEN_OR_ANSWERED),
    EventKind.MISREAD: _stays(*State),
    EventKind.RETIMED: _stays(*sorted(ANSWERED)),
    EventKind.FLAGGED: _stays(*OPEN_OR_ANSWERED),
    EventKind.JUDGED: _stays(*OPEN_OR_ANSWERED),
    EventKind.CAUSE_TOLD: _stays(*OPEN_OR_ANSWERED),
    EventKind.CAUSE_CONFIRMED: _stays(*IN_THE_PLAN),
    EventKind.CAUSE_REFUSED: _stays(*IN_THE_PLAN),
    EventKind.CAUSE_REOPENED: _stays(*IN_THE_PLAN),
    EventKind.SUSPENDED: {State.OPEN: State.SUSPENDED},
    EventKind.TRANSFERRED: {State.OPEN: State.TRANSFERRED},
    EventKind.ENDED: {State.OPEN: State.ENDED},
    EventKind.EXCUSED: {State.OPEN: State.EXCUSED},
    EventKind.RESUMED: dict.fromkeys(sorted(SET_ASIDE), State.OPEN),
    EventKind.CLOSED: {State.OPEN: State.CLOSED},
}


class ForbiddenMoveError(NhacViecError):
    """An event that cannot happen in this state; `state` and `event` say which."""

    def __init__(self, state: State | None, event: EventKind) -> None:
        self.state, self.event = state, event
        super().__init__(f"an obligation that is {state} cannot be {event}")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `at` is when it counts (UTC), `recorded_at` when the database learnt of it (UTC).

    `submission` is the answer that it belongs to, where it does.
    """

    kind: EventKind
    at: datetime
    recorded_at: datetime
    due: date | None = None
    note: str = ""
    submission: int | None = None


class Standing(NamedTuple):
    """An obligation at a moment.

    `due` is the nominal local date that holds, `planned` the one of the plan: they differ after an extension and after
    an admin dated an undated one; `first_due` is the first that it ever had, whatever came of it. `done_at` is the
    moment of submission in UTC, also while the answer waits; `kept_at` that of an answer that was returned (at
    `returned_at`, because of `returned`), which the next answer is judged by. `acknowledged_at` (UTC) is renewed by
    progress. `signing` is the local day since which it waits for a signature, `said` the words whose meaning nobody
    has said yet. `cause` is where the cause of its lateness stands, `why_late` the words it was told with, `ruled`
    those of the decision: they say nothing while it is not late. `retired_from` is the state to come back to.
    """

    state: State
    due: date | None
    done_at: datetime | None = None
    progress: str = ""
    blocked: str = ""
    planned: date | None = None
    first_due: date | None = None
    returned: str = ""
    kept_at: datetime | None = None
    returned_at: datetime | None = None
    acknowledged_at: datetime | None = None
    extensions: int = 0
    judged: Judgement = Judgement.RULE
    retired_from: State | None = None
    signing: date | None = None
    said: str = ""
    cause: Cause = Cause.NONE
    why_late: str = ""
    ruled: str = ""


def after(state: State | None, event: EventKind) -> State:
    """The state that an event leads to; raises ForbiddenMoveError when the event is not allowed there."""
    if event is EventKind.CREATED and state is None:
        return State.OPEN
    if state is None or state not in MOVES.get(event, {}):
        raise ForbiddenMoveError(state, event)
    return MOVES[event][state]


def apply(standing: Standing | None, event: Event) -> Standing:
    """The standing after one more event; raises ForbiddenMoveError."""
    if standing is None:
        return Standing(after(None, event.kind), event.due, planned=event.due, first_due=event.due)
    state = after(standing.state, event.kind)
    match event.kind:
        case EventKind.CHANGED:
            return _planned(standing._replace(state=state), event.due)
        case EventKind.RETIRED:
            return standing._replace(state=state, retired_from=standing.state)
        case EventKind.RESTORED:
            return _planned(standing._replace(state=_before(standing), retired_from=None), event.due)
        case EventKind.ACKNOWLEDGED:
            return standing._replace(acknowledged_at=event.at)
        case EventKind.PROGRESSED:
            return _onward(standing, event)
        case EventKind.FOR_SIGNATURE:
            return _onward(standing, event)._replace(signing=event.due)
        case EventKind.BLOCKED:
            return standing._replace(blocked=event.note, said="")
        case EventKind.SAID:
            return standing._replace(said=event.note)
        case EventKind.SUPPLEMENTED:
            return standing._replace(said="")
        case EventKind.SUBMITTED:
            done_at = standing.kept_at or event.at
            # What was returned is remembered: taken back, this answer leaves what it was to complete.
            closed = standing._replace(acknowledged_at=None, blocked="", signing=None, said="")
            return closed._replace(state=state, done_at=done_at)
        case EventKind.WITHDRAWN:
            return standing._replace(state=state, done_at=None)
        case EventKind.RETURNED:
            kept = standing._replace(kept_at=standing.done_at, returned=event.note, returned_at=event.at)
            return kept._replace(state=state, done_at=None)
        case EventKind.EXTENDED:
            return _first(standing._replace(due=event.due, extensions=standing.extensions + 1))
        case EventKind.DATED:
            return _first(standing._replace(due=event.due))
        case EventKind.MISREAD:
            return _read_rightly(standing, event.due)
        case EventKind.JUDGED:
            return on_lateness(held_to(standing, event), event)
        case EventKind.RETIMED:
            return standing._replace(done_at=event.at, kept_at=None, returned="", returned_at=None)
        case _:
            return on_lateness(standing._replace(state=state), event)


def on_lateness(standing: Standing, event: Event) -> Standing:
    """The standing after a word about a lateness, which holds from its beginning; unchanged by any other event."""
    match event.kind:
        case EventKind.FLAGGED | EventKind.JUDGED:
            return standing._replace(judged=judgement_of(event))
        case EventKind.CAUSE_TOLD:
            cause = Cause.WAITING if event.note else Cause.NONE
            return standing._replace(cause=cause, why_late=event.note, ruled="")
        case EventKind.CAUSE_CONFIRMED:
            return standing._replace(cause=Cause.CONFIRMED, ruled=event.note)
        case EventKind.CAUSE_REFUSED:
            return standing._replace(cause=Cause.REFUSED, ruled=event.note)
        case EventKind.CAUSE_REOPENED:
            return standing._replace(cause=Cause.WAITING, ruled="")
        case _:
            return standing


def judgement_of(event: Event) -> Judgement:
    """What a word on lateness says; raises ValueError for any other event.

    A word about what is open has said all by the date that it gave: the rule judges by that one.
    """
    if event.kind is EventKind.JUDGED and event.due is not None:
        return Judgement.RULE
    return Judgement.FLAGGED if event.kind is EventKind.FLAGGED else Judgement(event.note.partition(" ")[0])


def held_to(standing: Standing, event: Event) -> Standing:
    """The standing with the date that a word about open work gives it, where it gives one."""
    return standing if event.due is None else standing._replace(due=event.due)


def _onward(standing: Standing, event: Event) -> Standing:
    """It goes on: what blocked it is over, and it waits for no signature."""
    renewed = event.at if standing.acknowledged_at else None
    return standing._replace(progress=event.note, blocked="", acknowledged_at=renewed, signing=None, said="")


def began_of(flag: str) -> datetime | None:
    """When the files or words came of an answer that was flagged because of them, from the flag's note (UTC).

    None for a flag of another cause.
    """
    try:
        return datetime.fromisoformat(flag)
    except ValueError:
        return None


def _planned(standing: Standing, planned: date | None) -> Standing:
    """A date that an admin set or extended stands until the plan's own date changes."""
    due = standing.due if planned == standing.planned else planned
    return _first(standing._replace(planned=planned, due=due))


def _first(standing: Standing) -> Standing:
    return standing if standing.first_due else standing._replace(first_due=standing.due)


def _read_rightly(standing: Standing, right: date | None) -> Standing:
    """The date that was read wrongly gives way wherever it stands; what an admin decided about it stays."""
    wrong, due = standing.planned, standing.due
    shorter = bool(standing.extensions and right and due and due < right)
    return standing._replace(
        planned=right,
        # Nobody is held to an extension that ends before the day that the document really gives.
        due=right if due == wrong or shorter else due,
        first_due=right if standing.first_due in (wrong, None) else standing.first_due,
    )


def _before(standing: Standing) -> State:
    """The state before it left the plan."""
    assert standing.retired_from is not None
    return standing.retired_from


def replay(events: Iterable[Event]) -> Standing | None:
    """The standing after a whole history in order of recording; None for no events; raises ForbiddenMoveError."""
    standing: Standing | None = None
    for event in events:
        standing = apply(standing, event)
    return standing
