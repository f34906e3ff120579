"""What each beat and each step asks is answered by an index: the cost does not grow with what was ever sent."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from store import deliveries, inbox, submissions
from store.engine import Store

NOW = datetime(2020, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda session: deliveries.waiting(session, NOW, reminders=True), "delivery_due"),
        (lambda session: deliveries.rescue(session, NOW, 3), "delivery_due"),
        (lambda session: deliveries.next_moment(session), "delivery_due"),
        (lambda session: deliveries.busy(session, NOW), "delivery_due"),
        (lambda session: deliveries.unreported(session), "delivery_unreported"),
        (lambda session: inbox.next_new(session, NOW), "inbox_new"),
        (lambda session: submissions.next_to_fetch(session, NOW), "evidence_waiting"),
    ],
    ids=["waiting", "rescue", "next_moment", "busy", "unreported", "next_new", "next_to_fetch"],
)
def test_only_what_waits_is_read(store: Store, ask: Callable[[Session], Any], index: str) -> None:
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(store.writer, "before_cursor_execute", listen)
    with store.unit() as session:
        ask(session)
        statement, parameters = next(each for each in asked if each[0].startswith(("SELECT", "UPDATE")))
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert all(f"USING INDEX {index}" in step[-1] or f"USING COVERING INDEX {index}" in step[-1] for step in plan), plan
