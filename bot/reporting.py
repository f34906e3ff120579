"""Who reports, on a telephone that is shared: asked before anything is recorded, and chosen by a press or a letter."""

from collections.abc import Sequence

from bot.turn import Turn
from progress import duty_phone, duty_report
from progress.acts.outcomes import Outcome
from progress.acts.scene import Act
from store import duty
from store.tables import Question
from words.message import Button

# As many as a screen shows under a question; the others type their name.
MOST = 8
OTHER = "other"


def held(turn: Turn) -> Question | None:
    """What waits in this chat for the name of who reports it."""
    if turn.person is None or turn.person.duty_of is None:
        return None
    return duty_phone.held(turn.session, turn.person_id, turn.incoming.channel, turn.incoming.chat)


def hold(turn: Turn, acts: Sequence[Act]) -> Outcome:
    """Keeps what was said and asks who says it; the very same message again is passed over."""
    before = held(turn)
    if before is not None and before.data["source"] == acts[0].said.source:
        return Outcome(is_over=True)
    duty_phone.hold(turn.session, turn.here, acts, turn.now)
    ask(turn)
    return Outcome(is_over=True)


def give_up(turn: Turn, source: str) -> Sequence[Outcome]:
    """Records what waited here as nobody's by name, where it was another message than the one of `source`."""
    row = held(turn)
    if row is None or row.data["source"] == source or turn.person is None:
        return ()
    reporter = duty_phone.named(turn.session, turn.office, turn.person, "", None, turn.now)
    return duty_report.record(turn.session, turn.office, row, reporter, turn.now)


def ask(turn: Turn) -> None:
    """The names of the agency's people, and one for anybody else; where there are none the name is to be typed."""
    found = duty.colleagues(turn.session, turn.person_id)[:MOST]
    if not found:
        ask_name(turn)
        return
    buttons = [[Button(each.name, f"/pick by P{each.id}")] for each in found]
    other = [Button(turn.text("duty.other"), f"/pick by {OTHER}")]
    turn.answer(turn.text("duty.who"), buttons=[*buttons, other])


def ask_name(turn: Turn) -> None:
    """The next words are the name."""
    row = held(turn)
    if row is not None:
        row.data = row.data | {"typed": True}
        turn.session.add(row)
    turn.answer(turn.text("duty.type_name"))
