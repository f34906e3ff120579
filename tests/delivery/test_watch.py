"""To the minute: when an admin hears that the other process stopped, when not, and that it came back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from delivery.watch import SILENT, WATCHED, Watch
from plan.people import Role
from store import settings
from store.engine import Store
from store.people_tables import Address, Membership, Person
from store.plan_tables import AgencyRow
from store.tables import Delivery
from tests.databases import on_sqlite as databases
from words.message import Message
from words.office import Office

__all__ = ["databases"]

# Nine in the morning of a working day in Hanoi.
BEAT = datetime(2020, 1, 2, 2, tzinfo=UTC)
LATE = BEAT + SILENT + timedelta(seconds=1)


@pytest.fixture
def watched(store: Store) -> Store:
    """An office with two admins, whose scheduler gave a sign of life at BEAT."""
    with store.unit() as session:
        session.add(AgencyRow(id="a", name="A"))
        for number in (1, 2):
            session.add(Person(id=number, name="Hoa", created_at=BEAT))
            session.flush()
            session.add(Membership(person_id=number, agency_id="a", role=Role.ADMIN, since=BEAT))
            session.add(
                Address(person_id=number, channel="telegram", user=f"{number}", chat=f"c{number}", linked_at=BEAT)
            )
        settings.beat(session, "scheduler", BEAT)
    return store


def told(store: Store) -> list[tuple[str, int | None, str, str]]:
    """What was posted: the chat, whose it is, its identity and its first words."""
    with store.look() as session:
        rows = session.exec(select(Delivery).order_by(Delivery.id)).all()  # type: ignore[arg-type]
        return [(r.chat, r.person_id, r.identity or "", Message.from_json(r.body or {}).plain[:20]) for r in rows]


def beat(store: Store, at: datetime) -> None:
    """A sign of life."""
    with store.unit() as session:
        settings.beat(session, "scheduler", at)


def test_each_admin_is_told_once_that_it_stopped_and_once_that_it_is_back(watched: Store, office: Office) -> None:
    watch = Watch(watched, office, "scheduler")
    watch.look(LATE)
    assert told(watched) == []
    watch.look(LATE)
    stopped = [
        (f"c{number}", number, f"stopped:scheduler:{BEAT.isoformat()}:{number}", "Tin nhắc đang dừng\nT")
        for number in (1, 2)
    ]
    assert told(watched) == stopped
    with watched.look() as session:
        assert settings.get(session, "stopped:scheduler") == BEAT.isoformat()
    for _ in range(2):
        watch.look(LATE)
    # Nor does a process that has started meanwhile, or the same one, tell it again.
    Watch(watched, office, "scheduler").look(LATE)
    assert told(watched) == stopped
    beat(watched, LATE)
    for _ in range(2):
        watch.look(LATE)
    back = [
        (f"c{number}", number, f"back:scheduler:{BEAT.isoformat()}:{number}", "Tiến trình nhắc việc")
        for number in (1, 2)
    ]
    assert told(watched) == stopped + back
    with watched.look() as session:
        assert settings.get(session, "stopped:scheduler") is None


def told_after(store: Store, office: Office, *looks: datetime) -> bool:
    """Whether anybody heard of anything after looks at these moments."""
    watch = Watch(store, office, "scheduler")
    for each in looks:
        watch.look(each)
    return told(store) != []


def test_ten_minutes_are_not_too_long(watched: Store, office: Office) -> None:
    assert timedelta(minutes=10) == SILENT
    assert not told_after(watched, office, BEAT + SILENT, BEAT + SILENT)
    assert told_after(watched, office, LATE, LATE)


def test_an_old_beat_must_be_met_twice_in_a_row(watched: Store, office: Office) -> None:
    assert not told_after(watched, office, LATE, BEAT, LATE)
    watch = Watch(watched, office, "scheduler")
    watch.look(LATE)
    beat(watched, BEAT + timedelta(seconds=1))
    watch.look(LATE + timedelta(minutes=1))
    assert told(watched) == []
    watch.look(LATE + timedelta(minutes=1))
    assert told(watched) != []


def test_nobody_is_woken_at_night(watched: Store, office: Office) -> None:
    evening, morning = BEAT.replace(hour=15), BEAT.replace(day=3, hour=1)
    assert not told_after(watched, office, evening, evening, evening)
    assert told_after(watched, office, evening, morning)


def test_what_never_ran_has_not_stopped(watched: Store, office: Office) -> None:
    watch = Watch(watched, office, WATCHED["scheduler"])
    for _ in range(2):
        watch.look(LATE)
    assert told(watched) == []
