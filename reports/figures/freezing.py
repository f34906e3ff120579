"""Chốt số liệu: a period's figures are frozen exactly as they were shown, and answer the duty to compile them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from progress import compiled
from progress.items import period, typed_period
from reports.figures import issued
from reports.figures.period import make, until, window
from reports.figures.record import Issue, Record, Window
from reports.figures.scope import about
from store.postings import Identity, Posting, notice
from store.tables import Obligation
from words.office import Office


@dataclass(frozen=True)
class Shown:
    """What an admin was shown: the figures of a period (2020-Q1) and scope as they were known at an instant (UTC), the
    number of the issue that they correct, and why. `early` is the local day to which they are frozen while the period
    runs."""

    key: str
    scope: tuple[str, ...]
    known_at: datetime
    corrects: int | None = None
    reason: str = ""
    early: date | None = None

    def window(self, office: Office) -> Window:
        """The window of what was shown; raises ValueError for a day that the period did not have then."""
        if self.early is not None:
            return until(office, self.key, self.early, self.known_at)
        return window(office, self.key, self.known_at)


@dataclass(frozen=True)
class Frozen:
    """What came of it: the issue with its record, and the obligations that it answered."""

    issue: Issue
    record: Record
    answered: tuple[Obligation, ...]


def freeze(session: Session, office: Office, shown: Shown, now: datetime, *, person_id: int, via: str) -> Frozen | None:
    """Freezes what was shown, whatever came in since; None where somebody else froze or corrected it meanwhile.

    What is frozen before the period's end answers no duty to compile it: that is owed for the whole of it. Raises
    ValueError, WindowOpenError and ReasonMissingError. Whoever calls has asked whether the person is an admin.
    """
    before = issued.latest(session, shown.key, shown.scope)
    if (before[0].number if before else None) != shown.corrects:
        return None
    record = make(session, office, shown.window(office), scope=shown.scope, known_at=shown.known_at)
    issue = issued.issue(session, record, now, person_id=person_id, reason=shown.reason, via=via)
    answered = [] if shown.scope or shown.early else compiled.answer(
        session, office, shown.key, now, note=office.text("report.answers", **named(office, shown, issue, record)),
        source=f"issued:{issue.id}", via=via, person_id=person_id,
    )  # fmt: skip
    return Frozen(issue, record, tuple(answered))


def named(office: Office, shown: Shown, issue: Issue, record: Record) -> Mapping[str, object]:
    """An issue as sentences name it."""
    return {
        "period": period(office, shown.key),
        "about": about(office, shown.scope),
        "number": issue.number,
        "corrects": issue.corrects,
        "check": record.check,
        "early": record.window.early,
    }


def told(office: Office, shown: Shown, made: Frozen, by: str) -> Posting:
    """What the other admins hear of it; `by` is who did it, as admins name people."""
    values = named(office, shown, made.issue, made.record)
    again = command_of(office, shown.key, shown.scope)
    text = office.text("report.done_notice", **values, reason=made.issue.reason, person=by, command=again)
    return notice(Identity("issued", made.issue.id), text, "a report was issued")


def command_of(office: Office, key: str, scope: Sequence[str]) -> str:
    """What asks for a report, as people type it."""
    return office.text("report.command", words=" ".join((typed_period(office, key), *scope)))


def reason_of_whole(office: Office, before: tuple[Issue, Record] | None, wanted: Window) -> str:
    """Why the figures of a period's end replace those that were frozen early: that says itself; empty for others."""
    if before is None or before[1].window.early is None or not wanted.over:
        return ""
    return office.text("report.whole", day=before[1].window.early)


def differ(issue: Record, now: Record) -> bool:
    """Whether the figures of a period are others than those that were frozen: an answer or a decision came since."""
    return (issue.dated, issue.periodic, issue.agencies) != (now.dated, now.periodic, now.agencies)
