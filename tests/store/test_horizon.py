"""What is near is read of indexes: a beat costs what is due, whatever is kept."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from plan.status import OPEN_OR_ANSWERED
from store import all_tables, histories, horizon, memory, obligations
from store.engine import Store
from store.horizon import Horizon
from store.types import metadata

DAY = date(2020, 1, 14)


def test_no_question_of_a_beat_reads_a_whole_table(tmp_path: Path) -> None:
    assert all_tables.LOADED
    store = Store(f"sqlite:///{tmp_path}/office.db")
    metadata.create_all(store.writer)
    asked: list[tuple[str, Any]] = []
    with store.look() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda _c, _k, said, values, *_: asked.append((said, values)))
        horizon.near(session, Horizon(DAY, asks=True))
        horizon.near(session, Horizon(DAY), ["sondung", "tuphap"])
        horizon.agencies(session, Horizon(DAY, asks=True))
        horizon.unsaid(session, 1, "admin:+3", DAY)
        horizon.lasting(session, ["cchc-2019"])
        memory.heard(session, [("2020-01-30", "-7"), ("2020-01-31", "-7"), ("2020-01-10", "+1")])
        obligations.all_of(session, states=OPEN_OR_ANSWERED, due_from=DAY, due_before=DAY)
        list(histories.standings(session, ["cchc-2020"], datetime(2020, 1, 14, tzinfo=UTC)))
        read = [row[3] for said, values in tuple(asked) for row in _explained(connection, said, values)]
    store.close()
    assert len(asked) == 11
    assert [step for step in read if step.startswith("SCAN")] == []


def _explained(connection: Any, said: str, values: Any) -> list[Any]:
    return list(connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {said}", values))
