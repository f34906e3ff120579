"""/channels: by which ways a person is reached, since when one takes nothing, and where what leaves goes."""

from bot.turn import Turn
from store import people
from store.people_tables import Address
from words.names import of_channel


def ways(turn: Turn, _: str) -> None:
    """Each way a line, in the order of linking, with the one that is used for what nobody here asked for."""
    used = people.reached_at(turn.session, turn.person_id, "")
    lines = [_line(turn, each, used) for each in people.addresses_of(turn.session, turn.person_id)]
    turn.answer(turn.text("ways.list", lines=lines))


def _line(turn: Turn, address: Address, used: Address | None) -> str:
    return turn.text(
        "ways.line",
        channel=of_channel(address.channel),
        at=address.linked_at,
        closed=address.unreachable_since is not None,
        since=address.unreachable_since,
        used=used is not None and used.id == address.id,
    )
