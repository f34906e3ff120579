"""The outbox: a message is a row before it is sent, is claimed under a lease, and ends with a receipt or a reason."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, text, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from store import languages
from store.postings import Destination, Identity, Posting, continuation, destination_of
from store.tables import GIVEN_UP, UNREPORTED, Delivery
from store.types import REMINDING, DeliveryKind, DeliveryState
from words.languages import message_in, typed_in
from words.message import Message

PRIORITY = {
    DeliveryKind.ANSWER: 0,
    DeliveryKind.CONFIRMATION: 0,
    DeliveryKind.NOTICE: 1,
    DeliveryKind.DIGEST: 2,
    DeliveryKind.SNOOZE: 2,
    DeliveryKind.URGE: 2,
    DeliveryKind.HEAD: 2,
    DeliveryKind.WEEKLY: 2,
}
# What the office begins by itself leaves in the sending windows only.
IN_WINDOWS = tuple(kind for kind, priority in PRIORITY.items() if priority > 1)
OPEN = (DeliveryState.DUE, DeliveryState.IN_DOUBT)
# Word for word the condition of the index `delivery_due`: without it every look reads all that was ever sent.
UNSETTLED = "state IN ('due', 'in_doubt', 'sending')"
# Asked for every digest and every message, so made once.
_BY_IDENTITY = select(Delivery).where(Delivery.identity == bindparam("key"))
_EXISTS = select(Delivery.id).where(Delivery.identity == bindparam("key"))
_UNREPORTED = (
    select(Delivery)
    .where(text(UNREPORTED), or_(col(Delivery.person_id).is_not(None), Delivery.kind == DeliveryKind.WEEKLY))
    .order_by(col(Delivery.id))
)
_NUMBERS = columns(col(Delivery.id), col(Delivery.identity)).where(
    col(Delivery.identity).in_(bindparam("keys", expanding=True))
)
_UNSETTLED_DIGESTS = (
    select(Delivery)
    .where(col(Delivery.person_id).in_(bindparam("persons", expanding=True)), Delivery.kind == DeliveryKind.DIGEST)
    .where(col(Delivery.state).in_((*OPEN, DeliveryState.SENDING)))
    # The rest of one that was cut into pages is a message of its own.
    .where(or_(col(Delivery.body).is_(None), col(Delivery.first_id).is_(None)))
    .order_by(col(Delivery.id))
)


def post(session: Session, to: Destination, posting: Posting, now: datetime) -> Delivery | None:
    """Puts a message into the outbox; None, and nothing made, where its identity was there before.

    To a person's own chat it goes in that person's language. It is kept whole: who sends it knows how much its channel
    takes at once. Looks before it adds (one writer: store.engine).
    """
    if posting.identity is not None and exists(session, posting.identity):
        return None
    row = Delivery(**_columns(session, to, posting, now))
    session.add(row)
    session.flush()
    return row


def post_new(session: Session, postings: Sequence[tuple[Destination, Posting]], now: datetime) -> list[int | None]:
    """The same for several in one statement, of which it is known that none was there before; gives their numbers.

    Raises ValueError where one has no identity.
    """
    rows = [_columns(session, to, posting, now) for to, posting in postings]
    keys = [row["identity"] for row in rows]
    if None in keys:
        raise ValueError("a message of several needs an identity")
    session.flush()
    if not rows:
        return []
    session.connection().execute(insert(Delivery), rows)
    found = session.connection().execute(_NUMBERS, {"keys": keys})
    numbers: dict[str | None, int | None] = {key: number for number, key in found}
    return [numbers[key] for key in keys]


def _columns(session: Session, to: Destination, posting: Posting, now: datetime) -> dict[str, Any]:
    message = posting.message
    if message is not None and to.person_id is not None:
        message = message_in(message, languages.language_at(session, to.person_id, to.channel, to.chat))
    identity = posting.identity or Identity("")
    return {
        "created_at": now,
        "kind": posting.kind,
        "priority": PRIORITY[posting.kind],
        "why": posting.why,
        "identity": posting.identity.key if posting.identity else None,
        "occasion": identity.occasion,
        "day": identity.day,
        "page": identity.page,
        "caused_by": posting.caused_by,
        "person_id": to.person_id,
        "channel": to.channel,
        "chat": to.chat,
        "in_group": to.in_group,
        "topic": to.topic,
        "reply_to": posting.reply_to,
        "obligation_id": posting.obligation_id,
        "submission_id": posting.submission_id,
        "body": typed_in(message).to_json() if message is not None else None,
        "not_before": posting.not_before or now,
        "doubts": posting.doubts,
    }


def post_next_page(session: Session, row: Delivery, message: Message | None, now: datetime) -> Delivery | None:
    """Puts the page after a row's into the outbox, right behind it; None where it is there.

    Without a message it is made when it is sent, like the first.
    """
    why, identity = f"continues delivery {row.id}", continuation(row)
    about, answered = (row.obligation_id, row.submission_id) if message is not None else (None, None)
    posting = Posting(DeliveryKind(row.kind), why, identity, message, about, answered, caused_by=row.caused_by)
    following = post(session, destination_of(row), posting, now)
    if following is not None:
        following.first_id, following.priority = row.first_id or row.id, row.priority
        # What was made before and is cut in two only now bears the mark on both.
        following.doubts = row.doubts if message is not None else 0
        session.add(following)
        session.flush()
    return following


def first_page(session: Session, row: Delivery) -> Delivery:
    """The row of the first page, which holds what a message is about."""
    return (session.get(Delivery, row.first_id) if row.first_id else None) or row


def exists(session: Session, identity: Identity) -> bool:
    """Whether a message with this identity was ever made."""
    session.flush()
    return session.connection().execute(_EXISTS, {"key": identity.key}).first() is not None


def known(session: Session, identities: Iterable[Identity]) -> set[str]:
    """The keys of those identities with which a message was ever made."""
    keys = [each.key for each in identities]
    session.flush()
    found = session.connection().execute(_NUMBERS, {"keys": keys}) if keys else ()
    return {str(key) for _, key in found}


def was_sent(session: Session, identity: Identity) -> bool:
    """Whether the message of this identity has left."""
    row = by_identity(session, identity)
    return row is not None and row.state == DeliveryState.SENT


def by_identity(session: Session, identity: Identity) -> Delivery | None:
    """The message with this identity."""
    return session.exec(_BY_IDENTITY, params={"key": identity.key}).first()


def rename(session: Session, row: Delivery, identity: Identity, to: Destination, not_before: datetime) -> None:
    """Makes a row that has not left another message: of another day, for another moment (UTC), to the chat of today.

    Its text is made when it is sent; the pages that it was cut into before are let go.
    """
    for page in session.exec(select(Delivery).where(Delivery.first_id == row.id, col(Delivery.state).in_(OPEN))):
        if page.body is not None:
            page.state = DeliveryState.DROPPED
            session.add(page)
    row.identity, row.occasion, row.day = identity.key, identity.occasion, identity.day
    row.page, row.first_id, row.body = identity.page, None, None
    if row.channel != to.channel:
        row.moved_from = ""
    row.not_before, row.channel, row.chat = not_before, to.channel, to.chat
    session.add(row)
    session.flush()


def make_todays(session: Session, row: Delivery, identity: Identity) -> None:
    """Gives a row that is leaving at this moment the identity of another day."""
    row.identity, row.occasion, row.day = identity.key, identity.occasion, identity.day
    session.add(row)
    session.flush()


def put_into_topic(session: Session, channel: str, chat: str, topic: str, now: datetime) -> None:
    """The answers made at this instant for a chat go to the topic in which was asked."""
    session.flush()
    session.connection().execute(
        update(Delivery)
        .where(
            col(Delivery.kind).in_((DeliveryKind.ANSWER, DeliveryKind.CONFIRMATION)),
            col(Delivery.state) == DeliveryState.DUE,
            col(Delivery.channel) == channel,
            col(Delivery.chat) == chat,
            col(Delivery.created_at) == now,
            col(Delivery.topic).is_(None),
        )
        .values(topic=topic)
    )


def mark_repeats(session: Session, now: datetime, *, but: str) -> None:
    """Marks the notices made at this instant as perhaps sent before, except those of one occasion."""
    session.flush()
    session.connection().execute(
        update(Delivery)
        .where(
            col(Delivery.kind) == DeliveryKind.NOTICE,
            col(Delivery.state) == DeliveryState.DUE,
            col(Delivery.created_at) == now,
            col(Delivery.occasion) != but,
        )
        .values(doubts=1)
    )


def unsettled_digests(session: Session, persons: Iterable[int]) -> dict[int, Delivery]:
    """By person a digest that was made on an earlier day and has not left yet, or perhaps has: it waits, is in doubt or
    is being sent; of several the oldest."""
    found: dict[int, Delivery] = {}
    for row in session.exec(_UNSETTLED_DIGESTS, params={"persons": list(persons)}):
        found.setdefault(row.person_id or 0, row)
    return found


def arrived(session: Session, delivery_id: int, message_id: str, now: datetime) -> None:
    """A press or a reply proves that a message in doubt arrived."""
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, col(Delivery.state) == DeliveryState.IN_DOUBT)
        .values(state=DeliveryState.SENT, message_id=message_id, sent_at=now)
    )


def arrived_unseen(session: Session, channel: str, chat: str, message_id: str, now: datetime) -> None:
    """A reply to a message of ours that we never heard of: the one in doubt in this chat, if there is just one."""
    if by_message(session, channel, chat, message_id) is not None:
        return
    doubtful = select(Delivery.id).where(
        Delivery.channel == channel, Delivery.chat == chat, Delivery.state == DeliveryState.IN_DOUBT
    )
    found = session.exec(doubtful.limit(2)).all()
    if len(found) == 1 and found[0] is not None:
        arrived(session, found[0], message_id, now)


def move_chat(session: Session, channel: str, old: str, new: str) -> None:
    """Sends what waits for a group to its new id."""
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.channel) == channel, col(Delivery.chat) == old, col(Delivery.state).in_(OPEN))
        .values(chat=new)
    )


def unreported(session: Session) -> Sequence[Delivery]:
    """What was given up and no admin heard of yet; answers to strangers are nobody's loss and not among them."""
    return session.exec(_UNREPORTED).all()


def given_up(session: Session, since: datetime) -> Sequence[Delivery]:
    """What was made for people since an instant (UTC) and given up, where nothing that was made later reached them;
    the oldest first."""
    later = aliased(Delivery)
    reached = select(later.id).where(later.person_id == Delivery.person_id, col(later.id) > col(Delivery.id))
    reached = reached.where(later.state == DeliveryState.SENT)
    query = select(Delivery).where(text(GIVEN_UP))
    query = query.where(col(Delivery.created_at) >= since, ~reached.exists())
    return session.exec(query.order_by(col(Delivery.id))).all()


def by_message(session: Session, channel: str, chat: str, message_id: str) -> Delivery | None:
    """The row that became this message on the phone."""
    query = select(Delivery).where(
        Delivery.channel == channel, Delivery.chat == chat, Delivery.message_id == message_id
    )
    return session.exec(query).first()


def newest_reminder(session: Session, person_id: int, since: datetime) -> Delivery | None:
    """The last message that reminded a person and left since an instant (UTC)."""
    query = select(Delivery).where(
        Delivery.person_id == person_id,
        col(Delivery.kind).in_([kind.value for kind in REMINDING]),
        Delivery.state == DeliveryState.SENT,
        col(Delivery.sent_at) >= since,
    )
    return session.exec(query.order_by(col(Delivery.sent_at).desc(), col(Delivery.id).desc())).first()


def get(session: Session, delivery_id: int) -> Delivery | None:
    """One row."""
    return session.get(Delivery, delivery_id)


def newest_to(session: Session, channel: str, chat: str) -> Delivery | None:
    """The message put into the outbox last for a chat, sent or on its way."""
    query = select(Delivery).where(Delivery.channel == channel, Delivery.chat == chat)
    return session.exec(query.order_by(col(Delivery.id).desc())).first()
