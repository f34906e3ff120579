"""Who is reminded for agencies from one day to another, as far as is known beforehand: while somebody is away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from plan.joint import is_joint
from plan.people import Role
from progress import recipients
from store import absences, people, reached
from words.office import Office


@dataclass(frozen=True)
class Meanwhile:
    """People by number, in the order in which they are first reminded.

    `heads` are reminded where no officer and nobody who stands in is; `is_gap` says that on some day nobody is.
    """

    others: Sequence[int]
    heads: Sequence[int]
    is_gap: bool


def reminded(
    session: Session, office: Office, agencies: Collection[str], first: date, last: date, now: datetime
) -> Meanwhile:
    """Who would be reminded for some agencies on the local days from `first` to `last`, both included."""
    others, heads, is_gap = dict[int, None](), dict[int, None](), False
    # What agencies owe together is heard by those of each.
    wanted = [each for each in agencies if not is_joint(each)]
    leads = {
        (person.id, held.agency_id) for person, _, held in people.reachable(session, Role.HEAD)
    } - {(person.id, held.agency_id) for person, _, held in people.reachable(session, Role.OFFICER)}  # fmt: skip
    for day in _days(session, office, first, last):
        opens = datetime.combine(day, office.windows[0][0], office.zone).astimezone(UTC)
        found = recipients.officers(session, office, max(now, opens))
        for agency in wanted:
            hearing = [each.person_id for each in found if agency in each.agencies]
            is_gap = is_gap or not hearing
            for each in hearing:
                (heads if (each, agency) in leads else others)[each] = None
    return Meanwhile([*others], [each for each in heads if each not in others], is_gap)


def _days(session: Session, office: Office, first: date, last: date) -> Sequence[date]:
    """The working days among them on which somebody else may be reminded than on the one before.

    Where there is none among them the first day stands for all: nothing leaves, and an answer is owed all the same.
    """
    changes = {first}
    for each in absences.meeting(session, first, last):
        changes |= {each.first, each.last + timedelta(days=1)}
    changes |= {office.today(each.quiet_until) for each in reached.answering(session) if each.quiet_until is not None}
    days = {office.calendar.on_or_after(max(each, first)) for each in changes if each <= last}
    return sorted(each for each in days if each <= last) or [first]
