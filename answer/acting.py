"""Does what a form says: the same act as from the chat, once for its link, with a receipt for the page and the chat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from answer import keeping
from answer.filled import Filled
from answer.place import Place
from desk.viewer import NOWHERE
from progress import about_files, acting_files, answering, confirmation, placing, review
from progress.acts.do import do
from progress.acts.outcomes import Outcome
from progress.acts.scene import Actor, Scene
from progress.answering import Opened
from progress.items import item_of
from progress.notifying import Notifier
from progress.roles import held
from progress.submit import BY_LINK, LASTING, Statement
from store import addresses, answer_links, deliveries, desk_presses, loose, obligations, submissions
from store.answer_tables import Evidence
from store.postings import Destination, Identity, Posting, to_person
from store.types import DeliveryKind
from words.message import Message, say
from words.office import Office


@dataclass(frozen=True)
class Done:
    """What came of a form: `replies` to show; whether it was `recorded`, or the link was used before (`late`)."""

    replies: tuple[Message, ...] = ()
    recorded: bool = False
    late: bool = False


def said_by(opened: Opened, now: datetime, words: str = "") -> Statement:
    """What a form says, as it would be recorded; a link says one thing."""
    return Statement(opened.link.person_id, now, opened.source, BY_LINK, words)


def carry_out(place: Place, opened: Opened, filled: Filled, now: datetime) -> Done:
    """Does it in a transaction of its own, uses the link up, and tells the person in the chat.

    What is refused uses nothing up: its words are shown, and the files that came stay with the link.
    """
    with place.store.unit() as session:
        fresh = answering.opened_by_id(session, place.office_of(session), opened.link.id or 0, now)
        if fresh is None or fresh.over is not None or not answer_links.use(session, fresh.link.id or 0, now):
            loose.let_go(session, keeping.before_of(session, opened, filled.kept))
            return Done(late=True)
        office = place.office_of(session).speaking(fresh.person.language)
        scene = _scene(session, office, fresh, now)
        files = keeping.before_of(session, fresh, filled.kept)
        loose.take_back(session, files)
        said = replace(said_by(fresh, now, filled.words), files=tuple(each.id or 0 for each in files))
        before = _last_event(session, fresh)
        outcome = do(scene, filled.act(said, fresh.row.id or 0))
        if _last_event(session, fresh) == before:
            session.rollback()
            return Done(outcome.replies)
        receipt = (*_receipt(scene, outcome, fresh), *_about(scene, files))
        desk_presses.keep(session, fresh.nonce, fresh.link.person_id, receipt, now)
        _tell(scene, outcome, fresh)
        for file in files:
            # As once the bytes of a file that came in the chat are here.
            review.flag_reuse(session, office, file, now)
            acting_files.warn_sender(session, office, file, now)
    return Done(receipt, recorded=True)


def receipt_of(session: Session, opened: Opened) -> tuple[Message, ...]:
    """What was answered to the form that used a link up."""
    row = desk_presses.get(session, opened.nonce)
    return desk_presses.replies_of(row) if row is not None else ()


def _scene(session: Session, office: Office, opened: Opened, now: datetime) -> Scene:
    person, number = opened.person, opened.link.person_id
    roles, agencies = held(session, number, office.today(now))
    carrier = deliveries.get(session, opened.link.delivery_id)
    address = addresses.reached_at(session, number, carrier.channel if carrier is not None else "")
    here = to_person(address) if address is not None else Destination(NOWHERE, "", number)
    # Who is reached nowhere is confirmed to on the page alone.
    return Scene(session, office, Actor(number, person.name, roles, agencies, here), now, together=address is None)


def _last_event(session: Session, opened: Opened) -> int | None:
    return max((each.id or 0 for each in obligations.events_of(session, opened.row.id or 0)), default=None)


def _receipt(scene: Scene, outcome: Outcome, opened: Opened) -> tuple[Message, ...]:
    """What the act says; of an answer, whose confirmation goes to the chat, its short form."""
    made = submissions.by_source(scene.session, opened.source)
    item = item_of(scene.office, opened.row)
    if outcome.replies or made is None or item is None:
        return outcome.replies
    return (confirmation.short(scene.session, scene.office, item, made),)


def _about(scene: Scene, files: Sequence[Evidence]) -> tuple[Message, ...]:
    """Which files came, what is to be said of those that were not taken or may run something, and who hears of it."""
    office, named = scene.office, placing.in_words(scene.office, files)
    words = [
        office.text("answer_page.files_came", files=named) if named else "",
        about_files.about(scene.session, office, files),
        acting_files.in_words(office, files),
        office.text("answer_page.told_too") if scene.actor.here.channel != NOWHERE else "",
    ]
    return (say(*words),) if any(words) else ()


def _tell(scene: Scene, outcome: Outcome, opened: Opened) -> None:
    """The person hears in the chat what was said in their name, and others what they hear of it from the chat."""
    office, here = scene.office, scene.actor.here
    notifier = Notifier(scene.session, office, opened.person, here.channel, scene.now)
    lasting = opened.row.kind in LASTING or not any(each.buttons for each in outcome.replies)
    told = confirmation.by_link(office, BY_LINK, scene.now, lasting=lasting)
    for number, reply in enumerate(outcome.replies if here.channel != NOWHERE else (), 1):
        message = replace(reply, parts=(*reply.parts, told))
        identity = Identity("by-link", f"{opened.link.id}:{number}")
        why = f"answers what link {opened.link.id} said"
        notifier.send(here, Posting(DeliveryKind.ANSWER, why, identity, message, opened.row.id))
    for each in outcome.notices:
        notifier.tell_of(each)
