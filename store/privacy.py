"""What is kept about a person: shown to them, and erased when they ask (Law 91/2025/QH15, Decree 356/2025/NĐ-CP).

Erasing takes away the name, the platform's ids and what was typed to the bot; the office's record of the work stays,
with a person's row that says only that somebody was there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Text, delete, func, literal, update
from sqlalchemy import cast as sql_cast
from sqlmodel import Session, SQLModel, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from store import audit, memory, people, rates
from store.people_tables import Address, Consent, Invite, Membership, Person
from store.tables import Contribution, Delivery, Evidence, Inbox, Question, Rate, Request, Setting, Submission
from store.types import DeliveryKind, DeliveryState, InboxState
from words import mentions

# What strangers have a share of (bot/people/strangers.py), as the middle of its key.
SHARES = ("stranger", "invite")
FINAL = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DROPPED)


@dataclass(frozen=True)
class Kept:
    """What is kept about a person; instants in UTC, sizes in bytes."""

    person: Person
    address: Address | None
    memberships: Sequence[Membership]
    consents: Sequence[Consent]
    answers: int
    files: int
    file_bytes: int
    received: int


def kept(session: Session, person_id: int) -> Kept:
    """Everything that is kept about a person, in figures where it is much."""
    files, size = session.exec(
        select(func.count(), func.coalesce(func.sum(Evidence.size), 0)).where(Evidence.person_id == person_id)
    ).one()
    return Kept(
        person=session.get_one(Person, person_id),
        address=session.exec(select(Address).where(Address.person_id == person_id).order_by(col(Address.id))).first(),
        memberships=session.exec(
            select(Membership).where(Membership.person_id == person_id).order_by(col(Membership.id))
        ).all(),
        consents=session.exec(select(Consent).where(Consent.person_id == person_id).order_by(col(Consent.id))).all(),
        answers=_count(session, col(Submission.person_id) == person_id),
        files=files,
        file_bytes=size or 0,
        received=_count(session, col(Delivery.person_id) == person_id),
    )


def erase(session: Session, person_id: int, erased_name: str, now: datetime, *, via: str, actor: int | None) -> None:
    """Ends every role and erases name, chat and account of a person; what they answered stays as the office's record.

    Messages still on their way keep their chat until they have left; `forget_chats` blanks it then.
    """
    person = session.get_one(Person, person_id)
    people.leave(session, person_id, now, via=via, actor=actor)
    memory.unsay(session, person_id)
    for address in session.exec(select(Address).where(Address.person_id == person_id)).all():
        _forget_account(session, address)
        session.delete(address)
    _rename_in_messages(session, person_id, erased_name)
    _set(session, Submission, col(Submission.person_id) == person_id, source=_erased(Submission), album=None)
    _set(session, Request, col(Request.person_id) == person_id, source=_erased(Request))
    _set(session, Contribution, col(Contribution.person_id) == person_id, source=_erased(Contribution))
    files = {"source": _erased(Evidence), "album": None, "file_id": "", "unique_id": ""}
    _set(session, Evidence, col(Evidence.person_id) == person_id, **files)
    session.connection().execute(delete(Question).where(col(Question.person_id) == person_id))
    person.name, person.quiet_until, person.erased_at = erased_name, None, now
    session.add(person)
    audit.record(session, "person.erased", f"person:{person_id}", now, via=via, actor=actor)
    session.flush()


def left_to_forget(session: Session, now: datetime) -> bool:
    """Whether `forget_chats` has something to do."""
    waiting = select(Delivery.id).where(_forgettable()).limit(1)
    return session.exec(waiting).first() is not None or session.exec(_spent_shares(now).limit(1)).first() is not None


def forget_chats(session: Session, now: datetime) -> None:
    """Blanks the chat and the text of messages to erased people and to strangers that have left or never will.

    How much a stranger may cause is counted by their account: the count goes when it holds nobody up any more.
    """
    for key in session.exec(_spent_shares(now)).all():
        session.connection().execute(delete(Rate).where(col(Rate.key) == key))
    for channel, chat in session.exec(select(Delivery.channel, Delivery.chat).where(_forgettable()).distinct()).all():
        # How fast a chat takes messages; how much its stranger may cause still counts, and goes by itself.
        paces = [key for in_group in (False, True) for key in rates.keys_of(rates.Chat(channel, chat, in_group))]
        session.connection().execute(delete(Rate).where(col(Rate.key).in_(paces)))
    _set(session, Delivery, _forgettable(), chat="", message_id=None, reply_to=None, body=None)


def _forgettable() -> ColumnElement[bool]:
    erased = col(Delivery.person_id).in_(select(Person.id).where(col(Person.erased_at).is_not(None)))
    stranger = col(Delivery.person_id).is_(None) & (col(Delivery.kind) == DeliveryKind.ANSWER)
    return or_(erased, stranger) & col(Delivery.state).in_(FINAL) & (col(Delivery.chat) != "")


def _spent_shares(now: datetime) -> SelectOfScalar[str]:
    shares = or_(*(col(Rate.key).contains(f":{what}:", autoescape=True) for what in SHARES))
    return select(Rate.key).where(shares, col(Rate.free_at) <= now.timestamp())


def _forget_account(session: Session, address: Address) -> None:
    menu = f"menu:{address.channel}:{address.chat}"
    session.connection().execute(delete(Setting).where(col(Setting.key) == menu))
    shown = (col(Invite.shown_on) == address.channel) & (col(Invite.shown_to) == address.user)
    _set(session, Invite, shown, shown_to=None, shown_on=None)
    _set(session, Invite, col(Invite.used_by) == address.person_id, label="")
    # The id stands in the raw update as a number: "id": 101
    said = col(Inbox.raw).contains(f'"id": {address.user},', autoescape=True)
    # What waits is handled first, whoever sent it: a colleague's answer may be a reply to this person. Then it goes
    # where its sender is nobody's, and otherwise with the days of retention.
    handled = (col(Inbox.channel) == address.channel) & (col(Inbox.state) != InboxState.NEW)
    _set(session, Inbox, handled & said, raw="")
    # What was said to them before they were linked is theirs too, for `forget_chats`.
    here = (col(Delivery.channel) == address.channel) & (col(Delivery.chat) == address.chat)
    _set(session, Delivery, here, person_id=address.person_id)
    # What their messages caused bears the chat in its identity.
    _set(session, Delivery, col(Delivery.caused_by) == address.person_id, identity=_erased(Delivery), caused_by=None)


def _rename_in_messages(session: Session, person_id: int, erased_name: str) -> None:
    """In what others were told ("vướng mắc của …") the name goes too, where it is this person's and nowhere else."""
    written = json.dumps(mentions.start_of(person_id))[1:-1]
    query = select(Delivery).where(sql_cast(Delivery.body, Text).contains(written, autoescape=True))
    for row in session.exec(query).all():
        row.body = _renamed(row.body, person_id, erased_name)
        session.add(row)


def _renamed(value: Any, person_id: int, name: str) -> Any:
    """What a message holds, piece by piece: a name is never looked for in the text of its JSON."""
    match value:
        case str():
            return mentions.renamed(value, person_id, name)
        case list():
            return [_renamed(each, person_id, name) for each in value]
        case dict():
            return {key: _renamed(each, person_id, name) for key, each in value.items()}
        case _:
            return value


def _erased(table: type[SQLModel]) -> ColumnElement[str]:
    """A name that is still unique and says nothing."""
    return literal("erased:").concat(sql_cast(cast(Any, table).id, Text))


def _set(session: Session, table: type[SQLModel], where: ColumnElement[bool], **values: Any) -> None:
    session.connection().execute(update(table).where(where).values(**values))


def _count(session: Session, where: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).where(where)).one()
