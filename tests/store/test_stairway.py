"""An office's data goes up the stairs whole: from every released revision to the newest, with its history guarded."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy.exc import DBAPIError

from app import backup_files
from app.wiring import alembic_config, migrate
from store import deliveries, schema
from store.engine import Store
from store.engines import kind_of, sqlite_backup
from store.engines.postgresql import UPGRADE_ALONE
from store.engines.sqlite import sqlite_path
from store.postings import Identity, continuation
from store.schema import HEAD, REVISIONS, SchemaError
from tests import postgresql
from tests.databases import Databases
from tests.store.seeds import SEEDS, Rows

# A way in which rows go without being deleted one by one.
PAST_THE_ROWS = {"sqlite": "REPLACE INTO {0} SELECT * FROM {0}", "postgresql": "TRUNCATE {} CASCADE"}
# From the first schema and from the last released one; the others are long.
ENDS = (REVISIONS[0], REVISIONS[-2], HEAD)
KEPT_FOR_GOOD = ("obligation_event", "audit", "plan_version", "issued_report", "remark")


def seeded(url: str, revision: str) -> str:
    """Brings an empty database to a revision and fills it with its seed; gives its address."""
    if (path := sqlite_path(url)) is None:
        command.upgrade(alembic_config(url), revision)
    else:
        shutil.copyfile(_landing(revision), path)
    with opened(url) as connection:
        for table, rows in SEEDS[revision].items():
            for row in rows:
                insert(connection, table, row)
    return url


@cache
def _landing(revision: str) -> Path:
    """An empty SQLite file at a revision, made of the one below it: each step is climbed once a process."""
    path = Path(tempfile.mkdtemp()) / f"{revision}.db"
    if below := REVISIONS.index(revision):
        shutil.copyfile(_landing(REVISIONS[below - 1]), path)
    command.upgrade(alembic_config(f"sqlite:///{path}"), revision)
    return path


def insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    """One row, as it is written."""
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" if connection.dialect.name == "sqlite" else "%s" for _ in row)
    values = tuple(WRITTEN[connection.dialect.name](value) for value in row.values())
    connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)


def held(url: str) -> Rows:
    """Every row of every table, as SQLite keeps it."""
    with opened(url) as connection:
        return {
            name: [
                {column: as_kept(value) for column, value in row._mapping.items()}
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
            ]
            for name in inspect(connection).get_table_names()
        }


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """A transaction on a database that may be at any revision."""
    engine = kind_of(url).open_for_migration(url)
    with engine.begin() as connection:
        yield connection


# PostgreSQL takes every value as it is written, and no number for a truth value.
WRITTEN: dict[str, Callable[[Any], Any]] = {
    "sqlite": lambda value: value,
    "postgresql": lambda value: str(value) if isinstance(value, int | float) else value,
}


def as_kept(value: Any) -> Any:
    """A value of PostgreSQL as SQLite keeps it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def key(rows: Rows, table: str) -> list[tuple[tuple[str, object], ...]]:
    """The rows of a table in an order of their own."""
    return sorted((tuple(sorted(row.items())) for row in rows[table]), key=repr)


def _as_kept(rows: Rows) -> Rows:
    """A seed as far as its columns are kept: what a message was called is taken apart on the way up."""
    kept = {name: value for name, value in rows.items() if name != "delivery"}
    return kept | {"delivery": [{name: row[name] for name in row if name != "subject"} for row in rows["delivery"]]}


def test_the_program_knows_the_revisions_by_their_files() -> None:
    script = ScriptDirectory.from_config(alembic_config("sqlite://"))
    assert tuple(each.revision for each in reversed(list(script.walk_revisions()))) == REVISIONS
    assert script.get_current_head() == HEAD


def test_every_revision_has_a_seed_with_every_table_and_column(tmp_path: Path) -> None:
    assert tuple(SEEDS) == REVISIONS, "a new revision needs its rows in tests/store/seeds.py"
    for revision in REVISIONS:
        found = held(seeded(f"sqlite:///{tmp_path / revision}.db", revision))
        assert set(found) - {"alembic_version"} == set(SEEDS[revision])
        for table, rows in SEEDS[revision].items():
            assert {name for row in rows for name in row} == set(found[table][0]), f"{revision}: columns of {table}"


@pytest.mark.parametrize(
    "revision",
    [
        pytest.param(each, marks=() if each in (REVISIONS[0], REVISIONS[-2], HEAD) else pytest.mark.long)
        for each in REVISIONS
    ],
)
def test_no_row_is_lost_and_no_value_changes_on_the_way_up(databases: Databases, revision: str) -> None:
    url = seeded(databases.empty(), revision)
    before = held(url)
    migrate(url)
    command.check(alembic_config(url))
    after = held(url)
    for table, rows in _as_kept(SEEDS[revision]).items():
        columns = rows[0].keys()
        kept = {table: [{name: row[name] for name in columns} for row in after[table]]}
        assert key(kept, table) == key(before if revision == HEAD else _as_kept(SEEDS[revision]), table)
    if "plan_version" not in SEEDS[revision]:
        said = [(row["plan_id"], row["digest"], row["synced_at"]) for row in after["plan_version"]]
        assert said == [(row["id"], row["digest"], row["synced_at"]) for row in SEEDS[revision]["plan"]]
    assert after["alembic_version"] == [{"version_num": HEAD}]
    if (path := sqlite_path(url)) is not None:
        # Every reference, too: SQLite makes tables anew with them switched off.
        assert sqlite_backup.verify(path).revision == HEAD
    for table in [each for each in KEPT_FOR_GOOD if after[each]]:
        ways = (f"UPDATE {table} SET id = 99", f"DELETE FROM {table}")
        for statement in (*ways, PAST_THE_ROWS[databases.name].format(table)):
            with pytest.raises(DBAPIError, match="append-only"), opened(url) as connection:
                connection.exec_driver_sql(statement)


def test_the_database_as_it_was_is_kept_before_an_upgrade_and_the_last_three_of_these(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    for day in range(1, 5):
        (tmp_path / f"office.db.before-0000-to-0001-2020010{day}T000000Z.db").touch()
    migrate(seeded(f"sqlite:///{path}", "0001"))
    found = sorted(tmp_path.glob("office.db.before-*.db"), key=lambda each: each.name[-12:])
    newest = next(each for each in found if f"-0001-to-{HEAD}-" in each.name)
    assert sqlite_backup.verify(newest).revision == "0001"
    assert held(f"sqlite:///{newest}")["submission"] == SEEDS["0001"]["submission"]
    assert len(found) == backup_files.UPGRADES_KEPT
    migrate(f"sqlite:///{path}")
    assert len(list(tmp_path.glob("office.db.before-*.db"))) == backup_files.UPGRADES_KEPT


@pytest.mark.long
def test_two_processes_that_start_at_once_upgrade_once(databases: Databases) -> None:
    url = seeded(databases.empty(), "0001")
    code = f"from app.wiring import migrate; migrate({url!r})"
    both = [
        subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."})
        for _ in range(2)
    ]
    for each in both:
        _, said = each.communicate(timeout=60)
        assert each.returncode == 0, said.decode()
    assert held(url)["alembic_version"] == [{"version_num": HEAD}]
    if (path := sqlite_path(url)) is not None:
        assert sqlite_backup.verify(path).revision == HEAD
        assert len(list(path.parent.glob("office.db.before-*.db"))) == 1


def test_one_process_upgrades_while_the_other_waits(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    with kind_of(url).upgrading(url):
        other = os.open(tmp_path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
    assert list(tmp_path.iterdir()) == []


def test_on_a_server_too_the_second_waits_with_its_dump() -> None:
    url = postgresql.copy_of(migrate)
    tries = UPGRADE_ALONE.replace("pg_advisory_lock", "pg_try_advisory_lock")
    with opened(url) as connection:
        with kind_of(url).upgrading(url):
            assert connection.exec_driver_sql(tries).scalar() is False
        # The server ends a session a moment after it was closed, and whoever waits has its turn then.
        connection.exec_driver_sql("SET lock_timeout = '30s'")
        connection.exec_driver_sql(UPGRADE_ALONE)
    postgresql.drop(url)


def test_a_new_database_needs_no_backup(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'office.db'}")
    assert [each.name for each in tmp_path.iterdir()] == ["office.db"]


def test_a_newer_schema_is_refused_in_a_sentence_and_left_alone(databases: Databases) -> None:
    url = seeded(databases.empty(), HEAD)
    with opened(url) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = held(url)
    with pytest.raises(SchemaError, match=r"revision 9999.*run the newer program, or restore the backup"):
        migrate(url)
    assert held(url) == before


def test_the_database_of_another_program_is_refused(databases: Databases) -> None:
    url = databases.empty()
    with opened(url) as connection:
        connection.exec_driver_sql("CREATE TABLE songs (name TEXT)")
    with pytest.raises(SchemaError, match="another program"):
        migrate(url)


def test_a_database_that_is_up_to_date_is_not_written(databases: Databases) -> None:
    url = databases.copy_of()
    statements: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        migrate(url)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert statements
    assert not [each for each in statements if each.split()[0] in ("CREATE", "UPDATE", "INSERT", "ALTER", "DELETE")]
    store = Store(url)
    assert schema.revision(store) == HEAD
    store.close()


LATE = Identity("late", day=date(2020, 1, 14), person_id=1)
NAMED_BEFORE = {
    "digest:1:2020-01-14": "digest:2020-01-14:1",
    "coordinate:1:2020-01-14": "coordinate:2020-01-14:1",
    "review-waits:1:2020-01-14:1": "review-waits:2020-01-14:1",
    "snooze:1:1:2020-01-14": "snooze:2020-01-14:1:1",
    "late:2020-01-14:1": "late:2020-01-14:1",
    "weekly:2020-01-13:1": "weekly:2020-01-13:1",
    "moved:7:1:notice": "moved:7:1",
    "failed:2:1": "failed:2:1",
    "paper:telegram:101:9:1": "paper:telegram:101:9:1",
    "unsaid:9": None,
    "digest:1:2020-01-14#2": "digest:2020-01-14:after 10:1#2",
    "late:2020-01-14:1#2": "late:2020-01-14:after 14:1#2",
}


def test_what_a_message_was_called_is_taken_apart_once(databases: Databases) -> None:
    url = seeded(databases.empty(), "0004")
    row = SEEDS["0004"]["delivery"][0]
    with opened(url) as connection:
        connection.exec_driver_sql("DELETE FROM reminder")
        connection.exec_driver_sql("DELETE FROM delivery")
        for number, subject in enumerate(NAMED_BEFORE, 10):
            values = {**row, "id": number, "subject": subject, "chat": "-4001" if number == 15 else "101"}
            insert(connection, "delivery", values)
    migrate(url)
    found = {each["id"]: each for each in held(url)["delivery"]}
    assert [found[number]["identity"] for number in sorted(found)] == list(NAMED_BEFORE.values())
    late, second, paper, group = found[14], found[21], found[18], found[15]
    assert (late["occasion"], str(late["day"]), late["page"], late["first_id"]) == ("late", "2020-01-14", 1, None)
    assert (second["occasion"], str(second["day"]), second["page"], second["first_id"]) == ("late", "2020-01-14", 2, 14)
    assert (paper["occasion"], paper["day"], paper["caused_by"]) == ("paper", None, 1)
    assert (str(group["day"]), bool(group["in_group"])) == ("2020-01-13", True)
    assert (bool(late["in_group"]), late["caused_by"]) == (False, None)
    # What the new program would make again is there already.
    store = Store(url)
    with store.look() as session:
        assert deliveries.exists(session, Identity("digest", day=date(2020, 1, 14), person_id=1))
        assert deliveries.exists(session, Identity("snooze", 1, date(2020, 1, 14), 1))
        first = deliveries.by_identity(session, LATE)
        assert first is not None
        assert deliveries.exists(session, continuation(first))
    store.close()
