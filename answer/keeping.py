"""The files of a form become evidence one by one, under the rules of the chat; until an answer takes them they are its
person's, of nothing, and no other answer takes them by itself."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from answer.place import Place
from answer.uploads import Piecewise
from progress import uploaded
from progress.answering import CHANNEL, Opened
from progress.submit import Statement
from store import loose
from store.answer_tables import Evidence


def keep(place: Place, opened: Opened, said: Statement, files: Sequence[Piecewise], now: datetime) -> tuple[int, ...]:
    """Keeps each file in a transaction of its own, so that one at a time is in memory; gives their numbers."""
    found = []
    for file in files:
        file.file.seek(0)
        with place.store.unit() as session:
            office = place.office_of(session)
            source = f"{opened.source}:{secrets.token_hex(8)}"
            row = uploaded.keep(session, office, said, source, file.filename or "", file.file.read(), now)
            row.channel = CHANNEL
            loose.leave(session, [row], now)
            found.append(row.id or 0)
    return tuple(found)


def before_of(session: Session, opened: Opened, chosen: Sequence[int] | None = None) -> list[Evidence]:
    """What earlier tries with this link brought and no answer has taken; of these those `chosen`."""
    own = loose.with_source(session, opened.link.person_id, f"{opened.source}:")
    return [each for each in own if chosen is None or each.id in chosen]
