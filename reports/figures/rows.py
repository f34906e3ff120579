"""The rows of a record: what the plan says of each obligation, what came out, and why it is not counted or waits."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from plan.due import period_place
from plan.joint import members
from plan.model import Plan, Task, milestone_number
from plan.status import ANSWERED, Event, EventKind, State, began_of
from progress import product
from progress.items import period
from progress.submit import LASTING
from reports.figures.boxes import DONE, Box, Line
from reports.figures.clerk import Clerk
from reports.figures.in_words import code_of
from reports.figures.record import Entry, Row
from store import current_office
from store.histories import File, Owed
from words.message import plain
from words.products import Product
from words.render import OFFICE_ZONE

# Notes of events that a request caused begin with its number.
REQUEST = re.compile(r"R(\d{1,9}): (.*)", re.DOTALL)
# Boxes of what is open and has a date that is near, far or past: these have days left or late.
RUNS = frozenset({Box.OPEN, Box.NEAR, Box.OVERDUE, Box.RETURNED, Box.FLAGGED})
Place = tuple[int, bool, int, int, int, int, int]


class Rows:
    """Makes the rows of one moment; `files` are those of every answer, by the obligation.

    What hindered and does no longer is told from the local day `since` on.
    """

    def __init__(self, clerk: Clerk, files: Mapping[int, Sequence[File]], since: date) -> None:
        self.clerk, self.office, self.files, self.since = clerk, clerk.office, files, since
        self._period = cache(lambda occurrence: plain(period(self.office, occurrence)))
        self._name_of = cache(self.office.agency_name)
        self._bases: dict[tuple[str, str], str] = {}
        self._plans = {key: place for place, key in enumerate(self.office.plans)}
        self._tasks = {
            (plan.id, task.code): (_section(plan, task), place)
            for plan in self.office.plans.values()
            for place, task in enumerate(plan.all_tasks)
        }
        self._agencies = {
            agency.id: place for plan in self.office.plans.values() for place, agency in enumerate(plan.agencies)
        }
        self._decisions = {
            plan.id: self._say("record.basis", number=plan.decision.number, signed=plan.decision.date)
            for plan in self.office.plans.values()
        }

    def note_basis(self, owed: Owed, events: Sequence[Event]) -> None:
        """Keeps what assigned work rests on: the note with which the first obligation of it came to be."""
        if current_office.is_assigned(owed.plan):
            self._bases.setdefault((owed.plan, owed.work), events[0].note)

    def place(self, line: Line) -> Place:
        """Where a row stands: plans, sections, tasks, milestones, periods and agencies in the order of the plan, duties
        behind the tasks."""
        section, task = self._tasks[line.plan, line.task]
        return (
            self._plans[line.plan],
            line.duty,
            section,
            task,
            milestone_number(line.milestone),
            period_place(line.occurrence),
            min(self._agencies.get(each, len(self._agencies)) for each in members(line.agency)),
        )

    def row(self, line: Line) -> Row:
        """The row of an obligation."""
        planned, standing = self.clerk.planned[line.plan, line.work], line.standing
        task, milestone = planned.task, planned.milestone
        part = task.parts[milestone.part - 1] if milestone.part is not None else None
        answers = _answers(line)
        document, note = _said_in(line, answers)
        return Row(
            id=line.id,
            plan=line.plan,
            code=code_of(line),
            task=line.task,
            milestone=line.milestone,
            occurrence=line.occurrence,
            period=self._period(line.occurrence) if line.occurrence else "",
            section=line.section,
            duty=line.duty,
            kind=line.kind,
            title=task.heading,
            basis=self._bases.get((line.plan, line.work)) or self._decisions[line.plan],
            agency=line.agency,
            agency_name=self._name_of(line.agency),
            lead=(part and part.lead_printed) or task.lead_printed,
            coordinating=(part and part.coordinating_printed) or task.coordinating_printed,
            product=_product(task),
            printed=milestone.printed,
            due=line.due,
            planned=standing.planned,
            last=self.clerk.late_after(line.due) if line.due else None,
            extensions=standing.extensions,
            box=line.box,
            days=line.days if line.box in RUNS and standing.state is State.OPEN else None,
            returned_days=line.lateness.days_returned if line.box is Box.RETURNED else None,
            done_at=standing.done_at,
            number=document.number,
            signed=document.day,
            subject=document.title,
            note=note,
            progress=standing.progress,
            blocked=standing.blocked,
            overcome="" if standing.blocked else self._hindered(line),
            signing=standing.signing,
            said=standing.said if line.box not in DONE else "",
            reason=self._reason(line),
            evidence=_files(line, answers, self.files.get(line.id, ())),
            cause=line.cause,
            why_late=standing.why_late if line.cause else "",
            ruled=standing.ruled if line.cause else "",
        )

    def history(self, line: Line) -> Iterator[Entry]:
        """What happened to an obligation and counts at the moment, in the order of recording."""
        for event in line.events:
            yield Entry(
                row=line.id,
                at=event.at,
                recorded_at=event.recorded_at,
                kind=event.kind,
                due=event.due,
                note=self._note(line, event),
            )

    def _hindered(self, line: Line) -> str:
        """The last difficulty of the window; one that was taken back leaves no words."""
        told = [each for each in line.events if each.kind is EventKind.BLOCKED]
        return told[-1].note if told and self.office.today(told[-1].at) >= self.since else ""

    def _reason(self, line: Line) -> str:
        """Why an obligation is not counted, or what it waits for; empty where neither."""
        planned = self.clerk.planned[line.plan, line.work]
        match line.box:
            case Box.WAITING:
                compiler = self.office.compiler_name
                return self._say(f"record.{line.standing.state}", compiler=compiler)
            case Box.UNPROVEN:
                return self._say("record.unproven", product=_product(planned.task))
            case Box.FLAGGED:
                flags = (self._note(line, each) for each in reversed(line.events) if each.kind is EventKind.FLAGGED)
                return next(flags)
            case Box.RETURNED:
                return line.standing.returned
            case Box.CLOSED | Box.SUSPENDED | Box.TRANSFERRED | Box.ENDED | Box.EXCUSED:
                # What sets an obligation aside has the name of where it leads.
                left = EventKind(line.box)
                return next(self._note(line, each) for each in reversed(line.events) if each.kind is left)
            case _:
                return ""

    def _note(self, line: Line, event: Event) -> str:
        """What was noted with an event, what the service or a decision noted by a word of its own as a sentence."""
        match event.kind:
            case EventKind.FLAGGED:
                return self._say("record.flagged", since=began_of(event.note))
            case EventKind.CLOSED:
                return self._say("record.closed_year" if line.kind in LASTING else "record.closed_history")
            case EventKind.JUDGED:
                verdict, _, basis = event.note.partition(" ")
                return self._say("record.judged", verdict=verdict, basis=basis)
        asked = REQUEST.fullmatch(event.note)
        return self._say("record.by_request", number=asked[1], words=asked[2]) if asked else event.note

    def _say(self, key: str, **values: object) -> str:
        return plain(self.office.text(key, **values))


def _section(plan: Plan, task: Task) -> int:
    """The place of a task's section; a duty's is none of the plan's."""
    ids = [section.id for section in plan.sections]
    return ids.index(task.section) if task.section in ids else len(ids)


def _product(task: Task) -> str:
    return task.product.removeprefix("+ ")


def _answers(line: Line) -> list[int]:
    """The submissions that stand: the answer, or every line of progress of work that lasts."""
    if line.kind in LASTING:
        return [each.submission for each in line.events if each.kind is EventKind.PROGRESSED and each.submission]
    if line.standing.state not in ANSWERED:
        return []
    given = [each.submission for each in line.events if each.kind is EventKind.SUBMITTED]
    return [given[-1]] if given[-1] else []


def _said_in(line: Line, answers: Sequence[int]) -> tuple[Product, str]:
    """The document and the words of an answer by all that is known of it, what was added or corrected since included.

    Read from its events and not from the answer's row, which holds its newest words only.
    """
    note, found = "", []
    # What was returned leaves its document to the answer that follows.
    returned = {event.submission for event in line.known if event.kind is EventKind.RETURNED}
    for event in line.known if answers and line.kind not in LASTING else ():
        if event.submission not in {answers[0], *returned}:
            continue
        own = event.submission == answers[0]
        if event.kind in (EventKind.SUBMITTED, EventKind.SUPPLEMENTED):
            note = f"{note}\n{event.note}".strip() if own else note
            found.append((event.note, event.at.astimezone(OFFICE_ZONE).date()))
        elif event.kind is EventKind.CORRECTED and own:
            note = event.note
    return product.named(found), note


def _files(line: Line, answers: Sequence[int], files: Sequence[File]) -> int:
    """How many files answers had: one that was returned since has left its files to the next answer."""
    left = {each.submission: each.at for each in line.known if each.kind is EventKind.RETURNED}
    had = sum(file.submission in answers for file in files)
    handed_on = sum(
        file.submission > each and file.sent_at <= left[each] for each in answers if each in left for file in files
    )
    return had + handed_on
