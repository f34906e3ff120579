"""Somebody who is linked gets a further way: a code to be typed, or one that goes to an address of mail."""

from plan.people import Role
from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.rights import GiveWay
from progress.acts.scene import Scene
from progress.mail_addresses import Named, Naming, name_address
from store import addresses, invites, people, settings
from store.invites import Typed
from store.people_tables import Person
from store.postings import Identity
from words import invite_codes
from words.message import say
from words.names import of_channel


def why_not(scene: Scene, act: GiveWay) -> str | None:
    """Why no way is given, in words; None where one is.

    An admin vouches for who has lost their only way. Another admin gets theirs at the machine, so that nobody takes the
    place of a second one.
    """
    text, own = scene.office.text, act.person == scene.actor.person_id
    if not own and Role.ADMIN not in scene.actor.roles:
        return text("access.denied", who=text(f"role.{Role.ADMIN}"))
    person = people.get(scene.session, act.person)
    roles = {each.role for each in people.memberships(scene.session, act.person)} if person is not None else set()
    if person is None or not roles:
        return text("ways.whose", channels=[*map(of_channel, scene.office.channels)])
    if Role.ADMIN in roles and not own:
        mentioned = people.mentioned(person)
        return text("ways.of_admin", person=mentioned, number=person.id, channel=act.channel)
    return None


def give(scene: Scene, act: GiveWay) -> Outcome:
    """The code for who acts, or that it is on its way to the address; whose way it will be hears of it where they are
    reached."""
    if (no := why_not(scene, act)) is not None:
        return Outcome((say(no),))
    person = people.get(scene.session, act.person)
    assert person is not None
    return _to_address(scene, act, person) if act.address else _code(scene, act, person)


def _code(scene: Scene, act: GiveWay, person: Person) -> Outcome:
    typed = Typed(scene.office.invite_key(), act.channel)
    me = scene.actor.person_id
    code = invites.make_for_way(scene.session, act.person, me, scene.now, via=act.said.via, typed=typed)
    words = scene.office.text(
        "ways.code",
        channel=of_channel(act.channel),
        person="" if act.person == me else people.mentioned(person),
        days=invites.INVITE_DAYS,
        bot=settings.bot_name(scene.session, act.channel) or "",
        code=invite_codes.shown(code),
        replaces=addresses.address_of(scene.session, act.person, act.channel) is not None,
    )
    return Outcome((say(words),), _told(scene, act))


def _to_address(scene: Scene, act: GiveWay, person: Person) -> Outcome:
    me = scene.actor.person_id
    naming = Naming(act.person, me, act.said.via, act.channel)
    came = name_address(scene.session, scene.office, naming, act.address, scene.now)
    # Whose an address is that somebody else has is nobody's business.
    words = scene.office.text(
        f"mail_address.{came}", address=act.address, own=act.person == me, name=people.mentioned(person)
    )
    return Outcome((say(words),), _told(scene, act) if came is Named.SENT else ())


def _told(scene: Scene, act: GiveWay) -> tuple[ToPerson, ...]:
    """Somebody reads, where they are reached, that an admin made a code for their account."""
    if act.person == scene.actor.person_id:
        return ()
    text = scene.office.text(
        "ways.told_of_code",
        by=people.named(scene.session, scene.office.agency_short, scene.actor.person_id),
        channel=of_channel(act.channel),
        compiler=scene.office.compiler_name,
    )
    identity = Identity("way-code", act.said.source)
    return (ToPerson(act.person, text, "an admin made a code for their account", identity, None, unasked=True),)
