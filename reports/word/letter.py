"""Công văn đôn đốc: what an agency is late with, when it was reminded, what it answered; for the compiler to sign."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from plan.causes import Cause
from plan.model import Value
from plan.status import EventKind
from progress.items import code_of, period
from reports.figures.boxes import Line
from reports.figures.by_milestone import NOTE, Teller
from reports.figures.period import plan_name
from reports.figures.record import PlanName
from reports.figures.summary import build as figures
from reports.word import letterhead, templates
from reports.word.documents import LETTER
from reports.word.letter_words import LateItem, LetterWords
from reports.word.prose import about, day
from reports.word.report_words import Basis
from store import obligations, requests, told
from store.current_office import is_assigned
from store.types import REMINDING, DeliveryState, RequestKind, RequestState
from words.message import Button
from words.office import Office
from words.render import clip

TITLE, DAYS_NAMED, PAIRED_FROM = 120, 6, 9
# What urges an agency; the list that admins get is no reminder of it.


class Late(Value):
    """One late obligation: `due` its nominal local date, `days` how late it is in working days, all dates local.

    `reminded` are the days on which a reminder left; `progress` and `blocked` the standing answers, `said` words
    that were not clear, `taken` the day on which the work was acknowledged,
    `cause` where the cause of the lateness stands, told with `why_late` and `ruled` about,
    `wanted` the day asked for in the last request for an extension and `decision` what became of it.
    """

    code: str
    title: str
    printed: str
    due: date
    days: int
    reminded: tuple[date, ...] = ()
    progress: str = ""
    blocked: str = ""
    said: str = ""
    cause: Cause = Cause.NONE
    why_late: str = ""
    ruled: str = ""
    taken: date | None = None
    wanted: date | None = None
    decision: RequestState | None = None


class Letter(Value):
    """What the letter to an agency says, as of `at` (UTC); what is late stands with the longest first."""

    agency: str
    agency_name: str
    at: datetime
    plans: tuple[PlanName, ...]
    late: tuple[Late, ...]


def build(session: Session, office: Office, agency_id: str, now: datetime) -> Letter | None:
    """The letter to an agency; None where it is late with nothing."""
    late = figures(session, office, now, agencies=[agency_id]).overdue
    if not late:
        return None
    plans = {line.plan: office.plans[line.plan] for line in late}
    return Letter(
        agency=agency_id,
        agency_name=office.agency_name(agency_id),
        at=now,
        plans=tuple(plan_name(plan) for plan in plans.values()),
        late=tuple(sorted((_late(session, office, line) for line in late), key=lambda each: -each.days)),
    )


def letter_docx(office: Office, letter: Letter, folder: Path) -> bytes:
    """The letter as .docx from the template in `folder`, number, date and signature blank; raises TemplateError."""
    plan = next(plan for plan in reversed(list(office.plans.values())) if not is_assigned(plan.id))
    own = [each for each in letter.plans if not each.assigned]
    given = plan.letterhead
    tell = Teller(office)
    compiler = office.compiler_name
    today = office.today(letter.at)
    to = letterhead.head(office, given.report, today.year, issuer=compiler).to
    reminded = sorted({when for each in letter.late for when in each.reminded})
    items = tuple(_item(tell, number, each) for number, each in enumerate(letter.late, start=1))
    words = LetterWords(
        head=letterhead.head(office, given.letter, today.year, issuer=compiler, addressee=letter.agency_name),
        day=day(today),
        agency=letter.agency_name,
        compiler=compiler,
        to=to,
        plans=tuple(
            Basis(name=each.name, number=each.number, signed=day(each.signed), issuer=each.issuer,
                  about=about(each))
            for each in own
        ),
        plan_names=", ".join(each.name for each in own or letter.plans),
        codes=", ".join(dict.fromkeys(each.code for each in letter.late)),
        count=len(letter.late),
        longest=max(each.days for each in letter.late),
        reminded=_days(tell, reminded),
        last_reminded=_days(tell, reminded[-1:]),
        answered=any(each.answered for each in items),
        late=items,
    )  # fmt: skip
    return templates.render(folder / LETTER, words)


def buttons(office: Office, agencies: Sequence[str]) -> list[list[Button]]:
    """A button for each agency that gives its letter; where there are many, two in a row with the names alone."""
    if len(agencies) >= PAIRED_FROM:
        short = [Button(office.agency_short(each), f"/letter {each}") for each in agencies]
        return [short[i : i + 2] for i in range(0, len(short), 2)]
    labels = [(office.text("letter.button", agency=office.agency_short(each)), each) for each in agencies]
    return [[Button(label, f"/letter {each}")] for label, each in labels]


def _late(session: Session, office: Office, line: Line) -> Late:
    row = obligations.get(session, line.id)
    assert row is not None
    assert line.due is not None
    assert line.days is not None
    task, milestone = office.milestone(line.plan, line.milestone)
    asked = [each for each in requests.of_obligation(session, line.id) if each.kind == RequestKind.EXTENSION]
    taken = [each.at for each in obligations.events_of(session, line.id) if each.kind == EventKind.ACKNOWLEDGED]
    return Late(
        code=code_of(office, row),
        title=task.heading,
        printed=period(office, line.occurrence) if line.occurrence else milestone.printed,
        due=line.due,
        days=-line.days,
        reminded=_reminded(session, office, line.id),
        progress=line.standing.progress,
        said=line.standing.said,
        blocked=line.standing.blocked,
        cause=line.cause,
        why_late=line.standing.why_late,
        ruled=line.standing.ruled,
        taken=office.today(taken[-1]) if taken else None,
        wanted=asked[-1].wanted if asked else None,
        decision=RequestState(asked[-1].state) if asked else None,
    )


def _reminded(session: Session, office: Office, obligation_id: int) -> tuple[date, ...]:
    """The local days on which a message that reminds of an obligation left."""
    left = (
        each.sent_at
        for each in told.about(session, obligation_id)
        if each.kind in REMINDING and each.state == DeliveryState.SENT
    )
    return tuple(sorted({office.today(at) for at in left if at is not None}))


def _item(tell: Teller, number: int, late: Late) -> LateItem:
    said = [
        tell("progress", note=clip(late.progress, NOTE)) if late.progress else "",
        tell("said", note=clip(late.said, NOTE)) if late.said else "",
        tell("hindered", note=clip(late.blocked, NOTE)) if late.blocked else "",
        tell.why_late(late.cause, late.why_late, late.ruled),
        tell("extension", wanted=late.wanted, state=late.decision) if late.decision else "",
        tell("taken", day=late.taken) if late.taken and not (late.progress or late.blocked or late.said) else "",
    ]
    return LateItem(
        number=number,
        code=late.code,
        title=clip(late.title, TITLE),
        deadline=tell("deadline", printed=late.printed, due=late.due),
        days=late.days,
        reminded=_days(tell, late.reminded),
        answered="; ".join(filter(None, said)),
    )


def _days(tell: Teller, days: Sequence[date]) -> str:
    """The days; of many how many they were, the first and the last: a year of reminders is no reading."""
    if len(days) > DAYS_NAMED:
        return tell("days", count=len(days), first=days[0], last=days[-1])
    return ", ".join(day(each) for each in days)
