"""The tests of delivery run on each kind of database: what they prove stands on its claims."""

import pytest

from app import settings, wiring
from tests.databases import on_each_kind as databases
from words.office import Office

__all__ = ["databases"]


@pytest.fixture(scope="session")
def office() -> Office:
    """The office of the settings."""
    return wiring.office_of(settings.read(_env_file=None))
