"""A further way to a person who is linked: the code that they or an admin made, the notice, the consent."""

from bot.people import papers
from bot.turn import Turn, keep_handle
from store import addresses, consents, people, ways
from store.people_tables import Address, Invite, Person
from store.postings import Destination, Identity, Posting, notice, to_person
from store.types import DeliveryKind
from words.consent import EDITION
from words.message import plain, say
from words.names import of_channel


def refused(turn: Turn, invite: Invite) -> str | None:
    """Why this account cannot be the way; None where it can. A code works while its person has a role."""
    person = people.get(turn.session, invite.person_id or 0)
    if person is None or not people.memberships(turn.session, person.id or 0):
        return turn.text("start.bad_code", compiler=turn.office.compiler_name)
    known = people.by_user(turn.session, turn.incoming.channel, turn.incoming.user)
    if known is None:
        return None
    key = "ways.already" if known[0].id == person.id else "ways.taken"
    return turn.text(key, channel=of_channel(turn.incoming.channel), compiler=turn.office.compiler_name)


def offer(turn: Turn, invite: Invite) -> str:
    """What stands above the notice: whose account it will be a way to."""
    person = people.get(turn.session, invite.person_id or 0)
    return turn.text("ways.offer", channel=of_channel(turn.incoming.channel), person=people.mentioned(person))


def link(turn: Turn, invite: Invite, shown: str) -> int:
    """Makes this account a way to the person of a code that is used up, tells all of them, and gives the person."""
    person, incoming = people.get(turn.session, invite.person_id or 0), turn.incoming
    assert person is not None
    assert person.id is not None
    address = Address(
        person_id=person.id,
        channel=incoming.channel,
        user=incoming.user,
        chat=incoming.chat,
        linked_at=turn.now,
        rank=ways.rank(turn.office.channel_order, incoming.channel),
    )
    left = ways.add(turn.session, address, turn.now, via=turn.via, by=invite.made_by)
    consents.agree(turn.session, person.id, plain(shown), EDITION, turn.now)
    turn.person, turn.address = person, addresses.address_of(turn.session, person.id, incoming.channel)
    turn.office = turn.office.speaking(person.language)
    keep_handle(turn)
    _say(turn, person, person.id, left)
    return person.id


def _say(turn: Turn, person: Person, number: int, left: str | None) -> None:
    channel = turn.incoming.channel
    used = addresses.reached_at(turn.session, number, "")
    words = {"channel": of_channel(channel), "word": channel, "compiler": turn.office.compiler_name}
    first = used is None or used.channel == channel
    person_name, used_name = people.mentioned(person), "" if first or used is None else of_channel(used.channel)
    turn.answer(turn.text("ways.linked", person=person_name, used=used_name, **words), papers.before(turn))
    told = Posting(
        DeliveryKind.ANSWER, "an account lost its place to another", None, say(turn.text("ways.left", **words))
    )
    if left is not None and left != turn.incoming.chat:
        # Whose chat it was is told there, and it is nobody's from now on.
        turn.send(Destination(channel, left), told)
    tell_elsewhere(turn, person, channel, moved=left is not None)


def tell_elsewhere(turn: Turn, person: Person, channel: str, *, moved: bool = False) -> None:
    """Says on a person's other ways, but where this is said, that one was linked, or `moved` to another account."""
    text = turn.office.speaking(person.language).text(
        "ways.linked_elsewhere",
        moved=moved,
        channel=of_channel(channel),
        word=channel,
        compiler=turn.office.compiler_name,
    )
    for each in ways.open_ones(turn.session, person.id or 0, but={channel, turn.incoming.channel}):
        identity = Identity("way-linked", f"{turn.update}:{each.channel}", person_id=person.id)
        turn.send(to_person(each), notice(identity, text, "a further way was linked"))
