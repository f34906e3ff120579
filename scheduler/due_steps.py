"""What is to be said to whom today: the steps of what is near that have come, and were not said yet."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from sqlmodel import Session

from plan.joint import members
from plan.reminders import DueStep, Owed, ReminderKey, due, have_come
from progress import reminded
from progress.recipients import Recipient
from progress.reminded import as_owed, begun
from store import horizon, memory, ways
from store.horizon import Horizon, Near
from words.office import Office

log = logging.getLogger(__name__)
Found = TypeVar("Found")
# Local days before the date, where a channel's month is nearly spent.
PRESSES = timedelta(days=3)


ByPerson = Mapping[int, Sequence[DueStep]]
"""By person what is heard in one digest: the one it goes to, and those in whose place they hear of it."""
_Last = tuple[int, str, str]
"""An obligation, and the last of its steps that has come: its nominal date and its key, as the memory has them."""


def with_news(
    session: Session, office: Office, waiting: Sequence[Recipient], ahead: Horizon, today: date
) -> list[Recipient]:
    """Those of these to whom the last step of something was not said."""
    rows = near(session, office, None, ahead, today) if waiting else []
    last = dict(_last_steps(office, rows, today))
    by_agency: dict[str, list[_Last]] = defaultdict(list)
    for row in rows:
        if row.id in last:
            by_agency[row.agency_id].append((row.id, *last[row.id]))
    heard = memory.heard(session, set(last.values()))
    saving, until = ways.saving(session), (today + PRESSES).isoformat()
    return [
        each
        for each in waiting
        if any(step[1] <= until or each.address.channel not in saving for step in _unheard(each, by_agency, heard))
    ]


def _unheard(
    recipient: Recipient, by_agency: Mapping[str, Sequence[_Last]], heard: Collection[memory.Heard]
) -> Iterator[_Last]:
    """The last steps that are new to somebody; in another's place those which that one has not heard either."""
    mine, own = recipient.person_id, set(recipient.own)
    for agency in recipient.agencies:
        hear = (mine,) if agency in own else (mine, *recipient.instead)
        for step in by_agency.get(agency, ()):
            if not any((each, *step) in heard for each in hear):
                yield step


def _last_steps(office: Office, rows: Sequence[Near], today: date) -> Iterable[tuple[int, tuple[str, str]]]:
    """By obligation the last step that has come: its nominal date and its key, as the memory has them."""

    def reckon(owed: Iterable[Owed]) -> Iterable[tuple[int, tuple[str, str]]]:
        for each, come in have_come(owed, office.calendar, today):
            yield each.obligation, (each.due.isoformat() if each.due else "", come[-1].key)

    return _each_alone(office, rows, reckon)


def told(
    session: Session, office: Office, some: Sequence[Recipient], by_agency: Mapping[str, Sequence[Near]], today: date
) -> list[tuple[Recipient, ByPerson]]:
    """Those who are told something today, each with what is heard by whom in it."""
    said, saving = _said(session, some, {row.id for rows in by_agency.values() for row in rows}), ways.saving(session)
    found: list[tuple[Recipient, ByPerson]] = []
    for each in some:
        rows = sorted(row for agency in set(each.agencies) for row in by_agency.get(agency, ()))
        steps = pressing(saving, each.address.channel, _due(office, each, rows, said, today), today)
        if steps:
            found.append((each, _by_person(each, rows, steps)))
            # Who stands in for the same person hears nothing of it again.
            for person_id, theirs in found[-1][1].items():
                said[person_id] |= memory.keys(theirs)
    return found


def pressing(saving: Container[str], channel: str, steps: tuple[DueStep, ...], today: date) -> tuple[DueStep, ...]:
    """What may go by a channel: all of it, or where its month is nearly spent what is due within three days or late.

    What is left out is not remembered as said, and comes with the next step, by another way, or in the next month.
    """
    if channel not in saving:
        return steps
    until = today + PRESSES
    return tuple(each for each in steps if each.owed.due is not None and each.owed.due <= until)


def _by_person(recipient: Recipient, rows: Iterable[Near], steps: Sequence[DueStep]) -> ByPerson:
    """Who is away hears of a step in the one who stands in, and is not told again after coming back."""
    agency_of = _agencies(rows)
    found: dict[int, list[DueStep]] = defaultdict(list)
    for step in steps:
        for each in (recipient.person_id, *recipient.absent_for(agency_of[step.owed.obligation])):
            found[each].append(step)
    return found


def told_now(session: Session, office: Office, recipient: Recipient, today: date) -> ByPerson:
    """What is to be said to one of them today about the open obligations of their agencies, with nothing spared."""
    rows = near(session, office, recipient.agencies, reminded.horizon(office, today), today)
    steps = _due(office, recipient, rows, _said(session, [recipient], {each.id for each in rows}), today)
    return _by_person(recipient, rows, steps)


def near(session: Session, office: Office, agencies: Collection[str] | None, ahead: Horizon, today: date) -> list[Near]:
    """What people are reminded of, of all agencies or of some, and is near on a local day."""
    found = horizon.near(session, ahead, agencies)
    return reminded.spoken_of(session, office, found, today) if found else found


def _agencies(rows: Iterable[Near]) -> dict[int, str]:
    return {row.id: row.agency_id for row in rows}


def _said(session: Session, some: Iterable[Recipient], about: Collection[int]) -> dict[int, set[ReminderKey]]:
    """What they, and those in whose place they hear, were told of some obligations, by person."""
    return memory.said_by(session, {each for one in some for each in (one.person_id, *one.instead)}, about)


def _due(
    office: Office,
    recipient: Recipient,
    rows: Sequence[Near],
    said: Mapping[int, Collection[ReminderKey]],
    today: date,
) -> tuple[DueStep, ...]:
    """What is due of rows that are spoken of, given what was said to whom.

    In somebody's place a person is told what that one has not heard yet.
    """
    own, heard = set(recipient.own), said[recipient.person_id]
    found = _steps(office, [row for row in rows if row.agency_id in own], heard, today)
    others = [row for row in rows if row.agency_id not in own]
    if others:
        found += _steps(office, others, {*heard}.union(*(said[each] for each in recipient.instead)), today)
    return found


def _steps(office: Office, rows: Sequence[Near], said: Collection[ReminderKey], today: date) -> tuple[DueStep, ...]:
    return _each_alone(office, rows, lambda owed: due(owed, said, office.calendar, today))


def _each_alone(
    office: Office, rows: Sequence[Near], reckon: Callable[[Iterable[Owed]], Iterable[Found]]
) -> tuple[Found, ...]:
    """What is reckoned of these; one that cannot be is left out and logged, the others are reminded of."""
    try:
        return tuple(reckon(as_owed(office, rows)))
    except Exception:
        if len(rows) > 1:
            return tuple(found for row in rows for found in _each_alone(office, [row], reckon))
        log.exception("what is due of obligation %s cannot be reckoned", rows[0].id)
        return ()


def due_today(session: Session, office: Office, agencies: Collection[str], today: date) -> dict[str, int]:
    """Of these agencies, joint ones by their own identity, those with steps whose day is today, by the members of each
    how many obligations are concerned."""
    rows = horizon.near(session, reminded.horizon(office, today), agencies)
    agency_of = _agencies(rows)
    found: dict[str, int] = {}

    def reckon(owed: Iterable[Owed]) -> Iterable[str]:
        for each, come in have_come(owed, office.calendar, today):
            # Without a person there is no memory: a step counts on its own day only.
            if come[-1].day == today:
                yield agency_of[each.obligation]

    for owner in _each_alone(office, begun(session, office, rows), reckon):
        for agency in members(owner):
            found[agency] = found.get(agency, 0) + 1
    return found
