"""The signs of life as a health check reads them: what the tables hold, without the tables."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store import heartbeat, settings
from store.engine import Store

NOW = datetime(2020, 1, 2, 0, 30, tzinfo=UTC)


def test_it_reads_what_the_processes_wrote(store: Store) -> None:
    assert heartbeat.read(store.url) == ({}, timedelta())
    with store.unit() as session:
        settings.beat(session, "poll", NOW)
        settings.beat(session, "scheduler", NOW - timedelta(hours=1))
        settings.set_clock_offset(session, timedelta(days=-2, seconds=0.5))
        settings.put(session, "bot_name", "nhacviec_bot")
    beats = {"poll": NOW, "scheduler": NOW - timedelta(hours=1)}
    assert heartbeat.read(store.url) == (beats, timedelta(days=-2, seconds=0.5))


def test_a_path_is_read_as_the_engine_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite:///a%20b%3F.db", "sqlite+pysqlite:///c.db?timeout=5"):
        store = Store(url)
        with store.unit() as session:
            session.connection().exec_driver_sql("CREATE TABLE setting (key TEXT, value TEXT)")
            settings.beat(session, "poll", NOW)
        assert heartbeat.read(url)[0] == {"poll": NOW}
        store.close()


def test_a_database_without_an_answer_is_told_and_never_made(tmp_path: Path) -> None:
    with pytest.raises(heartbeat.NoAnswerError, match=r"nothing\.db does not answer: unable to open"):
        heartbeat.read(f"sqlite:///{tmp_path / 'nothing.db'}")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty.db").touch()
    with pytest.raises(heartbeat.NoAnswerError, match="no such table: setting"):
        heartbeat.read(f"sqlite:///{tmp_path / 'empty.db'}")
