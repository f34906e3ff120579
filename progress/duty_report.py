"""What was reported on an agency's shared telephone is done once it is known who reports it."""

from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session

from progress import duty_phone, roles
from progress.acts import values
from progress.acts.do import do
from progress.acts.outcomes import Outcome
from progress.acts.scene import Actor, Scene
from store import duty, unclear
from store.people_tables import Person
from store.postings import Destination
from store.tables import Question
from words.office import Office


def record(session: Session, office: Office, row: Question, reporter: Person, now: datetime) -> list[Outcome]:
    """Does what was held, as `reporter` said it; each with what came of it. Rights are those of the telephone, now."""
    phone, by, data = row.person_id, reporter.id or 0, row.data
    here = Destination(row.channel, row.chat.removesuffix(duty_phone.PLACE), phone, in_group=bool(data["in_group"]))
    session.delete(row)
    may = roles.held(session, phone, office.today(now))
    scene = Scene(session, office, Actor(by, reporter.name, may.roles, may.agencies, here), now)
    duty.give_files(session, phone, by)
    outcomes = []
    for each in data["acts"]:
        act = TypeAdapter(duty_phone.BY_NAME[each["act"]]).validate_python(each["data"])
        if isinstance(act, values.Clarify):
            _say_whose(session, act, phone, by)
        outcomes.append(do(scene, replace(act, said=replace(act.said, person_id=by))))
    # What belongs to nothing still waits for a code from the telephone.
    duty.give_files(session, by, phone)
    return outcomes


def _say_whose(session: Session, act: values.Clarify, phone: int, by: int) -> None:
    for each in (unclear.get(session, number) for number in act.unclear):
        if each is not None and each.person_id == phone:
            each.person_id = by
            session.add(each)
    session.flush()
