"""A period's report as one value: from the database to a `Record`, as of the end of its window."""

from collections.abc import Iterable, Sequence, Set
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from plan.causes import Cause
from plan.due import PERIOD_NAMES, period_window
from plan.hindsight import counted
from plan.joint import concerns
from plan.model import Kind, Plan
from progress.items import period
from reports.figures.boxes import APART, DONE, NOT_COUNTED, Box, Figures, Line, figures, is_dated
from reports.figures.clerk import Clerk
from reports.figures.record import Before, Count, Part, PlanName, Record, Window
from reports.figures.rows import Rows
from reports.figures.scope import about, agencies_of
from reports.figures.summary import of_lines, section_key
from store import current_office, histories
from words.message import plain
from words.office import Office

# Counted as they are; what is open has those near in it.
COUNTED = (*DONE, Box.NEAR, Box.OVERDUE, *APART, *NOT_COUNTED)


def window(office: Office, key: str, now: datetime) -> Window:
    """The reporting period of a key (2020-Q1, -H1, -Q3, -Y) as it stands at an instant (UTC); raises ValueError.

    `as_of` is the last microsecond of its last day in the office's zone, or `now` while it runs.
    """
    first, last = period_window(key)
    end = _end_of(office, last)
    return Window(key=key, first=first, last=last, ends=_month_end(last), as_of=min(end, now), over=end <= now)


def until(office: Office, key: str, day: date, now: datetime) -> Window:
    """The window of a period frozen early, to the end of a local day, or to `now` where that is today.

    Raises ValueError for a day that the period does not have yet, for its last one, which is its end, and for a period
    that is over: its figures are those of its end.
    """
    whole = window(office, key, now)
    if whole.over or not whole.first <= day < whole.last or day > office.today(now):
        raise ValueError(f"{day} is no day to freeze {key} early to")
    return whole.model_copy(update={"early": day, "as_of": min(_end_of(office, day), now)})


def nearest(office: Office, now: datetime) -> Window:
    """The reporting period of the plans' years that ends nearest to the day of an instant (UTC): the one that reports
    are written about."""
    return min(windows(office, now), key=lambda each: abs(each.last - office.today(now)))


def windows(office: Office, now: datetime) -> list[Window]:
    """Every reporting period of the plans' years as it stands at an instant (UTC), in the order of their ends."""
    years = sorted({year for plan in office.plans.values() for year in plan.years} or {office.today(now).year})
    return [window(office, f"{year}-{name}", now) for year in years for name in PERIOD_NAMES]


def _end_of(office: Office, day: date) -> datetime:
    """The last moment of a local day: its answers count until 24:00."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), office.zone).astimezone(UTC)
    return midnight - timedelta(microseconds=1)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def previous(key: str) -> str:
    """The official period that ends before this one does: 2020-Q1 before 2020-H1, 2019-Y before 2020-Q1."""
    year, _, name = key.partition("-")
    place = PERIOD_NAMES.index(name)
    return f"{year}-{PERIOD_NAMES[place - 1]}" if place else f"{int(year) - 1}-{PERIOD_NAMES[-1]}"


def between(window: Window, lines: Iterable[Line]) -> list[Line]:
    """What is due after a window and before the end of the quarter, half-year or year that people mean by its name: its
    figures do not count it as fallen due."""
    return [
        line
        for line in lines
        if line.due is not None
        and window.last < line.due <= window.ends
        and not line.duty
        and line.kind is not Kind.PERIODIC
        and line.box not in NOT_COUNTED
    ]


def make(session: Session, office: Office, window: Window, *, scope: Sequence[str] = (), known_at: datetime) -> Record:
    """The record of a window by what is known at an instant (UTC), in the installation's language.

    `scope` are ids of agencies and groups, none for the whole office. Compared is the official period that ended last
    before the window's `as_of`, by what is known now, where something was owed at its end.
    """
    office = office.speaking(None)
    earlier = _ended_before(office, window)
    now = Clerk(current_office.then(session, office, window.as_of, known_at), window.as_of)
    before = Clerk(current_office.then(session, office, earlier.as_of, known_at), earlier.as_of)
    agencies = set(agencies_of(now.office, scope))
    rows = Rows(now, histories.files(session, known_at), window.first)
    lines: list[Line] = []
    former: list[Line] = []
    for owed, events in histories.histories(session, known_at):
        rows.note_basis(owed, events)
        if scope and not concerns(owed.agency, agencies):
            continue
        came_to = counted(events, window.as_of)
        if (line := now.line(owed, events, came_to)) is not None:
            lines.append(line)
        # Most of what is there has not moved since the period before.
        moved = events[-1].recorded_at > earlier.as_of
        if (line := before.line(owed, events, None if moved else came_to)) is not None:
            former.append(line)
    lines.sort(key=rows.place)
    figures_now = of_lines(now.office, tuple(lines), window.as_of, known_at)
    compared = Before(
        key=earlier.key,
        name=plain(period(office, earlier.key)),
        as_of=earlier.as_of,
        dated=count(of_lines(before.office, tuple(former), earlier.as_of, known_at).dated),
    )
    return Record(
        window=window,
        period=plain(period(office, window.key)),
        compiler=now.office.compiler,
        compiler_name=now.office.compiler_name,
        plans=_plans(now.office, lines),
        scope=tuple(scope),
        about=about(now.office, scope),
        known_at=known_at,
        tasks=figures_now.tasks,
        ongoing_tasks=figures_now.ongoing_tasks,
        undated_tasks=figures_now.undated_tasks,
        unconfirmed_tasks=figures_now.unconfirmed_tasks,
        dated=count(figures_now.dated),
        periodic=count(figures_now.periodic),
        before=compared if former else None,
        sections=_sections(now.office, lines),
        agencies=_agencies(now.office, lines),
        groups=_groups(now.office, lines, agencies),
        rows=tuple(rows.row(line) for line in lines),
        between=tuple(line.id for line in between(window, lines)),
        uncounted=tuple(line.id for line in lines if line.box in NOT_COUNTED),
        history=tuple(entry for line in lines for entry in rows.history(line)),
    )


def count(figures: Figures) -> Count:
    """Figures as a record keeps them."""
    return Count(
        total=figures.total,
        open=figures.open,
        fallen=figures.fallen,
        fallen_done=figures.fallen_done,
        rate=figures.rate,
        cause_confirmed=figures.causes.get(Cause.CONFIRMED, 0),
        cause_waiting=figures.causes.get(Cause.WAITING, 0),
        **{box: figures[box] for box in COUNTED},
    )


def _ended_before(office: Office, of: Window) -> Window:
    """The official period that had ended last, other than this one, at the moment that a window is of."""
    found = window(office, previous(of.key), of.as_of)
    return found if found.over else _ended_before(office, found)


def _plans(office: Office, lines: Sequence[Line]) -> tuple[PlanName, ...]:
    """The plans that have a row, those of assigned work last."""
    there = {line.plan for line in lines}
    plans = sorted((office.plans[key] for key in there), key=lambda plan: list(office.plans).index(plan.id))
    return tuple(plan_name(plan) for plan in plans)


def plan_name(plan: Plan) -> PlanName:
    """A plan as a record names it."""
    return PlanName(
        id=plan.id,
        name=plan.name,
        label=plan.label,
        year=plan.year,
        number=plan.decision.number,
        signed=plan.decision.date,
        issuer=plan.decision.issuer,
        title=plan.decision.title,
        assigned=current_office.is_assigned(plan.id),
    )


def _part(key: str, name: str, lines: Iterable[Line]) -> Part:
    lines = list(lines)
    return Part(
        key=key,
        name=name,
        dated=count(figures(line for line in lines if is_dated(line) and not line.duty)),
        periodic=count(figures(line for line in lines if line.kind is Kind.PERIODIC)),
    )


def _sections(office: Office, lines: Sequence[Line]) -> tuple[Part, ...]:
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if not line.duty:
            found.setdefault((line.plan, line.section), []).append(line)
    parts = []
    for plan in office.plans.values():
        for section in plan.sections:
            key = section_key(office, plan.id, section.id)
            name = section.title if key == section.id else f"{plan.label} – {section.title}"
            if (plan.id, section.id) in found:
                parts.append(_part(key, name, found[plan.id, section.id]))
    return tuple(parts)


def _agencies(office: Office, lines: Sequence[Line]) -> tuple[Part, ...]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.agency, []).append(line)
    return tuple(_part(key, office.agency_name(key), found[key]) for key in office.in_order(found))


def _groups(office: Office, lines: Sequence[Line], agencies: Set[str]) -> tuple[Part, ...]:
    """The groups that lie in the scope whole and owe something: a part of a group has no figures of its own."""
    groups = {group.id: group for plan in office.plans.values() for group in plan.groups}
    there = {line.agency for line in lines}
    return tuple(
        _part(group.id, group.name, (line for line in lines if line.agency in group.members))
        for group in groups.values()
        if there & set(group.members) and (not agencies or agencies >= set(group.members))
    )
