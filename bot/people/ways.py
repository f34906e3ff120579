"""/channels: by which ways a person is reached, since when one takes nothing, and where what leaves goes."""

from bot.people import mail
from bot.turn import Turn
from store import people
from store.people_tables import Address
from words.names import of_channel


def ways(turn: Turn, rest: str) -> None:
    """Each way a line, in the order of linking, with the one that is used for what nobody here asked for; with an
    address of mail that is named as one's own."""
    if "@" in rest:
        mail.name_own(turn, rest)
        return
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
