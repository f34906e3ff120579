"""What becomes of a file that a person sent when the platform hands it over, fails, or refuses."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session, select

from channels.errors import ChannelError, FileGoneError
from delivery import retry
from delivery.fetcher import Fetcher
from plan.model import Kind
from store import submissions
from store.answer_tables import Evidence, Submission
from store.engine import Store
from store.people_tables import Address, Person
from store.plan_tables import AgencyRow, PlanRow
from store.tables import Delivery, Obligation
from store.types import EvidenceState
from tests.databases import on_sqlite as databases
from words.message import Message
from words.office import Office

__all__ = ["databases"]

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
GONE, REFUSED = FileGoneError("gone"), ChannelError("refused", permanent=True)


@dataclass
class Platform:
    """Hands over every file, or fails as it is told to."""

    error: Exception | None = None
    data: bytes = b"%PDF-1.7"
    meanwhile: Callable[[], object] = lambda: None
    asked: list[str] = field(default_factory=list)

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file."""
        self.asked.append(file_id)
        self.meanwhile()
        if self.error is not None:
            raise self.error
        return self.data


class Files:
    """An office with a person and files of theirs that are to be fetched."""

    def __init__(self, store: Store, office: Office) -> None:
        self.store, self.office, self.platform = store, office, Platform()
        self.arrived: list[tuple[int | None, str | None, datetime]] = []
        with store.unit() as session:
            session.add(AgencyRow(id="a", name="A"))
            session.add(PlanRow(id="p", digest="d", content="c", first_synced_at=NOW, synced_at=NOW))
            session.add(Person(id=1, name="Lan", created_at=NOW))
            session.flush()
            session.add(Address(person_id=1, channel="telegram", user="1", chat="5", linked_at=NOW))
            row = Obligation(id=1, plan_id="p", work="2b", task="2b", milestone="2b", agency_id="a", kind=Kind.DATED)
            session.add(row)
            session.flush()
            session.add(Submission(id=1, obligation_id=1, person_id=1, at=NOW, recorded_at=NOW, via="t", source="t"))

    def add(self, **values: Any) -> int:
        """A file that waits."""
        with self.store.unit() as session:
            number = len(session.exec(select(Evidence)).all()) + 1
            usual: dict[str, Any] = {
                "person_id": 1,
                "channel": "telegram",
                "kind": "photo",
                "name": "",
                "mime": "",
                "unique_id": "u",
            }
            usual |= {"id": number, "source": f"s{number}", "file_id": f"f{number}", "sent_at": NOW, "not_before": NOW}
            session.add(Evidence(**usual | values))
        return number

    def step(self, now: datetime = NOW) -> bool:
        """One step at a moment."""

        def arrived(session: Session, office: Office, row: Evidence, now: datetime) -> None:
            assert (office, session.get(Evidence, row.id)) == (self.office, row)
            with session.no_autoflush:
                self.arrived.append((row.id, row.sha256, now))

        channels: Any = {"telegram": self.platform}
        return asyncio.run(Fetcher(self.store, self.office, channels, lambda: now, arrived).step())

    def change(self, number: int, state: EvidenceState | None) -> None:
        """Gives a file another state, or deletes it."""
        with self.store.unit() as session:
            row = session.get_one(Evidence, number)
            if state is None:
                session.delete(row)
            else:
                row.state = state

    def row(self, number: int) -> Evidence:
        """The file as it is kept."""
        with self.store.look() as session:
            return session.get_one(Evidence, number)

    def told(self) -> list[tuple[str, str, str]]:
        """What was said: the chat, the identity, the words."""
        with self.store.look() as session:
            rows = session.exec(select(Delivery)).all()
            return [(row.chat, row.identity or "", Message.from_json(row.body or {}).plain) for row in rows]


@pytest.fixture
def files(store: Store, office: Office) -> Files:
    """An office without files."""
    return Files(store, office)


def test_the_bytes_are_kept_and_whoever_waits_for_them_is_called_in_the_same_transaction(files: Files) -> None:
    number = files.add(attempts=2, error="old")
    assert [files.step(), files.step()] == [True, False]
    row = files.row(number)
    assert (row.state, row.size, row.error, row.attempts) == (EvidenceState.STORED, 8, "", 2)
    assert (files.arrived, files.platform.asked) == ([(number, row.sha256, NOW)], ["f1"])
    with files.store.look() as session:
        assert submissions.blob(session, row.sha256 or "") == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("error", "attempts", "waits_s"),
    [
        (ChannelError("later", retry_after=60.0), 0, 60),
        (ChannelError("later"), 2, 20),
        (ChannelError("later"), retry.MOST_FETCHES + 5, retry.LONGEST_FETCH_S),
        (REFUSED, retry.MOST_FETCHES - 2, 5 * 2 ** (retry.MOST_FETCHES - 2)),
    ],
)
def test_a_failure_is_tried_again_after_a_wait(
    files: Files, error: ChannelError, attempts: int, waits_s: float
) -> None:
    number = files.add(attempts=attempts)
    files.platform.error = error
    assert files.step()
    row = files.row(number)
    assert (row.state, row.attempts, row.error) == (EvidenceState.WAITING, attempts + 1, str(error))
    assert timedelta(seconds=waits_s) <= row.not_before - NOW <= timedelta(seconds=waits_s * 1.2 + 1)
    assert [files.step(), files.told(), files.arrived] == [False, [], []]


@pytest.mark.parametrize(
    ("error", "values", "words"),
    [
        (GONE, {"name": "a.pdf", "submission_id": 1}, {"name": "a.pdf", "code": "2b"}),
        (GONE, {}, {"name": "ảnh", "code": ""}),
        (REFUSED, {"attempts": retry.MOST_FETCHES - 1}, {"name": "ảnh", "code": ""}),
    ],
)
def test_who_sent_a_file_that_is_not_to_be_had_is_asked_for_it_again(
    files: Files, error: ChannelError, values: dict[str, Any], words: dict[str, str]
) -> None:
    number = files.add(**values)
    files.platform.error = error
    assert files.step()
    assert files.row(number).state == EvidenceState.FAILED
    assert files.told() == [("5", "file-gone:1", files.office.text("done.file_gone", **words))]
    assert not files.step(NOW + timedelta(days=1))


def test_who_is_not_reached_where_the_file_came_from_is_told_nothing(files: Files) -> None:
    number = files.add(channel="mail", attempts=1)
    assert files.step()
    row = files.row(number)
    # No channel of that name is held here: an hour, and no end of trying.
    assert (row.state, row.attempts, files.platform.asked) == (EvidenceState.WAITING, 2, [])
    assert timedelta(hours=1) <= row.not_before - NOW <= timedelta(hours=1, seconds=1)
    with files.store.unit() as session:
        session.delete(session.exec(select(Address)).one())
    files.platform.error = GONE
    number = files.add()
    assert files.step()
    assert [files.row(number).state, files.told()] == [EvidenceState.FAILED, []]


@pytest.mark.parametrize("error", [None, GONE, ChannelError("later")])
def test_what_ended_meanwhile_stays_as_it_is(files: Files, error: ChannelError | None) -> None:
    files.platform.error = error
    for state in (EvidenceState.STORED, EvidenceState.FAILED):
        number = files.add()
        files.platform.meanwhile = partial(files.change, number, state)
        assert files.step()
        row = files.row(number)
        assert (row.state, row.attempts, row.error) == (state, 0, "")
    number = files.add()
    files.platform.meanwhile = partial(files.change, number, None)
    assert files.step()
    assert [files.told(), files.arrived] == [[], []]


@pytest.mark.parametrize(
    ("values", "data"),
    [
        ({}, b""),
        ({"size": 9}, b"%PDF-1.7"),
        ({"kind": "document", "name": "KH05.PDF"}, b"<!DOCTYPE html><p>Sign in"),
        ({"kind": "document", "mime": "application/pdf"}, b"<html>"),
        ({}, b"<?xml version='1.0'?><Error/>"),
    ],
)
def test_what_is_not_the_file_is_fetched_again_and_then_asked_for(
    files: Files, values: dict[str, Any], data: bytes
) -> None:
    number = files.add(**values)
    files.platform.data = data
    assert files.step()
    row = files.row(number)
    assert (row.state, row.attempts, row.sha256, files.told()) == (EvidenceState.WAITING, 1, None, [])
    now = NOW
    for _ in range(retry.MOST_STRANGE - 1):
        now = files.row(number).not_before
        assert files.step(now)
    assert files.row(number).state == EvidenceState.FAILED
    assert now - NOW < timedelta(hours=1)
    assert len(files.told()) == 1
    assert files.arrived == []


def test_what_only_looks_strange_is_the_file(files: Files) -> None:
    for values, data in (({"size": 3}, b"%PDF-1.7"), ({"kind": "document", "name": "trang.html"}, b"<html>")):
        files.platform.data = data
        number = files.add(**values)
        assert files.step()
        assert files.row(number).state == EvidenceState.STORED


def test_nobody_looks_for_ever(files: Files) -> None:
    number = files.add(attempts=retry.MOST_FETCHES - 1)
    files.platform.error = ChannelError("later")
    assert files.step(NOW + retry.FETCHES_LAST + timedelta(hours=1))
    assert files.row(number).state == EvidenceState.FAILED
    assert len(files.told()) == 1
