"""A copy made while both processes write is whole, and a damaged one is not believed."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlmodel import select

from app import age_encryption, backup_files, restoring
from plan.people import Role
from plan.status import Event as Happened
from plan.status import EventKind, State, replay
from progress import submit
from progress.submit import Statement
from sandbox.world import World
from store import delivery_leases, inbox, obligations, people, submissions
from store.answer_tables import Evidence, Submission
from store.engine import Store
from store.engines import sqlite_backup
from store.engines.copies import BackupError
from store.postings import to_person
from store.rates import UNLIMITED
from store.schema import HEAD, SchemaError
from store.tables import Obligation, ObligationEvent
from store.types import DeliveryKind, DeliveryState, EvidenceState
from tests.databases import Databases, of_kind
from tests.outbox import claimed, posted
from tests.store.test_stairway import seeded


@pytest.fixture
def databases() -> Iterator[Databases]:
    """Copies are made of SQLite only."""
    yield from of_kind("sqlite")


@dataclass
class Writer:
    """A thread with a store of its own that goes on writing, as a process does."""

    url: str
    write: Callable[[Store, int], None]
    stop: Event = field(default_factory=Event)
    written: int = 0
    error: BaseException | None = None

    def __enter__(self) -> "Writer":
        self._thread = Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join()
        if self.error is not None:
            raise self.error

    def _run(self) -> None:
        store = Store(self.url)
        try:
            while not self.stop.is_set():
                self.write(store, self.written)
                self.written += 1
        except BaseException as error:
            self.error = error
        finally:
            store.close()


def answers(world: World) -> Callable[[Store, int], None]:
    """The bot: answers with evidence, taken back again, so that it can go on for ever."""
    with world.service.store.look() as session:
        person, address, _ = people.reachable(session, Role.OFFICER)[0]
        owed = [row.id or 0 for row in obligations.of_agencies(session, ["sondung"]) if row.kind == "dated"]
    assert person.id is not None
    person_id = person.id

    def write(store: Store, number: int) -> None:
        source, now = f"rehearsal:{number}", world.now + timedelta(seconds=number)
        data = os.urandom(20_000)
        with store.unit() as session:
            session.add(
                Evidence(
                    source=source, person_id=person_id, channel="telegram", file_id="f", unique_id="u", kind="photo",
                    name="", mime="", sent_at=now, not_before=now,
                )
            )  # fmt: skip
            session.flush()
            file = session.exec(select(Evidence).where(Evidence.source == source)).one()
            row = obligations.get(session, owed[number % len(owed)])
            assert row is not None
            said = Statement(person_id, now, source, "test", "xong", files=(file.id or 0,))
            answer = submit.submit(session, world.service.office, said, row, to_person(address), now)
        with store.unit() as session:
            submissions.keep_bytes(session, session.get_one(Evidence, file.id), data)
        with store.unit() as session:
            row, answer = session.get_one(Obligation, row.id), session.get_one(Submission, answer.id)
            assert submit.undo(session, answer, row, person_id, now)

    return write


def traffic(world: World) -> Callable[[Store, int], None]:
    """The scheduler and a sender: updates kept, notices posted, claimed and sent."""
    limits = UNLIMITED

    def write(store: Store, number: int) -> None:
        now = world.now + timedelta(seconds=number)
        with store.unit() as session:
            inbox.keep(session, "telegram", [(f"r{number}", "{}")], now)
        with store.unit() as session:
            row = posted(session, f"9{number}", "x", now, DeliveryKind.NOTICE)
        with store.unit() as session:
            held = claimed(session, row, limits, now)
        if held is not None:
            with store.unit() as session:
                assert delivery_leases.settle(session, held, DeliveryState.SENT, message_id=str(number), sent_at=now)

    return write


def check_consistent(url: str) -> int:
    """Each answer has its event, each row is the replay of its events; gives how many answers there are."""
    store = Store(url)
    with store.look() as session:
        told = {
            each.submission_id
            for each in session.exec(select(ObligationEvent).where(ObligationEvent.kind == EventKind.SUBMITTED))
        }
        answered = session.exec(select(Submission)).all()
        assert told == {each.id for each in answered}
        for file in session.exec(select(Evidence)):
            assert file.submission_id in told
            assert (file.sha256 is not None) == (file.state == EvidenceState.STORED)
        for row in session.exec(select(Obligation)):
            events = obligations.events_of(session, row.id or 0)
            done = replay(
                Happened(EventKind(each.kind), each.at, each.recorded_at, each.due, each.note) for each in events
            )
            assert done == obligations.standing(row)
            assert (row.state == State.DONE) == any(
                each.obligation_id == row.id and each.withdrawn_at is None for each in answered
            )
    store.close()
    return len(answered)


@pytest.mark.long
def test_a_restore_rehearsed_while_both_processes_write(world: World, tmp_path: Path) -> None:
    world.officer("Lan", "sondung")
    url = world.service.settings.database_url
    found = []
    with Writer(url, answers(world)) as bot, Writer(url, traffic(world)) as scheduler:
        for number in range(4):
            before = (bot.written, scheduler.written)
            while bot.written < before[0] + 3 or scheduler.written < before[1] + 3:
                assert bot.error is None
                assert scheduler.error is None
            target = tmp_path / f"{number}.db"
            facts = backup_files.make(url, target, "", world.now)
            assert facts == sqlite_backup.verify(target)
            found.append(facts)
    for number, facts in enumerate(found):
        place = tmp_path / f"restored-{number}.db"
        done = restoring.restore(tmp_path / f"{number}.db", place, None)
        assert done.compared
        assert check_consistent(f"sqlite:///{place}") == facts.rows["submission"] > 0
    assert found[0].rows["submission"] < found[-1].rows["submission"] <= bot.written + 1
    assert found[0].rows["inbox"] < found[-1].rows["inbox"]


@pytest.fixture
def office(world: World) -> World:
    """An office with an answer and its evidence."""
    world.officer("Lan", "sondung").sends_photo("/done 2b").expects("Đã ghi nhận")
    return world


def url_of(world: World) -> str:
    """Where its database is."""
    return world.service.settings.database_url


def test_a_backup_is_the_owners_alone_and_never_replaces_another(office: World, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "a.db"
    facts = backup_files.make(url_of(office), target, "", office.now)
    assert facts.rows["submission"] == facts.rows["blob"] == 1
    assert {stat.S_IMODE(each.stat().st_mode) for each in target.parent.iterdir()} == {0o600}
    before = target.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        backup_files.make(url_of(office), target, "", office.now)
    assert target.read_bytes() == before
    backup_files.make(url_of(office), target, "", office.now, force=True)
    assert sorted(each.name for each in target.parent.iterdir()) == ["a.db", "a.db.json"]


def test_what_cannot_be_copied_leaves_nothing(office: World, tmp_path: Path) -> None:
    target = tmp_path / "out" / "a.db"
    with closing(sqlite3.connect(office.database)) as connection, connection:
        connection.execute("UPDATE blob SET data = zeroblob(length(data))")
    with pytest.raises(BackupError, match="bytes of the file"):
        backup_files.make(url_of(office), target, "", office.now)
    with pytest.raises(BackupError, match="no public age key"):
        backup_files.make(url_of(office), target, "ssh-rsa", office.now)
    assert list(target.parent.iterdir()) == []
    with pytest.raises(BackupError, match="could not be dumped"):
        backup_files.make("postgresql+psycopg://u@127.0.0.1/x", target, "", office.now)


@pytest.mark.parametrize("encrypted", [False, True])
def test_any_changed_byte_is_found_and_nothing_is_restored(office: World, tmp_path: Path, encrypted: bool) -> None:
    secret = tmp_path / "key"
    key = age_encryption.new_key(secret) if encrypted else ""
    good = tmp_path / "good.db"
    backup_files.make(url_of(office), good, key, office.now)
    whole = good.read_bytes()
    assert (b"SQLite format 3" in whole) != encrypted
    bad, place = tmp_path / "bad.db", tmp_path / "new" / "office.db"
    backup_files.described(bad).write_bytes(backup_files.described(good).read_bytes())
    size = len(whole)
    for spot in (0, 30, size // 3, size // 2, size - 5):
        bad.write_bytes(whole[:spot] + bytes([whole[spot] ^ 1]) + whole[spot + 1 :])
        with pytest.raises(BackupError):
            restoring.restore(bad, place, secret if encrypted else None)
    for length in (0, 50, size // 2, size - 1):
        bad.write_bytes(whole[:length])
        with pytest.raises(BackupError):
            restoring.restore(bad, place, secret if encrypted else None)
    assert list(place.parent.iterdir()) == []
    bad.write_bytes(whole)
    assert restoring.restore(bad, place, secret if encrypted else None).compared
    assert [each.name for each in place.parent.iterdir()] == ["office.db"]


def test_a_secret_key_is_needed_and_the_right_one(office: World, tmp_path: Path) -> None:
    mine, other, place = tmp_path / "mine", tmp_path / "other", tmp_path / "office.db"
    key = age_encryption.new_key(mine)
    age_encryption.new_key(other)
    assert stat.S_IMODE(mine.stat().st_mode) == 0o600
    with pytest.raises(BackupError, match="never written over"):
        age_encryption.new_key(mine)
    target = tmp_path / "a.age"
    backup_files.make(url_of(office), target, key, office.now)
    for identity, words in ((None, "--identity"), (other, "cannot be decrypted"), (tmp_path / "no", "cannot be read")):
        with pytest.raises(BackupError, match=words):
            restoring.restore(target, place, identity)
    place.touch()
    mine.write_text(f"# a comment\n\n{mine.read_text('utf-8')}", "utf-8")
    assert restoring.restore(target, place, mine).facts.rows["submission"] == 1


def test_a_place_that_is_taken_is_left_alone(office: World, tmp_path: Path) -> None:
    target = tmp_path / "a.db"
    backup_files.make(url_of(office), target, "", office.now)
    for name, content in (("taken.db", b"x"), ("half.db-wal", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BackupError, match="is there already"):
            restoring.restore(target, tmp_path / name.removesuffix("-wal"), None)
        assert (tmp_path / name).read_bytes() == content


def test_a_backup_of_a_newer_program_is_refused(office: World, tmp_path: Path) -> None:
    target, place = tmp_path / "a.db", tmp_path / "new.db"
    backup_files.make(url_of(office), target, "", office.now)
    backup_files.described(target).unlink()
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaError, match="9999"):
        restoring.restore(target, place, None)
    assert not place.exists()


def test_a_backup_of_an_older_program_is_brought_forward(tmp_path: Path) -> None:
    old, target, place = tmp_path / "old.db", tmp_path / "a.db", tmp_path / "new.db"
    url = seeded(f"sqlite:///{old}", "0001")
    backup_files.make(url, target, "", datetime(2020, 1, 20, tzinfo=UTC))
    done = restoring.restore(target, place, None)
    assert (done.revision, done.facts.revision) == ("0001", HEAD)
    assert done.facts.rows["submission"] == 1
    assert [each.name for each in tmp_path.glob("*before*")] == []
