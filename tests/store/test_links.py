"""Links: the same for a message however often it leaves, used once, ended with a role, and forgotten in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from store import answer_links, file_links, people
from store.engine import Store
from store.file_links import Left
from store.people_tables import Person
from store.plan_tables import AgencyRow, PlanRow
from store.tables import Delivery, Obligation
from store.types import DeliveryKind, DeliveryState

NOW = datetime(2020, 1, 14, 2, tzinfo=UTC)


def token_of(salt: str) -> str:
    """As it is made with a key, for a test."""
    return f"token-of-{salt}"


def message(session: Session, person: int | None = 1, state: DeliveryState = DeliveryState.SENT) -> Delivery:
    """One that carries links."""
    row = Delivery(
        kind=DeliveryKind.ANSWER,
        priority=0,
        channel="zalo",
        chat="9",
        person_id=person,
        why="test",
        state=state,
        not_before=NOW,
        created_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


@pytest.fixture
def office(store: Store) -> Store:
    """A person, an obligation."""
    with store.unit() as session:
        session.add(PlanRow(id="p", digest="d", content="{}", first_synced_at=NOW, synced_at=NOW))
        session.add(AgencyRow(id="a", name="A"))
        session.add(Person(id=1, name="Lan", created_at=NOW))
        session.flush()
        session.add(
            Obligation(id=1, plan_id="p", work="1a.1", task="1a", milestone="1a.1", agency_id="a", kind="dated")
        )
    return store


def test_a_message_has_one_token_and_a_later_one_replaces_it_once_it_left(office: Store) -> None:
    with office.unit() as session:
        first = message(session)
        one = answer_links.keep(session, first, 1, token_of, NOW)
        assert answer_links.keep(session, first, 1, token_of, NOW + timedelta(hours=1)) == one
        found = answer_links.by_token(session, one)
        assert found is not None
        assert found.expires_at == NOW + answer_links.LIVES
        later = message(session, state=DeliveryState.DUE)
        two = answer_links.keep(session, later, 1, token_of, NOW)
        assert two != one
        assert not answer_links.is_replaced(session, found), "it has not left"
        later.state = DeliveryState.SENT
        session.add(later)
        session.flush()
        assert answer_links.is_replaced(session, found)
        assert answer_links.by_token(session, "token-of-nobody") is None


def test_one_is_used_once_and_not_when_it_is_over(office: Store) -> None:
    with office.unit() as session:
        rows = [
            answer_links.by_token(session, answer_links.keep(session, message(session), 1, token_of, NOW))
            for _ in range(3)
        ]
        first, late, ended = (row.id or 0 for row in rows if row is not None)
        assert answer_links.use(session, first, NOW)
        assert not answer_links.use(session, first, NOW)
        assert not answer_links.use(session, late, NOW + answer_links.LIVES)
        people.leave(session, 1, NOW, via="test", actor=None)
        assert not answer_links.use(session, ended, NOW)


def test_a_file_is_read_for_a_day_and_goes_with_its_persons_roles(office: Store) -> None:
    png = Left("hinh.png", "image/png", b"PNG")
    with office.unit() as session:
        row, group = message(session), message(session, person=None)
        own = file_links.keep(session, row, png, token_of, NOW)
        assert file_links.keep(session, row, png, token_of, NOW + timedelta(hours=1)) == own
        theirs = file_links.keep(session, group, png, token_of, NOW + timedelta(hours=1))
        found = file_links.by_token(session, own, NOW + timedelta(hours=24))
        assert found is not None
        assert found.data == b"PNG"
        assert file_links.by_token(session, own, NOW + timedelta(hours=25)) is None
        people.leave(session, 1, NOW, via="test", actor=None)
        assert file_links.by_token(session, own, NOW) is None
        assert file_links.by_token(session, theirs, NOW) is not None


def test_both_are_forgotten(office: Store) -> None:
    with office.unit() as session:
        token = answer_links.keep(session, message(session), 1, token_of, NOW)
        file = file_links.keep(session, message(session), Left("a", "b", b"c"), token_of, NOW)
        for drop in (answer_links.drop, file_links.drop):
            drop(session, NOW)
        assert answer_links.by_token(session, token) is not None
        assert file_links.by_token(session, file, NOW) is not None
        for drop in (answer_links.drop, file_links.drop):
            drop(session, NOW + timedelta(days=38))
        assert answer_links.by_token(session, token) is None
        assert file_links.by_token(session, file, NOW) is None
