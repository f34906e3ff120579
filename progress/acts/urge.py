"""Đôn đốc: officers are urged about what their agencies owe, each once a day about each thing."""

from progress.acts.decisions import Urge, UrgeShown
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.items import code_of
from progress.urging import Addressee, Reach, of_rows, reach, step_of
from store import audit, deliveries, memory
from store.audit_actions import Action
from store.postings import Identity, Posting, to_person
from store.types import DeliveryKind
from words.message import say


def urge(scene: Scene, act: Urge) -> Outcome:
    """Messages are made when they leave, so that each says how things stand by then."""
    whom, office = reach(scene.session, scene.office, act.wanted, scene.now, asker=scene.actor.person_id), scene.office
    if not whom.addressees:
        return Outcome((say(office.text("urge.again", wanted=act.named)),), aside=True)
    for each in whom.addressees:
        _post(scene, act, each)
    _record(scene, act, whom)
    agencies = {row.agency_id for each in whom.addressees for row in each.rows}
    nobody = [office.agency_short(agency) for agency in office.in_order(whom.nobody)]
    sent = office.text("urge.sent", count=len(whom.addressees), agencies=office.in_order(agencies), nobody=nobody)
    later = "" if office.may_send(scene.now) else office.text("urge.goes", at=office.next_sending(scene.now))
    return Outcome((say(sent, later),))


def urge_shown(scene: Scene, act: UrgeShown) -> Outcome:
    """The same about obligations that were chosen one by one, named by their codes."""
    wanted = of_rows(scene.session, scene.office, act.rows)
    codes = dict.fromkeys(code_of(scene.office, row) for rows in wanted.rows.values() for row in rows)
    return urge(scene, Urge(act.said, ", ".join(codes), wanted))


def _post(scene: Scene, act: Urge, to: Addressee) -> None:
    today, person = scene.office.today(scene.now), to.person.id
    assert person is not None
    identity, why = Identity("urge", act.said.source, today, person), f"an admin urges: {act.named}"
    posting = Posting(DeliveryKind.URGE, why, identity, caused_by=scene.actor.person_id)
    row = deliveries.post(scene.session, to_person(to.address), posting, scene.now)
    # The same press again has posted it before.
    if row is not None:
        for owed in to.rows:
            memory.note(scene.session, person, owed.id or 0, owed.due, step_of(today), row.id)


def _record(scene: Scene, act: Urge, whom: Reach) -> None:
    audit.record(
        scene.session,
        Action.URGE_SENT,
        f"urge:{act.named}",
        scene.now,
        via=act.said.via,
        actor=scene.actor.person_id,
        people=[each.person.id for each in whom.addressees],
        obligations=sorted({row.id or 0 for each in whom.addressees for row in each.rows}),
    )
