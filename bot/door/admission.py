"""What strangers send is cut, and taken so often only, before it is written: nobody fills the disk from outside."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from channels.base import Channel
from store import people, rates
from store.rates import Limit

# Twenty at once and then one in three seconds: an invite needs two, and every answer beyond a few is silence anyway.
WRITTEN = Limit(3.0, 20)
# Of their words so much is kept until they are answered: the longest invite has 60 letters.
LETTERS = 300


def admitted(
    session: Session, channel: Channel, updates: Sequence[tuple[str, str]], now: datetime
) -> list[tuple[str, str]]:
    """The raw updates to be kept, as (key, JSON): those of linked people whole, a stranger's short, and not all."""
    found = []
    for key, raw in updates:
        user = channel.sender(raw)
        if user is None or people.by_user(session, channel.name, user) is not None:
            found.append((key, raw))
        elif rates.allow(session, rates.share_of(channel.name, "written", user), WRITTEN, now):
            found.append((key, channel.shortened(raw, LETTERS)))
    return found
