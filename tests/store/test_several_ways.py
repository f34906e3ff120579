"""Who has a chat on two platforms is reached on one of them, and by the other when that one takes nothing."""

from sqlmodel import Session

from plan.people import Role
from store import addresses, people
from store.engine import Store
from store.people_tables import Address
from store.plan_tables import AgencyRow
from tests.delivery import rows


def ways(session: Session) -> list[list[str]]:
    """The channels that each of those who read people gives for the one person there is."""
    return [
        [address.channel for _, address, _ in people.reachable(session, Role.OFFICER, Role.ADMIN)],
        [address.channel for _, address in people.everybody(session)],
        [address.channel for _, address in people.admins(session)],
        [address.channel for _, address, _ in people.linked(session) if address is not None],
    ]


def test_nothing_leaves_twice_and_the_next_way_serves_when_the_first_is_closed(store: Store) -> None:
    with store.unit() as session:
        number = rows.person(session)
        session.add(Address(person_id=number, channel="zalo", user="z", chat="z", linked_at=rows.NOW))
        session.add(AgencyRow(id="noivu", name="Phòng Nội vụ"))
        session.flush()
        for role in (Role.OFFICER, Role.ADMIN):
            people.join(session, number, "noivu", role, rows.NOW)
        assert ways(session) == [["telegram", "telegram"], ["telegram"], ["telegram"], ["telegram"]]
        addresses.mark_unreachable(session, "telegram", "1", "blocked", rows.NOW)
        session.flush()
        assert ways(session) == [["zalo", "zalo"], ["zalo"], ["zalo"], ["zalo"]]
        addresses.mark_reachable(session, "telegram", "1")
        addresses.mark_unreachable(session, "zalo", "z", "blocked", rows.NOW)
        session.flush()
        assert ways(session) == [["telegram", "telegram"], ["telegram"], ["telegram"], ["telegram"]]
        addresses.mark_unreachable(session, "telegram", "1", "blocked", rows.NOW)
        session.flush()
        assert ways(session) == [[], [], [], ["telegram"]]
        assert [each.channel for each in addresses.addresses_of(session, number)] == ["telegram", "zalo"]
