"""The tables of a report: figures by section and agency, the official table task by task, what is not counted."""

from collections.abc import Iterable, Sequence

from plan.model import Kind
from reports.gathered import DONE, IN_TABLE, NOTE, ORDER, Gathered, Teller, gathered
from reports.prose import going, late_of, results
from reports.record import Count, Part, Record, Row
from reports.report_words import Figures, Item, Left, Named, Section, State
from reports.summary import Box
from words.render import clip

LONG_TITLE, PRODUCT, BODY = 240, 150, 120
SET_ASIDE = frozenset({Box.SUSPENDED, Box.TRANSFERRED, Box.ENDED, Box.EXCUSED, Box.CLOSED})


def figures(tell: Teller, count: Count) -> Figures:
    """A count as the templates print it."""
    return Figures(
        total=count.total,
        done=count.done_in_time + count.done_late,
        done_in_time=count.done_in_time,
        done_late=count.done_late,
        open=count.open,
        near=count.near,
        overdue=count.overdue,
        answered=count.waiting + count.unproven + count.returned + count.flagged,
        left=count.suspended + count.transferred + count.ended + count.excused + count.closed,
        fallen=count.fallen,
        fallen_done=count.fallen_done,
        rate=tell("rate", rate=count.rate),
    )


def parts(tell: Teller, given: Iterable[Part]) -> tuple[Named, ...]:
    """The figures of agencies or groups, numbered."""
    return tuple(
        Named(number=number, name=part.name, **dict(figures(tell, part.dated)))
        for number, part in enumerate(given, start=1)
    )


def sections(tell: Teller, record: Record) -> tuple[Section, ...]:
    """The plan's sections with their sentences and rows; what is in none of them comes last."""
    keys = {part.key for part in record.sections}
    rows: dict[str, list[Row]] = {}
    for row in record.rows:
        if row.box not in SET_ASIDE and belongs(record, row):
            rows.setdefault(_key(row, keys), []).append(row)
    given = list(record.sections)
    if "" in rows:
        given.append(Part(key="", name=tell("other_section"), dated=Count()))
    found, number = [], 0
    for place, part in enumerate(given, start=1):
        groups = gathered(rows.get(part.key, ()))
        items = []
        for group in groups:
            number += 1
            items.append(item(tell, group, number, alone=_is_alone(record)))
        found.append(
            Section(
                number=place,
                name=part.name,
                **dict(figures(tell, part.dated)),
                results=results(tell, groups, alone=_is_alone(record)),
                going=going(tell, groups, alone=_is_alone(record)),
                late=late_of(tell, groups, alone=_is_alone(record)),
                rows=tuple(items),
            )
        )
    return tuple(found)


def belongs(record: Record, row: Row) -> bool:
    """Whether a row is of this period: a periodic one belongs once it is due or answered, everything else always."""
    if row.kind is not Kind.PERIODIC:
        return True
    return row.box in DONE or row.due is None or row.due <= record.window.ends


def item(tell: Teller, group: Gathered, number: int, *, alone: bool) -> Item:
    """One row of the official table; what several agencies owe has a line for each box under it."""
    row = group.first
    several = len(group.rows) > 1
    hindered = [each for each in group.rows if each.blocked]
    return Item(
        number=number,
        code=row.code,
        title=tell("title", title=clip(row.title, LONG_TITLE), period=row.period),
        basis=row.basis,
        lead=clip(row.lead, BODY) if several or alone else row.agency_name,
        coordinating=clip(row.coordinating, BODY),
        product=clip(row.product, PRODUCT),
        deadline=tell("deadline", printed=clip(row.printed, BODY), due=row.due if several else row.due or None),
        result=tell("done_of", done=len(group.of(*DONE)), total=len(group.rows)) if several else tell.result(row),
        state=_counts(tell, group) if several else tell.state(row),
        blocked=tell("hindered_of", count=len(hindered)) if several and hindered else _why(row) if not several else "",
        note="" if several else _note(tell, row),
        states=states(tell, group) if several else (),
    )


def states(tell: Teller, group: Gathered) -> tuple[State, ...]:
    """The agencies of a milestone, box by box."""
    found = []
    for box in ORDER:
        if rows := group.of(box):
            found.append(State(name=tell.box(box), count=len(rows), agencies=tell.named(rows, IN_TABLE)))
    return tuple(found)


def uncounted(tell: Teller, record: Record) -> tuple[Left, ...]:
    """What left the count, agencies with the same reason together."""
    wanted = frozenset(record.uncounted)
    found: dict[tuple[str, str, str, Box, str], list[Row]] = {}
    for row in record.rows:
        if row.id in wanted:
            found.setdefault((row.plan, row.milestone, row.occurrence, row.box, row.reason), []).append(row)
    return tuple(
        Left(
            number=number,
            code=rows[0].code,
            title=tell("title", title=clip(rows[0].title, LONG_TITLE), period=rows[0].period),
            agencies=tell.named(rows, IN_TABLE, bare=True),
            state=tell.box(rows[0].box),
            reason=clip(rows[0].reason, NOTE),
        )
        for number, rows in enumerate(found.values(), start=1)
    )


def _counts(tell: Teller, group: Gathered) -> str:
    counted: Sequence[tuple[Box, int]] = [(box, len(group.of(box))) for box in ORDER]
    return "; ".join(tell("counted", box=tell.box(box), count=count) for box, count in counted if count)


def _why(row: Row) -> str:
    return clip(row.blocked or row.reason, NOTE)


def _note(tell: Teller, row: Row) -> str:
    if row.due is not None and row.planned is not None and row.due != row.planned:
        return tell("new_due", due=row.due)
    return clip(row.progress, NOTE) if row.box not in DONE else ""


def _is_alone(record: Record) -> bool:
    return len(record.scope) == 1 and len({row.agency for row in record.rows}) <= 1


def _key(row: Row, keys: set[str]) -> str:
    """The section that a row belongs to; where plans share numbers a section's key has its plan in it."""
    if row.duty:
        return ""
    return next((key for key in (f"{row.plan}/{row.section}", row.section) if key in keys), "")
