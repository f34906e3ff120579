"""/doichieu, /ghichu and /ykien: the proof sheet of an obligation, what an admin adds to it, and what those who answer
for it say of it; nothing erases either."""

from dataclasses import replace

from bot import reference
from bot.carry_out import carry_out, scene_of
from bot.questions.about_answers import CommentWords
from bot.questions.to_deciders import RemarkWords
from bot.turn import Turn
from bot.which import readable
from bot.which.owed import said_now
from plan.people import Role
from progress.acts.deciding import named
from progress.acts.remarking import typed
from progress.acts.values import Comment, Remark
from progress.submit import Statement
from reports.attachments.attach import proof_reference
from words.message import say


def proof(turn: Turn, rest: str) -> None:
    """/doichieu 2b sondung for an admin; who answers for an agency reads the sheets of its work alone."""
    found = readable.find_or_ask(turn, "proof", reference.read(turn.office, rest), single=True)
    if found is None:
        return
    row = found.rows[0]
    assert row.id is not None
    turn.about, scene = row.id, scene_of(turn)
    turn.post(
        say(
            turn.text(
                "remark.caption",
                **named(scene, row),
                typed=typed(scene, row),
                own=row.agency_id in turn.agencies,
                remarks=Role.ADMIN in turn.roles,
            ),
            attachment=proof_reference(row.id, turn.now),
        )
    )


def remark(turn: Turn, rest: str) -> None:
    """/ghichu 2b sondung nội dung; without words they come in the next message."""
    if (said := _about(turn, "remark", rest, RemarkWords)) is not None:
        carry_out(turn, Remark(*said))


def comment(turn: Turn, rest: str) -> None:
    """/ykien 2b nội dung, on the sheet of the own agency's work; without words they come in the next message."""
    if (said := _about(turn, "comment", rest, CommentWords)) is not None:
        carry_out(turn, Comment(*said))


def _about(
    turn: Turn, verb: str, rest: str, kept: type[RemarkWords] | type[CommentWords]
) -> tuple[Statement, int] | None:
    """The words, and the row they are about; None where it was asked which one: they wait for the press then."""
    meant = reference.read(turn.office, rest)
    found = readable.find_or_ask(turn, verb, meant, single=True)
    if found is None:
        turn.ask(CommentWords(words=meant.rest, files=turn.files) if kept is CommentWords else kept(words=meant.rest))
        return None
    held = turn.question(kept)
    words = found.rest or (held.words if held is not None else "")
    files = held.files if isinstance(held, CommentWords) else ()
    if words:
        turn.settle_question()
    return replace(said_now(turn, words), files=(*files, *turn.files)), found.rows[0].id or 0
