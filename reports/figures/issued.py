"""Freezes a report under a number: asked for again it is the same to the byte, and a correction is a new issue."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from plan.errors import NhacViecError
from reports.figures.record import Issue, Record, Window
from store import issued
from store.report_tables import IssuedReport


class WindowOpenError(NhacViecError):
    """The period runs: its figures would not be those of its end."""


class ReasonMissingError(NhacViecError):
    """A new issue needs a reason: it corrects issue `number`, or (None) its figures are frozen before the period's
    end."""

    def __init__(self, number: int | None) -> None:
        self.number = number
        what = f"a correction of issue {number}" if number is not None else "an issue before the period's end"
        super().__init__(f"{what} needs a reason")


def issue(
    session: Session, record: Record, now: datetime, *, person_id: int | None = None, reason: str = "", via: str = "cli"
) -> Issue:
    """Keeps a record for good under the next number of its period and scope, and notes it in the audit.

    The first one needs no reason unless it comes before the period's end (`Window.early`); a later one corrects the one
    that holds and needs one. Raises WindowOpenError and ReasonMissingError.
    """
    early = record.window.early is not None
    if not record.window.over and not early:
        raise WindowOpenError(f"the period {record.window.key} runs until {record.window.last}")
    key, scope = record.window.key, record.scope
    before = issued.latest(session, key, scope)
    needs_reason = before is not None or early
    if needs_reason and not reason.strip():
        raise ReasonMissingError(before.number if before is not None else None)
    words = reason.strip() if needs_reason else ""
    return _issue(issued.add(session, key, scope, record.canonical, now, via=via, person_id=person_id, reason=words))


def latest(session: Session, key: str, scope: Sequence[str] = ()) -> tuple[Issue, Record] | None:
    """The issue of a period and scope that holds, with its record; None where none was issued."""
    return _read(issued.latest(session, key, scope))


def held(session: Session, key: str, scope: Sequence[str] = ()) -> tuple[Issue, Window] | None:
    """The issue that holds, with its window alone: a record is long, and whoever lists periods wants none of it."""
    row = issued.latest(session, key, scope)
    if row is None:
        return None
    # A record begins with its window: `canonical` keeps the order of its fields.
    window, _ = json.JSONDecoder().raw_decode(row.content, row.content.index(":") + 1)
    return _issue(row), Window.model_validate(window)


def numbered(session: Session, key: str, scope: Sequence[str], number: int) -> tuple[Issue, Record] | None:
    """One issue by its number, with its record."""
    return _read(issued.numbered(session, key, scope, number))


def by_id(session: Session, issue_id: int) -> tuple[Issue, Record] | None:
    """One issue by its row, with its record."""
    return _read(issued.by_id(session, issue_id))


def all_of(session: Session) -> list[tuple[Issue, Record]]:
    """Every issue with its record, in the order in which they were made."""
    return [(_issue(row), Record.model_validate_json(row.content)) for row in issued.all_of(session)]


def _read(row: IssuedReport | None) -> tuple[Issue, Record] | None:
    return (_issue(row), Record.model_validate_json(row.content)) if row is not None else None


def _issue(row: IssuedReport) -> Issue:
    assert row.id is not None
    return Issue(id=row.id, number=row.number, issued_at=row.issued_at, corrects=row.corrects, reason=row.reason)
