"""A sandbox is started on the database of a real office: by mistake, or by somebody who wants its clock moved."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import settings
from sandbox import serve
from store import people, sandboxed
from store.engine import Store
from store.people_tables import Person
from store.sandboxed import SandboxError
from tests.databases import migrated

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> str:
    """The database of an office in which one person is linked."""
    url = f"sqlite:///{tmp_path / 'nhacviec.db'}"
    migrated(url)
    store = Store(url)
    with store.unit() as session:
        people.link(session, "telegram", "101", "101", "Lan", "notice", NOW)
    store.close()
    return url


def test_the_sandbox_leaves_an_offices_database_exactly_as_it_was(office: str) -> None:
    path = Path(office.removeprefix("sqlite:///"))
    before = path.read_bytes()
    with pytest.raises(SandboxError, match="1 people"):
        serve.run(settings.read(telegram_bot_token=None, database_url=office), 0, None)
    assert path.read_bytes() == before


def test_a_sandbox_takes_up_its_own_database_and_an_empty_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sandbox.db'}"
    sandboxed.refuse_an_office(url)
    migrated(url)
    sandboxed.refuse_an_office(url)
    store = Store(url)
    sandboxed.mark(store)
    with store.unit() as session:
        session.add(Person(name="Người mẫu", created_at=NOW))
    store.close()
    sandboxed.refuse_an_office(url)
