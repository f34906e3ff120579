"""The tables of a report: figures by section and agency, the official table task by task, what is not counted."""

from collections import Counter
from collections.abc import Iterable, Sequence

from plan.model import Kind
from reports.figures.boxes import APART, DONE, Box, is_dated
from reports.figures.by_milestone import IN_TABLE, NOTE, ORDER, QUIET, Gathered, Teller, by_work, gathered
from reports.figures.record import Count, Part, Record, Row
from reports.word.prose import PERIODS, Narrator, is_alone, is_hindered
from reports.word.report_words import Figures, Item, Left, Named, Section, State
from words.render import clip

LONG_TITLE, PRODUCT, BODY = 84, 42, 36


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
        answered=count.apart,
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
    keys, alone = {part.key for part in record.sections}, is_alone(record)
    left, rows = frozenset(record.uncounted), dict[str, list[Row]]()
    for row in record.rows:
        if row.id not in left and belongs(record, row):
            rows.setdefault(_key(row, keys), []).append(row)
    given = list(record.sections)
    if "" in rows:
        given.append(Part(key="", name=tell("other_section"), dated=Count()))
    found, number = [], 0
    for place, part in enumerate(given, start=1):
        own = rows.get(part.key, [])
        works, narrator = by_work(own), Narrator(tell, alone=alone)
        items, before = [], ("", "")
        for work in works:
            number += 1
            task = (work.first.plan, work.first.task)
            items.append(item(tell, work, number, alone=alone, again=task == before))
            before = task
        found.append(
            Section(
                number=place,
                name=part.name,
                **dict(figures(tell, part.dated)),
                beside=figures(tell, beside(own)),
                results=narrator.results(works),
                going=narrator.going(works),
                late=narrator.late(works),
                late_codes=", ".join(
                    tell("between", code=work.first.code, count=len(late))
                    for work in works
                    if (late := work.of(Box.OVERDUE))
                ),
                rows=tuple(items),
            )
        )
    return tuple(found)


def beside(rows: Iterable[Row]) -> Count:
    """What has a date and is none of the tasks' dated results: reports of the period, and duties."""
    found = Counter(row.box for row in rows if row.due is not None and (row.duty or not is_dated(row)))
    still_open = found[Box.OPEN] + found[Box.NEAR]
    counted = {box: found[box] for box in (*DONE, Box.NEAR, Box.OVERDUE, *sorted(APART))}
    total = still_open + sum(counted.values()) - found[Box.NEAR]
    return Count(total=total, open=still_open, **{box.value: count for box, count in counted.items()})


def belongs(record: Record, row: Row) -> bool:
    """Whether a row is of this period: a periodic one once it is due or answered, everything else always."""
    waits = row.kind is Kind.PERIODIC and row.box in (Box.OPEN, Box.NEAR)
    return not waits or row.due is None or row.due <= record.window.ends


def common_basis(record: Record) -> str:
    """The document that gave most of it, which the tables say once; empty where there is nothing."""
    found = Counter(row.basis for row in record.rows)
    return found.most_common(1)[0][0] if found else ""


def item(tell: Teller, work: Gathered, number: int, *, alone: bool, again: bool = False) -> Item:
    """One row of the official table, a milestone with all its periods; what several agencies owe, or one in several
    periods, has a line under it for each box that is to be told of.

    `alone` says that all is of one agency: then the leading body is the one that the decision prints. `again` says that
    the row above is of the same task: what both say alike is left to it.
    """
    row, periods = work.first, gathered(work.rows)
    several = len({each.agency for each in work.rows}) > 1
    own = _of_periods(tell, periods) if len(periods) > 1 else _of_several(tell, work) if several else _of_one(tell, row)
    return Item(
        number=number,
        code=row.code,
        title=(row.period if len(periods) == 1 else "")
        if again
        else tell.title(row, LONG_TITLE, period=len(periods) == 1),
        basis=row.basis,
        lead="" if again else clip(row.lead, BODY) if several or alone else row.agency_name,
        coordinating="" if again else clip(row.coordinating, BODY),
        product="" if again else clip(row.product.removeprefix("+ "), PRODUCT),
        deadline=_deadline(tell, periods),
        states=_states_by_period(tell, work) if len(periods) > 1 else states(tell, work) if several else (),
        **own,
    )


def _deadline(tell: Teller, periods: Sequence[Gathered]) -> str:
    """As printed, and as a day; of several periods the first and the last."""
    row = periods[0].first
    printed, dues = clip(row.printed, BODY), [each.first.due for each in periods if each.first.due is not None]
    if len(dues) < 2:
        return tell("deadline", printed=printed, due=row.due)
    return tell("deadlines", printed=printed, count=len(dues), first=min(dues), last=max(dues))


def _of_periods(tell: Teller, periods: Sequence[Gathered]) -> dict[str, str]:
    """Which periods are done, and by how many agencies, the last ones; how all stand together."""
    done = [(each, len(each.of(*DONE))) for each in periods]
    shown = [(each.first.period, count, len(each.rows)) for each, count in done if count][-PERIODS:]
    whole = _of_several(tell, Gathered(tuple(row for each in periods for row in each.rows)))
    whole_year = all(count == len(each.rows) for each, count in done)
    return whole | {"result": tell("periods_done", periods=shown, all=len(done) if whole_year else 0) if shown else ""}


def _states_by_period(tell: Teller, work: Gathered) -> tuple[State, ...]:
    """What is not done, period by period; who did what in each is in the workbook."""
    found = []
    for group in gathered(work.rows):
        undone = Gathered(tuple(row for row in group.rows if row.box not in DONE))
        for box in (box for box in ORDER if box not in QUIET and undone.of(box)):
            rows = undone.of(box)
            name = tell("of_period", period=group.first.period, told=tell.box(box).lower())
            found.append(State(name=name, count=len(rows), agencies=tell.named(rows, IN_TABLE)))
    return tuple(found)


def _of_one(tell: Teller, row: Row) -> dict[str, str]:
    return {
        "result": tell.result(row) if row.box in DONE else clip(row.progress, NOTE),
        "state": tell.state(row),
        "blocked": "; ".join(filter(None, (clip(row.blocked or row.reason, NOTE), tell.cause(row)))),
        "note": tell("new_due", due=row.due) if row.due and row.planned and row.due != row.planned else "",
    }


def _of_several(tell: Teller, group: Gathered) -> dict[str, str]:
    total, done = len(group.rows), len(group.of(*DONE))
    told = sum(1 for row in group.rows if row.progress)
    hindered = sum(1 for row in group.rows if is_hindered(row))
    counted = [(box, len(group.of(box))) for box in ORDER]
    result = tell("told_of", told=told, total=total) if group.first.kind is Kind.ONGOING and not done else ""
    return {
        "result": result or tell("done_of", done=done, total=total),
        "state": "; ".join(tell("counted", box=tell.box(box), count=count) for box, count in counted if count),
        "blocked": tell("hindered_of", count=hindered) if hindered else "",
        "note": "",
    }


def states(tell: Teller, group: Gathered) -> tuple[State, ...]:
    """The agencies of a milestone, box by box.

    Where all stand alike, or nothing is wanted of them yet, only those are named who told something.
    """
    boxes = [box for box in ORDER if group.of(box)]
    found = []
    for box in boxes:
        rows, name = group.of(box), tell.box(box)
        if box in DONE and len(rows) > 1:
            # Who is done with which document; the others are those whom no line names.
            told = tuple(row for row in rows if row.number)
            rows, name = told, name if told == rows else tell("numbered_box", box=name)
        elif len(boxes) == 1 or box in QUIET:
            told = tuple(row for row in rows if tell.details(row))
            rows, name = told, name if told == rows else tell("told_box", box=name)
        if rows:
            found.append(State(name=name, count=len(rows), agencies=tell.named(rows, IN_TABLE)))
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
            title=tell.title(rows[0], LONG_TITLE),
            agencies=tell.named(rows, IN_TABLE, bare=True),
            state=tell.box(rows[0].box),
            reason=clip(rows[0].reason, NOTE),
        )
        for number, rows in enumerate(found.values(), start=1)
    )


def _key(row: Row, keys: set[str]) -> str:
    """The section that a row belongs to; where plans share numbers a section's key has its plan in it."""
    if row.duty:
        return ""
    return next((key for key in (f"{row.plan}/{row.section}", row.section) if key in keys), "")
