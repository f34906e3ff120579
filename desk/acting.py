"""Does an act that a form stands for: as from the chat, once for its nonce, with its replies for the page.

The same `progress.acts.do` with the same rights; others hear of it in their chats. What the chat would have answered
is shown on the page, and a question that an act puts is answered on the form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session
from starlette.exceptions import HTTPException

from desk.desk import Desk
from desk.uploads import Upload
from desk.viewer import Viewer, viewer_of
from progress import about_files, acting_files, uploaded
from progress.acts.do import do
from progress.acts.scene import Scene
from progress.acts.values import AnyAct
from progress.notifying import Notifier
from progress.submit import Statement
from reports.story.events_in_words import ON_SCREEN
from store import desk_presses, people, room
from store.answer_tables import Evidence
from words.message import Message, say
from words.office import Office


@dataclass(frozen=True)
class Done:
    """What came of a form: `replies` to show, and whether words are still `missing`, in which case nothing was done
    and the same form may be sent again."""

    replies: tuple[Message, ...]
    missing: bool = False


def said_here(viewer: Viewer, nonce: str, now: datetime, note: str = "") -> Statement:
    """What a form says, as it would be recorded; a form sent twice says it once."""
    return Statement(viewer.person_id, now, f"desk:{nonce}", ON_SCREEN, note)


def carry_out(desk: Desk, viewer: Viewer, act: AnyAct, nonce: str, now: datetime, files: Sequence[Upload] = ()) -> Done:
    """Does an act in a transaction of its own; a nonce that did something before shows the same replies again.

    Who acts is read anew: a role that ended meanwhile decides nothing. `files` are kept as evidence that came with what
    was said. Raises HTTPException(507) where there is no room for them.
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
        kept = _kept(session, office, act.said, files, now)
        if kept:
            act = replace(act, said=replace(act.said, files=tuple(row.id or 0 for row in kept)))
        # Together: what would be confirmed in a message of its own is said here.
        outcome = do(Scene(session, office, fresh.actor, now, together=True), act)
        if outcome.waits is not None:
            # The files are asked for again with the words.
            if kept:
                session.rollback()
            return Done(outcome.replies, missing=True)
        by = people.get(session, fresh.person_id)
        notifier = Notifier(session, office, by, fresh.here.channel, now)
        for told in outcome.notices:
            notifier.tell_of(told)
        replies = (*outcome.replies, *_about(session, office, kept))
        desk_presses.keep(session, nonce, fresh.person_id, replies, now)
    return Done(replies)


def _kept(session: Session, office: Office, said: Statement, files: Sequence[Upload], now: datetime) -> list[Evidence]:
    if files and room.look(session, office.free_bytes, office.most_bytes).lack is not None:
        raise HTTPException(507)
    return [
        uploaded.keep(session, office, said, f"{said.source}#{number}", file.name, file.data, now)
        for number, file in enumerate(files)
    ]


def _about(session: Session, office: Office, files: Sequence[Evidence]) -> tuple[Message, ...]:
    """What is to be said of files that were not taken, or may run something."""
    words = [about_files.about(session, office, files), acting_files.in_words(office, files)]
    return (say(*words),) if any(words) else ()
