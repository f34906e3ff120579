"""An issued report is frozen: the same to the byte whenever it is asked for, and corrected by a new issue alone."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from reports.figures import issued
from reports.figures.issued import ReasonMissingError, WindowOpenError
from reports.figures.record import Record
from store import audit, remarks
from store.engine import Store
from tests.reports.book import at
from tests.reports.records import sample
from tests.store.test_migrations import obligation

NOW = at(2020, 3, 16, 8)


def test_what_was_issued_is_the_same_to_the_byte(store: Store) -> None:
    record = sample()
    with store.unit() as session:
        first = issued.issue(session, record, NOW)
    assert (first.number, first.corrects, first.reason, first.issued_at) == (1, None, "", NOW)
    with store.look() as session:
        found = issued.latest(session, "2020-Q1")
        assert found is not None
        assert found == (first, record)
        assert found[1].canonical == record.canonical
        assert found[1].sha256 == record.sha256
        assert issued.latest(session, "2020-H1") is None
        assert issued.latest(session, "2020-Q1", ("xa",)) is None


def test_a_field_that_comes_later_changes_no_byte_of_what_was_frozen(store: Store) -> None:
    class Grown(Record):
        """A record of a later program."""

        approved: str = ""

    content = sample().canonical
    assert Grown.model_validate_json(content).canonical == content
    assert Record.model_validate_json(content) == sample()


def test_a_correction_is_a_new_issue_with_its_reason(store: Store) -> None:
    first, second = sample(), sample().model_copy(update={"tasks": 5})
    with store.unit() as session:
        issued.issue(session, first, NOW, reason="not needed")
        with pytest.raises(ReasonMissingError) as refused:
            issued.issue(session, second, NOW, reason=" ")
        assert refused.value.number == 1
        correction = issued.issue(session, second, NOW, reason="thiếu xã Sơn Lập")
        communes = issued.issue(session, first.model_copy(update={"scope": ("xa", "yte")}), NOW)
    assert (correction.number, correction.corrects, correction.reason) == (2, 1, "thiếu xã Sơn Lập")
    assert (communes.number, communes.corrects) == (1, None)
    with store.look() as session:
        assert issued.latest(session, "2020-Q1") == (correction, second)
        former = issued.numbered(session, "2020-Q1", (), 1)
        assert former is not None
        assert (former[0].reason, former[1]) == ("", first)
        assert issued.numbered(session, "2020-Q1", (), 3) is None
        assert [each.number for each, _ in issued.all_of(session)] == [1, 2, 1]
        entries = [each for each in audit.entries(session) if each.action == "report.issued"]
        assert [each.detail["number"] for each in entries] == [1, 2, 1]
        assert entries[1].detail["sha256"] == second.sha256


def test_a_period_that_runs_is_not_issued(store: Store) -> None:
    open_window = sample().window.model_copy(update={"over": False})
    with store.unit() as session, pytest.raises(WindowOpenError, match="runs until 2020-03-14"):
        issued.issue(session, sample().model_copy(update={"window": open_window}), NOW)
    early = sample().model_copy(update={"window": open_window.model_copy(update={"early": date(2020, 3, 10)})})
    with store.unit() as session:
        with pytest.raises(ReasonMissingError, match="before the period's end"):
            issued.issue(session, early, NOW, reason=" ")
        made = issued.issue(session, early, NOW, reason="tỉnh cần")
        assert made.reason == "tỉnh cần"
        assert issued.held(session, "2020-Q1") == (made, early.window)
        assert issued.held(session, "2020-H1") is None


@pytest.mark.parametrize("table", ["issued_report", "remark", "plan_version"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = 9", "DELETE FROM {}"])
def test_what_was_said_in_writing_can_neither_be_changed_nor_deleted(store: Store, table: str, change: str) -> None:
    row = obligation(store)
    with store.unit() as session:
        issued.issue(session, sample(), NOW)
        remarks.add(session, row, "bản giấy ở văn thư", NOW, via="test")
        session.connection().exec_driver_sql(
            "INSERT INTO plan_version (plan_id, digest, content, synced_at) VALUES ('p', 'd', '{}', '2020-01-02')"
        )
    with pytest.raises(IntegrityError, match=f"{table} is append-only"), store.unit() as session:
        session.connection().exec_driver_sql(change.format(table))


def test_remarks_stand_in_their_order(store: Store, tmp_path: Path) -> None:
    row = obligation(store)
    with store.unit() as session:
        for number in (1, 2):
            remarks.add(session, row, f"lời {number}", NOW, via="test")
    with store.look() as session:
        assert [each.text for each in remarks.of(session, row)] == ["lời 1", "lời 2"]
        assert remarks.of(session, row + 1) == []
