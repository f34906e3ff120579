"""What is kept about a person: shown to them, and erased when they ask (Law 91/2025/QH15, Decree 356/2025/NĐ-CP).

Erasing takes away the name, the platform's ids and what was typed to the bot; the office's record of the work stays,
with a person's row that says only that somebody was there. What each column holds, whose it is and what erasing does
with it stands in the registry (store/personal.py), which both follow.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import BindParameter, ColumnElement, Text, bindparam, delete, false, func, literal, update
from sqlalchemy import cast as sql_cast
from sqlmodel import Session, SQLModel, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from store import audit, duty, loose, memory, people, personal, rates
from store import kept as archive
from store.answer_tables import Evidence
from store.audit_actions import Action
from store.letter_tables import StrayLetter
from store.people_tables import Address, Consent, Invite, Membership, Person
from store.personal import REGISTRY, Then
from store.rates import AFTER_SHARES, FIRST_SHARE, SHARES, share_of
from store.report_tables import KeptMessage
from store.tables import Delivery, Inbox, Rate, Setting
from store.types import DeliveryKind, DeliveryState, EvidenceState, InboxState
from words import mentions

# Shown to the person in full, not in figures.
SHOWN = (Person, Address, Membership, Consent)
# Tables whose rows bear an account and no number of a person, in what the registry says is matched by it.
BY_ACCOUNT = frozenset(
    table for table, columns in REGISTRY.items() if any(each.of == personal.BY_ACCOUNT for each in columns.values())
)
FINAL = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DROPPED)


@dataclass(frozen=True)
class Kept:
    """What is kept about a person; instants in UTC, sizes in bytes.

    `rows` counts what is theirs in every other table of the registry, by the table's name; what is none is left out.
    """

    person: Person
    addresses: Sequence[Address]
    memberships: Sequence[Membership]
    consents: Sequence[Consent]
    rows: Mapping[str, int]
    file_bytes: int


def kept(session: Session, person_id: int) -> Kept:
    """Everything that is kept about a person, in figures where it is much."""
    addresses = session.exec(select(Address).where(Address.person_id == person_id).order_by(col(Address.id))).all()
    counts = {
        personal.name_of(table): _count(session, table, _theirs(table, person_id, addresses))
        for table in REGISTRY
        if table not in SHOWN and personal.is_personal(table)
    }
    size = select(func.coalesce(func.sum(Evidence.size), 0)).where(Evidence.person_id == person_id)
    return Kept(
        person=session.get_one(Person, person_id),
        addresses=addresses,
        memberships=session.exec(
            select(Membership).where(Membership.person_id == person_id).order_by(col(Membership.id))
        ).all(),
        consents=session.exec(select(Consent).where(Consent.person_id == person_id).order_by(col(Consent.id))).all(),
        rows={name: count for name, count in counts.items() if count},
        file_bytes=session.exec(size).one() or 0,
    )


def _theirs(table: type[SQLModel], person_id: int, addresses: Sequence[Address]) -> ColumnElement[bool]:
    """The rows of a table that are a person's, by any column of the registry that says so."""
    named = [_column(table, name) == person_id for name in personal.owners(table)]
    by_account = [_by_account(table, each) for each in addresses if table in BY_ACCOUNT]
    return or_(false(), *named, *by_account)


def _by_account(table: type[SQLModel], address: Address) -> ColumnElement[bool]:
    """The rows of a table that bear an account, as far as erasing may take them."""
    ids = (address.user, f'"{address.user}"')
    match table:
        case _ if table is StrayLetter:
            return col(StrayLetter.sender) == address.user
        case _ if table is Setting:
            return col(Setting.key) == f"menu:{address.channel}:{address.chat}"
        case _ if table is Invite:
            return (col(Invite.shown_on) == address.channel) & (col(Invite.shown_to) == address.user)
        case _ if table is Inbox:
            # The id stands in the raw update as a number: "id": 101. What waits is handled first, whoever sent it: a
            # colleague's answer may be a reply to this person. Then it goes where its sender is nobody's, and otherwise
            # with the days of retention.
            # Other platforms write it as a text.
            numbered, written = (col(Inbox.raw).contains(f'"id": {each},', autoescape=True) for each in ids)
            said = numbered | written
            return (col(Inbox.channel) == address.channel) & (col(Inbox.state) != InboxState.NEW) & said
        case _:
            own = rates.keys_of(rates.Chat(address.channel, address.chat))
            return col(Rate.key).in_([*own, *(share_of(address.channel, what, address.user) for what in SHARES)])


def erase(session: Session, person_id: int, erased_name: str, now: datetime, *, via: str, actor: int | None) -> None:
    """Ends every role and erases name, chat and account of a person; what they answered stays as the office's record.

    Messages still on their way keep their chat until they have left; `forget_chats` blanks it then.
    """
    person = session.get_one(Person, person_id)
    # What a telephone that is shared is called names nobody, and the record goes on to say whose it was.
    name_of_agency = person.name if person.duty_of is not None else None
    people.leave(session, person_id, now, via=via, actor=actor)
    memory.unsay(session, person_id)
    addresses = session.exec(select(Address).where(Address.person_id == person_id)).all()
    for address in addresses:
        # What was said to them before they were linked is theirs too, for `forget_chats`.
        here = (col(Delivery.channel) == address.channel) & (col(Delivery.chat) == address.chat)
        _set(session, Delivery, here, person_id=person_id)
    _rename_in_messages(session, person_id, erased_name)
    # What belongs to no work of the office is theirs alone.
    loose.drop(session, col(Evidence.person_id) == person_id)
    session.flush()
    for table in REGISTRY:
        _follow_registry(session, table, person_id, addresses, erased_name)
    session.refresh(person)
    person.erased_at = now
    person.name = name_of_agency or person.name
    duty.forget(session, person_id, erased_name)
    session.add(person)
    audit.record(session, Action.PERSON_ERASED, f"person:{person_id}", now, via=via, actor=actor)
    session.flush()


def _follow_registry(
    session: Session, table: type[SQLModel], person_id: int, addresses: Sequence[Address], erased_name: str
) -> None:
    """Does with each column of a table what the registry says, where it is this person's."""
    for of in {column.of for column in REGISTRY[table].values()} - {personal.NOBODY}:
        if of == personal.BY_ACCOUNT:
            where = or_(false(), *(_by_account(table, each) for each in addresses))
        else:
            where = _column(table, of) == person_id
        if personal.erased(table, of, Then.ROW):
            session.connection().execute(delete(table).where(where))
            continue
        values: dict[str, Any] = dict.fromkeys(personal.erased(table, of, Then.RENAMED), erased_name)
        values |= {name: _erased(table) for name in personal.erased(table, of, Then.UNNAMED)}
        values |= _empty(table, personal.erased(table, of, Then.EMPTIED))
        if values:
            _set(session, table, where, **values)


def left_to_forget(session: Session, now: datetime) -> bool:
    """Whether `forget_chats` has something to do."""
    return bool(session.exec(_left_to_forget(), params={"moment": now.timestamp()}).one())


@cache
def _left_to_forget() -> SelectOfScalar[bool]:
    """Asked at each beat, so made once."""
    waiting = (
        *(select(Delivery.id).where(each) for each in _over()),
        select(Evidence.id).where(_fetched()),
        _spent_shares(bindparam("moment")),
    )
    return select(or_(*(each.exists() for each in waiting)))


def forget_chats(session: Session, now: datetime) -> None:
    """Blanks the chat and the text of messages to erased people and to strangers that have left or never will; what
    they were told about work is in the archive by then, where nobody's chat or name is.

    How much a stranger may cause is counted by their account: the count goes when it holds nobody up any more.
    """
    for key in session.exec(_spent_shares(now.timestamp())).all():
        session.connection().execute(delete(Rate).where(col(Rate.key) == key))
    for channel, chat in session.exec(select(Delivery.channel, Delivery.chat).where(_forgettable()).distinct()).all():
        # How fast a chat takes messages; how much its stranger may cause still counts, and goes by itself.
        paces = [key for in_group in (False, True) for key in rates.keys_of(rates.Chat(channel, chat, in_group))]
        session.connection().execute(delete(Rate).where(col(Rate.key).in_(paces)))
    archive.keep(session, _over()[0])
    for table, where in ((Delivery, _forgettable()), (Evidence, _fetched())):
        later = [name for name, column in REGISTRY[table].items() if column.then is Then.LATER]
        _set(session, table, where, **_empty(table, later))


def _forgettable() -> ColumnElement[bool]:
    return or_(*_over())


def _over() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Messages to erased people, and to strangers, that have left or never will; apart, each is found by its index."""
    over = col(Delivery.state).in_(FINAL) & (col(Delivery.chat) != "")
    stranger = col(Delivery.person_id).is_(None) & (col(Delivery.kind) == DeliveryKind.ANSWER)
    return col(Delivery.person_id).in_(_gone()) & over, stranger & over


def _fetched() -> ColumnElement[bool]:
    """Files of erased people that are here, or never will be: until then the platform's name for them is needed."""
    waiting = col(Evidence.state) == EvidenceState.WAITING
    return col(Evidence.person_id).in_(_gone()) & ~waiting & (col(Evidence.file_id) != "")


def _gone() -> SelectOfScalar[Any]:
    return cast(SelectOfScalar[Any], select(Person.id).where(col(Person.erased_at).is_not(None)))


def _spent_shares(moment: float | BindParameter[float]) -> SelectOfScalar[str]:
    shares = (col(Rate.key) >= FIRST_SHARE) & (col(Rate.key) < AFTER_SHARES)
    return select(Rate.key).where(shares, col(Rate.free_at) <= moment)


def _rename_in_messages(session: Session, person_id: int, erased_name: str) -> None:
    """In what others were told ("vướng mắc của …") the name goes too, where it is this person's and nowhere else."""
    written = json.dumps(mentions.start_of(person_id))[1:-1]
    in_outbox = select(Delivery).where(sql_cast(Delivery.body, Text).contains(written, autoescape=True))
    in_archive = select(KeptMessage).where(sql_cast(KeptMessage.body, Text).contains(written, autoescape=True))
    found: list[Delivery | KeptMessage] = [*session.exec(in_outbox).all(), *session.exec(in_archive).all()]
    for row in found:
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


def _empty(table: type[SQLModel], names: Iterable[str]) -> dict[str, str | None]:
    """Nothing, as each column can hold it: NULL, or no letters."""
    columns = cast(Any, table).__table__.columns
    return {name: None if columns[name].nullable else "" for name in names}


def _column(table: type[SQLModel], name: str) -> ColumnElement[Any]:
    return cast(ColumnElement[Any], getattr(table, name))


def _set(session: Session, table: type[SQLModel], where: ColumnElement[bool], **values: Any) -> None:
    session.connection().execute(update(table).where(where).values(**values))


def _count(session: Session, table: type[SQLModel], where: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(table).where(where)).one()
