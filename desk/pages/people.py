"""Cán bộ đầu mối: who there is in each agency, who can be reached, and the invites; admins invite and revoke here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk import forms
from desk.desk import Asked
from desk.door import attempts
from desk.page import render
from plan.people import Role
from progress import duty_phone, inviting
from progress.acts import reviewing
from progress.acts.revoking import roles_of, why_not
from progress.board import Linked
from progress.board import board as board_of
from store import addresses, desk_keys, desk_sessions, invites, months, people, ways
from store.people_tables import Address, Invite
from words.message import say
from words.names import of_channel

PATH = "/can-bo"
# In words, whether it takes messages, and the channel with the words of its link where it may be said to be shared.
Reached = tuple[str, bool, str, str]


@dataclass(frozen=True)
class Who:
    """Somebody in one agency: by which channels they are reached, each in words.

    `away` is the last day of an absence (local), `quiet_until` that of a quiet. `screen` says how it stands with their
    way to these pages, "" for none; `is_off` that nobody used it for too long.
    """

    id: int
    name: str
    roles: tuple[str, ...]
    reached: bool
    channels: tuple[Reached, ...]
    away: date | None
    stand_in: str
    quiet: bool
    quiet_until: date | None
    screen: str
    is_off: bool


@dataclass(frozen=True)
class Waiting:
    """An invite that nobody used."""

    id: int
    name: str
    role: str
    until: datetime
    expired: bool


@dataclass(frozen=True)
class Quota:
    """How much of what a platform gives in a month is spent; `step` is 70 or 90 where so many hundredths are."""

    words: str
    then: str
    step: int | None


@dataclass(frozen=True)
class Group:
    """An agency with its people; `alone` says that nobody there is linked or invited."""

    id: str
    name: str
    people: tuple[Who, ...]
    invites: tuple[Waiting, ...]

    @property
    def alone(self) -> bool:
        """Whether there is nobody."""
        return not self.people and not self.invites


def show(asked: Asked) -> Response:
    """The board; a leader reads it and changes nothing."""
    office, session = asked.office, asked.session
    screens, reviewed = _to_the_screen(asked), reviewing.last(session)
    known, resting = people.addresses_by_person(session), ways.resting(session)
    found = board_of(asked.session, office, asked.now)

    def who(each: Linked) -> Who:
        number = each.person.id or 0
        # A telephone has a chat on a platform: a mailbox is nobody's duty phone.
        offers = each.person.duty_of is None and Role.OFFICER in {held.role for held in each.held}
        channels = tuple(_reached(asked, address, resting, offers=offers) for address in known.get(number, ()))
        return _who(asked, each, channels, screens.get(number, ("", False)))

    agencies = office.in_order({*found.agencies, *found.nobody})
    groups = [
        Group(
            each,
            office.agency_name(each),
            tuple(who(linked) for linked in found.linked.get(each, ())),
            tuple(_waiting(asked, invite) for invite in found.invites.get(each, ())),
        )
        for each in agencies
    ]
    return render(
        asked,
        "people.html",
        groups=groups,
        count=found.count,
        invited=sum(len(each.invites) for each in groups),
        nobody=len(found.nobody),
        may=asked.viewer.is_admin,
        off=sum(1 for _, is_off in screens.values() if is_off),
        off_days=asked.desk.locks.off_after.days,
        review=reviewed,
        due=office.today(reviewed.due) if reviewed.due is not None else None,
        is_due=reviewed.is_due(asked.now),
        reviewer=_name(asked, reviewed.by),
        roles=invited_as(asked),
        quotas=list(_quotas(asked)),
        ways=list(inviting.open_ways(asked.session, asked.desk.ways)),
    )


def _quotas(asked: Asked) -> Iterator[Quota]:
    for channel, found in months.of(asked.session, asked.office, asked.now).items():
        for each in found:
            values = {"channel": of_channel(channel), **each.values}
            then = asked.t("desk_people.month_then", near=each.is_near, **values) if each.told_at else ""
            yield Quota(asked.t("desk_people.month", **values), then, each.told_at)


def invited_as(asked: Asked) -> list[tuple[str, str]]:
    """The roles that somebody can be invited in, with their names."""
    return [(role.value, asked.t(f"role.{role}")) for role in Role]


def revoking(asked: Asked) -> Response:
    """What is about to end, whole, before the press: a person's rights (`nguoi`) or an invite (`moi`)."""
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    person, invite = (forms.number_or_none(asked.query.get(each, "")) for each in ("nguoi", "moi"))
    if person is not None and (channel := asked.query.get("kenh", "")):
        return _sharing(asked, person, channel)
    if person is not None:
        held = people.memberships(asked.session, person)
        named = people.get(asked.session, person)
        no = why_not(asked.session, asked.office, person, asked.viewer.person_id)
        if named is None or not held:
            raise HTTPException(404)
        shown = no or asked.t("revoke.ask_person", name=named.name, roles=roles_of(asked.office, held))
        return _revoking(asked, "end-rights", "person", person, shown, may=no is None)
    row = invites.by_id(asked.session, invite, asked.now) if invite is not None else None
    if row is None:
        raise HTTPException(404)
    agency, role = asked.office.agency_name(row.agency_id), asked.t(f"role.{row.role}")
    shown = asked.t("revoke.ask_invite", agency=agency, role=role)
    return _revoking(asked, "revoke-invite", "invite", row.id or 0, shown, may=True)


def _sharing(asked: Asked, person: int, channel: str) -> Response:
    """That an account is a telephone that is shared, before the press: of a person (`nguoi`) on a channel (`kenh`)."""
    address = addresses.address_of(asked.session, person, channel)
    if address is None:
        raise HTTPException(404)
    agency, no = duty_phone.agency_of(asked.session, asked.office, address)
    name = duty_phone.name(asked.office, agency) if agency else ""
    shown = no or asked.t("duty.ask", channel=of_channel(channel), before=_name(asked, person), name=name)
    return render(
        asked, "revoking.html", act="share-on-duty", field="person", number=person, shown=say(shown), may=bool(agency),
        way_back=PATH, channel=channel, label=asked.t("duty.button"),
    )  # fmt: skip


def _revoking(asked: Asked, act: str, field: str, number: int, shown: str, *, may: bool) -> Response:
    values: dict[str, Any] = {
        "act": act,
        "field": field,
        "number": number,
        "shown": say(shown),
        "may": may,
        "way_back": PATH,
        "channel": "",
        "label": asked.t("button.revoke"),
    }
    return render(asked, "revoking.html", **values)


def _name(asked: Asked, number: int | None) -> str:
    found = people.get(asked.session, number) if number is not None else None
    return found.name if found is not None else ""


def _to_the_screen(asked: Asked) -> dict[int, tuple[str, bool]]:
    """By person, of those who have a passphrase: how it stands with it in words, and whether it opens nothing for want
    of use."""
    seen, text = desk_sessions.last_seen_by_person(asked.session), asked.t
    found = {}
    for person, key in desk_keys.every(asked.session).items():
        last = seen.get(person)
        if key.confirmed_at is None:
            found[person] = text("desk_people.screen_waits"), False
        elif attempts.is_off(asked.desk, key, last, asked.now):
            found[person] = text("desk_people.screen_off", since=last, days=asked.desk.locks.off_after.days), True
        else:
            found[person] = text("desk_people.screen_seen", since=last), False
    return found


def channel_words(asked: Asked, address: Address, resting: Mapping[str, datetime]) -> tuple[str, bool]:
    """How it stands with one way to a person; a channel that takes nothing from us is nobody's fault here."""
    away = resting.get(address.channel)
    words = asked.t(
        "desk_people.channel",
        channel=of_channel(address.channel),
        closed=address.unreachable_since is not None,
        since=address.unreachable_since,
        away=away,
    )
    return words, address.unreachable_since is None and away is None


def _reached(asked: Asked, address: Address, resting: Mapping[str, datetime], *, offers: bool) -> Reached:
    if not offers or "@" in address.user:
        return *channel_words(asked, address, resting), "", ""
    link = asked.t("duty.link", channel=of_channel(address.channel))
    return *channel_words(asked, address, resting), address.channel, link


def _who(asked: Asked, each: Linked, channels: tuple[Reached, ...], screen: tuple[str, bool]) -> Who:
    return Who(
        id=each.person.id or 0,
        name=each.person.name,
        roles=tuple(asked.t(f"role.{held.role}") for held in each.held),
        reached=each.is_reached,
        channels=channels,
        away=each.absence.last if each.absence else None,
        stand_in=each.stand_in.name if each.stand_in else "",
        quiet=each.quiet,
        quiet_until=each.quiet_until,
        screen=screen[0],
        is_off=screen[1],
    )


def _waiting(asked: Asked, row: Invite) -> Waiting:
    name, role = row.label or asked.t("people.nameless"), asked.t(f"role.{row.role}")
    return Waiting(row.id or 0, name, role, row.expires_at, row.expires_at <= asked.now)
