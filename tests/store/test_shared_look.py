"""Looks that follow each other and share a view, as those of a beat do, on each kind of database."""

from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlmodel import col, select

from app.wiring import migrate
from store import settings
from store.engine import Store
from store.tables import Setting
from tests import postgresql


def said(store: Store) -> str | None:
    with store.look() as session:
        return settings.get(session, "n")


def put(store: Store, value: str) -> None:
    with store.unit() as session:
        settings.put(session, "n", value)


def elsewhere(store: Store, value: str) -> None:
    """Another thread's unit, of which this thread's view knows nothing."""
    other = Thread(target=put, args=(store, value))
    other.start()
    other.join()


def test_they_see_one_moment_until_the_end_of_the_view(store: Store) -> None:
    put(store, "1")
    with store.one_view():
        assert said(store) == "1"
        elsewhere(store, "2")
        assert said(store) == "1"
        with store.one_view():
            assert said(store) == "1", "one inside of another is the same"
        assert said(store) == "1"
    assert said(store) == "2"


def test_a_unit_of_ones_own_is_followed_by_another_moment_and_whoever_reads_goes_on(store: Store) -> None:
    put(store, "1")
    with store.one_view(), store.look() as reader:
        assert settings.get(reader, "n") == "1"
        with store.unit() as session:
            settings.put(session, "n", "2")
            session.flush()
            assert said(store) == "1", "what is not committed is nobody's"
        assert said(store) == "2"
        assert settings.get(reader, "n") == "1"
        assert reader.exec(select(Setting.value).where(col(Setting.key) == "n")).one() == "1"


def test_what_is_undone_is_seen_nowhere(store: Store) -> None:
    put(store, "1")
    with store.one_view():
        assert said(store) == "1"
        with pytest.raises(ZeroDivisionError), store.unit() as session:
            settings.put(session, "n", str(1 // 0))
        elsewhere(store, "2")
        assert said(store) == "2", "a unit that raised ended the view all the same"


def test_an_error_in_one_is_none_of_the_next(store: Store) -> None:
    with store.one_view():
        assert said(store) is None
        with pytest.raises(DBAPIError), store.look() as session:
            settings.put(session, "n", "written in a look")
        elsewhere(store, "2")
        assert said(store) == "2"


def test_each_thread_has_its_own(store: Store) -> None:
    put(store, "1")
    seen: list[str | None] = []
    with store.one_view():
        assert said(store) == "1"
        elsewhere(store, "2")
        other = Thread(target=lambda: seen.append(said(store)))
        other.start()
        other.join()
        assert (seen, said(store)) == (["2"], "1")


def test_no_connection_is_kept(store: Store) -> None:
    def in_use() -> int:
        assert isinstance(store.reader.pool, QueuePool)
        return store.reader.pool.checkedout()

    with store.one_view():
        with store.look() as first, store.look() as second:
            assert {settings.get(each, "n") for each in (first, second)} == {None}
            assert in_use() == 1
            put(store, "1")
            assert said(store) == "1"
        with pytest.raises(ZeroDivisionError), store.look() as session:
            settings.put(session, "n", str(1 // 0))
    assert in_use() == 0


def test_a_connection_that_the_server_ended_is_of_no_concern_to_what_follows() -> None:
    url = postgresql.copy_of(migrate)
    store = Store(url)
    with store.one_view():
        with store.look() as session:
            own = session.connection().scalar(text("SELECT pg_backend_pid()"))
        other = Store(url)
        with other.unit() as session:
            assert session.connection().scalar(text("SELECT pg_terminate_backend(:own, 5000)"), {"own": own})
        other.close()
        put(store, "2")
        assert said(store) == "2"
    assert said(store) == "2"
    assert isinstance(store.reader.pool, QueuePool)
    assert store.reader.pool.checkedout() == 0
    store.close()
    postgresql.drop(url)
