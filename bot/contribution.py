"""A coordinating agency reports its part of a task: it owes nothing, and what it did is kept all the same."""

from collections.abc import Iterator, Sequence

from bot.turn import Turn
from plan.model import Plan, Task
from progress.confirmation import files_in_words, refused_in_words
from progress.submit import Said
from store import contributions, people, submissions
from store.tables import Contribution, Evidence
from words.render import clip

NOTE = 200


def take(turn: Turn, code: str, said: Said, kept: Sequence[int] = ()) -> bool:
    """Records a contribution where one of the person's agencies coordinates the task; False where none does.

    `kept` are files that came before, without a code.
    """
    found = next(_coordinated(turn, code), None)
    if found is None:
        return False
    plan, task, agency_id = found
    if contributions.by_source(turn.session, said.source) is not None:
        turn.answer(turn.text("ask.answered"))
        return True
    files = _files(turn, said, kept)
    row = Contribution(
        plan_id=plan.id,
        task=code,
        agency_id=agency_id,
        person_id=turn.person_id,
        at=said.at,
        source=said.source,
        note=said.note,
    )
    contributions.add(turn.session, row, files)
    turn.settle_question()
    turn.answer(
        turn.text(
            "coordinating.recorded",
            code=code,
            agency=turn.office.agency_name(agency_id),
            at=said.at,
            lead=task.lead_printed,
            # Of an album the other pictures are still on their way.
            files="" if said.album else files_in_words(turn.office, files),
        ),
        refused_in_words(turn.office, files),
    )
    return True


def add_picture(turn: Turn) -> bool:
    """A further picture of an album whose caption made a contribution; False where it is none."""
    number = contributions.of_album(turn.session, turn.incoming.album or "")
    if number is None:
        return False
    for each in submissions.loose_files(turn.session, turn.person_id, turn.files):
        each.contribution_id = number
        turn.session.add(each)
    return True


def lines(turn: Turn, plan_id: str, code: str) -> list[str]:
    """What coordinating agencies added to a task, for /detail."""
    found = []
    for each in contributions.of_task(turn.session, plan_id, code):
        person = people.get(turn.session, each.person_id)
        files = contributions.files_of(turn.session, each.id or 0)
        found.append(
            turn.text(
                "coordinating.line",
                agency=turn.office.agency_short(each.agency_id),
                person=person.name if person else "",
                at=each.at,
                note=clip(each.note, NOTE),
                files=files_in_words(turn.office, files),
            )
        )
    return found


def _coordinated(turn: Turn, code: str) -> Iterator[tuple[Plan, Task, str]]:
    for plan in turn.office.plans.values():
        for task in plan.all_tasks:
            if task.code == code:
                yield from ((plan, task, each) for each in plan.expand(task.coordinating) if each in turn.agencies)


def _files(turn: Turn, said: Said, kept: Sequence[int]) -> list[Evidence]:
    ids = [*kept, *said.files]
    rows = list(submissions.loose_files(turn.session, turn.person_id, ids)) if ids else []
    if said.album:
        rows += [row for row in submissions.loose_of_album(turn.session, said.album) if row not in rows]
    return rows
