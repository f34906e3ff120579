"""What each beat and each step asks is answered by an index: the cost does not grow with what was ever sent."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from store import (
    awaited,
    deliveries,
    delivery_leases,
    delivery_queue,
    inbox,
    loose,
    obligations,
    plans,
    privacy,
    requests,
    submissions,
)
from store.engine import Store

NOW = datetime(2020, 1, 14, tzinfo=UTC)


def of_sqlite(session: Session, statement: str, parameters: Any) -> list[str]:
    """Each access to a table, as SQLite means to do it."""
    return [row[-1] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


def of_postgresql(session: Session, statement: str, parameters: Any) -> list[str]:
    """The same of PostgreSQL, which reads an index of an empty table only where it may not read the table."""
    session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
    plan = [row[0] for row in session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters)]
    return [each for each in plan if "Scan" in each and "Bitmap Heap" not in each]


EXPLAIN = {"sqlite": of_sqlite, "postgresql": of_postgresql}


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda session: delivery_queue.waiting(session, NOW, reminders=True), "delivery_due"),
        (lambda session: delivery_leases.rescue(session, NOW, 3), "delivery_due"),
        (lambda session: delivery_queue.next_moment(session), "delivery_due"),
        (lambda session: delivery_queue.busy(session, NOW), "delivery_due"),
        (lambda session: deliveries.unreported(session), "delivery_unreported"),
        (lambda session: inbox.next_new(session, NOW), "inbox_new"),
        (lambda session: submissions.next_to_fetch(session), "evidence_waiting"),
        (awaited.requested().figure, "request_waiting"),
        (awaited.flagged().figure, "obligation_flagged"),
        (awaited.files(NOW).figure, "evidence_loose"),
        (lambda session: awaited.requested().page(session, 40, 40), "request_waiting"),
        (requests.all_waiting, "request_waiting"),
        (obligations.flagged, "obligation_flagged"),
        (plans.asking, "plan_asking"),
        (lambda session: plans.superseded(session, NOW), "ix_plan_synced_at"),
        (lambda session: loose.last_answer(session, 1), "ix_submission_person_id_recorded_at"),
    ],
    ids=[
        "waiting",
        "rescue",
        "next_moment",
        "busy",
        "unreported",
        "next_new",
        "next_to_fetch",
        "count_requests",
        "count_flags",
        "count_files",
        "page_of_requests",
        "requests",
        "flags",
        "old_plans",
        "changed_plans",
        "answers_of_a_person",
    ],
)
def test_only_what_waits_is_read(store: Store, ask: Callable[[Session], Any], index: str) -> None:
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with store.unit() as session:
        # The turn to write is taken before anybody listens.
        session.connection()
        event.listen(store.writer, "before_cursor_execute", listen)
        ask(session)
        statement, parameters = next(each for each in asked if each[0].startswith(("SELECT", "UPDATE")))
        plan = EXPLAIN[store.writer.dialect.name](session, statement, parameters)
    assert all(re.search(rf"\b{index}\b", each) for each in plan), plan


def test_what_is_left_to_forget_is_looked_up(store: Store) -> None:
    """At every beat: people who erased their data are few, messages, files and limits are many."""
    asked: list[tuple[str, Any]] = []
    with store.unit() as session:
        session.connection()
        event.listen(store.writer, "before_cursor_execute", lambda *said: asked.append((said[2], said[3])))
        privacy.left_to_forget(session, NOW)
        looked = [each for each in asked if each[0].startswith("SELECT")]
        plans = [each for said in looked for each in EXPLAIN[store.writer.dialect.name](session, *said)]
    assert len(looked) == 1
    assert [each for each in plans if re.search(r"(SCAN|Seq Scan on) (delivery|evidence|rate)", each)] == []


def test_what_is_counted_on_every_page_of_the_screen_is_looked_up(store: Store) -> None:
    """What waits for somebody's word is little, what is owed and was ever said is much."""
    asked: list[tuple[str, Any]] = []
    with store.unit() as session:
        session.connection()
        event.listen(store.writer, "before_cursor_execute", lambda *said: asked.append((said[2], said[3])))
        awaited.answers(session)
        awaited.reports(session, [1])
        awaited.decided_about_blocked(session, ("blocked.answered",))
        deliveries.given_up(session, NOW)
        rows: tuple[awaited.Waits[Any], ...] = (
            awaited.all_answers(), awaited.answers_of(office=True, heads_of=["sondung"]), awaited.blocked([1]),
            awaited.opined(), awaited.inquired(), awaited.unclear(), awaited.flagged(), awaited.files(NOW),
            awaited.letters(),
        )  # fmt: skip
        for each in rows:
            each.figure(session)
            each.page(session, 40, 40)
        looked = [each for each in asked if each[0].startswith("SELECT")]
        plans = [each for said in looked for each in EXPLAIN[store.writer.dialect.name](session, *said)]
    tables = "obligation|audit|obligation_event|submission|evidence|delivery|unclear|opinion|inquiry|stray_letter"
    # An index of a condition bears a name of its own; to go through any other is to read all that there is.
    read_whole = rf"^SCAN ({tables})( USING (COVERING )?INDEX ix_.*)?$|Seq Scan"
    assert [each for each in plans if re.search(read_whole, each)] == []
    if store.writer.dialect.name == "sqlite":
        wanted = ("obligation_at_review", "obligation_blocked", "ix_audit_subject_id", "delivery_given_up")
        assert [name for name in wanted if not any(name in each for each in plans)] == []
