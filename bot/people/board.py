"""/people: by agency, who is linked and can be reached, who never pressed Start, and where there is nobody."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from bot.reading import long_list
from bot.reading.long_list import Entry
from bot.turn import Turn
from store import absences, invites, people
from store.people_tables import Absence, Address, Invite, Membership, Person

FAR = timedelta(days=1000)


def board(turn: Turn, rest: str) -> None:
    """A group of lines for each agency, each line with the reference that /revoke, /move and /handover take."""
    linked = people.linked(turn.session)
    away = absences.away(turn.session, turn.office.today(turn.now))
    lines: dict[str, list[str]] = defaultdict(list)
    for person, address, held in linked:
        by_agency: dict[str, list[Membership]] = defaultdict(list)
        for each in held:
            by_agency[each.agency_id].append(each)
        for agency, roles in by_agency.items():
            lines[agency].append(_person(turn, person, address, roles, away))
    waiting = _waiting(turn)
    for invite in waiting:
        lines[invite.agency_id].append(_invite(turn, invite))
    groups = [
        "\n".join([turn.text("people.agency", agency=turn.office.agency_name(agency)), *lines[agency]])
        for agency in turn.office.in_order(lines)
    ]
    missing = [turn.office.agency_short(each) for each in turn.office.owing() if each not in lines]
    groups += [turn.text("people.nobody", agencies=missing)] if missing else []
    heading = turn.text("people.heading", count=len(linked), invited=len(waiting))
    long_list.show(turn, long_list.read("nguoi", rest), [Entry(each) for each in groups], heading=heading)


def _waiting(turn: Turn) -> list[Invite]:
    """The invites that still work, and those for somebody by name that ran out unused."""
    found = {each.id: each for each in (*invites.still_open(turn.session, turn.now), *invites.to_print(turn.session))}
    return list(found.values())


def _person(
    turn: Turn, person: Person, address: Address | None, held: list[Membership], away: Mapping[int, Absence]
) -> str:
    quiet = person.quiet_until is not None and person.quiet_until > turn.now
    absence = away.get(person.id or 0)
    stand_in = absences.stand_in(away, person.id or 0) if absence else None
    named = people.get(turn.session, stand_in) if stand_in else None
    return turn.text(
        "people.person",
        reference=f"P{person.id}",
        name=people.mentioned(person),
        roles=[turn.text(f"role.{each.role}") for each in held],
        since=address.unreachable_since if address else None,
        unreachable=address is None or address.unreachable_since is not None,
        last=absence.last if absence else None,
        stand_in=f"P{named.id} {named.name}" if named else "",
        quiet=quiet,
        until=_last_quiet_day(turn, person) if quiet else None,
    )


def _last_quiet_day(turn: Turn, person: Person) -> date | None:
    """None where the quiet is until the person says otherwise."""
    until = person.quiet_until
    return None if until is None or until - turn.now > FAR else turn.office.today(until) - timedelta(days=1)


def _invite(turn: Turn, row: Invite) -> str:
    return turn.text(
        "people.invite",
        reference=f"M{row.id}",
        name=row.label or turn.text("people.nameless"),
        role=turn.text(f"role.{row.role}"),
        until=row.expires_at,
        expired=row.expires_at <= turn.now,
    )
