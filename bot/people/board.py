"""/people: by agency, who is linked and can be reached, who never pressed Start, and where there is nobody."""

from collections.abc import Iterable

from bot.reading import long_list
from bot.reading.long_list import Entry
from bot.turn import Turn
from progress.board import Board, Linked
from progress.board import board as board_of
from store import months, people
from store.people_tables import Invite
from words.names import of_channel


def board(turn: Turn, rest: str) -> None:
    """A group of lines for each agency, each line with the reference that /revoke, /move and /handover take."""
    found = board_of(turn.session, turn.office, turn.now)
    groups = ["\n".join(_agency(turn, found, agency)) for agency in turn.office.in_order(found.agencies)]
    missing = [turn.office.agency_short(each) for each in found.nobody]
    groups += [turn.text("people.nobody", agencies=missing)] if missing else []
    invited = sum(len(each) for each in found.invites.values())
    heading = turn.text("people.heading", count=found.count, invited=invited)
    heading = "\n".join((heading, *_months(turn)))
    long_list.show(turn, long_list.read("nguoi", rest), [Entry(each) for each in groups], heading=heading)


def _months(turn: Turn) -> Iterable[str]:
    """A line for each channel that gives only so much in a month."""
    for channel, found in months.of(turn.session, turn.office, turn.now).items():
        parts = [turn.text("people.month_part", **each.values) for each in found]
        yield turn.text("people.month", channel=of_channel(channel), parts=parts)


def _agency(turn: Turn, found: Board, agency: str) -> list[str]:
    heading = turn.text("people.agency", agency=turn.office.agency_name(agency))
    linked = [_person(turn, each) for each in found.linked.get(agency, ())]
    return [heading, *linked, *(_invite(turn, each) for each in found.invites.get(agency, ()))]


def _person(turn: Turn, each: Linked) -> str:
    named = each.stand_in
    return turn.text(
        "people.person",
        reference=f"P{each.person.id}",
        name=people.mentioned(each.person),
        roles=[turn.text(f"role.{held.role}") for held in each.held],
        since=each.address.unreachable_since if each.address else None,
        unreachable=not each.is_reached,
        last=each.absence.last if each.absence else None,
        stand_in=f"P{named.id} {named.name}" if named else "",
        quiet=each.quiet,
        until=each.quiet_until,
    )


def _invite(turn: Turn, row: Invite) -> str:
    return turn.text(
        "people.invite",
        reference=f"M{row.id}",
        name=row.label or turn.text("people.nameless"),
        role=turn.text(f"role.{row.role}"),
        until=row.expires_at,
        expired=row.expires_at <= turn.now,
    )
