"""Plans that change, answers, undoing and time in any order: what always holds of an obligation."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlmodel import col, select

import words.office
from app import office_settings, wiring
from app.settings import read as settings_of
from plan import loader
from plan.model import Plan
from plan.status import ANSWERED, Event, EventKind, Standing, State, replay
from plan.workdays import Calendar, load_calendar
from progress import review, submit
from progress.submit import Statement
from store import histories, obligations, people, plan_sync, submissions
from store.engine import Store
from store.obligations import NewEvent
from store.postings import Destination
from store.tables import Obligation, ObligationEvent
from tests.databases import KINDS

NOW = datetime(2020, 1, 2, tzinfo=UTC)
MILESTONES = ("2b.1", "2f.1")
PLANS = ("as signed", "without a commune", "another date")


@cache
def calendar() -> Calendar:
    """The office's days."""
    return load_calendar(Path("data/days_vn.toml"))


@cache
def plan_of(version: str) -> Plan:
    """The plan of 2020, as signed or edited."""
    raw = json.loads(Path("data/plan_2020.json").read_text("utf-8"))
    if version == "without a commune":
        for group in raw["groups"]:
            group["members"] = [each for each in group["members"] if each != "sondung"]
    if version == "another date":
        milestone = next(each for each in raw["tasks"] if each["code"] == "2f")["milestones"][0]
        milestone["due_override"], milestone["due_basis"] = "2020-05-29", "a decision"
    return loader.loads(json.dumps(raw).encode())


@cache
def an_office() -> words.office.Office:
    """An office that confirms every answer."""
    return office_settings.office_of(settings_of(_env_file=None, review="all"))


def with_an_officer(url: str) -> None:
    """A migrated database with the plan as signed and one officer."""
    wiring.migrate(url)
    store = Store(url)
    with store.unit() as session:
        plan_sync.sync(session, plan_of("as signed"), calendar(), NOW, NOW.date())
        people.link(session, "telegram", "1", "1", "Lan", "notice", NOW)
    store.close()


class Office(RuleBasedStateMachine):
    """A few obligations under everything that happens to them; `then` is what was true at past moments."""

    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.databases = KINDS[self.kind]()
        self.store = Store(self.databases.copy_of(with_an_officer))
        self.now, self.said = NOW + timedelta(hours=1), 0
        self.then: list[tuple[datetime, dict[int, Standing]]] = []

    def teardown(self) -> None:
        """The end of an order of events."""
        self.the_past_stays_as_it_was()
        self.store.close()
        self.databases.close()

    def watched(self) -> Sequence[Obligation]:
        """The commune's obligations."""
        with self.store.look() as session:
            query = select(Obligation).where(col(Obligation.agency_id).in_(["sondung", "noivu"]))
            return [row for row in session.exec(query) if row.milestone in MILESTONES]

    @rule(version=st.sampled_from(PLANS))
    def sync(self, version: str) -> None:
        """The plan's file is edited and the service restarted; the second time it changes nothing."""
        for again in (False, True):
            with self.store.unit() as session:
                done = plan_sync.sync(session, plan_of(version), calendar(), self.now, self.now.date())
            assert not again or (done.added, done.changed, done.retired, done.restored) == (0, 0, 0, 0)

    @rule(note=st.sampled_from(["", "đã ban hành"]))
    def answer(self, note: str) -> None:
        """The officer reports what is open as done, and adds to what is done."""
        here = Destination("telegram", "1", 1)
        for row in self.watched():
            self.said += 1
            said = Statement(1, self.now, f"telegram:1:{self.said}", "test", note)
            with self.store.unit() as session:
                fresh = session.get_one(Obligation, row.id)
                standing = submissions.standing_of(session, fresh.id or 0)
                if fresh.state == State.OPEN:
                    submit.submit(session, an_office(), said, fresh, here, self.now)
                    submit.submit(session, an_office(), said, fresh, here, self.now)
                elif fresh.state in ANSWERED and standing is not None:
                    submit.supplement(session, an_office(), said, standing, fresh, self.now)

    @rule(kind=st.sampled_from([EventKind.PROGRESSED, EventKind.BLOCKED]))
    def report(self, kind: EventKind) -> None:
        """Progress and trouble."""
        for row in self.watched():
            if row.state == State.OPEN:
                with self.store.unit() as session:
                    fresh = session.get_one(Obligation, row.id)
                    obligations.record(
                        session, fresh, NewEvent(kind, self.now, via="test", note=f"note {self.now}"), self.now
                    )

    @rule(confirmed=st.booleans())
    def decide(self, confirmed: bool) -> None:
        """The office confirms what waits, or returns it."""
        for row in self.watched():
            with self.store.unit() as session:
                fresh = session.get_one(Obligation, row.id)
                standing = submissions.standing_of(session, fresh.id or 0)
                if fresh.state != State.IN_REVIEW or standing is None:
                    continue
                if confirmed:
                    review.confirm(session, an_office(), fresh, standing, review.DecidedBy(1), self.now)
                else:
                    review.give_back(session, fresh, standing, review.DecidedBy(1), "thiếu dấu", self.now)

    @rule()
    def undo(self) -> None:
        """The last answer is taken back, while that may be."""
        with self.store.unit() as session:
            found = submissions.latest_of(session, 1)
            if found is not None:
                row = session.get_one(Obligation, found.obligation_id)
                submit.undo(session, found, row, 1, self.now)

    @rule(minutes=st.sampled_from([1, 9, 11, 600]))
    def pass_time(self, minutes: int) -> None:
        """Time passes; the moment that ends is remembered as it was."""
        self.then.append((self.now, {row.id or 0: obligations.standing(row) for row in self.watched()}))
        self.now += timedelta(minutes=minutes)

    @invariant()
    def each_obligation(self) -> None:
        """What holds of every obligation at every moment."""
        for row in self.watched():
            self.the_row_is_the_replay_of_its_events(row)
            self.done_means_a_standing_answer_of_that_moment(row)

    def the_row_is_the_replay_of_its_events(self, row: Obligation) -> None:
        """Nothing is in the row that is not in its history."""
        with self.store.look() as session:
            events = obligations.events_of(session, row.id or 0)
        assert replay(map(as_event, events)) == obligations.standing(row)
        recorded = [each.recorded_at for each in events]
        assert recorded == sorted(recorded)

    def the_past_stays_as_it_was(self) -> None:
        """Asked for now, a past moment is what it was then."""
        for moment, standings in self.then:
            with self.store.look() as session:
                found = {owed.id: replay(events) for owed, events in histories.histories(session, moment)}
                kept = {owed.id: each for owed, each in histories.standings(session, [plan_of("as signed").id], moment)}
                moved = {owed.id for owed, _ in histories.histories(session, moment, moved_since=moment)}
            assert {number: found[number] for number in standings} == standings
            # What has not moved since is read from its row: the same, and all that the others are not.
            assert kept == {number: standing for number, standing in found.items() if number not in moved}

    def done_means_a_standing_answer_of_that_moment(self, row: Obligation) -> None:
        """Waiting or not; an answer that was taken back counts for nothing, a returned one lends its moment."""
        with self.store.look() as session:
            standing = submissions.standing_of(session, row.id or 0)
        if row.state != State.RETIRED:
            assert (row.state in ANSWERED) == (standing is not None)
        assert row.done_at == ((row.kept_at or standing.at) if standing else None)


def as_event(row: ObligationEvent) -> Event:
    """A kept event as the pure decisions see it."""
    return Event(EventKind(row.kind), row.at, row.recorded_at, row.due, row.note)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_read_whole_whatever_it_says(kind: str) -> None:
    """Of most obligations most is unsaid, and not read."""
    at = NOW - timedelta(days=1)
    said = {
        "planned": NOW.date(), "first_due": NOW.date(), "returned": "thiếu dấu", "kept_at": at, "returned_at": at,
        "extensions": 1, "judged": "flagged", "retired_from": "open", "signing": NOW.date(), "said": "đang ký",
        "cause": "waiting", "why_late": "mưa bão", "ruled": "chấp nhận",
    }  # fmt: skip
    assert said.keys() == {*histories.LIKE_DUE, *histories.SELDOM}
    databases = KINDS[kind]()
    store = Store(databases.copy_of(with_an_officer))
    with store.unit() as session:
        rows = session.exec(select(Obligation).order_by(col(Obligation.id))).all()
        for row, (name, value) in zip(rows, said.items(), strict=False):
            setattr(row, name, value)
    with store.look() as session:
        kept = {row.id: obligations.standing(row) for row in session.exec(select(Obligation))}
        assert kept == {owed.id: found for owed, found in histories.standings(session, [plan_of("as signed").id], NOW)}
    store.close()
    databases.close()


class OfficeOnPostgresql(Office):
    """The same rows, kept by another database."""

    kind = "postgresql"


TestObligations = Office.TestCase
TestObligations.settings = settings(max_examples=5, stateful_step_count=15, deadline=None)
TestObligationsOnPostgresql = OfficeOnPostgresql.TestCase
TestObligationsOnPostgresql.settings = settings(max_examples=2, stateful_step_count=15, deadline=None)
