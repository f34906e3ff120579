"""Does an act that a form stands for: as from the chat, once for its nonce, with its replies for the page.

The same `progress.acts.do` with the same rights; others hear of it in their chats. What the chat would have answered
is shown on the page, and a question that an act puts is answered on the form.
"""

from dataclasses import dataclass
from datetime import datetime

from desk.desk import Desk
from desk.viewer import Viewer, viewer_of
from progress.acts.do import do
from progress.acts.scene import Scene
from progress.acts.values import AnyAct
from progress.notifying import Notifier
from progress.submit import Statement
from reports.story.events_in_words import ON_SCREEN
from store import desk_presses, people
from words.message import Message


@dataclass(frozen=True)
class Done:
    """What came of a form: `replies` to show, and whether words are still `missing`, in which case nothing was done
    and the same form may be sent again."""

    replies: tuple[Message, ...]
    missing: bool = False


def said_here(viewer: Viewer, nonce: str, now: datetime, note: str = "") -> Statement:
    """What a form says, as it would be recorded; a form sent twice says it once."""
    return Statement(viewer.person_id, now, f"desk:{nonce}", ON_SCREEN, note)


def carry_out(desk: Desk, viewer: Viewer, act: AnyAct, nonce: str, now: datetime) -> Done:
    """Does an act in a transaction of its own; a nonce that did something before shows the same replies again.

    Who acts is read anew: a role that ended meanwhile decides nothing.
    """
    with desk.store.unit() as session:
        before = desk_presses.get(session, nonce)
        if before is not None:
            return Done(desk_presses.replies_of(before) if before.person_id == viewer.person_id else ())
        office = desk.office_of(session)
        fresh = viewer_of(session, viewer.person_id, viewer.session, office.today(now), desk.channel)
        if fresh is None:
            return Done(())
        office = office.speaking(fresh.language)
        # Together: what would be confirmed in a message of its own is said here.
        outcome = do(Scene(session, office, fresh.actor, now, together=True), act)
        if outcome.waits is not None:
            return Done(outcome.replies, missing=True)
        by = people.get(session, fresh.person_id)
        notifier = Notifier(session, office, by, fresh.here.channel, now)
        for told in outcome.notices:
            notifier.tell_of(told)
        desk_presses.keep(session, nonce, fresh.person_id, outcome.replies, now)
    return Done(outcome.replies)
