"""Chốt số liệu: an admin freezes a period's figures under a number, or corrects them, exactly as they were shown; to a
day before the period's end with a reason."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.decide import two_steps
from bot.questions.decisions import Issuing
from bot.turn import Turn
from bot.which.early_freeze import Early
from plan.people import Role
from progress.items import code_of, period
from reports.figures import issued
from reports.figures.freezing import Shown, command_of, differ, freeze, named, reason_of_whole, told
from reports.figures.in_words import later_words
from reports.figures.period import make
from reports.figures.record import Issue, Record, Window
from reports.figures.scope import about
from store import people


def propose(turn: Turn, wanted: Window, scope: tuple[str, ...], reason: str | None) -> None:
    """Shows what would be frozen of a period's end. `reason` is None where no correction was asked for."""
    named = period(turn.office, wanted.key)
    before = issued.latest(turn.session, wanted.key, scope)
    example = command(turn, wanted.key, scope)
    whole = reason_of_whole(turn.office.speaking(None), before, wanted)
    if not wanted.over:
        # The last day of the period is its end.
        until = min(turn.office.today(turn.now), wanted.last - timedelta(days=1))
        turn.answer(turn.text("report.window_open", period=named, last=wanted.last, command=example, until=until))
    elif reason is None and before is not None and not whole:
        issue = before[0]
        turn.answer(turn.text("report.frozen", period=named, number=issue.number, at=issue.issued_at, command=example))
    elif reason is not None and before is None:
        turn.answer(turn.text("report.nothing_to_correct", period=named))
    elif reason == "":
        turn.answer(turn.text("report.why", command=example))
    else:
        _propose(turn, Shown(wanted.key, scope, turn.now, reason=reason or whole), before)


def propose_early(turn: Turn, wanted: Window, scope: tuple[str, ...], early: Early) -> None:
    """Shows what would be frozen before the period's end; a day that is none of it, or no reason, is said."""
    day, why = early.day_from(wanted.first, turn.office.today(turn.now))
    example, named = command(turn, wanted.key, scope), period(turn.office, wanted.key)
    shown = Shown(wanted.key, scope, turn.now, reason=why, early=day)
    try:
        inside = day is not None and shown.window(turn.office) is not None
    except ValueError:
        inside = False
    if wanted.over:
        turn.answer(turn.text("report.early_over", period=named, last=wanted.last, command=example))
    elif not inside:
        until = min(turn.office.today(turn.now), wanted.last - timedelta(days=1))
        said = {"period": named, "first": wanted.first, "last": wanted.last, "until": until, "command": example}
        turn.answer(turn.text("report.early_day", **said))
    elif not why:
        turn.answer(turn.text("report.early_why", command=example, day=day))
    else:
        _propose(turn, shown, issued.latest(turn.session, wanted.key, scope))


def _propose(turn: Turn, shown: Shown, before: tuple[Issue, Record] | None) -> None:
    """Keeps exactly what is shown: frozen is that, whatever comes in until the press."""
    record = make(turn.session, turn.office, shown.window(turn.office), scope=shown.scope, known_at=shown.known_at)
    if not record.rows:
        turn.answer(turn.text("report.nothing", period=period(turn.office, shown.key), about=record.about))
        return
    decision = Issuing(
        key=shown.key,
        scope=shown.scope,
        known_at=shown.known_at,
        corrects=before[0].number if before else None,
        reason=shown.reason,
        early=shown.early,
    )
    said = {**_named(turn, shown.key, shown.scope), "corrects": decision.corrects, "reason": shown.reason}
    same = before is not None and not differ(before[1], record)
    parts = [turn.text(Issuing.shows, early=shown.early, **said), window_words(turn, record), figures(turn, record)]
    two_steps.propose(turn, decision, *parts, turn.text("report.same") if same else "")


def freeze_or_say(turn: Turn, shown: Issuing) -> tuple[Issue, Record] | None:
    """Freezes what was shown; None where somebody else did in the meantime, or who asked is no admin any more."""
    seen = Shown(shown.key, shown.scope, shown.known_at, shown.corrects, shown.reason, shown.early)
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
    named = _named(turn, record.window.key, record.scope)
    return turn.text("report.heading", early=record.window.early, **named, **_issued(issue))


def window_words(turn: Turn, record: Record) -> str:
    """The window, up to when it counts, and what falls due just after it."""
    key = "report.window_over" if record.window.over else "report.window_open_note"
    wanted, window = frozenset(record.between), record.window
    later = later_words(turn.office, window, (row for row in record.rows if row.id in wanted))
    said = turn.text(key, first=window.first, last=window.last, as_of=window.as_of, early=window.early)
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
