"""What other programs of this kind failed at and no other test here holds; docs/failures.md has the whole list."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from sandbox.phone import PNG, Phone
from sandbox.telegram_api.values import Fault, FaultKind
from sandbox.world import World
from store.answer_tables import Evidence, Submission
from store.tables import Delivery, Obligation, Reminder
from tests.conftest import MakeWorld


def digest_of(world: World) -> Delivery:
    """The one digest in the outbox."""
    with world.service.store.look() as session:
        return session.exec(select(Delivery).where(Delivery.kind == "digest")).one()


@pytest.mark.parametrize(
    ("kind", "state", "error"),
    [
        ("429", "due", "429 retry later"),
        ("drop", "in_doubt", "perhaps: network"),
        ("500", "in_doubt", "perhaps: network"),
        ("401", "due", "does not accept the token"),
        ("403", "failed", "403 Forbidden"),
        ("400", "failed", "400 Chat not found"),
    ],
)
def test_only_a_receipt_marks_a_row_as_sent(world: World, kind: FaultKind, state: str, error: str) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.faults.append(Fault(kind, "sendMessage", lan.chat, times=1000, retry_after=3600))
    world.at(2020, 1, 2, 7, 30)
    row = digest_of(world)
    assert (row.state, row.message_id, row.sent_at) == (state, None, None)
    assert row.attempts >= 1
    assert error in row.last_error
    assert row.why == "the day's reminders of 2020-01-02"
    lan.is_silent()


def test_off_for_three_days_every_step_is_handled_with_one_message_a_person(world: World) -> None:
    lan, minh = world.officer("Lan", "sondung"), world.officer("Minh", "tuphap")
    world.at(2020, 1, 13, 16, 0)
    lan.forgets()
    minh.forgets()
    world.stop()
    # The 14th, step 7, passes; on the 17th it is said with the days that are left then.
    world.now = world.now.replace(day=17, hour=0, minute=30)
    world.start()
    world.settle()
    for phone in (lan, minh):
        phone.expects("còn 4 ngày làm việc").is_silent()


def test_one_recipients_failure_delays_nobody(world: World) -> None:
    officers = [world.officer(f"Cán bộ {agency}", agency) for agency in ("sondung", "tuphap", "vanhoa")]
    world.platform.faults.append(Fault("500", "sendMessage", officers[0].chat, times=1000))
    world.at(2020, 1, 2, 7, 30)
    for phone in officers[1:]:
        phone.expects("2b").is_silent()
    officers[0].is_silent()


def test_twenty_restarts_in_a_morning_send_once(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 29)
    for _ in range(20):
        world.stop()
        world.start()
        world.later(minutes=1)
    lan.expects("2b").is_silent()


def done_by_command(phone: Phone) -> None:
    """Typed."""
    phone.says("/done 2b đã ban hành")


def done_by_caption(phone: Phone) -> None:
    """Under a photo."""
    phone.sends_photo("/done 2b đã ban hành")


def done_by_reply(phone: Phone) -> None:
    """As a reply to the reminder."""
    phone.sends_photo("đã ban hành", reply_to="2b")


def done_by_button(phone: Phone) -> None:
    """By the button under the reminder."""
    phone.taps("Đã xong")


def done_in_plain_words(phone: Phone) -> None:
    """Without a slash."""
    phone.says("xong 2b đã ban hành")


@pytest.mark.parametrize(
    "path",
    [done_by_command, done_by_caption, done_by_reply, done_by_button, done_in_plain_words],
    ids=lambda f: f.__name__,
)
def test_every_path_ends_in_the_same_record(world: World, path: Callable[[Phone], None]) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.forgets()
    path(lan)
    lan.expects("Đã ghi nhận 2b", "đúng hạn")
    with world.service.store.look() as session:
        submission = session.exec(select(Submission)).one()
        obligation = session.get_one(Obligation, submission.obligation_id)
        files = session.exec(select(Evidence)).all()
    assert (obligation.state, obligation.task, obligation.done_at) == ("done", "2b", submission.at)
    assert {each.submission_id for each in files} <= {submission.id}


def test_one_agencys_answer_closes_no_other_ones(world: World) -> None:
    lan, minh = world.officer("Lan", "sondung"), world.officer("Minh", "tuphap")
    lan.says("/done 2b").expects("Đã ghi nhận")
    world.at(2020, 1, 2, 7, 30)
    lan.is_silent()
    minh.expects("2b")
    with world.service.store.look() as session:
        rows = session.exec(select(Obligation).where(Obligation.milestone == "2b.1")).all()
    assert sorted(row.state for row in rows) == ["done", *["open"] * 22]


@pytest.mark.parametrize(("table", "words"), [("", "chưa có"), ("provisional = true\n", "mới là dự kiến")])
def test_a_calendar_that_is_missing_or_a_guess_is_announced_in_time(
    make_world: MakeWorld, tmp_path: Path, table: str, words: str
) -> None:
    known = Path("data/days_vn.toml").read_text("utf-8")
    before, rest = known.split("[years.2021]\n", 1)
    days = tmp_path / "days.toml"
    days.write_text(before + (f"[years.2021]\n{table}{rest}" if table else ""), "utf-8")
    world = make_world(2020, 10, 30, 7, 0, days_file=days)
    boss = world.admin("Hoa")
    world.at(2020, 10, 30, 7, 30)
    assert "Lịch nghỉ" not in everything(boss)
    for month, day in ((11, 2), (12, 21)):
        boss.forgets()
        world.at(2020, month, day, 7, 30)
        world.at(2020, month, day + 1, 7, 30)
        assert everything(boss).count(f"Lịch nghỉ năm 2021 {words}") == 1


def everything(phone: Phone) -> str:
    """All that was not read yet."""
    return "\n".join(str(message.get("text", "")) for message in phone.unread)


def test_what_was_superseded_says_by_what(world: World) -> None:
    world.officer("Lan", "sondung")
    world.stop()
    world.now = world.now.replace(month=2, day=3, hour=0, minute=30)
    world.start()
    world.settle()
    with world.service.store.look() as session:
        steps = session.exec(select(Reminder).where(Reminder.delivery_id == None)).all()  # noqa: E711 -- SQL
    assert steps
    assert all(step.skipped.startswith("superseded by") for step in steps)


def test_the_same_photo_is_evidence_on_every_path(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.forgets().sends_photo(data=PNG).expects("việc nào")
    lan.says("2b").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
