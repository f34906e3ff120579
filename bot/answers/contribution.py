"""A coordinating agency reports its part of a task: the same words as an answer, about what it does not owe."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.carry_out import carry_out
from bot.questions.about_answers import Target
from bot.turn import Turn
from bot.which import owed
from progress.acts.values import Contribute
from progress.submit import Statement
from store import contributions, loose


def record_if_coordinating(turn: Turn, code: str, said: Statement) -> bool:
    """Records a contribution where one of the person's agencies coordinates the task; False where none does."""
    act = next(_meant(turn, code, replace(said, files=(*_kept_files(turn), *said.files))), None)
    if act is None:
        return False
    if carry_out(turn, act).is_over:
        turn.settle_question()
    return True


def add_picture(turn: Turn) -> None:
    """Gives a further picture of an album to the contribution that its caption made, where it made one."""
    number = contributions.of_album(turn.session, turn.album or "")
    if number is None:
        return
    for each in loose.by_ids(turn.session, turn.person_id, turn.files):
        each.contribution_id = number
        turn.session.add(each)


def _kept_files(turn: Turn) -> Sequence[int]:
    """The files of a question that this answers: they came before, without a code."""
    question = turn.question(Target)
    return question.files if question is not None and question.verb in owed.ANSWERING else ()


def _meant(turn: Turn, code: str, said: Statement) -> Iterator[Contribute]:
    for plan in turn.office.plans.values():
        for task in plan.all_tasks:
            if task.code == code:
                agencies = [each for each in plan.expand(task.coordinating) if each in turn.agencies]
                yield from (Contribute(said, plan.id, code, each) for each in agencies)
