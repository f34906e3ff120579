"""The states of an obligation, the moves between them, and the replay of its history.

A state is never set by hand: an event is recorded, and `after` says where it leads. The current row in the
database is only the replay of all its events, so any past moment can be asked about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from plan.errors import NhacViecError


class State(StrEnum):
    """Where an obligation stands."""

    OPEN = "open"  # chưa hoàn thành
    DONE = "done"  # đã báo hoàn thành
    CLOSED = "closed"  # khép lại, không tính: history before the start, or ongoing work at year end
    RETIRED = "retired"  # no longer in the plan; its answers stay


class EventKind(StrEnum):
    """What can happen to an obligation; each is kept for good."""

    CREATED = "created"
    CHANGED = "changed"
    RETIRED = "retired"
    RESTORED = "restored"
    SUBMITTED = "submitted"
    SUPPLEMENTED = "supplemented"
    WITHDRAWN = "withdrawn"
    PROGRESSED = "progressed"
    BLOCKED = "blocked"
    CLOSED = "closed"


MOVES: Mapping[EventKind, Mapping[State, State]] = {
    EventKind.CHANGED: {State.OPEN: State.OPEN, State.DONE: State.DONE, State.CLOSED: State.CLOSED},
    EventKind.RETIRED: {
        State.OPEN: State.RETIRED,
        State.DONE: State.RETIRED,
        State.CLOSED: State.RETIRED,
    },
    # An obligation that comes back is open until the replay finds its standing answer: see `after`.
    EventKind.RESTORED: {State.RETIRED: State.OPEN},
    EventKind.SUBMITTED: {State.OPEN: State.DONE},
    EventKind.SUPPLEMENTED: {State.DONE: State.DONE},
    EventKind.WITHDRAWN: {State.DONE: State.OPEN},
    EventKind.PROGRESSED: {State.OPEN: State.OPEN},
    EventKind.BLOCKED: {State.OPEN: State.OPEN},
    EventKind.CLOSED: {State.OPEN: State.CLOSED},
}


class ForbiddenMoveError(NhacViecError):
    """An event that cannot happen in this state; `state` and `event` say which."""

    def __init__(self, state: State | None, event: EventKind) -> None:
        self.state, self.event = state, event
        super().__init__(f"an obligation that is {state} cannot be {event}")


@dataclass(frozen=True)
class Event:
    """One thing that happened: `at` is when it counts (UTC), `recorded_at` when the database learnt of it (UTC)."""

    kind: EventKind
    at: datetime
    recorded_at: datetime
    due: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Standing:
    """An obligation at a moment; `due` is the nominal local date, `done_at` the moment of submission in UTC."""

    state: State
    due: date | None
    done_at: datetime | None = None
    progress: str = ""
    blocked: str = ""


def after(state: State | None, event: EventKind, *, answered: bool = False) -> State:
    """The state that an event leads to; `answered` says that a standing answer exists.

    Raises ForbiddenMoveError when the event is not allowed there.
    """
    if event is EventKind.CREATED and state is None:
        return State.OPEN
    if state is None or state not in MOVES.get(event, {}):
        raise ForbiddenMoveError(state, event)
    if event is EventKind.RESTORED and answered:
        return State.DONE
    return MOVES[event][state]


def apply(standing: Standing | None, event: Event) -> Standing:
    """The standing after one more event; raises ForbiddenMoveError."""
    if standing is None:
        return Standing(after(None, event.kind), event.due)
    state = after(standing.state, event.kind, answered=standing.done_at is not None)
    changed = replace(standing, state=state)
    match event.kind:
        case EventKind.CHANGED | EventKind.RESTORED:
            return replace(changed, due=event.due)
        case EventKind.SUBMITTED:
            return replace(changed, done_at=event.at, blocked="")
        case EventKind.WITHDRAWN:
            return replace(changed, done_at=None)
        case EventKind.PROGRESSED:
            return replace(changed, progress=event.note, blocked="")
        case EventKind.BLOCKED:
            return replace(changed, blocked=event.note)
        case _:
            return changed


def replay(events: Iterable[Event]) -> Standing | None:
    """The standing after a whole history in order of recording; None for no events; raises ForbiddenMoveError."""
    standing: Standing | None = None
    for event in events:
        standing = apply(standing, event)
    return standing
