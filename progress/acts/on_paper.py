"""What was handed in on paper counts from its true day."""

from datetime import date, datetime, time

from plan.status import OPEN_OR_ANSWERED, EventKind, State
from progress import submit
from progress.acts.decisions import RecordPaper
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.telling import hearers, names_of, officers, short_names, still, untold_words
from progress.items import code_of
from progress.submit import Statement
from store import obligations, submissions
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation
from words.message import say
from words.office import Office

CLOSES = time(17)


def moment(office: Office, day: date, now: datetime) -> datetime:
    """When paper of a day counts as handed in (UTC): 17:00 in the office, or now where that is still to come.

    A register of incoming letters knows the day and no hour; the office takes paper until it closes, and 24:00, the
    last moment in time, would be a moment at which nobody can have received it.
    """
    return min(now, datetime.combine(day, CLOSES, office.zone).astimezone(now.tzinfo))


def record_paper(scene: Scene, act: RecordPaper) -> Outcome:
    """What is open is answered in the agency's place; an answer that is there gets the moment of the paper."""
    office, basis = scene.office, act.said.note
    at = min(act.at, scene.now) if act.at is not None else moment(office, act.day, scene.now)
    states = (State.OPEN,) if act.open_only else OPEN_OR_ANSWERED
    rows = still(scene, act.rows, lambda row: row.state in states)
    handed_in = [row for row in rows if row.state == State.OPEN]
    for row in rows:
        take_in(scene, act, row, at, confirmed=not scene.together)
    if not rows:
        return Outcome((say(office.text("ending.answered")),))
    code = code_of(office, rows[0])
    told, untold = officers(
        hearers(scene),
        scene.office,
        {row.agency_id for row in rows},
        lambda own: office.text(
            "paper.notice",
            code=code,
            agencies=short_names(office, own),
            compiler=office.compiler_name,
            at=at,
            in_time=office.in_time(rows[0].due, at),
            basis=basis,
            way=act.way,
        ),
        "paper was recorded",
        Identity("paper", act.said.source),
    )
    if handed_in and len(rows) == 1 and not untold and not scene.together:
        # Its confirmation says the same.
        return Outcome((), told)
    in_time = office.in_time(rows[0].due, at)
    said = office.text("paper.done", code=code, agencies=names_of(office, rows), at=at, in_time=in_time, way=act.way)
    return Outcome((say(said, untold_words(office, untold)),), told)


def take_in(scene: Scene, act: RecordPaper, row: Obligation, at: datetime, *, confirmed: bool = True) -> None:
    """An answer in the agency's place goes by the same path as every answer.

    Its confirmation comes to this chat, unless the caller says it itself, with others.
    """
    person, said = scene.actor.person_id, act.said
    if row.state == State.OPEN:
        answer = Statement(person, at, f"{said.source}:{row.id}", said.via, said.note, files=said.files)
        submit.submit(
            scene.session, scene.office, answer, row, scene.actor.here, scene.now, on_behalf=True, confirmed=confirmed
        )
    else:
        event = NewEvent(EventKind.RETIMED, at, via=said.via, person_id=person, note=said.note)
        obligations.record(scene.session, row, event, scene.now)
        if (standing := submissions.standing_of(scene.session, row.id or 0)) is not None:
            submit.attach(scene.session, said, standing)
