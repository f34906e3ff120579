"""A copy of a database that serves is known at its first start on a server too, where no file is beside it."""

from datetime import UTC, datetime

from sqlalchemy import make_url

from app import installation, settings, wiring
from app.wiring import Service
from sandbox.world import TOKEN
from store import people, serving
from store import settings as stored
from store.serving import Why
from tests import postgresql

NOW = datetime(2020, 1, 14, 1, tzinfo=UTC)


def opened(url: str) -> Service:
    """The service on a database."""
    return wiring.open_service(settings.read(_env_file=None, telegram_bot_token=TOKEN, database_url=url))


def started(url: str) -> Why | None:
    """Why a start on a database asks before it serves; None where it serves."""
    service = opened(url)
    installation.at_start(service, NOW)
    with service.store.look() as session:
        found = serving.held(session)
    service.store.close()
    return found.why if found is not None else None


def chosen(url: str) -> bool:
    """Whether a copy knows itself as the one that was chosen."""
    service = opened(url)
    with service.store.look() as session:
        kept = stored.get(session, serving.CHOSEN)
    found = kept == installation.place(service)
    service.store.close()
    return found


def test_what_was_copied_on_a_server_asks_at_its_first_start() -> None:
    url = postgresql.copy_of(wiring.migrate)
    assert started(url) is None
    service = opened(url)
    with service.store.unit() as session:
        people.link(session, "telegram", "7", "7", "Lan", "…", NOW)
    service.store.close()
    assert started(url) is None, "the next start is at the same place"
    server = postgresql.server()
    copied = server.url(server.make(template=make_url(url).database or ""))
    assert started(copied) is Why.COPIED
    assert started(url) is None

    # Once an admin has said that it serves, it is of this place.
    service = opened(copied)
    with service.store.unit() as session:
        serving.serve(session, NOW, via="test")
    service.store.close()
    assert [started(copied), started(copied)] == [None, None]
    # The chosen one knows itself where both poll; a copy of it does not.
    assert [chosen(each) for each in (copied, url)] == [True, False]
    for each in (url, copied):
        postgresql.drop(each)
