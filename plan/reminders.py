"""Decides which reminders are due: obligations, what was already said, and today go in; steps come out.

Nothing here is stored as a future job. A step is due when its day has come, it was not said yet and no later step was,
so downtime, an edited plan or a moved holiday lose nothing and send nothing twice.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plan.defaults import DEFAULT_LADDER
from plan.due import question_days
from plan.model import Kind, Milestone, Plan
from plan.times.rules import Recurrence
from plan.workdays import Calendar

# How many working days ahead what recurs often is spoken of at most.
AHEAD = {"week": 1, "month": 7}
LATE_FIRST, LATE_EVERY = 1, 5
ACKNOWLEDGED_FOR, ALWAYS_SAID = 10, 2


@dataclass(frozen=True)
class Step:
    """One rung on its day: `rung` in signed working days, negative before the anchor, None for a question and for what
    is said of an answer that was returned."""

    key: str
    rung: int | None
    day: date


@dataclass(frozen=True)
class Owed:
    """An open obligation as the ladder sees it; `ladder` in working days before the anchor, longest first.

    `returned` is the local date on which an answer was given back to be completed, `acknowledged` the one on which its
    agency said that it has taken the work, or last reported progress, `start` the one before which nobody is reminded.
    """

    obligation: int
    kind: Kind
    due: date | None
    ladder: tuple[int, ...] = DEFAULT_LADDER
    questions: tuple[date, ...] = ()
    returned: date | None = None
    acknowledged: date | None = None
    start: date | None = None


@dataclass(frozen=True)
class DueStep:
    """What is to be said today about one obligation, and the earlier steps that it stands for."""

    owed: Owed
    step: Step
    skipped: tuple[Step, ...] = ()


ReminderKey = tuple[int, date | None, str]
"""Obligation, its nominal date when the step was said, the step's key: a new date arms the ladder again."""


def ladder_for(milestone: Milestone, default: Sequence[int]) -> tuple[int, ...]:
    """The milestone's own ladder or the installation's, in working days before the anchor, longest first."""
    own = milestone.remind_days
    if own is None:
        # What comes again in a week is not announced three weeks ahead, beside the two before it.
        every = milestone.rule.every if isinstance(milestone.rule, Recurrence) else "year"
        own = tuple(step for step in default if step <= AHEAD.get(every, step))
    return tuple(sorted(set(own), reverse=True))


def first_step(
    calendar: Calendar, milestones: Iterable[Milestone], default: Sequence[int], due: date, today: date
) -> date:
    """The first local day from `today` on which the ladder of one of them can speak, were they due on a day."""
    ladder = {step for milestone in milestones for step in ladder_for(milestone, default)}
    steps = [calendar.shift(calendar.anchor(due), -step) for step in ladder]
    ahead = [step for step in steps if step >= today]
    missed = len(ahead) < len(steps)
    return calendar.on_or_after(today) if missed or not ahead else min(ahead)


def questions_for(plan: Plan, milestone: Milestone, calendar: Calendar) -> tuple[date, ...]:
    """The days of the progress questions of ongoing work; empty for any other kind."""
    return question_days(plan, calendar) if milestone.kind is Kind.ONGOING else ()


def steps(owed: Owed, calendar: Calendar, today: date) -> tuple[Step, ...]:
    """Every step whose day has come by `today` (a local date), oldest first."""
    if owed.due is None:
        # A question is put in its reporting month or not at all: in May nobody asks about the first quarter.
        return tuple(
            Step(f"q:{day:%Y-%m}", None, day)
            for day in owed.questions
            if day <= today
            and (day.year, day.month) == (today.year, today.month)
            and (owed.start is None or day >= owed.start)
        )
    anchor, late_after = calendar.anchor(owed.due), calendar.late_after(owed.due)
    before = [Step(f"{-n:+d}" if n else "0", -n, calendar.shift(anchor, -n)) for n in owed.ladder]
    # Whoever was told today what is missing is not told in the same hour what the ladder has to say of it.
    found = [step for step in before if step.day <= today and (owed.returned is None or step.day > owed.returned)]
    found = [step for step in found if owed.start is None or step.day >= owed.start]
    # After the deadline it counts from the return, where there was one, and is said of it: it is not how late it is.
    mark = f"r{owed.returned:%m%d}" if owed.returned is not None else ""
    late, day = LATE_FIRST, calendar.shift(max(late_after, owed.returned or late_after), LATE_FIRST)
    while day <= today:
        found.append(Step(f"{mark}{late:+d}", None if mark else late, day))
        late, day = late + LATE_EVERY, calendar.shift(day, LATE_EVERY)
    return tuple(found)


def due(
    obligations: Iterable[Owed], said: Collection[ReminderKey], calendar: Calendar, today: date
) -> tuple[DueStep, ...]:
    """The steps to be said on `today`, at most one per obligation; none on a day off.

    Of several steps that were missed only the latest is said, and it names the ones it stands for. What is not said
    because the work was acknowledged is neither: it is not made up for later.
    """
    result = []
    for owed, come in have_come(obligations, calendar, today):
        unsaid = [step for step in come if (owed.obligation, owed.due, step.key) not in said]
        if unsaid and unsaid[-1] is come[-1]:
            result.append(DueStep(owed, come[-1], tuple(unsaid[:-1])))
    return tuple(result)


def have_come(obligations: Iterable[Owed], calendar: Calendar, today: date) -> Iterator[tuple[Owed, tuple[Step, ...]]]:
    """Of which obligations something is to be said by `today`, and its steps until then, oldest first: the last one is
    due where it was not said. Nothing on a day off.
    """
    if not calendar.is_working(today):
        return
    # Hundreds of obligations share a few dates and ladders.
    known: dict[Hashable, tuple[Step, ...]] = {}
    for owed in obligations:
        alike = (owed.due, owed.ladder, owed.questions, owed.returned, owed.start, owed.acknowledged)
        if alike not in known:
            known[alike] = tuple(step for step in steps(owed, calendar, today) if not spared(owed, step, calendar))
        if known[alike]:
            yield owed, known[alike]


def farthest(ladders: Iterable[Sequence[int]], calendar: Calendar, today: date) -> date:
    """The first nominal date of which no step of these ladders has come on a working day `today`, nor of any after it;
    ladders in working days before the anchor."""
    longest = max((step for ladder in ladders for step in ladder), default=0)
    return calendar.shift(today, max(longest, 0) + 1)


def spared(owed: Owed, step: Step, calendar: Calendar) -> bool:
    """Whether a step is kept quiet because the work was acknowledged.

    It is one before the day whose own day comes within ten working days, but never one of the ladder's last two; also
    the steps before the acknowledgement count, so that none of them is caught up.
    """
    if owed.acknowledged is None or step.rung is None or step.rung > 0 or -step.rung in owed.ladder[-ALWAYS_SAID:]:
        return False
    return step.day < calendar.shift(owed.acknowledged, ACKNOWLEDGED_FOR)


def lapses(owed: Owed, calendar: Calendar) -> date | None:
    """The day on which an acknowledgement ends unless progress renews it; None where no step is left that it spares."""
    if owed.acknowledged is None or owed.due is None:
        return None
    ends, anchor = calendar.shift(owed.acknowledged, ACKNOWLEDGED_FOR), calendar.anchor(owed.due)
    spoken = any(calendar.shift(anchor, -n) >= ends for n in owed.ladder[:-ALWAYS_SAID])
    return ends if spoken else None


def next_day(owed: Owed, calendar: Calendar, today: date) -> date | None:
    """The next day after `today` on which a dated obligation will be spoken of, None for one without a date."""
    if owed.due is None:
        return None
    late = calendar.shift(max(calendar.late_after(owed.due), today), LATE_FIRST + LATE_EVERY)
    found = steps_between(owed, calendar, today + timedelta(days=1), late)
    return next((step.day for step in found if not spared(owed, step, calendar)), None)


def steps_between(owed: Owed, calendar: Calendar, first: date, last: date) -> tuple[Step, ...]:
    """Every step whose day lies in `first`..`last`, both included: what would go out if nobody answered."""
    if owed.due is None:
        first = max(first, owed.start or first)
        return tuple(Step(f"q:{day:%Y-%m}", None, day) for day in owed.questions if first <= day <= last)
    return tuple(step for step in steps(owed, calendar, last) if first <= step.day)
