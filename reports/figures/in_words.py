"""The figures in words, as the chat, the group's Monday message and the admins' lists show them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from plan.causes import Cause
from plan.model import milestone_label
from progress.items import period
from reports.figures.boxes import APART, DONE, NOT_COUNTED, Box, Figures, Line
from reports.figures.record import Row, Window
from reports.figures.summary import Summary
from words.office import Office
from words.render import clip

LONGEST = 4
BESIDE = (Box.SUSPENDED, Box.TRANSFERRED, Box.ENDED, Box.EXCUSED)
ENDED = NOT_COUNTED.union(DONE)
TITLE, BESIDE_CODE = 90, 40


def words(office: Office, figures: Summary, *, about: str = "", note: str = "") -> list[str]:
    """The summary's pieces: the boxes, what waits and what stands apart, the longest overdue, what was returned.

    `about` names the part of the plan that the figures are of, `note` is a sentence under the heading.
    """
    text, dated = office.text, figures.dated
    return [
        "\n".join(
            filter(
                None,
                (
                    text(
                        "summary.heading",
                        plans=figures.plan_names,
                        about=about,
                        as_of=figures.as_of,
                        total=dated.total,
                        tasks=figures.dated_tasks,
                    ),
                    note,
                ),
            )
        ),
        text(
            "summary.fallen",
            all_overdue=len(figures.overdue),
            fallen=dated.fallen,
            fallen_done=dated.fallen_done,
            overdue=dated[Box.OVERDUE],
            rate=dated.rate,
        )
        + "\n"
        + text(
            "summary.boxes",
            in_time=dated[Box.DONE_IN_TIME],
            late=dated[Box.DONE_LATE],
            open=dated.open,
            near=dated[Box.NEAR],
            overdue=dated[Box.OVERDUE],
        )
        + _causes(office, dated),
        _waiting(office, figures),
        text(
            "summary.apart",
            ongoing=figures.ongoing_tasks,
            undated=figures.undated_tasks,
            unconfirmed=figures.unconfirmed_tasks,
            closed=dated[Box.CLOSED],
            **{box: dated[box] for box in BESIDE},
            periodic=figures.periodic.total,
            periodic_done=figures.periodic.done,
            periodic_overdue=figures.periodic[Box.OVERDUE],
        ),
        _longest(office, figures),
        _returned(office, figures),
    ]


def _waiting(office: Office, figures: Summary) -> str:
    """What is answered and not confirmed, or not decided: in a line of its own, the reports included."""
    both = (figures.dated, figures.periodic)
    counts = {box.value: sum(each[box] for each in both) for box in sorted(APART)}
    return office.text("summary.waiting", **counts) if any(counts.values()) else ""


def _causes(office: Office, figures: Figures) -> str:
    """Of what is late, how much has an objective cause that is confirmed, and how much waits for that."""
    confirmed, waiting = figures.causes.get(Cause.CONFIRMED, 0), figures.causes.get(Cause.WAITING, 0)
    if not confirmed and not waiting:
        return ""
    return f"\n{office.text('cause.of_all', confirmed=confirmed, waiting=waiting)}"


def _longest(office: Office, figures: Summary) -> str:
    groups = grouped(figures.overdue)
    if not groups:
        return office.text("summary.no_overdue")
    lines = [group_line(office, group, "summary.group") for group in groups[:LONGEST]]
    more = len(figures.overdue) - sum(len(group) for group in groups[:LONGEST])
    if more > 0:
        lines.append(office.text("summary.more_overdue", count=more))
    return "\n".join([office.text("summary.overdue"), *lines])


def _returned(office: Office, figures: Summary) -> str:
    """What has to be completed, with the working days since it was returned."""
    groups = grouped(figures.returned)
    if not groups:
        return ""
    lines = [returned_line(office, group) for group in groups[:LONGEST]]
    more = len(figures.returned) - sum(len(group) for group in groups[:LONGEST])
    if more > 0:
        lines.append(office.text("summary.more_returned", count=more))
    return "\n".join([office.text("summary.returned"), *lines])


def identity(line: Line) -> tuple[str, str, str, date | None]:
    return (line.plan, line.milestone, line.occurrence, line.due)


def code_of(line: Line) -> str:
    """The code as people say it; with its milestone where that is not the first: 2b, 2b.2."""
    return milestone_label(line.task, line.milestone)


def grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one milestone and date together, in their order: 22 agencies late with 2b are one thing to read."""
    groups: dict[tuple[str, str, str, date | None], list[Line]] = {}
    for line in lines:
        groups.setdefault(identity(line), []).append(line)
    return list(groups.values())


def by_occurrence(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one milestone and period together, whatever date each agency was given."""
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.plan, line.milestone, line.occurrence), []).append(line)
    return list(groups.values())


def returned_line(office: Office, group: Sequence[Line]) -> str:
    """What was returned of one milestone: to whom, and how many working days ago."""
    line = group[0]
    return office.text(
        "overdue.returned_group",
        code=code_of(line),
        period=period(office, line.occurrence) if line.occurrence else "",
        due=line.due,
        owed=[(office.agency_short(each.agency), each.lateness.days_returned) for each in group],
    )


def group_line(office: Office, group: Sequence[Line], key: str) -> str:
    line = group[0]
    short = office.agency_short
    return office.text(
        key,
        code=code_of(line),
        title=_title(office, line) if key == "overdue.group" else "",
        period=period(office, line.occurrence) if line.occurrence else "",
        agencies=[short(each.agency) for each in group],
        days=-(line.days or 0),
        due=line.due,
        blocked=[(short(each.agency), each.standing.blocked) for each in group if each.standing.blocked],
        signing=[(short(each.agency), each.standing.signing) for each in group if each.standing.signing],
        said=[short(each.agency) for each in group if each.standing.said],
        confirmed=[(short(each.agency), each.standing.why_late) for each in group if each.cause is Cause.CONFIRMED],
        waiting=[(short(each.agency), each.standing.why_late) for each in group if each.cause is Cause.WAITING],
    )


def _title(office: Office, line: Line) -> str:
    """A task's title in one line of a phone; empty where no plan has the task any more."""
    try:
        return office.milestone(line.plan, line.milestone)[0].short(BESIDE_CODE)
    except KeyError:
        return ""


def later_words(office: Office, window: Window, later: Iterable[Line | Row]) -> str:
    """What falls due between a window's end and its quarter's, which its figures do not hold; empty where nothing."""
    dues = [(each.due, each.box in DONE) for each in later if each.due is not None]
    if not dues:
        return ""
    return office.text(
        "record.between",
        count=len(dues),
        first=min(due for due, _ in dues),
        last=max(due for due, _ in dues),
        until=window.last,
        done=sum(done for _, done in dues),
    )


def current(groups: Sequence[list[Line]]) -> list[list[Line]]:
    """Of a milestone that recurs the first occurrence that is not complete, or the last."""
    chosen: dict[str, list[Line]] = {}
    for group in groups:
        before = chosen.get(group[0].milestone)
        if before is None or all(line.box in ENDED for line in before):
            chosen[group[0].milestone] = group
    return list(chosen.values())


def milestone_words(office: Office, group: Sequence[Line]) -> str:
    """How many of its agencies have done a milestone, and all by state; what is set aside is named and not counted.

    A date that is not that of most is said beside the state.
    """
    states: dict[str, list[str]] = {}
    usual = Counter(line.due for line in group).most_common(1)[0][0]
    for line in sorted(group, key=lambda line: (line.box in DONE, line.days or 0)):
        state = office.text(f"box.{line.box}", days=abs(line.days or 0), returned=line.lateness.days_returned or 0)
        if (
            line.box is Box.NEAR
            and not line.days
            and line.due
            and (last := office.calendar.late_after(line.due)) != line.due
        ):
            # What falls on days off may be answered until after them: that day is not its last.
            state = office.text("when.until", last=last)
        if line.standing.signing is not None:
            state = f"{state}; {office.text('signature.since', day=line.standing.signing)}"
        if line.due != usual and line.due is not None and line.box not in ENDED:
            state = f"{state}; {office.text('summary.own_due', due=line.due)}"
        if line.cause in (Cause.CONFIRMED, Cause.WAITING):
            state = f"{state}; {office.text(f'cause.{line.cause}')}"
        states.setdefault(state, []).append(office.agency_short(line.agency))
    first = group[0]
    _, milestone = office.milestone(first.plan, first.milestone)
    return office.text(
        "summary.milestone",
        code=code_of(first),
        printed=period(office, first.occurrence) if first.occurrence else clip(milestone.printed, TITLE),
        done=sum(1 for line in group if line.box in DONE),
        total=sum(1 for line in group if line.box not in NOT_COUNTED),
        states=states.items(),
    )
