"""What counted at a moment, by what is known later: which events of a history count, and from when each does.

An event was recorded after it happened: an answer of 23:59 is read at 00:01, paper of the 10th is entered on the 20th.
What is asked about the 14th and known on the 20th holds both. What counts from when:

- What people say (an answer, a supplement, progress, what blocks) counts from the moment of their message.
- What is decided (returned, withdrawn, confirmed, extended, set aside, taken up again, closed, and what a plan creates,
  changes or leaves out) counts from the decision: until then what was there stood. An answer of the 10th that is
  withdrawn on the 16th stood on the 14th, and nothing was owed before it was put to its agency.
- Where an answer goes by itself (waits for a file, for the head, for the review, or no longer for a file) counts with
  what sent it there: an answer of 23:59 that is to be confirmed waits at 24:00, and is not done.
- The true moment of what came on paper is that of the whole answer as it stood when an admin gave it: what was
  confirmed by then is confirmed from its true moment on.
- A date that was read wrongly was never so: the right one stands in its place from the beginning.
- Whether a lateness counts (flagged, judged), and what caused it (told, confirmed, refused), are words about a day that
  is past, and hold for it from the beginning. So does the date given to what was still open when it was judged.

Some events find nothing to follow: a second answer that came through a slow line from before the first was withdrawn,
paper of a day on which the obligation was set aside or not there. They changed nothing then and are left out, and an
answer that is left out takes its supplements and confirmations with it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plan.status import MOVES, Event, EventKind, Standing, apply, held_to, on_lateness, replay

BY_ITSELF = frozenset({EventKind.HELD, EventKind.PROVEN, EventKind.TO_HEAD, EventKind.TO_REVIEW})
# What gives it the date of the plan.
BY_PLAN = frozenset({EventKind.CREATED, EventKind.CHANGED, EventKind.RESTORED})
DATING = BY_PLAN | {EventKind.DATED, EventKind.EXTENDED}
ENDS_ANSWER = frozenset({EventKind.WITHDRAWN, EventKind.RETURNED})
OF_ANSWER = (
    BY_ITSELF
    | ENDS_ANSWER
    | {EventKind.SUPPLEMENTED, EventKind.CORRECTED, EventKind.CONFIRMED, EventKind.RETIMED}
)  # fmt: skip
CameTo = tuple[Standing | None, tuple[Event, ...]]
ON_LATENESS = frozenset(
    {
        EventKind.FLAGGED,
        EventKind.JUDGED,
        EventKind.CAUSE_TOLD,
        EventKind.CAUSE_CONFIRMED,
        EventKind.CAUSE_REFUSED,
        EventKind.CAUSE_REOPENED,
    }
)


def moments(events: Sequence[Event]) -> list[datetime]:
    """From when each event of a history counts (UTC); `events` in order of recording, as far as they are known.

    Never later than it was recorded, so that what is known at a moment counts at it. Those on lateness have the moment
    at which they were said.
    """
    found: list[datetime] = []
    answer: list[int] = []
    for place, event in enumerate(events):
        at = min(event.at, event.recorded_at)
        if event.kind in BY_ITSELF and place and event.recorded_at == events[place - 1].recorded_at:
            at = found[-1]
        found.append(at)
        if event.kind is EventKind.SUBMITTED:
            answer = [place]
        elif event.kind in ENDS_ANSWER:
            answer = []
        elif event.kind in OF_ANSWER and answer:
            answer.append(place)
        if event.kind is EventKind.RETIMED:
            for each in answer:
                found[each] = at
    return found


def counted(events: Sequence[Event], as_of: datetime) -> CameTo:
    """Where an obligation stood at an instant, and the events that made it so; (None, ()) where it was not there.

    `events` are the history as far as it is known, in order of recording. Never raises for a history that was recorded
    by the rules of `plan.status`; with nothing recorded after `as_of` it is the plain replay of all.
    """
    if not events or events[-1].recorded_at <= as_of:
        return replay(events), tuple(events)
    events = _read_rightly(events)
    standing: Standing | None = None
    taken: list[Event] = []
    words: list[Event] = []
    absent = False
    for event, moment in zip(events, moments(events), strict=True):
        if event.kind in ON_LATENESS:
            words.append(event)
            taken.append(event)
            if standing is not None and event.kind is EventKind.JUDGED:
                standing = held_to(standing, event)
            continue
        counts = moment <= as_of and _may_follow(standing, event.kind)
        if event.kind is EventKind.SUBMITTED:
            absent = not counts
        if counts and not (absent and event.kind in OF_ANSWER):
            standing = apply(standing, event)
            taken.append(event)
    if standing is None:
        return None, ()
    for event in words:
        standing = on_lateness(standing, event)
    return standing, tuple(taken)


def _read_rightly(events: Sequence[Event]) -> Sequence[Event]:
    """The history with the right date wherever the plan gave the one that was read wrongly."""
    if all(event.kind is not EventKind.MISREAD for event in events):
        return events
    found = list(events)
    for place, event in enumerate(events):
        if event.kind is EventKind.MISREAD:
            before = [at for at in range(place) if found[at].kind in BY_PLAN]
            wrong = found[before[-1]].due
            for at in range(place):
                if _gives_date(found[at]) and found[at].due == wrong:
                    found[at] = replace(found[at], due=event.due)
    return found


def _gives_date(event: Event) -> bool:
    return event.kind in DATING or (event.kind is EventKind.JUDGED and event.due is not None)


def _may_follow(standing: Standing | None, kind: EventKind) -> bool:
    if standing is None:
        return kind is EventKind.CREATED
    return standing.state in MOVES.get(kind, {})
