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
from sqlmodel import Session, SQLModel, col, select

from store import audit, memory, people
from store.people_tables import Address, Consent, Invite, Membership, Person
from store.tables import Contribution, Delivery, Evidence, Inbox, Question, Rate, Setting, Submission
from store.types import DeliveryState

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
        address=session.exec(select(Address).where(Address.person_id == person_id)).first(),
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
    _rename_in_messages(session, person.name, erased_name)
    _set(session, Submission, col(Submission.person_id) == person_id, source=_erased(Submission), album=None)
    _set(session, Contribution, col(Contribution.person_id) == person_id, source=_erased(Contribution))
    files = {"source": _erased(Evidence), "album": None, "file_id": "", "unique_id": ""}
    _set(session, Evidence, col(Evidence.person_id) == person_id, **files)
    session.connection().execute(delete(Question).where(col(Question.person_id) == person_id))
    person.name, person.quiet_until, person.erased_at = erased_name, None, now
    session.add(person)
    audit.record(session, "person.erased", f"person:{person_id}", now, via=via, actor=actor)
    session.flush()


def left_to_forget(session: Session) -> bool:
    """Whether `forget_chats` has something to do."""
    return session.exec(select(Delivery.id).where(_forgettable()).limit(1)).first() is not None


def forget_chats(session: Session) -> None:
    """Blanks the chat and the text of messages to erased people that have left or never will."""
    for chat in session.exec(select(Delivery.chat).where(_forgettable()).distinct()).all():
        session.connection().execute(delete(Rate).where(col(Rate.key).endswith(f":{chat}", autoescape=True)))
    _set(session, Delivery, _forgettable(), chat="", message_id=None, reply_to=None, body=None)


def _forgettable() -> ColumnElement[bool]:
    erased = select(Person.id).where(col(Person.erased_at).is_not(None))
    return col(Delivery.person_id).in_(erased) & col(Delivery.state).in_(FINAL) & (col(Delivery.chat) != "")


def _forget_account(session: Session, address: Address) -> None:
    menu = f"menu:{address.channel}:{address.chat}"
    session.connection().execute(delete(Setting).where(col(Setting.key) == menu))
    shown = (col(Invite.shown_on) == address.channel) & (col(Invite.shown_to) == address.user)
    _set(session, Invite, shown, shown_to=None, shown_on=None)
    _set(session, Invite, col(Invite.used_by) == address.person_id, label="")
    # The id stands in the raw update as a number: "id": 101
    said = col(Inbox.raw).contains(f'"id": {address.user},', autoescape=True)
    _set(session, Inbox, (col(Inbox.channel) == address.channel) & said, raw="")
    # What was said to them before they were linked is theirs too, for `forget_chats`.
    here = (col(Delivery.channel) == address.channel) & (col(Delivery.chat) == address.chat)
    _set(session, Delivery, here, person_id=address.person_id)
    # What their messages caused bears the chat in its identity.
    _set(session, Delivery, col(Delivery.caused_by) == address.person_id, identity=_erased(Delivery), caused_by=None)


def _rename_in_messages(session: Session, name: str, erased_name: str) -> None:
    """In what others were told ("vướng mắc của …") the name goes too."""
    if not name:
        return
    written = json.dumps(name)[1:-1]
    query = select(Delivery).where(sql_cast(Delivery.body, Text).contains(written, autoescape=True))
    for row in session.exec(query).all():
        row.body = json.loads(json.dumps(row.body).replace(written, json.dumps(erased_name)[1:-1]))
        session.add(row)


def _erased(table: type[SQLModel]) -> ColumnElement[str]:
    """A name that is still unique and says nothing."""
    return literal("erased:").concat(sql_cast(cast(Any, table).id, Text))


def _set(session: Session, table: type[SQLModel], where: ColumnElement[bool], **values: Any) -> None:
    session.connection().execute(update(table).where(where).values(**values))


def _count(session: Session, where: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).where(where)).one()
