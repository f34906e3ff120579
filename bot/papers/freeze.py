"""Chốt số liệu: an admin freezes a period's figures under a number, or corrects them, exactly as they were shown."""

from collections.abc import Sequence
from typing import Any

from bot.decide import two_steps
from bot.questions.decisions import Issuing
from bot.turn import Turn
from plan.people import Role
from progress.items import code_of, period
from reports.figures import issued
from reports.figures.freezing import Shown, command_of, differ, freeze, named, told
from reports.figures.in_words import later_words
from reports.figures.period import make
from reports.figures.record import Issue, Record, Window
from reports.figures.scope import about
from store import people


def propose(turn: Turn, wanted: Window, scope: tuple[str, ...], reason: str | None) -> None:
    """Shows what would be frozen. `reason` is None where the figures are frozen for the first time."""
    named = period(turn.office, wanted.key)
    before = issued.latest(turn.session, wanted.key, scope)
    example = command(turn, wanted.key, scope)
    if not wanted.over:
        turn.answer(turn.text("report.window_open", period=named, last=wanted.last))
    elif reason is None and before is not None:
        issue = before[0]
        turn.answer(turn.text("report.frozen", period=named, number=issue.number, at=issue.issued_at, command=example))
    elif reason is not None and before is None:
        turn.answer(turn.text("report.nothing_to_correct", period=named))
    elif reason == "":
        turn.answer(turn.text("report.why", command=example))
    else:
        record = make(turn.session, turn.office, wanted, scope=scope, known_at=turn.now)
        if not record.rows:
            turn.answer(turn.text("report.nothing", period=named, about=record.about))
            return
        corrects = before[0].number if before else None
        # Frozen is what was shown, whatever comes in until the press.
        known_at = record.known_at
        decision = Issuing(key=wanted.key, scope=scope, known_at=known_at, corrects=corrects, reason=reason or "")
        said = {**_named(turn, wanted.key, scope), "corrects": corrects, "reason": reason or ""}
        same = before is not None and not differ(before[1], record)
        parts = [turn.text(Issuing.shows, **said), window_words(turn, record), figures(turn, record)]
        two_steps.propose(turn, decision, *parts, turn.text("report.same") if same else "")


def freeze_or_say(turn: Turn, shown: Issuing) -> tuple[Issue, Record] | None:
    """Freezes what was shown; None where somebody else did in the meantime, or who asked is no admin any more."""
    seen = Shown(shown.key, shown.scope, shown.known_at, shown.corrects, shown.reason)
    made = None
    if Role.ADMIN in turn.roles:
        made = freeze(turn.session, turn.office, seen, turn.now, person_id=turn.person_id, via=turn.via)
    if made is None:
        turn.answer(turn.text("ending.answered"))
        return None
    codes = [code_of(turn.office, row) for row in made.answered]
    turn.answer(turn.text("report.done", **named(turn.office, seen, made.issue, made.record), answered=codes))
    by = people.named(turn.session, turn.office.agency_short, turn.person_id)
    turn.tell_admins(told(turn.office, seen, made, by))
    return made.issue, made.record


def command(turn: Turn, key: str, scope: Sequence[str]) -> str:
    """What asks for a report, as people type it."""
    return command_of(turn.office, key, scope)


def heading(turn: Turn, record: Record, issue: Issue | None) -> str:
    """Whose report of which period it is, and how it stands: a draft, or the issue's number."""
    return turn.text("report.heading", **_named(turn, record.window.key, record.scope), **_issued(issue))


def window_words(turn: Turn, record: Record) -> str:
    """The window, up to when it counts, and what falls due just after it."""
    key = "report.window_over" if record.window.over else "report.window_open_note"
    wanted = frozenset(record.between)
    later = later_words(turn.office, record.window, (row for row in record.rows if row.id in wanted))
    said = turn.text(key, first=record.window.first, last=record.window.last, as_of=record.window.as_of)
    return "\n".join(filter(None, (said, later)))


def figures(turn: Turn, record: Record) -> str:
    """The figures in three lines."""
    dated, reports = record.dated, record.periodic
    return turn.text(
        "report.figures",
        fallen=dated.fallen,
        fallen_done=dated.fallen_done,
        overdue=dated.overdue,
        rate=dated.rate,
        total=dated.total,
        done=dated.done_in_time + dated.done_late,
        done_in_time=dated.done_in_time,
        done_late=dated.done_late,
        open=dated.open,
        waiting=dated.apart,
        periodic=reports.total,
        periodic_done=reports.done_in_time + reports.done_late,
        periodic_overdue=reports.overdue,
    )


def _named(turn: Turn, key: str, scope: Sequence[str]) -> dict[str, str]:
    return {"period": period(turn.office, key), "about": about(turn.office, scope)}


def _issued(issue: Issue | None) -> dict[str, Any]:
    if issue is None:
        return {"number": None, "at": None, "corrects": None, "reason": ""}
    return {"number": issue.number, "at": issue.issued_at, "corrects": issue.corrects, "reason": issue.reason}
