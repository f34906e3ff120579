"""The tests of delivery run on each kind of database: what they prove stands on its claims."""

from collections.abc import Iterator

import pytest

from app import office_settings, settings
from store.engine import Store
from tests.databases import on_each_kind as databases
from tests.delivery.desk import Platform, Post
from words.office import Office

__all__ = ["databases"]


@pytest.fixture(scope="session")
def office() -> Office:
    """The office of the settings."""
    return office_settings.office_of(settings.read(_env_file=None))


@pytest.fixture
def post(store: Store, office: Office) -> Iterator[Post]:
    """An outbox with nothing in it."""
    made = Post(store, office, Platform())
    yield made
    made.runner.close()
