"""What coordinating agencies added to a task, in words."""

from bot.turn import Turn
from progress.confirmation import files_in_words
from store import contributions, people
from words.render import clip

NOTE = 200


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
