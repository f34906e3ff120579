"""The schema: the migrations make what the tables say, can be gone up and down, and protect the history."""

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from app.wiring import alembic_config, migrate
from plan.status import EventKind
from store.engine import Store
from store.plan_tables import AgencyRow, PlanRow
from store.tables import Delivery, Obligation, ObligationEvent
from store.types import EvidenceState
from tests.databases import Databases

NOW = datetime(2020, 1, 2, tzinfo=UTC)


@pytest.fixture
def url(databases: Databases) -> str:
    """A database without a table."""
    return databases.empty()


def test_the_migrations_make_what_the_tables_say(url: str) -> None:
    migrate(url)
    command.check(alembic_config(url))


def test_each_step_goes_up_down_and_up(url: str) -> None:
    config = alembic_config(url)
    steps = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    for revision in reversed(steps):
        command.upgrade(config, revision)
        command.downgrade(config, "-1")
        command.upgrade(config, revision)
    command.check(config)


def test_migrating_twice_changes_nothing(url: str) -> None:
    migrate(url)
    migrate(url)
    command.check(alembic_config(url))


def obligation(store: Store) -> int:
    """A plan, an agency and an obligation."""
    with store.unit() as session:
        session.add(PlanRow(id="p", digest="d", content="{}", first_synced_at=NOW, synced_at=NOW))
        session.add(AgencyRow(id="a", name="A"))
        session.flush()
        row = Obligation(plan_id="p", work="1a.1", task="1a", milestone="1a.1", agency_id="a", kind="dated")
        session.add(row)
        session.flush()
        session.add(
            ObligationEvent(obligation_id=row.id or 0, kind=EventKind.CREATED, at=NOW, recorded_at=NOW, via="test")
        )
        return row.id or 0


@pytest.mark.parametrize("statement", ["UPDATE obligation_event SET note = 'x'", "DELETE FROM obligation_event"])
def test_history_can_neither_be_changed_nor_deleted(url: str, statement: str) -> None:
    migrate(url)
    store = Store(url)
    obligation(store)
    with pytest.raises(DBAPIError, match="append-only"), store.unit() as session:
        session.connection().exec_driver_sql(statement)
    with store.look() as session:
        assert session.exec(select(ObligationEvent)).one().note == ""
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE obligation SET state = 'finished'",
        "UPDATE obligation SET kind = 'sometimes'",
        "UPDATE obligation SET agency_id = 'nobody'",
        "INSERT INTO obligation (plan_id, task, milestone, occurrence, agency_id, kind, state, progress, blocked)"
        " VALUES ('p', '1a', '1a.1', '', 'a', 'dated', 'open', '', '')",
    ],
)
def test_the_schema_itself_refuses_what_makes_no_sense(url: str, statement: str) -> None:
    migrate(url)
    store = Store(url)
    obligation(store)
    with pytest.raises(IntegrityError), store.unit() as session:
        session.connection().exec_driver_sql(statement)
    store.close()


def test_a_rebuilt_table_keeps_its_check_in_one_version(url: str) -> None:
    migrate(url)
    store = Store(url)
    with store.look() as session:
        checks = [str(each["sqltext"]) for each in inspect(session.connection()).get_check_constraints("evidence")]
    store.close()
    assert len(checks) == 1
    assert all(f"'{state}'" in checks[0] for state in EvidenceState)


def test_a_unit_is_whole_or_nothing(url: str) -> None:
    migrate(url)
    store = Store(url)

    def half_way() -> None:
        with store.unit() as session:
            session.add(AgencyRow(id="a", name="A"))
            session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half_way()
    with store.look() as session:
        assert session.exec(select(AgencyRow)).all() == []
    store.close()


def test_a_time_without_a_zone_is_refused(url: str) -> None:
    migrate(url)
    store = Store(url)
    row = Delivery(
        created_at=NOW.replace(tzinfo=None),
        kind="answer",
        priority=0,
        why="",
        channel="t",
        chat="1",
        not_before=NOW,
    )
    with pytest.raises(Exception, match="without a zone"), store.unit() as session:
        session.add(row)
    store.close()


def test_a_reader_cannot_write(url: str) -> None:
    migrate(url)
    store = Store(url)
    with store.look() as session:
        session.add(AgencyRow(id="a", name="A"))
        with pytest.raises(Exception, match=r"read-?only"):
            session.flush()
    store.close()
