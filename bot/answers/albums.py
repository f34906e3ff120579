"""Pictures of an album find the answer that the album's caption made."""

from bot.answers import contribution
from bot.turn import Turn
from bot.which import owed
from progress import submit
from store import loose, obligations, submissions


def is_picture(turn: Turn) -> bool:
    """Whether this is a picture of an album, without words of its own."""
    return turn.incoming.album is not None and bool(turn.files) and not turn.incoming.text.strip()


def take_picture(turn: Turn) -> None:
    """Gives a picture to the answer, or the contribution, that the album's caption made.

    Otherwise the caption may still come; who sent pictures without any is asked by `ask_about_albums`.
    """
    submission = submissions.by_album(turn.session, turn.album or "")
    if submission is None:
        contribution.add_picture(turn)
        _stay_together(turn)
        return
    row = obligations.get(turn.session, submission.obligation_id)
    assert row is not None
    submit.supplement(turn.session, turn.office, owed.said_now(turn, ""), submission, row, turn.now)


def _stay_together(turn: Turn) -> None:
    """A further picture of what was sent about an obligation without being its answer: of progress, of a cause."""
    other = loose.placed_of_album(turn.session, turn.album or "")
    if other is not None:
        loose.place_beside(turn.session, loose.by_ids(turn.session, turn.person_id, turn.files), other)
