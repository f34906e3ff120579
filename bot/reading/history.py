"""/history: everything that happened to an obligation, in words, the oldest first."""

from bot import reference
from bot.turn import Turn
from bot.which import readable
from progress.items import code_of, item_of
from reports.story.events_in_words import Happening, story
from store import people


def history(turn: Turn, rest: str) -> None:
    """/history 2b, /history 2b sondung."""
    found = readable.find_or_ask(turn, "history", reference.read(turn.office, rest), single=True)
    if found is None:
        return
    row = found.rows[0]
    turn.about = row.id
    item = item_of(turn.office, row)
    heading = turn.text(
        "history.heading",
        code=code_of(turn.office, row),
        agency=turn.office.agency_name(row.agency_id),
        title=item.task.short(100) if item else "",
    )
    turn.answer(heading, *(_line(turn, each) for each in story(turn.session, turn.office, row)))


def _line(turn: Turn, happening: Happening) -> str:
    return turn.text(
        "history.line",
        at=happening.at,
        person=people.named(turn.session, turn.office.agency_short, happening.person_id or 0),
        what=happening.what,
        note=happening.note,
        before=happening.before,
        due=happening.due,
        wanted=happening.wanted,
        recorded=happening.recorded_at if happening.late else None,
    )
