"""Pictures of an album find the answer that the album's caption made."""

from bot.answers import contribution
from bot.turn import Turn
from bot.which import owed
from progress import submit
from store import obligations, submissions


def album_piece(turn: Turn) -> bool:
    """A picture of an album without words of its own: it belongs to the answer that the caption made, or will make.

    False when the turn is not such a piece.
    """
    incoming = turn.incoming
    if incoming.album is None or not turn.files or incoming.text.strip():
        return False
    submission = submissions.by_album(turn.session, incoming.album)
    if submission is not None:
        row = obligations.get(turn.session, submission.obligation_id)
        assert row is not None
        submit.supplement(turn.session, turn.office, owed.said_now(turn, ""), submission, row, turn.now)
        return True
    contribution.add_picture(turn)
    # Otherwise the caption may still come; who sent pictures without any is asked by `ask_about_albums`.
    return True
