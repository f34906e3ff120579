"""/doichieu and /ghichu: the proof sheet of an obligation, and what an admin adds to it, which nothing erases."""

from bot import reference
from bot.questions.to_deciders import Remark, RemarkWords
from bot.turn import Turn
from bot.which import readable
from progress.items import code_of
from reports.attachments.attach import proof_reference
from store import audit, obligations, remarks
from store.tables import Obligation
from words import codes
from words.message import say


def proof(turn: Turn, rest: str) -> None:
    """/doichieu 2b sondung."""
    found = readable.find_or_ask(turn, "proof", reference.read(turn.office, rest), single=True)
    if found is None:
        return
    row = found.rows[0]
    assert row.id is not None
    turn.about = row.id
    turn.post(
        say(
            turn.text("remark.caption", **_named(turn, row), typed=_typed(turn, row)),
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
    row = found.rows[0]
    turn.about = row.id
    held = turn.question(RemarkWords)
    words = found.rest or (held.words if held is not None else "")
    if words:
        turn.settle_question()
        _add(turn, row, words)
    else:
        turn.ask(Remark(obligation=row.id or 0))
        turn.answer(turn.text("remark.words", **_named(turn, row)))


def remark_on(turn: Turn, asked: Remark, text: str) -> None:
    """The words that were asked for have come."""
    row = obligations.get(turn.session, asked.obligation)
    if row is None or not readable.may_read(turn, row):
        turn.answer(turn.text("ask.foreign"))
        return
    turn.about = row.id
    _add(turn, row, text)


def _add(turn: Turn, row: Obligation, words: str) -> None:
    assert row.id is not None
    added = remarks.add(turn.session, row.id, words, turn.now, via=turn.via, person_id=turn.person_id)
    audit.record(
        turn.session, "remark.added", f"obligation:{row.id}", turn.now, via=turn.via, actor=turn.person_id,
        remark=added.id,
    )  # fmt: skip
    turn.answer(turn.text("remark.done", **_named(turn, row), typed=_typed(turn, row)))


def _named(turn: Turn, row: Obligation) -> dict[str, str]:
    return {"code": code_of(turn.office, row), "agency": turn.office.agency_name(row.agency_id)}


def _typed(turn: Turn, row: Obligation) -> str:
    return f"{codes.typeable(code_of(turn.office, row))} {row.agency_id}"
