"""/channels: by which ways a person is reached, which comes first, a further one by a code, and one that goes."""

import re
from collections.abc import Sequence

from bot.carry_out import carry_out
from bot.people import duty_phones, mail
from bot.turn import Turn
from bot.which import order, owed
from plan.people import Role
from progress.acts.rights import GiveWay
from store import addresses, handles, people, ways
from store.people_tables import Address, Person
from words import hours
from words.codes import fold
from words.hours import SHORTEST_H
from words.message import Button
from words.names import of_channel

# Of a way that is there already: the account on it is another one from now on.
ANEW = frozenset({"moi", "may moi", "sim moi", "doi may", "thay may", "doi sim", "new"})
DUTY = frozenset({"may truc", "may truc dung chung", "may dung chung", "duty"})
GONE = frozenset({"bo", "go", "xoa", "thoi", "remove", "off"})
HOURS = re.compile(r"^(?:giờ|gio|hours)\b\s*(.*)$", re.IGNORECASE | re.DOTALL)
SOMEBODY = re.compile(r"^(?:p\s*(\d{1,9})|@(\S+))\s+(.*)$", re.IGNORECASE)


def show(turn: Turn, rest: str) -> None:
    """/channels; /channels zalo puts it first, or gives a code where it is not linked; /channels zalo new gives one for
    another account, /channels remove zalo lets it go; an admin's /channels P12 zalo gives a code for somebody else. In
    the place of a channel an address of mail may stand. /channels hours 8:00-17:00: when others' doings are told.
    /channels duty, an admin's /channels P12 zalo duty: that account is a telephone that is shared."""
    words = " ".join(fold(rest).split()).strip(" .")
    if words in DUTY:
        duty_phones.share_own(turn)
        return
    if not words:
        turn.answer(_list(turn), buttons=_choices(turn))
    elif (match := HOURS.match(rest.strip())) is not None:
        _hours(turn, match[1])
    elif (named := SOMEBODY.match(order.person_first(rest).strip())) is not None:
        _vouch(turn, _named(turn, named), named[3])
    elif "@" in rest:
        mail.name_for(turn, owed.said_now(turn, rest), turn.person_id, rest)
    elif (channel := _channel(turn, words)) is None:
        turn.answer(turn.text("ways.which", wanted=rest.strip(), channels=[*map(of_channel, turn.office.channels)]))
    else:
        _do(turn, channel, " ".join(each for each in words.split() if turn.office.typed_on.get(each, each) != channel))


def _do(turn: Turn, channel: str, verb: str) -> None:
    address = addresses.address_of(turn.session, turn.person_id, channel)
    if verb in GONE and address is not None:
        _remove(turn, address)
    elif channel == turn.office.letters_on and (address is None or verb in ANEW):
        turn.answer(turn.text("mail_address.which"))
    elif address is None or verb in ANEW:
        carry_out(turn, GiveWay(owed.said_now(turn, verb), turn.person_id, channel))
    else:
        _choose(turn, address)


def _list(turn: Turn) -> str:
    """Each way a line, the one first that is used for what nobody here asked for."""
    used, rests = addresses.reached_at(turn.session, turn.person_id, ""), ways.resting(turn.session)
    lines = [
        turn.text(
            "ways.line",
            channel=of_channel(each.channel),
            at=each.linked_at,
            closed=each.unreachable_since is not None,
            since=each.unreachable_since,
            away=rests.get(each.channel),
            used=used is not None and used.id == each.id,
        )
        for each in addresses.addresses_of(turn.session, turn.person_id)
    ]
    chosen = hours.of_kept(turn.person.hours if turn.person is not None else None)
    shared = turn.person.name if turn.person is not None and turn.person.duty_of is not None else ""
    return turn.text("ways.list", shared=shared, lines=lines, hours=[f"{each:%H:%M}" for each in chosen or ()])


def _hours(turn: Turn, words: str) -> None:
    """Keeps the hours in which this person is told of what others did; without them they are the office's."""
    found, gone = hours.read(words), fold(words).strip(" .") in GONE
    person = turn.person
    if person is None or not (found or gone):
        turn.answer(turn.text("ways.hours_which", hours=SHORTEST_H))
        return
    person.hours = hours.kept(found) if found else None
    turn.session.add(person)
    if found:
        turn.answer(turn.text("ways.hours_set", first=found[0], last=found[1]))
    else:
        turn.answer(turn.text("ways.hours_gone", first=turn.office.begins_at))


def _choices(turn: Turn) -> Sequence[Sequence[Button]]:
    """What may come first in the place of what does, and what may be added."""
    found = addresses.addresses_of(turn.session, turn.person_id)
    first, linked = found[0].channel if found else "", {each.channel for each in found}
    buttons = []
    for each in turn.office.channels:
        if each == first:
            continue
        key = "ways.first_button" if each in linked else "ways.add_button"
        buttons.append([Button(turn.text(key, channel=of_channel(each)), f"/channels {each}")])
    return buttons


def _channel(turn: Turn, words: str) -> str | None:
    """The channel of the office that is named among the words."""
    said = {turn.office.typed_on.get(word, word) for word in words.split()}
    return next((each for each in turn.office.channels if each in said), None)


def _choose(turn: Turn, address: Address) -> None:
    channel = of_channel(address.channel)
    if address.unreachable_since is not None:
        turn.answer(turn.text("ways.closed", channel=channel, since=address.unreachable_since))
        return
    ways.choose(turn.session, address, turn.office.channel_order, turn.now, via=turn.via)
    turn.answer(turn.text("ways.chosen", channel=channel))


def _remove(turn: Turn, address: Address) -> None:
    others = ways.open_ones(turn.session, turn.person_id, but=(address.channel,))
    channel = of_channel(address.channel)
    if not others:
        turn.answer(turn.text("ways.only_one", channel=channel))
        return
    ways.remove(turn.session, address, turn.now, via=turn.via, by=turn.person_id)
    turn.answer(turn.text("ways.removed", channel=channel, channels=[of_channel(each.channel) for each in others]))


def _named(turn: Turn, match: re.Match[str]) -> Person | None:
    if match[1]:
        return people.get(turn.session, int(match[1]))
    return handles.owner(turn.session, turn.incoming.channel, match[2])


def _vouch(turn: Turn, person: Person | None, words: str) -> None:
    """An admin gives a code for somebody whose first way is closed to them."""
    channel = turn.office.letters_on if "@" in words else _channel(turn, " ".join(fold(words).split()))
    if Role.ADMIN in turn.roles and (person is None or channel is None):
        turn.answer(turn.text("ways.whose", channels=[*map(of_channel, turn.office.channels)]))
        return
    number, said = (person.id if person is not None else None) or 0, owed.said_now(turn, words)
    is_shared = Role.ADMIN in turn.roles and fold(words).strip(" .").endswith(tuple(DUTY))
    if is_shared and person is not None and channel is not None:
        duty_phones.share_of(turn, person, channel, sure="co " in f"{fold(words)} ")
    elif channel == turn.office.letters_on:
        mail.name_for(turn, said, number, words)
    else:
        carry_out(turn, GiveWay(said, number, channel or ""))
