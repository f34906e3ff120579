"""An account becomes the telephone that an agency's people share when they are on duty."""

from progress import duty_phone
from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.rights import ShareOnDuty
from progress.acts.scene import Scene
from store import addresses, duty, memory, obligations, people
from store.postings import Identity
from words.message import say
from words.names import of_channel


def share(scene: Scene, act: ShareOnDuty) -> Outcome:
    """It is called by the agency from now on, and whoever reports on it says who they are; its own chat reads what that
    means. What was said on it before stays under the name that it had."""
    session, office = scene.session, scene.office
    address = addresses.address_of(session, act.person, act.channel)
    agency, no = duty_phone.agency_of(session, office, address)
    if address is None or not agency:
        return Outcome((say(no),))
    before, name = people.mentioned(people.get(session, act.person)), duty_phone.name(office, agency)
    me = scene.actor.person_id
    phone = duty.make(session, address, (agency, name), scene.now, via=act.said.via, by=me)
    open_ones = obligations.of_agencies(session, [agency])
    # What the agency was reminded of on this telephone is not said again.
    memory.inherit(session, act.person, phone, [each.id for each in open_ones if each.id is not None])
    told = office.text("duty.told", name=name)
    if act.person == me:
        return Outcome((say(told),), is_over=True)
    notice = ToPerson(phone, told, "their telephone is a shared one", Identity("duty", act.said.source), None)
    made = office.text("duty.made", before=before, name=name, channel=of_channel(act.channel))
    return Outcome((say(made),), (notice,), is_over=True)
