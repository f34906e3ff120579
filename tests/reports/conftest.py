"""An office with the plan of 2020, and its obligations on a database of the test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from plan.loader import load
from plan.workdays import load_calendar
from store import plan_sync
from store.engine import Store
from tests.reports.book import Book, at
from words import catalogue
from words.office import Office

DATA = Path(__file__).parents[2] / "data"
SYNCED = at(2020, 1, 1, 8)


@pytest.fixture(scope="session")
def office() -> Office:
    plan = load(DATA / "plan_2020.json")
    return Office({plan.id: plan}, load_calendar(DATA / "days_vn.toml"), catalogue.load(DATA / "texts_vi.toml"))


@pytest.fixture(scope="session")
def synced(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every obligation of the plan, made once and copied for each test."""
    path = tmp_path_factory.mktemp("synced") / "office.db"
    store = Store(f"sqlite:///{path}")
    SQLModel.metadata.create_all(store.writer)
    with store.unit() as session:
        for plan in office.plans.values():
            plan_sync.sync(session, plan, office.calendar, SYNCED, SYNCED.date())
    store.close()
    return path


@pytest.fixture
def book(synced: Path, office: Office, tmp_path: Path) -> Iterator[Book]:
    shutil.copy(synced, tmp_path / "office.db")
    store = Store(f"sqlite:///{tmp_path / 'office.db'}")
    yield Book(store, office)
    store.close()
