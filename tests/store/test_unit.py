"""What `store.unit()` promises on each kind of database: one writer at a time, whole or nothing, or in doubt."""

import inspect
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from threading import Event, Thread

import pytest
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlmodel import Session, col, select

import store.engine as contract
from app.wiring import migrate
from store import audit, rates, settings
from store.audit_actions import Action
from store.engine import InDoubtError, Store
from store.plan_tables import AgencyRow
from store.rates import Limit
from store.tables import Rate, Setting
from tests import postgresql
from tests.databases import on_each_kind_always as databases

__all__ = ["databases"]
NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
THREADS, EACH = 4, 50
EVERYBODY = Limit(1.0, burst=THREADS * EACH + 1)


def write(session: Session) -> None:
    """Reads and writes what follows from it, as the contract allows."""
    audit.record(session, Action.BACKUP_MADE, "b", NOW, via="test")
    assert rates.allow(session, "k", EVERYBODY, NOW)
    settings.put(session, "n", str(int(settings.get(session, "n") or 0) + 1))


def crowd(store: Store) -> None:
    """Several processes' worth of writers at once."""

    def work(_: int) -> None:
        own = Store(store.url)
        for _ in range(EACH):
            with own.unit() as session:
                write(session)
        own.close()

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(work, range(THREADS))) == [None] * THREADS


def test_writers_come_one_after_the_other_and_lose_nothing(store: Store) -> None:
    crowd(store)
    with store.look() as session:
        found = audit.verify(session)
        assert (found.entries, found.why) == (THREADS * EACH, "")
        assert settings.get(session, "n") == str(THREADS * EACH)
        assert session.get_one(Rate, "k").free_at == NOW.timestamp() + THREADS * EACH


def test_a_reader_waits_for_no_writer_and_sees_one_moment(store: Store) -> None:
    with store.look() as reader:
        assert settings.get(reader, "n") is None
        with store.unit() as session:
            settings.put(session, "n", "1")
            session.flush()
            with store.look() as other:
                assert settings.get(other, "n") is None
        assert reader.exec(select(Setting).where(col(Setting.key) == "n")).all() == []
    with store.look() as later:
        assert settings.get(later, "n") == "1"


def test_a_writer_waits_from_its_first_statement_on(store: Store) -> None:
    begun, seen = Event(), []

    def second() -> None:
        begun.set()
        with store.unit() as session:
            seen.append(settings.get(session, "n"))

    with store.unit() as session:
        settings.put(session, "n", "1")
        session.flush()
        other = Thread(target=second)
        other.start()
        assert begun.wait(10)
        other.join(0.2)
        assert seen == []
    other.join(10)
    assert seen == ["1"]


def test_what_relies_on_one_writer_says_so() -> None:
    named = re.findall(r"`([a-z_]+)\.([a-z_]+)`", contract.__doc__ or "")
    assert len(named) > 20
    for module, name in named:
        assert "one writer: store.engine" in (inspect.getdoc(getattr(import_module(f"store.{module}"), name)) or ""), (
            f"store.{module}.{name} is listed in store/engine.py: its docstring says «(one writer: store.engine)»"
        )


def test_large_letters_are_told_from_small_ones(store: Store) -> None:
    with store.unit() as session:
        session.add_all(Setting(key=key, value="") for key in ("moved:1", "Moved:1", "moved_1", "đ", "z", "B"))
    with store.look() as session:
        starting = select(Setting.key).where(col(Setting.key).startswith("moved:", autoescape=True))
        assert session.exec(starting).all() == ["moved:1"]
        in_order = session.exec(select(Setting.key).order_by(col(Setting.key))).all()
        assert in_order == sorted(in_order)


@pytest.mark.parametrize("arrives", [False, True])
def test_a_commit_that_was_cut_is_in_doubt_and_the_next_unit_sees_what_came_of_it(arrives: bool) -> None:
    url = postgresql.copy_of(migrate)
    with postgresql.cut_at_commit(url, arrives=arrives) as fragile:
        cut, whole = Store(fragile), Store(url)
        with pytest.raises(InDoubtError, match="look at what stands"), cut.unit() as session:
            session.add(AgencyRow(id="a", name="A"))
        with whole.unit() as session:
            assert (session.get(AgencyRow, "a") is not None) == arrives
        for each in (cut, whole):
            each.close()
    postgresql.drop(url)


def test_what_is_refused_is_no_doubt(store: Store) -> None:
    with pytest.raises(DBAPIError), store.unit() as session:
        session.add(Setting(key="n", value=None))  # type: ignore[arg-type]
    with store.look() as session:
        assert session.exec(select(Setting)).all() == []


def test_a_failed_statement_that_somebody_swallowed_is_not_committed_as_nothing() -> None:
    url = postgresql.copy_of(migrate)
    store = Store(url)

    def swallow() -> None:
        with store.unit() as session:
            settings.put(session, "n", "1")
            session.flush()
            with suppress(DBAPIError):
                session.connection().exec_driver_sql("SELECT 1 / 0")

    with pytest.raises(InvalidRequestError, match="a statement of this transaction failed"):
        swallow()
    store.close()
    postgresql.drop(url)
