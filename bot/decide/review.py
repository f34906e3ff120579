"""Heads and admins decide about answers that wait: "Xác nhận", or "Trả lại" with a reason."""

from collections.abc import Sequence

from bot import reference
from bot.carry_out import carry_out, scene_of
from bot.reference import Reference
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts import deciding
from progress.acts.deciding import named
from progress.acts.values import Confirm, Return
from store import deliveries
from store.answer_tables import Submission
from store.tables import Obligation
from store.types import DeliveryKind
from words.codes import fold
from words.message import Button

SHOWN = 10
CONFIRMS = frozenset({"xac nhan", "dong y", "da xac nhan", "confirm"})


def confirm(turn: Turn, rest: str) -> bool:
    """/confirm 2b sondung, or the button: the answer counts as done from its own moment."""
    found = _find_or_ask(turn, "confirm", reference.read(turn.office, rest))
    return found is not None and carry_out(turn, Confirm(said_now(turn, ""), found[0])).is_over


def give_back(turn: Turn, rest: str) -> bool:
    """/return 2b sondung reason, or the button, which asks for the reason."""
    found = _find_or_ask(turn, "return", reference.read(turn.office, rest))
    return found is not None and carry_out(turn, Return(said_now(turn, found[1]), found[0])).is_over


def replied_notice(turn: Turn) -> int | None:
    """The submission whose notice to a reviewer is replied to."""
    incoming = turn.incoming
    if not incoming.reply_to or turn.person is None:
        return None
    row = deliveries.by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    wanted = row is not None and row.kind == DeliveryKind.NOTICE and row.person_id == turn.person_id
    return row.submission_id if row is not None and wanted else None


def reply_on(turn: Turn, submission_id: int, text: str) -> None:
    """A reply to the notice: "xác nhận", or the reason for returning it."""
    act = Confirm if fold(text).strip(" .") in CONFIRMS else Return
    carry_out(turn, act(said_now(turn, text), submission_id))


def _find_or_ask(turn: Turn, verb: str, meant: Reference) -> tuple[int, str] | None:
    """The answer that is to be decided about, with what follows; None when it was asked which one."""
    if meant.submission is not None:
        return meant.submission, meant.words
    here = waiting(turn)
    if meant.code is None:
        _ask_which(turn, verb, here, turn.text("review.which"))
        return None
    same = [(row, submission) for row, submission in here if meant.covers(row)]
    if len(same) == 1:
        return same[0][1].id or 0, meant.rest
    name = turn.office.agency_name(meant.agency) if meant.agency else ""
    _ask_which(turn, verb, same, turn.text("review.none" if not same else "review.which", code=meant.code, agency=name))
    return None


def _ask_which(turn: Turn, verb: str, found: Sequence[tuple[Obligation, Submission]], text: str) -> None:
    buttons = []
    for row, submission in found[:SHOWN]:
        label = turn.text("ask.option_agency", **named(scene_of(turn), row))
        buttons.append([Button(label, f"/{verb} S{submission.id}")])
    turn.answer(text, buttons=buttons)


def waiting(turn: Turn) -> list[tuple[Obligation, Submission]]:
    """The answers that this person may decide about, each with its obligation."""
    return deciding.waiting(scene_of(turn))
