"""What happened to an obligation, in a few words, the same in the chat, in a workbook and on a proof sheet."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from plan.joint import is_joint
from plan.status import EventKind, began_of
from progress.submit import BY_LINK
from store import assignees, audit, inquiries, obligations, people, requests
from store.tables import AuditEntry, Obligation, ObligationEvent
from words.office import Office

REQUEST = re.compile(r"^R(\d{1,9}): ")
DATING = (
    EventKind.CREATED,
    EventKind.CHANGED,
    EventKind.RESTORED,
    EventKind.EXTENDED,
    EventKind.DATED,
    EventKind.MISREAD,
)
DECISIONS: Mapping[str, str] = {
    audit.BLOCK_TAKEN: "history.taken",
    audit.BLOCK_ANSWERED: "history.answered",
    audit.BLOCK_UNANSWERED: "history.unanswered",
    **{action: f"history.urged_{way}" for way, action in audit.URGED.items()},
}
# How what was done at the office's screen is recorded.
ON_SCREEN = "desk:form"
# What is said of a way that a reader should know.
WAYS = {ON_SCREEN: "history.on_screen", BY_LINK: "history.by_link"}
# An answer that came through a slow line counts from when it was said; the difference is worth a word.
WORTH_SAYING = timedelta(minutes=10)


@dataclass(frozen=True)
class Happening:
    """One thing that happened: instants in UTC, days local.

    `what` is its name and `note` the words of who did it (`person`, as they are called now); `before` and `due` the
    deadline around it where it set one, `wanted` the day that was asked for; `late` says that it was recorded well
    after it counts.
    """

    at: datetime
    recorded_at: datetime
    person: str
    what: str
    note: str
    before: date | None = None
    due: date | None = None
    wanted: date | None = None
    person_id: int | None = None

    @property
    def late(self) -> bool:
        """Whether it was recorded so long after it counts that a reader should know."""
        return abs(self.recorded_at - self.at) > WORTH_SAYING


def happened(office: Office, kind: str, note: str) -> tuple[str, str]:
    """An event's name and its words. A judgement's first word is the verdict, and goes into the name."""
    if kind == EventKind.JUDGED:
        verdict, _, note = note.partition(" ")
        return office.text("history.verdict", verdict=verdict), note
    if kind == EventKind.BLOCKED and not note:
        return office.text("history.unblocked"), note
    if kind == EventKind.SAID and not note:
        return office.text("history.said_nothing"), note
    if kind == EventKind.CAUSE_TOLD and not note:
        return office.text("history.cause_untold"), note
    return office.text(f"history.event_{kind}"), note


def story(session: Session, office: Office, row: Obligation) -> list[Happening]:
    """Everything that happened to an obligation, the oldest first, with what admins decided beside its events, and what
    was asked about it."""
    found = [
        *_events(session, office, row),
        *_decisions(session, office, row),
        *_questions(session, office, row),
        *_assignees(session, office, row),
    ]
    return sorted(found, key=lambda each: each.recorded_at)


def _events(session: Session, office: Office, row: Obligation) -> Iterator[Happening]:
    due: date | None = None
    for event in obligations.events_of(session, row.id or 0):
        before = due
        if gives_date(event):
            due = event.due
        told = _event(session, office, event, before)
        # Of several that owe it together it is said who did it.
        yield replace(told, person=_of_agency(session, office, event.person_id)) if is_joint(row.agency_id) else told


def gives_date(event: ObligationEvent) -> bool:
    """Whether an event gives the date that holds from then on; a judgement does of what was still open."""
    return event.kind in DATING or (event.kind == EventKind.JUDGED and event.due is not None)


def _event(session: Session, office: Office, event: ObligationEvent, before: date | None) -> Happening:
    what, note = happened(office, event.kind, event.note)
    match = REQUEST.match(note)
    request = requests.get(session, int(match[1])) if match else None
    if request is not None and event.kind in (EventKind.REQUESTED, EventKind.REFUSED):
        what = f"{what} {office.text(f'request.kind_{request.kind}')}"
    if event.via in WAYS:
        what = office.text(WAYS[event.via], what=what)
    if event.kind == EventKind.FLAGGED:
        note = office.text("record.flagged", since=began_of(note))
    dated = gives_date(event) and not (event.kind == EventKind.JUDGED and event.due == before)
    return Happening(
        at=event.at,
        recorded_at=event.recorded_at,
        person=name_of(session, event.person_id),
        what=what,
        note=note,
        before=before if dated else None,
        due=event.due if dated else None,
        wanted=event.due if event.kind == EventKind.REQUESTED else None,
        person_id=event.person_id,
    )


def _decisions(session: Session, office: Office, row: Obligation) -> Iterator[Happening]:
    """What admins said about what blocks it, and by which other way they urged: of that the audit knows."""
    for each in audit.about(session, f"obligation:{row.id}"):
        if each.action in DECISIONS:
            what, note = office.text(DECISIONS[each.action]), str(each.detail.get("words", ""))
            at, by = _moment(office, each), name_of(session, each.actor)
            yield Happening(at, each.at, by, what, note, person_id=each.actor)


def _moment(office: Office, entry: AuditEntry) -> datetime:
    """When it was said: of what was told of an earlier day only that day is known."""
    day = entry.detail.get("day")
    return min(entry.at, office.closes(date.fromisoformat(day))) if day else entry.at


def _questions(session: Session, office: Office, row: Obligation) -> Iterator[Happening]:
    """The questions about it that were forwarded, each with its answer."""
    for each in inquiries.about(session, row):
        number, asker = f"H{each.id}", each.person_id
        what = office.text("history.asked", reference=number)
        yield Happening(each.at, each.at, name_of(session, asker), what, each.words, person_id=asker)
        if each.answered_at is not None:
            at, by = each.answered_at, each.answered_by
            what = office.text("history.asked_answered", reference=number)
            yield Happening(at, at, name_of(session, by), what, each.answer, person_id=by)


def _assignees(session: Session, office: Office, row: Obligation) -> Iterator[Happening]:
    """Who was to carry its task out, in each of its milestones."""
    for each in assignees.story(session, assignees.key_of(row)):
        ends = "unassigned" if each.named_by is not None else "assignee_left"
        key = "history.assigned" if each.person_id is not None else f"history.{ends}"
        what = office.text(key, person=name_of(session, each.person_id))
        if each.via == ON_SCREEN:
            what = office.text("history.on_screen", what=what)
        yield Happening(each.at, each.at, name_of(session, each.named_by), what, "", person_id=each.named_by)


def _of_agency(session: Session, office: Office, person_id: int | None) -> str:
    """A person's name, with the agencies that they answer for."""
    own = people.memberships(session, person_id) if person_id is not None else ()
    agencies = ", ".join(dict.fromkeys(office.agency_short(each.agency_id) for each in own))
    name = name_of(session, person_id)
    return f"{name} ({agencies})" if agencies else name


def name_of(session: Session, person_id: int | None) -> str:
    """What a person is called now, also after an erasure; empty for nobody."""
    person = people.get(session, person_id) if person_id is not None else None
    return person.name if person else ""
