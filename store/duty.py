"""A telephone that an agency's people share when they are on duty, and who reported on it.

It is a person without a human behind: it has the agency's name, a role and a way like anybody, so that reminders,
rights, hand-overs and erasing need to know nothing of it. Who reported on it is a row with a name and no way, which
stands wherever the record names a person.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, or_, select

from plan.people import Role
from store import audit, consents, loose, people
from store.answer_tables import Evidence
from store.audit_actions import Action
from store.people_tables import Address, Consent, Membership, Person
from store.tables import Delivery, Question
from store.types import DeliveryState

ON_THE_WAY = (DeliveryState.DUE, DeliveryState.IN_DOUBT, DeliveryState.SENDING)


def make(
    session: Session, address: Address, agency: tuple[str, str], now: datetime, *, via: str, by: int | None
) -> int:
    """Makes an account the shared telephone of an `agency`, its id and what it is called; gives its number.

    Whose account it was keeps their other ways and roles, and what they said; who had no other has no role any more.
    """
    (agency_id, name), before = agency, session.get_one(Person, address.person_id)
    phone = Person(name=name, created_at=now, duty_of=agency_id, language=before.language)
    session.add(phone)
    session.flush()
    assert phone.id is not None
    former = address.person_id
    address.person_id = phone.id
    session.add(address)
    session.flush()
    here = (col(Delivery.channel) == address.channel) & (col(Delivery.chat) == address.chat)
    waiting = here & col(Delivery.state).in_(ON_THE_WAY)
    session.connection().execute(update(Delivery).where(waiting).values(person_id=phone.id))
    session.expire_all()
    if not session.exec(select(Address.id).where(Address.person_id == former).limit(1)).first():
        people.leave(session, former, now, via=via, actor=by)
    _agree_too(session, former, phone.id)
    audit.record(session, Action.PERSON_ON_DUTY, f"person:{phone.id}", now, via=via, actor=by, agency=agency_id)
    people.join(session, phone.id, agency_id, Role.OFFICER, now, via=via, by=by)
    return phone.id


def _agree_too(session: Session, former: int, phone: int) -> None:
    """The notice was read on this telephone."""
    query = select(Consent).where(Consent.person_id == former).order_by(col(Consent.id).desc())
    last = session.exec(query.limit(1)).first()
    if last is not None:
        consents.agree(session, phone, last.notice, last.edition, last.agreed_at)


def phone_of(session: Session, person_id: int) -> int:
    """The shared telephone on which somebody reported; anybody else's own number."""
    person = session.get(Person, person_id)
    return person.reports_on if person is not None and person.reports_on is not None else person_id


def is_same_hand(session: Session, one: int, other: int) -> bool:
    """Whether two are the same person, or spoke by the same shared telephone."""
    return phone_of(session, one) == phone_of(session, other)


def reporter(session: Session, phone: Person, name: str, same_as: int | None, now: datetime) -> Person:
    """Who reported on a shared telephone: the row of that `name` in full, made where there is none."""
    query = select(Person).where(Person.reports_on == phone.id, Person.name == name, Person.same_as == same_as)
    found = session.exec(query.order_by(col(Person.id))).first()
    if found is None:
        found = Person(name=name, created_at=now, reports_on=phone.id, same_as=same_as)
        session.add(found)
        session.flush()
    return found


def colleagues(session: Session, phone_id: int) -> Sequence[Person]:
    """Who may have reported on a shared telephone: all who answer for its agency, in the order of linking."""
    agencies = people.agencies_of(session, phone_id)
    query = (
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.until).is_(None), col(Membership.role).in_(people.ANSWERING))
        .where(col(Membership.agency_id).in_(agencies), col(Person.duty_of).is_(None))
    )
    return list({each.id: each for each in session.exec(query.order_by(col(Person.id)))}.values())


def may_hold(session: Session, person_id: int, role: Role) -> bool:
    """Whether a role may stand on somebody's account: on a shared telephone an officer's alone."""
    person = session.get(Person, person_id)
    return role is Role.OFFICER or person is None or person.duty_of is None


def give_files(session: Session, of: int, to: int) -> None:
    """Makes the loose files of one another's, so that what is reported takes them along."""
    rows = session.exec(select(Evidence).where(Evidence.person_id == of, loose.is_loose())).all()
    for row in rows:
        row.person_id = to
        session.add(row)
    session.flush()


# Asked at each beat, so made once.
_WAITING = (
    select(Question)
    .where(Question.kind == bindparam("kind"), Question.asked_at <= bindparam("until"))
    .order_by(col(Question.id))
)


def waiting(session: Session, kind: str, until: datetime) -> Sequence[Question]:
    """What was asked of a kind until an instant (UTC) and has no answer, the oldest first."""
    return session.exec(_WAITING, params={"kind": kind, "until": until}).all()


def forget(session: Session, person_id: int, erased_name: str) -> None:
    """Takes the name of somebody who is erased out of what they reported on a shared telephone; with a telephone those
    of all who reported on it go."""
    theirs = or_(Person.same_as == person_id, Person.id == person_id, Person.reports_on == person_id)
    query = select(Person).where(theirs)
    for row in session.exec(query.where(col(Person.reports_on).is_not(None))).all():
        phone = session.get_one(Person, row.reports_on)
        row.name = f"{phone.name}, {erased_name}"
        session.add(row)
