"""What coordinating agencies added to a task, in words."""

from bot.turn import Turn
from plan.model import Plan, Task
from progress.placing import in_words as files_in_words
from progress.reading_rights import READ_ALL
from store import contributions, people
from words.render import clip

NOTE = 200


def may_read(turn: Turn, plan: Plan, task: Task) -> bool:
    """Whether somebody who does not owe the task reads them: who reads everything, and who coordinates it."""
    return bool(READ_ALL & turn.roles) or not set(plan.expand(task.coordinating)).isdisjoint(turn.agencies)


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
                person=people.mentioned(person),
                at=each.at,
                note=clip(each.note, NOTE),
                files=files_in_words(turn.office, files),
            )
        )
    return found
