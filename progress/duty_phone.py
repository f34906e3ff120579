"""What is said on a telephone that is shared waits for the name of who says it, and is recorded with that name.

An answer that nobody put a name to is recorded all the same after half an hour, as of an unknown hand.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

from pydantic import TypeAdapter
from sqlmodel import Session

from plan.people import Role
from progress.acts import values
from progress.acts.scene import Act, Meaning
from store import addresses, duty, people, submissions, unclear
from store.people_tables import Address, Person
from store.postings import Destination
from store.tables import Question
from words.message import plain
from words.office import Office

KIND = "reporter"
# The place of this question: it stays open beside another one of the same chat.
PLACE = "#duty"
UNNAMED_AFTER = timedelta(minutes=30)
# What the agency reports; words of which nobody knows the meaning yet are asked about when that is said.
ALWAYS = (values.Done, values.Nothing, values.Progress, values.ForSignature, values.Acknowledge, values.Contribute)
# The same once there are words: without them they are asked for first.
WITH_WORDS = (
    *(values.Blocked, values.TellCause, values.NotOurs, values.Withdraw, values.Correct, values.Comment),
    values.Inquire,
)
BY_NAME = {each.__name__: each for each in get_args(values.AnyAct)}


def is_asked(session: Session, phone: Person | None, act: Act) -> bool:
    """Whether it has to be said who reports this: on a shared telephone, what goes into the record."""
    if phone is None or phone.duty_of is None:
        return False
    if isinstance(act, values.Extend):
        return act.wanted is not None and bool(act.reason)
    if isinstance(act, values.Clarify):
        rows = (unclear.get(session, each) for each in act.unclear)
        return act.meaning is not Meaning.NOTHING and any(row and row.person_id == phone.id for row in rows)
    return isinstance(act, ALWAYS) or (isinstance(act, WITH_WORDS) and bool(act.said.note))


def name(office: Office, agency_id: str) -> str:
    """What the shared telephone of an agency is called."""
    return plain(office.text("duty.name", agency=office.agency_name(agency_id)))


def agency_of(session: Session, office: Office, address: Address | None) -> tuple[str, str]:
    """Whose shared telephone an account can be, by the agency's id, and in words why it can be none: one of the two."""
    person = people.get(session, address.person_id) if address is not None else None
    if address is None or person is None:
        return "", office.text("duty.unknown")
    if person.duty_of is not None:
        return "", office.text("duty.already", name=person.name)
    held = people.memberships(session, address.person_id)
    owing = [each for each in held if each.role == Role.OFFICER]
    alone = len(addresses.addresses_of(session, address.person_id)) == 1
    if len(owing) != 1 or (alone and len(held) != 1):
        roles_held = [f"{office.text(f'role.{each.role}')}, {office.agency_name(each.agency_id)}" for each in held]
        return "", office.text("duty.other_roles", name=person.name, roles=roles_held)
    return owing[0].agency_id, ""


def held(session: Session, person_id: int, channel: str, chat: str) -> Question | None:
    """What waits on a shared telephone for a name."""
    return submissions.asked(session, person_id, channel, chat + PLACE)


def hold(session: Session, here: Destination, acts: Sequence[Act], now: datetime) -> None:
    """Keeps acts until it is said who reports them; `here` is the telephone's chat."""
    kept = []
    for each in acts:
        data = TypeAdapter(type(each)).dump_python(each, mode="json")
        kept.append({"act": type(each).__name__, "data": data})
    held_acts: dict[str, Any] = {"acts": kept, "source": acts[0].said.source, "typed": False, "in_group": here.in_group}
    submissions.ask(session, here.person_id or 0, here.channel, here.chat + PLACE, KIND, held_acts, now)


def named(session: Session, office: Office, phone: Person, called: str, same_as: int | None, now: datetime) -> Person:
    """The row of who reports, called by the telephone and their own name; "" where nobody said it."""
    key = "duty.reported" if called else "duty.unnamed"
    return duty.reporter(session, phone, plain(office.text(key, phone=phone.name, name=called)), same_as, now)


def unnamed(session: Session, now: datetime) -> Sequence[Question]:
    """What waited for a name too long, the oldest first."""
    return duty.waiting(session, KIND, now - UNNAMED_AFTER)
