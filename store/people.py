"""Who is linked, through which chat, with which roles; invites and consent."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from plan.joint import JOINT, held_with
from plan.people import Role
from store import answer_links, audit, consents, file_links, ways
from store.audit_actions import Action
from store.people_tables import Address, Invite, Membership, Person
from store.plan_tables import AgencyRow
from words.consent import EDITION
from words.mentions import mention

# Who answers for an agency.
ANSWERING = (Role.OFFICER, Role.HEAD)
# What the audit says when somebody takes up roles or loses them.
JOINED, ENDED, MOVED = Action.MEMBER_JOINED, Action.MEMBER_ENDED, Action.MEMBER_MOVED


def by_user(session: Session, channel: str, user: str) -> tuple[Person, Address] | None:
    """The person behind a platform's id."""
    row = session.exec(
        select(Person, Address).join(Address).where(Address.channel == channel, Address.user == user)
    ).first()
    return (row[0], row[1]) if row else None


def get(session: Session, person_id: int) -> Person | None:
    """One person."""
    return session.get(Person, person_id)


def mentioned(person: Person | None) -> str:
    """A person's name for a message that others read; empty for nobody."""
    return mention(person.id, person.name) if person is not None and person.id is not None else ""


def named(session: Session, agency_name: Callable[[str], str], person_id: int) -> str:
    """A person's name for an admin, with the agencies whose roles they hold: several may bear the same name."""
    held = dict.fromkeys(each.agency_id for each in memberships(session, person_id))
    agencies = ", ".join(agency_name(each) for each in held)
    name = mentioned(get(session, person_id))
    return f"{name} ({agencies})" if agencies else name


def link(session: Session, channel: str, user: str, chat: str, name: str, notice: str, now: datetime) -> Person:
    """Links a person's private chat after the consent to `notice`; the same user is the same person again.

    Looks before it adds (one writer: store.engine).
    """
    found = by_user(session, channel, user)
    if found:
        person, address = found
        address.chat, address.unreachable_since, address.unreachable_why = chat, None, ""
    else:
        person = Person(name=name, created_at=now)
        session.add(person)
        session.flush()
        assert person.id is not None
        address = Address(person_id=person.id, channel=channel, user=user, chat=chat, linked_at=now)
    session.add(address)
    assert person.id is not None
    consents.agree(session, person.id, notice, EDITION, now)
    return person


def join(
    session: Session,
    person_id: int,
    agency_id: str,
    role: Role,
    now: datetime,
    *,
    via: str = "cli",
    **how: int | None,
) -> bool:
    """Gives a role in an agency; False when the person had it already (one writer: store.engine).

    `how` says for the audit by what it came: the number of an `invite` or a `nomination`, whoever did it (`by`).
    """
    if any(m.agency_id == agency_id and m.role == role for m in memberships(session, person_id)):
        return False
    session.add(Membership(person_id=person_id, agency_id=agency_id, role=role, since=now))
    session.flush()
    audit.record(
        session,
        JOINED,
        f"person:{person_id}",
        now,
        via=via,
        actor=person_id,
        agency=agency_id,
        role=str(role),
        **how,
    )
    return True


def ever_held(session: Session, role: Role) -> bool:
    """Whether anybody has or ever had a role."""
    return session.exec(select(Membership.id).where(Membership.role == role).limit(1)).first() is not None


def first_since(session: Session) -> datetime | None:
    """When somebody first got a role here (UTC); None before."""
    return session.exec(select(Membership.since).order_by(col(Membership.since)).limit(1)).first()


def end(session: Session, membership: Membership, now: datetime) -> None:
    """Ends one role at once, and what its person could do by a link; whoever calls records why."""
    membership.until = now
    session.add(membership)
    _end_links(session, membership.person_id, now)
    session.flush()


def leave(
    session: Session, person_id: int, now: datetime, *, via: str, actor: int | None, keep: Collection[Role] = ()
) -> int:
    """Ends every role of a person at once but those to `keep`; returns how many. What they said and did stays."""
    ended = [each for each in memberships(session, person_id) if each.role not in keep]
    for each in ended:
        each.until = now
        session.add(each)
    _end_links(session, person_id, now)
    if ended:
        audit.record(
            session,
            ENDED,
            f"person:{person_id}",
            now,
            via=via,
            actor=actor,
            roles=[f"{each.agency_id}:{each.role}" for each in ended],
        )
    session.flush()
    return len(ended)


def _end_links(session: Session, person_id: int, now: datetime) -> None:
    answer_links.end_of(session, person_id, now)
    file_links.end_of(session, person_id)


def be_quiet(session: Session, person_id: int, until: datetime | None, now: datetime, *, via: str) -> None:
    """Sends a person no reminder until an instant; None ends the quiet."""
    person = session.get_one(Person, person_id)
    person.quiet_until = until
    session.add(person)
    audit.record(
        session,
        Action.PERSON_QUIET,
        f"person:{person_id}",
        now,
        via=via,
        actor=person_id,
        until=until.isoformat() if until else None,
    )


def is_quiet(person: Person, now: datetime) -> bool:
    """Whether somebody asked for no reminders beyond `now` (UTC)."""
    return person.quiet_until is not None and person.quiet_until > now


def memberships(session: Session, person_id: int) -> Sequence[Membership]:
    """The live roles of a person."""
    return session.exec(_memberships(), params={"person": person_id}).all()


@cache
def _memberships() -> SelectOfScalar[Membership]:
    """Asked for every message that is made for somebody, so made once."""
    query = select(Membership).where(Membership.person_id == bindparam("person"), col(Membership.until).is_(None))
    return query.order_by(col(Membership.id))


def agencies_of(session: Session, person_id: int, roles: Collection[Role] = (Role.OFFICER, Role.HEAD)) -> list[str]:
    """The agencies a person may answer for, in the order of linking, then the joint identities of those that owe with
    others (plan.joint)."""
    return agencies_by(session, person_id, roles)[0]


def agencies_by(session: Session, person_id: int, *several: Collection[Role]) -> list[list[str]]:
    """The same for several sets of roles, asked of the database once."""
    held = memberships(session, person_id)
    joint = joint_ones(session) if held else ()
    found = (dict.fromkeys(each.agency_id for each in held if each.role in roles) for roles in several)
    return [[*own, *held_with(own, joint)] for own in found]


def joint_ones(session: Session) -> Sequence[str]:
    """The identities under which several agencies owe together."""
    session.flush()
    return session.connection().execute(_joint_ones()).scalars().all()


@cache
def _joint_ones() -> SelectOfScalar[str]:
    """Asked by every part of a beat, so made once."""
    return select(AgencyRow.id).where(col(AgencyRow.id).contains(JOINT)).order_by(AgencyRow.id)


def reachable(
    session: Session, *roles: Role, remind_at: datetime | None = None
) -> Sequence[tuple[Person, Address, Membership]]:
    """Everybody with one of these live roles whose chat takes messages, in the order of linking.

    Who has several chats is there once for each role, with the first that takes messages: nothing leaves twice.
    With `remind_at` (UTC) those who asked for quiet beyond that moment are left out. Who belongs to an agency belongs
    to what it owes together with others too: such a membership stands in no table.
    """
    rows = session.exec(_reachable(remind_at is not None), params={"roles": roles, "remind_at": remind_at})
    first: dict[int | None, tuple[Person, Address, Membership]] = {}
    for person, address, held in rows:
        first.setdefault(held.id, (person, address, held))
    found = list(first.values())
    answering = [each for each in found if each[2].role in ANSWERING]
    if not answering or not (joint := joint_ones(session)):
        return found
    known = {(held.person_id, held.agency_id, held.role) for _, _, held in found}
    for person, address, held in answering:
        for each in held_with((held.agency_id,), joint):
            if (held.person_id, each, held.role) not in known:
                known.add((held.person_id, each, held.role))
                beside = Membership(person_id=held.person_id, agency_id=each, role=held.role, since=held.since)
                found.append((person, address, beside))
    return found


@cache
def _reachable(but_quiet: bool) -> Select[Person, Address, Membership]:
    """Asked by every part of a beat, so made once."""
    query = (
        select(Person, Address, Membership)
        .where(Address.person_id == Person.id, Membership.person_id == Person.id)
        .where(col(Membership.role).in_(bindparam("roles", expanding=True)), col(Membership.until).is_(None))
        .where(col(Address.unreachable_since).is_(None))
        .order_by(col(Person.id), col(Membership.id), *ways.in_order())
    )
    if but_quiet:
        query = query.where(or_(col(Person.quiet_until).is_(None), col(Person.quiet_until) <= bindparam("remind_at")))
    return query


def linked(session: Session) -> list[tuple[Person, Address | None, list[Membership]]]:
    """Everybody with a live role, their chat if there is one, and those roles, in the order of linking.

    Of several chats it is the first that takes messages, otherwise the first.
    """
    query = (
        select(Person, Membership)
        .where(Membership.person_id == Person.id, col(Membership.until).is_(None))
        .order_by(col(Person.id), col(Membership.id))
    )
    found: dict[int, tuple[Person, list[Membership]]] = {}
    for person, membership in session.exec(query):
        found.setdefault(membership.person_id, (person, []))[1].append(membership)
    in_order = select(Address).order_by(col(Address.unreachable_since).is_not(None), *ways.in_order())
    addresses: dict[int, Address] = {}
    for address in session.exec(in_order):
        addresses.setdefault(address.person_id, address)
    return [(person, addresses.get(number), held) for number, (person, held) in found.items()]


def admins(session: Session) -> list[tuple[Person, Address]]:
    """The admins who can be reached, each once."""
    return list({person.id: (person, address) for person, address, _ in reachable(session, Role.ADMIN)}.values())


def admins_beside(session: Session, channel: str) -> list[tuple[Person, Address]]:
    """The admins who can be reached by another channel than this one, each with the first such way."""
    found = ((person, ways.open_ones(session, person.id or 0, but=(channel,))) for person, _ in admins(session))
    return [(person, others[0]) for person, others in found if others]


def everybody(session: Session, remind_at: datetime | None = None) -> list[tuple[Person, Address]]:
    """Everybody who can be reached, whatever the role, each once; `remind_at` as for `reachable`."""
    rank = {role.value: number for number, role in enumerate(Role)}
    known = sorted(reachable(session, *Role, remind_at=remind_at), key=lambda each: rank[each[2].role])
    return list({person.id: (person, address) for person, address, _ in known}.values())


def addresses_by_person(session: Session) -> dict[int, list[Address]]:
    """The same of everybody."""
    found: dict[int, list[Address]] = {}
    for address in session.exec(select(Address).order_by(*ways.in_order())):
        found.setdefault(address.person_id, []).append(address)
    return found


def take_along(session: Session, former: str, agency: str) -> None:
    """Makes who belongs to one agency belong to another, their open invites too: the same office under its own name."""
    for table in (Membership, Invite):
        column = col(table.agency_id)
        session.connection().execute(update(table).where(column == former).values(agency_id=agency))
    session.connection().execute(update(Person).where(col(Person.duty_of) == former).values(duty_of=agency))
    session.expire_all()
