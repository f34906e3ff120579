"""What is due goes, and not one byte of anything else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from app import daily
from sandbox.phone import PNG, text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import World
from store import people, privacy, retention
from store.answer_tables import Blob, Evidence
from store.people_tables import Membership, Person
from store.retention import Dropped, Policy
from store.tables import Delivery, Inbox, Reminder
from store.types import DeliveryState, EvidenceState, InboxState, metadata

POLICY = Policy(inbox_days=30, outbox_days=400, loose_days=90, person_months=12)
NOW = datetime(2021, 6, 1, tzinfo=UTC)
KEPT_FOR_GOOD = ("obligation", "obligation_event", "submission", "consent", "plan", "agency", "membership", "invite")
Rows = dict[str, dict[Any, tuple[Any, ...]]]


def dump(world: World) -> Rows:
    """Every row of every table by its key."""
    with world.service.store.look() as session:
        return {
            table.name: {row[0]: tuple(row) for row in session.connection().execute(table.select())}
            for table in metadata.sorted_tables
        }


def erase(session: Session, person_id: int) -> None:
    """As /erase does."""
    privacy.erase(session, person_id, "người dùng đã xóa", NOW, via="test", actor=None)


def drop(world: World, now: datetime = NOW) -> Dropped:
    """Lets go of what is due."""
    with world.service.store.unit() as session:
        return retention.drop(session, POLICY, now, now.date(), erase)


def update(days: int, state: InboxState, key: str) -> Inbox:
    """An update that came some days ago."""
    return Inbox(
        channel="telegram", key=key, received_at=NOW - timedelta(days=days), raw="{}", state=state, error="made"
    )


def message(days: int, state: DeliveryState, *, reported: bool = False, **more: Any) -> Delivery:
    """A message whose last moment was some days ago."""
    at = NOW - timedelta(days=days)
    sent = at if state is DeliveryState.SENT else None
    return Delivery(
        created_at=at, kind="notice", priority=1, why="made", channel="telegram", chat="1", not_before=at, sent_at=sent,
        state=state, reported=reported, **more,
    )  # fmt: skip


def loose(days: int, source: str, submission: int | None = None, sha256: str | None = None) -> Evidence:
    """A file that was sent some days ago."""
    at = NOW - timedelta(days=days)
    return Evidence(
        source=source, person_id=1, submission_id=submission, channel="telegram", file_id="f", unique_id="u",
        kind="photo", name="", mime="", sent_at=at, not_before=at, sha256=sha256, told_at=at + timedelta(days=83),
        error="made", state=EvidenceState.STORED if sha256 else EvidenceState.FAILED,
    )  # fmt: skip


def seed(
    session: Session,
    updates: list[tuple[int, InboxState]],
    messages: list[tuple[int, DeliveryState, bool, bool]],
    files: list[tuple[int, bool, str | None]],
) -> dict[str, set[int]]:
    """Makes rows of many ages in place of the former example's; gives those that are due, by table."""
    for former in ("inbox WHERE error = 'made'", "delivery WHERE why = 'made'", "evidence WHERE error = 'made'"):
        session.connection().exec_driver_sql(f"DELETE FROM {former}")
    session.connection().exec_driver_sql("DELETE FROM blob WHERE size = 1")
    # What the world itself did counts as new.
    for table, column in (("inbox", "received_at"), ("delivery", "sent_at"), ("evidence", "sent_at")):
        session.connection().exec_driver_sql(f"UPDATE {table} SET {column} = '2021-06-01 00:00:00.000000'")
    due: dict[str, set[int]] = {"inbox": set(), "delivery": set(), "evidence": set()}
    for number, (days, state) in enumerate(updates):
        came = update(days, state, f"made-{number}")
        session.add(came)
        session.flush()
        if days > 30 and state is InboxState.DONE:
            due["inbox"].add(came.id or 0)
    for days, ended, reported, addressed in messages:
        each = message(days, ended, reported=reported, person_id=1 if addressed else None)
        session.add(each)
        session.flush()
        final = ended in (DeliveryState.SENT, DeliveryState.DROPPED) or (
            ended is DeliveryState.FAILED and (reported or not addressed)
        )
        if days > 400 and final:
            due["delivery"].add(each.id or 0)
    for name in {name for _, _, name in files if name}:
        session.add(Blob(sha256=name, size=1, data=name.encode()))
    session.flush()
    for number, (days, answered, content) in enumerate(files):
        file = loose(days, f"made-{number}", 1 if answered else None, content)
        session.add(file)
        session.flush()
        if days > 90 and not answered:
            due["evidence"].add(file.id or 0)
    return due


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    updates=st.lists(st.tuples(st.integers(20, 40), st.sampled_from(InboxState)), max_size=6),
    messages=st.lists(
        st.tuples(st.integers(390, 410), st.sampled_from(DeliveryState), st.booleans(), st.booleans()), max_size=8
    ),
    files=st.lists(st.tuples(st.integers(80, 100), st.booleans(), st.sampled_from(["a", "b", None])), max_size=6),
)
def test_everything_that_is_not_due_stays_byte_for_byte(
    world: World,
    updates: list[tuple[int, InboxState]],
    messages: list[tuple[int, DeliveryState, bool, bool]],
    files: list[tuple[int, bool, str | None]],
) -> None:
    if not world.phones:
        world.officer("Lan", "sondung").sends_photo("/done 2b").expects("Đã ghi nhận")
    with world.service.store.unit() as session:
        due = seed(session, updates, messages, files)
    before = dump(world)
    found = drop(world)
    after = dump(world)
    assert (found.updates, found.messages, found.loose_files) == tuple(len(due[name]) for name in due)
    # What was let go is told by the audit, which otherwise stays as it was.
    told = {key: row for key, row in after["audit"].items() if key not in before["audit"]}
    assert len(told) == (found != Dropped())
    after["audit"] = {key: row for key, row in after["audit"].items() if key not in told}
    for name in before.keys() - {"blob"}:
        wanted = {key: row for key, row in before[name].items() if key not in due.get(name, set())}
        assert after[name] == wanted, name
    place = list(metadata.tables["evidence"].c.keys()).index("sha256")
    named = {row[place] for row in after["evidence"].values()}
    assert after["blob"].keys() == before["blob"].keys() & named
    assert drop(world) == Dropped()


def test_old_rows_purged_and_no_new_message_for_what_is_open(world: World) -> None:
    lan, boss = world.officer("Lan", "sondung"), world.admin("Hoa")
    days = [(2020, 1, 2), (2020, 1, 14), (2020, 1, 20), (2020, 1, 22), (2020, 1, 30), (2020, 1, 31)]
    for day in days:
        world.at(*day, 7, 30)
    world.at(2020, 1, 31, 14, 0)
    with world.service.store.look() as session:
        said = len(session.exec(select(Reminder)).all())
    assert any("2b" in text_of(each) for each in lan.unread)
    for phone in (lan, boss):
        phone.forgets()
    with world.service.store.unit() as session:
        for row in session.exec(select(Delivery)):
            row.sent_at = row.not_before = row.created_at = NOW - timedelta(days=500)
    assert drop(world).messages > 5
    with world.service.store.look() as session:
        reminders = session.exec(select(Reminder)).all()
        assert len(reminders) == said
        assert {row.delivery_id for row in reminders} == {None}
        assert session.exec(select(Delivery)).all() == []
    for hour in (14, 15, 16):
        world.at(2020, 1, 31, hour, 1)
    lan.is_silent()


def test_what_failed_is_not_said_because_its_row_went(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    with world.service.store.unit() as session:
        digest = session.exec(select(Delivery).where(Delivery.kind == "digest")).one()
        digest.state, digest.reported, digest.sent_at = DeliveryState.FAILED, True, None
        digest.not_before = NOW - timedelta(days=500)
    lan.forgets()
    drop(world)
    with world.service.store.look() as session:
        assert session.exec(select(Delivery).where(Delivery.kind == "digest")).first() is None
    world.at(2020, 1, 3, 7, 30)
    assert any("2b" in text_of(each) for each in lan.unread)


def test_an_open_question_to_the_admin_is_not_asked_again(world: World) -> None:
    with world.service.store.unit() as session:
        session.add(message(500, DeliveryState.SENT, identity="old-plan:cchc-2020:1", occasion="old-plan"))
        session.add(message(500, DeliveryState.SENT, identity="undated:2020-01:1", occasion="undated"))
    assert drop(world).messages == 1


def test_bytes_that_another_file_has_stay(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("/done 2b").expects("Đã ghi nhận")
    lan.sends_file("loose.png", PNG)
    world.later(minutes=1)
    with world.service.store.unit() as session:
        rows = session.exec(select(Evidence)).all()
        assert len({row.sha256 for row in rows}) == 1
        assert [row.submission_id is None for row in rows] == [False, True]
        rows[1].told_at = world.now
    found = drop(world)
    assert (found.loose_files, found.file_bytes) == (1, 0)
    with world.service.store.look() as session:
        assert len(session.exec(select(Blob)).all()) == 1


def left(world: World) -> set[str]:
    """The names of those who are still known."""
    with world.service.store.look() as session:
        return {row.name for row in session.exec(select(Person)) if row.erased_at is None}


@pytest.mark.parametrize(
    ("day", "names"),
    [
        # The plan's last date is 31 January 2021, a Sunday: it is over with it.
        (date(2021, 12, 31), {"Lan", "Mua", "Hoa"}),
        (date(2022, 1, 31), {"Lan", "Mua", "Hoa"}),
        (date(2022, 3, 1), set()),
    ],
)
def test_people_are_erased_a_year_after_their_plan_closed(world: World, day: date, names: set[str]) -> None:
    for name, agency in (("Lan", "sondung"), ("Mua", "sonmua")):
        world.officer(name, agency)
    world.admin("Hoa")
    world.phones["Mua"].says("/done 2b").expects("Đã ghi nhận")
    with world.service.store.unit() as session:
        mua = session.exec(select(Person).where(Person.name == "Mua")).one()
        people.leave(session, mua.id or 0, datetime(2020, 3, 1, tzinfo=UTC), via="test", actor=None)
    kept = {name: rows for name, rows in dump(world).items() if name in KEPT_FOR_GOOD}
    drop(world, datetime.combine(day, datetime.min.time(), UTC))
    assert left(world) == names
    after = dump(world)
    for table in ("obligation", "obligation_event", "consent", "plan", "agency"):
        assert after[table] == kept[table]
    assert len(after["submission"]) == 1


def test_who_serves_an_open_plan_stays_whatever_closed(world: World) -> None:
    world.officer("Lan", "sondung")
    with world.service.store.unit() as session:
        closed = retention.closing_days(session)
        assert closed == {next(iter(world.service.office.plans)): max(closed.values())}
        assert max(closed.values()) > date(2020, 12, 31)
        row = session.exec(select(Membership)).one()
        assert row.until is None
    drop(world, datetime(2021, 12, 31, tzinfo=UTC))
    assert left(world) == {"Lan"}


def test_a_dry_run_says_what_would_go_and_keeps_it(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/viec").expects("2b").sends_photo("/done 2b").expects("Đã ghi nhận")
    world.platform.faults.append(Fault("drop", "sendMessage", lan.chat))
    before = dump(world)
    later = datetime(2022, 6, 1, tzinfo=UTC)
    told = daily.let_go(world.service, later, dry_run=True)
    assert dump(world) == before
    assert told.updates > 1
    assert told.people == 1
    assert daily.let_go(world.service, later) == told
    assert daily.let_go(world.service, later) == Dropped()
