"""/minhchung alone: which files of this person belong to nothing yet, and what can be done with them."""

from datetime import timedelta

from bot.reading import file_buttons
from bot.turn import Turn
from progress import evidence as kept
from progress import placing
from store import loose, submissions
from store.types import EvidenceState
from words.file_names import called
from words.message import Button, say

SHOWN, MOST_PLACES = 10, 3
# Answers so fresh are offered to take what was sent.
FRESH = timedelta(days=7)
SEEN = "loose"


def list_loose(turn: Turn) -> bool:
    """Says what is kept and belongs to nothing; False where there is none."""
    files = loose.of(turn.session, turn.person_id)
    if not files:
        return False
    lines = [
        turn.text("loose.line", name=called(turn.office, each.name, each.kind), at=each.sent_at, number=each.id)
        for each in files[:SHOWN]
    ]
    text = turn.text(
        "loose.heading",
        files=placing.in_words(turn.office, files),
        lines=lines,
        more=len(files) - len(lines),
        days=turn.office.loose_days,
    )
    recent = submissions.recent_of(turn.session, turn.person_id, turn.now - FRESH)[:MOST_PLACES]
    rows = list({row.id: row for _, row in recent}.values())
    see = [[Button(turn.text("loose.see"), f"/evidence {SEEN}")]]
    own = [each for row in rows for each in file_buttons.places(turn, [row], files)]
    turn.answer(text, buttons=[*own, *see])
    return True


def show_loose(turn: Turn) -> None:
    """Sends them back, each with what takes it out."""
    files = loose.of(turn.session, turn.person_id)
    if not files:
        turn.answer(turn.text("place.nothing"))
    for each in files[:SHOWN]:
        if each.state == EvidenceState.STORED and each.id is not None:
            text = turn.text(
                "loose.line", name=called(turn.office, each.name, each.kind), at=each.sent_at, number=each.id
            )
            turn.post(say(text, attachment=kept.reference(each.id), buttons=[[file_buttons.take_out(turn, each)]]))
