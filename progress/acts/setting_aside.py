"""What an admin sets aside and takes up again: suspended, ended, resumed, transferred, each with its basis."""

from collections.abc import Mapping

from plan.status import SET_ASIDE, EventKind, State
from progress.acts.decisions import OnObligations, SetAside, Transfer
from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.scene import Scene
from progress.acts.telling import hearers, names_of, officers, short_names, still, untold_words
from store import obligations
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation
from words.message import say

MOVES: Mapping[str, tuple[EventKind, frozenset[State]]] = {
    "suspend": (EventKind.SUSPENDED, frozenset({State.OPEN})),
    "end": (EventKind.ENDED, frozenset({State.OPEN})),
    "resume": (EventKind.RESUMED, SET_ASIDE),
}


def set_aside(scene: Scene, act: SetAside) -> Outcome:
    """What was transferred and is taken up again is no more owed by the agency that took it."""
    kind, states = MOVES[act.verb]
    rows = still(scene, act.rows, lambda row: row.state in states)
    notices: list[ToPerson] = []
    for row in rows:
        took = _taker(scene, row) if row.state == State.TRANSFERRED else None
        _record(scene, act, row, kind, act.said.note)
        if took is not None:
            notices += _give_back(scene, act, took, row)
    text = scene.office.text
    doing, means = text(f"ending.{act.verb}"), text(f"ending.{act.verb}_means")
    told, untold = officers(
        hearers(scene),
        scene.office,
        {row.agency_id for row in rows},
        lambda own: text(
            "ending.notice",
            act=doing,
            code=act.code,
            title=act.title,
            agencies=short_names(scene.office, own),
            basis=act.said.note,
            means=means,
        ),
        f"an admin's decision: {act.verb}",
        Identity(act.verb, act.said.source),
    )
    if not rows:
        return Outcome((say(text("ending.answered")),))
    said = text("ending.done", act=doing, code=act.code, count=len(rows), agencies=names_of(scene.office, rows))
    return Outcome((say(said, untold_words(scene.office, untold)),), (*notices, *told))


def transfer(scene: Scene, act: Transfer) -> Outcome:
    """The first agencies' work becomes the other one's, with its dates."""
    taker, office, basis = act.taker, scene.office, act.said.note
    rows = still(scene, act.rows, lambda row: row.state == State.OPEN and not owes(scene, row, taker))
    if not rows:
        return Outcome((say(office.text("ending.answered")),))
    for row in rows:
        _record(scene, act, row, EventKind.TRANSFERRED, f"{taker}: {basis}")
        obligations.take_over(
            scene.session,
            row,
            taker,
            scene.now,
            via=act.said.via,
            person_id=scene.actor.person_id,
            note=f"{row.agency_id}: {basis}",
        )
    givers = {row.agency_id for row in rows}
    names = {"giver": ", ".join(short_names(office, givers)), "taker": office.agency_name(taker)}
    told, untold = officers(
        hearers(scene),
        scene.office,
        {*givers, taker},
        lambda own: _transferred(scene, act, ours=taker in own, row=rows[0], **names),
        "an admin's decision: transfer",
        Identity("transfer", act.said.source),
    )
    said = office.text("ending.done_transfer", code=act.code, count=len(rows), **names)
    return Outcome((say(said, untold_words(office, untold)),), told)


def owes(scene: Scene, row: Obligation, agency: str) -> bool:
    """Whether an agency has the same milestone already, and not as something that was set aside or left the plan."""
    other = obligations.same_for(scene.session, row, agency)
    return other is not None and other.state not in (State.RETIRED, *SET_ASIDE)


def _taker(scene: Scene, row: Obligation) -> Obligation | None:
    """What the agency to which a result was transferred still owes of it; None where it has answered, or left it."""
    events = obligations.events_of(scene.session, row.id or 0)
    last = next(event for event in reversed(events) if event.kind == EventKind.TRANSFERRED)
    took = obligations.same_for(scene.session, row, last.note.partition(":")[0])
    return took if took is not None and took.state == State.OPEN else None


def _give_back(scene: Scene, act: SetAside, took: Obligation, row: Obligation) -> tuple[ToPerson, ...]:
    """A result is owed by one agency: with the first one again, and no more with the one that took it."""
    # `_taker` reads to whom it went.
    _record(scene, act, took, EventKind.TRANSFERRED, f"{row.agency_id}: {act.said.note}")
    names = {"giver": scene.office.agency_short(took.agency_id), "taker": scene.office.agency_name(row.agency_id)}
    return officers(
        hearers(scene),
        scene.office,
        [took.agency_id],
        lambda _own: _transferred(scene, act, ours=False, row=row, **names),
        "an admin's decision: resume what was transferred",
        Identity("given-back", f"{took.id}:{act.said.source}"),
    )[0]


def _transferred(scene: Scene, act: SetAside | Transfer, *, ours: bool, row: Obligation, giver: str, taker: str) -> str:
    named = {"code": act.code, "title": act.title, "basis": act.said.note, "due": row.due}
    return scene.office.text("ending.notice_transfer", **named, ours=ours, giver=giver, taker=taker)


def _record(scene: Scene, act: OnObligations, row: Obligation, kind: EventKind, note: str) -> None:
    event = NewEvent(kind, scene.now, via=act.said.via, person_id=scene.actor.person_id, note=note)
    obligations.record(scene.session, row, event, scene.now)
