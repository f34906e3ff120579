"""/doichieu and /ghichu: the proof sheet of an obligation, and what an admin adds to it, which nothing erases."""

from bot import reference
from bot.carry_out import carry_out, scene_of
from bot.questions.to_deciders import RemarkWords
from bot.turn import Turn
from bot.which import readable
from bot.which.owed import said_now
from progress.acts.deciding import named
from progress.acts.remarking import typed
from progress.acts.values import Remark
from reports.attachments.attach import proof_reference
from words.message import say


def proof(turn: Turn, rest: str) -> None:
    """/doichieu 2b sondung."""
    found = readable.find_or_ask(turn, "proof", reference.read(turn.office, rest), single=True)
    if found is None:
        return
    row = found.rows[0]
    assert row.id is not None
    turn.about, scene = row.id, scene_of(turn)
    turn.post(
        say(
            turn.text("remark.caption", **named(scene, row), typed=typed(scene, row)),
            attachment=proof_reference(row.id, turn.now),
        )
    )


def remark(turn: Turn, rest: str) -> None:
    """/ghichu 2b sondung nội dung; without words they come in the next message."""
    meant = reference.read(turn.office, rest)
    found = readable.find_or_ask(turn, "remark", meant, single=True)
    if found is None:
        # Which agency or milestone was asked with buttons: the words wait for the press.
        turn.ask(RemarkWords(words=meant.rest))
        return
    held = turn.question(RemarkWords)
    words = found.rest or (held.words if held is not None else "")
    if words:
        turn.settle_question()
    carry_out(turn, Remark(said_now(turn, words), found.rows[0].id or 0))
