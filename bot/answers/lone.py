"""Words that name no code and reply to nothing: the task of the one reminder before them, or tasks by their titles."""

from datetime import timedelta

from bot import reference
from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which import owed
from channels.base import ChatKind
from plan.status import State
from progress.acts.values import Say
from progress.choose import in_order
from progress.items import item_of
from store import deliveries, memory, obligations
from store.tables import Obligation
from words.codes import fold
from words.reading import Reading, Said
from words.titles import likeness

# How long after a reminder words without a code are about it.
SOON = timedelta(hours=8)
MOST, AT_LEAST = 6, 2
SAYS_NOTHING = frozenset({Said.BARE, Said.ASKS, Said.UNCLEAR})


def is_understood(turn: Turn, reading: Reading, text: str) -> bool:
    """Asks about the one task that was just spoken of, or offers tasks by their titles; False where neither fits.

    Nothing is ever recorded on likeness: both are a question.
    """
    if not turn.agencies or turn.incoming.chat_kind is not ChatKind.PRIVATE or reading.says in SAYS_NOTHING:
        return False
    said = owed.said_now(turn, text)
    by_title = _by_title(turn, text)
    if not by_title and (row := _just_reminded(turn)) is not None:
        carry_out(turn, Say(said, row.id or 0, reading))
        return True
    if by_title:
        owed.ask(turn, "say", said, turn.text("ask.by_title", words=text), options=by_title)
        return True
    if (found := owed.find_or_ask(turn, "say", reference.read(turn.office, text))) is not None:
        carry_out(turn, Say(said, found[0].id or 0, reading))
    return True


def _just_reminded(turn: Turn) -> Obligation | None:
    """The one open task of the newest reminder to this person, where it is the only one in it."""
    row = deliveries.newest_reminder(turn.session, turn.person_id, turn.incoming.sent_at - SOON)
    if row is None or row.id is None:
        return None
    told = {each.obligation_id for each in memory.of_delivery(turn.session, row.id)}
    if not told and row.obligation_id is not None:
        told = {row.obligation_id}
    found = [obligations.get(turn.session, number) for number in told]
    mine = [each for each in found if each is not None and each.agency_id in turn.agencies]
    return mine[0] if len(found) == len(mine) == 1 and mine[0].state == State.OPEN else None


def _by_title(turn: Turn, text: str) -> list[Obligation]:
    """The person's open tasks whose titles share most words with a text, the likest first."""
    first: dict[tuple[str, str, str], Obligation] = {}
    for row in in_order(turn.office, obligations.of_agencies(turn.session, turn.agencies), turn.now):
        first.setdefault((row.plan_id, row.task, row.agency_id), row)
    scored = []
    for row in first.values():
        item = item_of(turn.office, row)
        score = likeness(fold(text), fold(f"{item.task.title} {item.task.product}")) if item else 0
        if score >= AT_LEAST:
            scored.append((score, row))
    best = max((score for score, _ in scored), default=0)
    near = [row for score, row in sorted(scored, key=lambda pair: -pair[0]) if 2 * score > best]
    return near[:MOST]
