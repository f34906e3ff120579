"""What a platform gives in a month: counted from the record, shown, and told of twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from plan.model import Kind
from plan.people import Role
from plan.reminders import DueStep, Owed, Step
from scheduler import due_steps
from scheduler import months as told
from store import addresses, months, people, settings, ways
from store.engine import Store
from store.people_tables import Address
from store.plan_tables import AgencyRow
from store.tables import Delivery
from store.types import DeliveryState
from tests.delivery import rows
from tests.delivery.conftest import office
from words.month import Month, Spent
from words.office import Office

__all__ = ["office"]
# 8:00 in Hanoi on the last working day of January, and the month's first and last instants in UTC.
NOW = datetime(2020, 1, 31, 1, tzinfo=UTC)
BEGINS, ENDS = datetime(2019, 12, 31, 17, tzinfo=UTC), datetime(2020, 1, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(("used", "step"), [(0, None), (69, None), (70, 70), (89, 70), (90, 90), (130, 90)])
def test_a_step_is_reached_and_not_rounded_up_to(used: int, step: int | None) -> None:
    assert Spent("messages", used, 100).told_at == step
    assert Spent("people", used * 10 + 9, 1000).told_at == step


def leave(session: Session, count: int, at: datetime, **values: object) -> None:
    """Messages that left on Zalo, whose bot was opened."""
    settings.put_bot_name(session, "zalo", "Bot Nhắc Việc")
    for _ in range(count):
        rows.add(session, **{"channel": "zalo", "state": DeliveryState.SENT, "sent_at": at} | values)


def test_the_months_own_receipts_and_the_people_linked_there_are_counted(store: Store, office: Office) -> None:
    limited = replace(office, months={"zalo": Month(50, 3000)})
    with store.unit() as session:
        for number in (1, 2):
            rows.person(session, number)
        for user in ("a", "b"):
            session.add(Address(person_id=1, channel="zalo", user=user, chat=user, linked_at=NOW))
        leave(session, 2, BEGINS)
        leave(session, 3, ENDS - timedelta(seconds=1))
        leave(session, 4, BEGINS - timedelta(seconds=1))
        leave(session, 5, ENDS)
        leave(session, 6, NOW, channel="telegram")
        leave(session, 7, NOW, state=DeliveryState.FAILED)
        assert months.of(session, limited, NOW) == {"zalo": [Spent("people", 1, 50), Spent("messages", 5, 3000)]}
        only = replace(office, months={"zalo": Month(0, 3000)})
        assert months.of(session, only, NOW) == {"zalo": [Spent("messages", 5, 3000)]}
        assert months.of(session, replace(office, months={"zalo": Month()}), NOW) == {}
        assert months.of(session, replace(office, months={}), NOW) == {}
        settings.drop(session, "bot_name:zalo")
        assert months.of(session, limited, NOW) == {}


def test_an_admin_hears_once_at_each_step_of_a_month(store: Store, office: Office) -> None:
    limited = replace(office, months={"zalo": Month(0, 10)})
    with store.unit() as session:
        session.add(AgencyRow(id=office.compiler, name="Phòng Nội vụ"))
        session.flush()
        admin = people.link(session, "telegram", "1", "1", "Hoa", "", NOW)
        people.join(session, admin.id or 0, office.compiler, Role.ADMIN, NOW)

        def heard(now: datetime) -> list[str]:
            before = {row.id for row in session.exec(select(Delivery))}
            told.tell(session, limited, now)
            new = [row for row in session.exec(select(Delivery)) if row.id not in before]
            return [str((row.body or {})["parts"]) for row in new]

        leave(session, 6, BEGINS)
        assert heard(NOW) == []
        leave(session, 1, NOW)
        # It is counted once an hour.
        assert heard(NOW + timedelta(minutes=5)) == []
        [at_70] = heard(NOW + timedelta(hours=1))
        assert "70%" in at_70
        assert "7 trên 10" in at_70
        leave(session, 1, NOW)
        assert heard(NOW + timedelta(hours=2)) == []
        leave(session, 1, NOW)
        [at_90] = heard(NOW + timedelta(hours=3))
        assert "90%" in at_90
        assert heard(NOW + timedelta(hours=4)) == []
        leave(session, 8, ENDS)
        [anew] = heard(ENDS + timedelta(hours=8))
        assert "80%" in anew


def test_near_the_end_of_a_month_another_way_comes_first_and_what_presses_alone_goes_by_this_one(
    store: Store, office: Office
) -> None:
    limited = replace(office, months={"zalo": Month(0, 10)})
    with store.unit() as session:
        number = rows.person(session)
        session.add(Address(person_id=number, channel="zalo", user="z", chat="z", linked_at=NOW, rank=ways.CHOSEN))
        session.flush()
        assert [each.channel for each in addresses.addresses_of(session, number)] == ["zalo", "telegram"]
        leave(session, 9, NOW - timedelta(days=3))
        told.tell(session, limited, NOW)
        assert [each.channel for each in addresses.addresses_of(session, number)] == ["telegram", "zalo"]
        today = limited.today(NOW)
        steps = tuple(
            DueStep(Owed(n, Kind.DATED, due), Step("x", 0, today))
            for n, due in enumerate((None, today, today - timedelta(days=9), today + timedelta(days=3)), 1)
        )
        later = DueStep(Owed(9, Kind.DATED, today + timedelta(days=4)), Step("x", 0, today))
        assert due_steps.pressing(ways.saving(session), "zalo", (*steps, later), today) == steps[1:]
        assert due_steps.pressing(ways.saving(session), "telegram", (*steps, later), today) == (*steps, later)
        # The next month is as the first.
        told.tell(session, limited, NOW + timedelta(days=1))
        assert ways.saving(session) == {}
        assert [each.channel for each in addresses.addresses_of(session, number)] == ["zalo", "telegram"]
