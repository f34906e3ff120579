"""An update of a message that came before: an edit, or the same one under another number, acts once at most."""

from dataclasses import dataclass

from sqlmodel import Session

from channels.base import Channel, Incoming, What
from channels.errors import UnreadableError
from store import inbox
from store.tables import Inbox


@dataclass(frozen=True)
class Before:
    """The message as it was read last, and whether any of its versions had an effect."""

    incoming: Incoming | None
    acted: bool

    def is_same(self, incoming: Incoming) -> bool:
        """Whether nothing that we read is new: a preview that was loaded, a reaction, a message brought twice."""
        last = self.incoming
        if last is None:
            return False
        return (last.text, [each.unique_id for each in last.files]) == (
            incoming.text,
            [each.unique_id for each in incoming.files],
        )


def identity(incoming: Incoming) -> str:
    """The message that an update is of, the same for each of its versions; "" for what is of none."""
    said = incoming.what in (What.MESSAGE, What.EDITED) and incoming.message_id is not None
    return f"{incoming.chat}:{incoming.message_id}" if said else ""


def look_back(session: Session, channel: Channel, incoming: Incoming, row: Inbox) -> Before | None:
    """What came of this message before this update of it; None where it is new, or nothing is known of it."""
    named = identity(incoming)
    earlier = inbox.versions(session, channel.name, named, row.id or 0) if named else []
    if not earlier:
        return None
    last = earlier[-1]
    return Before(_read(channel, last), any(each.acted for each in earlier))


def _read(channel: Channel, row: Inbox) -> Incoming | None:
    try:
        return channel.read(row.key, row.raw, row.received_at) if row.raw else None
    except UnreadableError:
        return None
