"""A coordinating agency reports its part of a task: it owes nothing, and what it did is kept all the same."""

from collections.abc import Iterator, Sequence

from bot.questions.about_answers import Target
from bot.turn import Turn
from plan.model import Plan, Task
from progress.confirmation import files_in_words, refused_in_words
from progress.submit import Statement
from store import contributions, submissions
from store.tables import Contribution, Evidence


def record_if_coordinating(turn: Turn, code: str, said: Statement) -> bool:
    """Records a contribution where one of the person's agencies coordinates the task; False where none does."""
    found = next(_coordinated(turn, code), None)
    if found is None:
        return False
    plan, task, agency_id = found
    if contributions.by_source(turn.session, said.source) is not None:
        turn.answer(turn.text("ask.answered"))
        return True
    files = _files(turn, said, _kept_files(turn))
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


def add_picture(turn: Turn) -> None:
    """Gives a further picture of an album to the contribution that its caption made, where it made one."""
    number = contributions.of_album(turn.session, turn.incoming.album or "")
    if number is None:
        return
    for each in submissions.loose_files(turn.session, turn.person_id, turn.files):
        each.contribution_id = number
        turn.session.add(each)


def _kept_files(turn: Turn) -> Sequence[int]:
    """The files of a question that this answers: they came before, without a code."""
    question = turn.question(Target)
    return question.files if question is not None and question.verb == "done" else ()


def _coordinated(turn: Turn, code: str) -> Iterator[tuple[Plan, Task, str]]:
    for plan in turn.office.plans.values():
        for task in plan.all_tasks:
            if task.code == code:
                yield from ((plan, task, each) for each in plan.expand(task.coordinating) if each in turn.agencies)


def _files(turn: Turn, said: Statement, kept: Sequence[int]) -> list[Evidence]:
    ids = [*kept, *said.files]
    rows = list(submissions.loose_files(turn.session, turn.person_id, ids)) if ids else []
    if said.album:
        rows += [row for row in submissions.loose_of_album(turn.session, said.album) if row not in rows]
    return rows
