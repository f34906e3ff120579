"""What is not whole yet waits a moment: an album's words for its pictures, a text that a phone split for its end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from channels.base import ChatKind, Incoming, What
from channels.errors import UnreadableError
from store import inbox, submissions
from store.tables import Inbox

# The pictures of an album come one by one within a second; those of a group wait for the words that say whose they are.
PICTURE_WAITS, WORDS_WAIT = timedelta(seconds=2), timedelta(seconds=3)
# A phone cuts what is longer than its platform takes, at a word where it can: the piece before is nearly as long.
NEARLY = 96
REST_WAITS = timedelta(seconds=4)
Read = Callable[[Inbox], Incoming]
"""What an update says; raises UnreadableError."""


def until(session: Session, row: Inbox, incoming: Incoming, read: Read, now: datetime, most: int) -> datetime | None:
    """Until when (UTC) an update waits for what belongs to it; None where it is whole, or has waited already."""
    if incoming.what is not What.MESSAGE:
        return None
    own = row.received_at + _waits(incoming, most)
    # A clock that was set back is no reason to keep anything waiting.
    waits = [own] if now < own <= now + REST_WAITS else []
    return max((*waits, *_before(session, row, incoming, read, now, most)), default=None)


def _waits(incoming: Incoming, most: int) -> timedelta:
    if incoming.album is not None and incoming.files:
        if incoming.text.strip() and incoming.addressed:
            return WORDS_WAIT
        return PICTURE_WAITS if _may_be_ours(incoming) else timedelta(0)
    return REST_WAITS if _is_split(incoming, most) else timedelta(0)


def _before(
    session: Session, row: Inbox, incoming: Incoming, read: Read, now: datetime, most: int
) -> Iterator[datetime]:
    """Until when the beginning waits of a text, or of several, by the same person in the same chat."""
    for each in inbox.held(session, row.channel, now):
        if (each.id or 0) < (row.id or 0) and each.not_before is not None:
            first = _read(read, each)
            if first is not None and _is_split(first, most) and _by_the_same(first, incoming):
                yield each.not_before


def rest_of(session: Session, row: Inbox, incoming: Incoming, read: Read, most: int) -> list[tuple[Inbox, Incoming]]:
    """The updates that go on with a text that a phone split, in their order."""
    found: list[tuple[Inbox, Incoming]] = []
    last = incoming
    if not _is_split(incoming, most):
        return found
    for each in inbox.new_after(session, row):
        part = _read(read, each)
        if part is None or not _goes_on(last, part):
            continue
        found.append((each, part))
        last = part
        if not _is_split(part, most):
            break
    return found


def more_is_coming(rest: Sequence[tuple[Inbox, Incoming]], now: datetime, most: int) -> datetime | None:
    """Until when (UTC) a text waits whose last piece so far is as long as a piece can be; None where it is whole."""
    if not rest or not _is_split(rest[-1][1], most):
        return None
    ends = rest[-1][0].received_at + REST_WAITS
    return ends if now < ends <= now + REST_WAITS else None


def joined(incoming: Incoming, rest: Sequence[tuple[Inbox, Incoming]], most: int) -> Incoming:
    """The whole of a text, under the identity of its beginning; cut inside a word it is put together again."""
    text = incoming.text
    for _, part in rest:
        text += ("" if len(text) % most == 0 else "\n") + part.text
    return replace(incoming, text=text)


def with_its_album(session: Session, row: Inbox, incoming: Incoming, read: Read) -> Incoming:
    """A picture in a group that belongs to words which were said to us is said to us as well."""
    if not _may_be_ours(incoming):
        return incoming
    others = (_read(read, each) for each in inbox.new_after(session, row, from_the_first=True))
    same = [each for each in others if each is not None and _by_the_same(each, incoming)]
    ours = any(each.album == incoming.album and each.addressed for each in same)
    known = submissions.album_person(session, f"{incoming.channel}:{incoming.album}")
    return replace(incoming, addressed=ours or known == incoming.user)


def _may_be_ours(incoming: Incoming) -> bool:
    is_picture = incoming.album is not None and bool(incoming.files) and not incoming.text.strip()
    return is_picture and incoming.chat_kind is ChatKind.GROUP and not incoming.addressed


def _is_split(incoming: Incoming, most: int) -> bool:
    """Whether a text is so long that its end may come in a message of its own."""
    return incoming.what is What.MESSAGE and not incoming.files and len(incoming.text) >= most - NEARLY


def _goes_on(last: Incoming, part: Incoming) -> bool:
    plain = part.what is What.MESSAGE and not part.files and bool(part.text) and part.forwarded == last.forwarded
    return plain and part.reply_to is None and _by_the_same(last, part) and _number(part) == _number(last) + 1 > 0


def _by_the_same(one: Incoming, other: Incoming) -> bool:
    return (one.chat, one.user) == (other.chat, other.user)


def _number(incoming: Incoming) -> int:
    number = incoming.message_id or ""
    return int(number) if number.isdecimal() else -1


def _read(read: Read, row: Inbox) -> Incoming | None:
    try:
        return read(row)
    except UnreadableError:
        return None
