"""What one person may cause: files in a day, answers to a stranger, guesses at invite codes."""

from sqlmodel import select

from sandbox.phone import PNG
from sandbox.world import World
from store.answer_tables import Blob, Evidence
from store.types import EvidenceState
from tests.conftest import MakeWorld
from tests.journeys.test_answers import evidence, submissions
from tests.journeys.test_people import code_for


def states(world: World) -> list[str]:
    """The state of every file."""
    return [file.state for file in evidence(world)]


def test_a_file_above_the_days_number_is_a_record_and_the_answer_counts(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, evidence_files_per_day=2)
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.sends_album(3, "/done 2b")
    lan.expects("Đã ghi nhận 2b", "2 ảnh", "1 tệp không được lưu", "tối đa 2 tệp", "ngày mai").is_silent()
    lan.sends_file("bao-cao.pdf", b"%PDF-1.4", "/done 2b").expects("Đã bổ sung", "không được lưu").is_silent()
    assert states(world) == [EvidenceState.STORED, EvidenceState.STORED, EvidenceState.REFUSED, EvidenceState.REFUSED]
    assert [milestone for milestone, _, _ in submissions(world)] == ["2b.1"]
    mua.sends_photo("/done 2b").expects("1 ảnh").is_silent()
    with world.service.store.look() as session:
        assert {row.error for row in session.exec(select(Evidence)) if row.state == EvidenceState.REFUSED} == {
            "files per day"
        }


def test_the_day_is_the_offices(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, evidence_files_per_day=1)
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 23, 58)
    lan.forgets().sends_photo("/done 2b").expects("1 ảnh").is_silent()
    lan.sends_photo("/tiendo 2d", data=PNG + b"1").expects("không được lưu").is_silent()
    world.at(2020, 1, 3, 0, 1)
    lan.forgets().sends_photo("/tiendo 2d", data=PNG + b"2").expects("1 ảnh").is_silent()
    assert states(world) == [EvidenceState.STORED, EvidenceState.REFUSED, EvidenceState.STORED]


def test_a_file_above_the_days_megabytes(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, evidence_mb_per_day=20)
    lan = world.officer("Lan", "sondung")
    lan.sends_file("mot.pdf", b"%PDF" + b"x" * 15_000_000, "/done 2b").expects("1 tệp").is_silent()
    lan.sends_file("hai.pdf", b"%PDF" + b"y" * 9_000_000).expects("mã việc", "tối đa 20 MB", "một tệp PDF").is_silent()
    lan.sends_file("ba.pdf", b"%PDF" + b"z" * 1_000_000, "2b").expects("Đã bổ sung", "1 tệp").is_silent()
    assert states(world) == [EvidenceState.STORED, EvidenceState.REFUSED, EvidenceState.STORED]


def test_a_file_whose_size_nobody_said_counts_with_its_real_size(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, evidence_mb_per_day=20)
    lan = world.officer("Lan", "sondung")
    lan.sends_file("mot.pdf", b"%PDF" + b"x" * 15_000_000, "/done 2b").expects("1 tệp")
    with world.service.store.unit() as session:
        row = session.exec(select(Evidence)).one()
        row.size, row.state, row.sha256 = None, EvidenceState.WAITING, None
        for blob in session.exec(select(Blob)):
            session.delete(blob)
        session.add(row)
    world.settle()
    assert evidence(world)[0].size == 15_000_004
    lan.sends_file("hai.pdf", b"%PDF" + b"y" * 9_000_000, "/done 2b").expects("tối đa 20 MB").is_silent()


def test_the_same_file_delivered_twice_counts_once(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, evidence_files_per_day=1)
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("/done 9z").expects("Đã giữ 1 ảnh")
    lan.edits("/done 9z", "/done 2b").expects("Đã ghi nhận 2b", "1 ảnh").is_silent()
    assert states(world) == [EvidenceState.STORED]


def test_a_stranger_gets_a_few_answers_and_then_one_a_minute(world: World) -> None:
    stranger, other, lan = world.phone("Người lạ"), world.phone("Người khác"), world.officer("Lan", "sondung")
    for _ in range(40):
        world.platform.say(stranger.user, stranger.chat, "alo")
    world.settle()
    assert 5 <= len(stranger.unread) <= 6
    stranger.forgets()
    world.later(minutes=1)
    stranger.says("alo").expects("chưa gắn với đơn vị nào").is_silent()
    stranger.says("alo").is_silent()
    other.says("alo").expects("chưa gắn với đơn vị nào")
    for _ in range(9):
        lan.says("/viec").expects("Việc chưa hoàn thành")


def test_a_strangers_silence_does_not_keep_an_invite_from_them(world: World) -> None:
    lan = world.phone("Lan")
    for _ in range(9):
        lan.says("alo")
    lan.forgets().starts(code_for(world)).expects("dữ liệu cá nhân").taps("Tôi đồng ý").expects("Đã gắn tài khoản")
