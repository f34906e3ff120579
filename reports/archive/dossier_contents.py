"""What belongs into an evidence file, read from the database before a byte is written, and what is missing from it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from files.content import may_act
from plan.due import period_window
from plan.joint import concerns
from plan.status import EventKind, State
from progress import product
from progress.came_with import CameWith, came_with
from progress.items import code_of, item_of, period
from reports.archive.dossier_values import EVER, Answer, Contents, File, Owed, Selection, SelectionError
from reports.archive.evidence_names import Names
from reports.archive.told_pages import Lines
from reports.story.events_in_words import name_of
from store import contributions, files_about, obligations, submissions
from store.answer_tables import Contribution, Evidence, Submission
from store.tables import Obligation
from store.types import EvidenceState
from words.codes import sort_key
from words.message import plain
from words.office import Office

ANSWERS, COORDINATION, BESIDE = "minh-chung", "phoi-hop", "gui-kem"
# Its bytes are not with us though a row says so: the one gone, the other changed.
LOST, BROKEN = "lost", "broken"


def read(session: Session, office: Office, selection: Selection, now: datetime) -> Contents:
    """Everything of a selection as the database has it; raises SelectionError where it names what does not exist."""
    since, until = _span(office, selection)
    reader = Reader(session, office)
    found = submissions.given(session, since, until, task=selection.task, agency=selection.agency)
    place = _places(office)
    found = sorted(found, key=lambda pair: (place(pair[1]), pair[0].at, pair[0].id))
    added = contributions.given(session, since, until, task=selection.task, agency=selection.agency)
    answers = [(submission, reader.answer(submission, row)) for submission, row in found]
    together = sorted(added, key=lambda each: (sort_key(each.task), each.at, each.id))
    sent = files_about.given(session, since, until, task=selection.task, agency=selection.agency)
    moments = [submission.recorded_at for submission, _ in found] + [each.at for each in added]
    moments += [file.sent_at for file, _ in sent]
    return Contents(
        selection,
        answers=tuple(answer for submission, answer in answers if submission.withdrawn_at is None),
        withdrawn=tuple(answer for submission, answer in answers if submission.withdrawn_at is not None),
        contributions=tuple(reader.contribution(each) for each in together),
        beside=reader.beside(sorted(sent, key=lambda pair: (place(pair[1]), pair[0].sent_at, pair[0].id))),
        owed=tuple(_owed(session, office, selection, now)),
        told=tuple(Lines(session, office).read(since, until, task=selection.task, agency=selection.agency)),
        known_at=max(moments, default=None),
    )


def _span(office: Office, selection: Selection) -> tuple[datetime, datetime]:
    """The instants (UTC, end excluded) of the selection's period."""
    if selection.task is not None and selection.task not in office.codes():
        known = ", ".join(sorted(office.codes(), key=sort_key))
        raise SelectionError(f"no task has the code '{selection.task}'; there are {known}")
    if selection.period is None:
        return EVER
    try:
        first, last = period_window(selection.period)
    except ValueError as error:
        raise SelectionError(str(error)) from error
    starts, ends = (datetime.combine(day, time(), office.zone) for day in (first, last + timedelta(days=1)))
    return starts.astimezone(UTC), ends.astimezone(UTC)


def _places(office: Office) -> Callable[[Obligation], tuple[object, ...]]:
    """The order of the plan, as a key to sort by; an agency that no plan knows comes last."""
    owners = office.in_order({owner for plan in office.plans.values() for owner in plan.owing()})
    places = {agency: place for place, agency in enumerate(owners)}

    def place(row: Obligation) -> tuple[object, ...]:
        agency = places.get(row.agency_id, len(places))
        return (row.plan_id, sort_key(row.task), row.milestone, row.occurrence, agency, row.agency_id)

    return place


class Reader:
    """Reads answers with their files, and gives each file its name."""

    def __init__(self, session: Session, office: Office) -> None:
        self.session, self.office, self.names = session, office, Names()

    def answer(self, submission: Submission, row: Obligation) -> Answer:
        """One answer, whether it stands or not."""
        code, item = code_of(self.office, row), item_of(self.office, row)
        label = f"{code} ({period(self.office, row.occurrence)})" if row.occurrence else code
        stands = submission.withdrawn_at is None
        files = submissions.files_of(self.session, submission.id or 0)
        day = self.office.today(submission.at)
        return Answer(
            code=label,
            title=item.task.title if item else "",
            agency=self.office.agency_name(row.agency_id),
            person=name_of(self.session, submission.person_id),
            at=submission.at,
            words=submission.note,
            document=plain(product.in_words(self.office, submission)),
            files=tuple(
                self._file(ANSWERS, code, row.agency_id, day, submission.product_number, each, stands=stands)
                for each in files
            ),
            ended="" if stands else self._ended(submission),
            bare=not files and not submission.nothing_arose,
        )

    def contribution(self, added: Contribution) -> Answer:
        """What a coordinating agency added."""
        day = self.office.today(added.at)
        files = contributions.files_of(self.session, added.id or 0)
        title = ""
        if added.plan_id in self.office.plans and added.task in self.office.codes():
            title = self.office.plans[added.plan_id].task(added.task).title
        return Answer(
            code=added.task,
            title=title,
            agency=self.office.agency_name(added.agency_id),
            person=name_of(self.session, added.person_id),
            at=added.at,
            words=added.note,
            document="",
            files=tuple(
                self._file(COORDINATION, added.task, added.agency_id, day, "", each, stands=True) for each in files
            ),
        )

    def beside(self, sent: Sequence[tuple[Evidence, Obligation]]) -> tuple[Answer, ...]:
        """Files of no answer, those that came with the same together, in the order given."""
        found: dict[tuple[int | None, CameWith, int], Answer] = {}
        for file, row in sent:
            came = came_with(self.session, self.office, file)
            code, item = code_of(self.office, row), item_of(self.office, row)
            day = self.office.today(file.sent_at)
            kept = self._file(BESIDE, code, row.agency_id, day, "", file, stands=True)
            key = (row.id, came, file.person_id)
            if key in found:
                found[key] = replace(found[key], files=(*found[key].files, kept))
                continue
            found[key] = Answer(
                code=f"{code} ({period(self.office, row.occurrence)})" if row.occurrence else code,
                title=item.task.title if item else "",
                agency=self.office.agency_name(row.agency_id),
                person=name_of(self.session, file.person_id),
                at=file.sent_at,
                words=came.words,
                document="",
                files=(kept,),
                of=plain(came.of),
            )
        return tuple(found.values())

    def _file(
        self, folder: str, code: str, agency: str, day: date, number: str, file: Evidence, *, stands: bool
    ) -> File:
        stored = file.state == EvidenceState.STORED and file.sha256 is not None
        path = ""
        if stored and stands:
            path = self.names.new(folder, code, agency, day, number, file.name or file.kind, file.content)
        return File(
            path=path,
            name=file.name,
            sent_at=file.sent_at,
            size=file.size or 0,
            sha256=file.sha256 or "",
            missing="" if stored else file.state,
            acts=may_act(file.name, file.content),
        )

    def _ended(self, submission: Submission) -> str:
        events = obligations.events_of(self.session, submission.obligation_id)
        returned = any(event.kind == EventKind.RETURNED and event.submission_id == submission.id for event in events)
        key = "dossier.returned" if returned else "dossier.withdrawn"
        return plain(self.office.text(key, at=submission.withdrawn_at))


def _owed(session: Session, office: Office, selection: Selection, now: datetime) -> Iterator[Owed]:
    """What has fallen due by now, in the selection's period where there is one, and has no answer."""
    first, last = period_window(selection.period) if selection.period else (date.min, date.max)
    today = office.today(now)
    rows = obligations.all_of(session, states=(State.OPEN,))
    for row in sorted(rows, key=_places(office)):
        wanted = selection.task in (None, row.task) and (
            selection.agency is None or concerns(row.agency_id, (selection.agency,))
        )
        if (
            not wanted
            or row.due is None
            or not first <= row.due <= last
            or not office.calendar.has_passed(row.due, today)
        ):
            continue
        item = item_of(office, row)
        yield Owed(
            code_of(office, row),
            item.task.title if item else "",
            office.agency_name(row.agency_id),
            row.due,
            office.lateness(row, today).days_returned,
        )
