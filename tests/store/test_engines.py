"""What each kind of database says of itself, and which ones are refused in a sentence."""

from contextlib import ExitStack

import pytest
from sqlalchemy import event

from store import settings
from store.engine import Store
from store.engines import UnknownDatabaseError, kind_of
from store.schema import SchemaError, revision
from tests import postgresql
from tests.databases import OnSqlite

CONNECTED = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
)


def test_the_operator_hears_how_the_database_stands(store: Store) -> None:
    with store.reader.connect() as connection:
        found = {each.name: each.ok for each in store.kind.examine(connection)}
        assert store.kind.size(connection) > 100_000
    # The tests' own server does not wait for its disk, and says so.
    assert {name: ok for name, ok in found.items() if name != "sqlite"} == (
        {"database": True} if store.writer.dialect.name == "sqlite" else {"database": True, "fsync": False}
    )


def test_a_statement_is_compiled_once_for_every_office_of_a_process() -> None:
    hits: list[str] = []
    databases = OnSqlite()
    for _ in range(2):
        store = Store(databases.copy_of())
        for engine in (store.writer, store.reader):
            event.listen(engine, "before_cursor_execute", lambda *said: hits.append(said[4].cache_hit.name))
        with store.unit() as session, store.look() as looking:
            assert [settings.get(each, "nothing") for each in (session, looking)] == [None, None]
        store.close()
    databases.close()
    # It may have been asked by a test before; BEGIN is compiled nowhere.
    assert hits.count("CACHE_MISS") <= 1
    assert hits.count("CACHE_MISS") + hits.count("CACHE_HIT") == 4


def test_a_kind_of_database_that_we_do_not_know_is_named() -> None:
    with pytest.raises(UnknownDatabaseError, match="DATABASE_URL names mysql"):
        kind_of("mysql://x/y")


@pytest.mark.parametrize("url", ["postgresql://u@127.0.0.1:1/office", "sqlite:////proc/nowhere.db"])
def test_a_database_that_does_not_answer_is_a_sentence(url: str) -> None:
    store = Store(url)
    with pytest.raises(SchemaError, match="does not answer"):
        revision(store)
    store.close()


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' ENCODING 'UTF8'", ""),
        ("LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'LATIN1'", "holds text as LATIN1"),
        ("LOCALE_PROVIDER icu ICU_LOCALE 'vi' LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'", "by a language"),
    ],
)
def test_a_database_that_sorts_otherwise_is_refused_in_a_sentence(how: str, why: str) -> None:
    server = postgresql.server()
    url = server.url(server.make(how=how))
    store = Store(url)
    if why:
        with pytest.raises(SchemaError, match=rf"{why}.*CREATE DATABASE"):
            revision(store)
    else:
        assert revision(store) is None
    store.close()
    postgresql.drop(url)


def connected(store: Store) -> int:
    with store.look() as session:
        return int(session.connection().exec_driver_sql(CONNECTED).scalar_one())


def test_a_server_holds_few_connections_of_an_office_that_rests() -> None:
    url = postgresql.empty()
    store = Store(url)
    listening = store.commits()
    with ExitStack() as many:
        for _ in range(6):
            many.enter_context(store.look()).connection()
        with store.unit() as session:
            assert session.connection().exec_driver_sql(CONNECTED).scalar_one() == 8
    assert listening is not None
    # One that was let go of is seen for a moment after.
    assert any(connected(store) == 4 for _ in range(1000))
    store.close()
    postgresql.drop(url)
