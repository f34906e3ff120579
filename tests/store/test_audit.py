"""The audit: nothing can be changed, and who goes around the triggers is found."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from store import audit
from store.audit_actions import Action
from store.engine import Store

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
UNGUARDED = {
    "sqlite": ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"),
    "postgresql": ("ALTER TABLE audit DISABLE TRIGGER audit_no_change",),
}


def fill(store: Store, count: int = 5) -> list[str]:
    """Some entries; their hashes."""
    found = []
    for number in range(count):
        with store.unit() as session:
            entry = audit.record(
                session,
                Action.INVITE_MADE,
                f"invite:{number}",
                NOW + timedelta(seconds=number),
                via="test",
                role="officer",
            )
            found.append(entry.hash)
    return found


def verified(store: Store, head: str | None = None) -> audit.Verified:
    """A walk along the chain."""
    with store.look() as session:
        return audit.verify(session, head)


def test_a_chain_is_sound_and_knows_every_head_it_had(store: Store) -> None:
    assert verified(store) == audit.Verified(0, audit.START)
    hashes = fill(store)
    assert verified(store) == audit.Verified(5, hashes[-1])
    assert all(verified(store, each[:12]).why == "" for each in hashes)
    assert "not in the chain" in verified(store, "f" * 12).why


@pytest.mark.parametrize("statement", ["UPDATE audit SET via = 'x'", "DELETE FROM audit WHERE id = 5"])
def test_the_database_refuses_changes(store: Store, statement: str) -> None:
    fill(store)
    with pytest.raises(DBAPIError, match="append-only"), store.unit() as session:
        session.connection().exec_driver_sql(statement)


def around_the_triggers(store: Store, statement: str) -> None:
    """As somebody with the file or the server in hand would."""
    with store.unit() as session:
        run: Callable[[str], object] = session.connection().exec_driver_sql
        for each in UNGUARDED[session.get_bind().dialect.name]:
            run(each)
        run(statement)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ('UPDATE audit SET detail = \'{"role": "admin"}\' WHERE id = 3', 3),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE id = 2", 2),
        ("UPDATE audit SET actor = NULL, subject = 'invite:9' WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 4", 5),
        ("DELETE FROM audit WHERE id = 1", 2),
    ],
)
def test_a_changed_row_is_found(store: Store, statement: str, where: int) -> None:
    fill(store)
    around_the_triggers(store, statement)
    assert verified(store).broken_at == where


def test_what_was_cut_off_at_the_end_is_found_by_a_head_kept_elsewhere(store: Store) -> None:
    hashes = fill(store)
    around_the_triggers(store, "DELETE FROM audit WHERE id > 3")
    assert verified(store).why == ""
    assert "not in the chain" in verified(store, hashes[4][:12]).why
