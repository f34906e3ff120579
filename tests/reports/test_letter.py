"""The letter to an agency that is late: from what was really sent and answered, in the tone of an office."""

from datetime import date, datetime
from pathlib import Path

import pytest

from reports.word.letter import Letter, build, letter_docx
from sandbox.world import World
from store.types import RequestState
from tests.conftest import HANOI
from tests.reports.docx_text import opened, table_with, words
from words.office import Office

FOLDER = Path(__file__).parents[2] / "data" / "templates"


def letter(world: World, agency: str) -> Letter | None:
    with world.service.store.look() as session:
        return build(session, world.service.office, agency, world.now)


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    """Sơn Dung is late with 2b: reminded, and an extension asked for; Sơn Long has no officer."""
    with World(tmp_path_factory.mktemp("late"), datetime(2020, 1, 2, 7, 0, tzinfo=HANOI)) as world:
        lan = world.officer("Lan", "sondung")
        for day in (2, 14, 20, 22):
            world.at(2020, 1, day, 8, 0)
        lan.says("/vuongmac 2b thiếu kinh phí, chưa có cán bộ chuyên trách")
        lan.says("/giahan 2b 15/02 chờ văn bản hướng dẫn")
        world.at(2020, 2, 10, 9, 0)
        found = letter(world, "sondung")
    assert found is not None
    return found


def test_nothing_late_is_no_letter(world: World) -> None:
    assert letter(world, "sondung") is None


def test_it_holds_what_is_late_when_it_was_reminded_and_what_was_answered(late: Letter) -> None:
    (of_2b,) = late.late
    assert (of_2b.code, of_2b.due, of_2b.days) == ("2b", date(2020, 1, 30), 7)
    assert of_2b.printed == "trước ngày 31/01/2020"
    assert of_2b.blocked == "thiếu kinh phí, chưa có cán bộ chuyên trách"
    assert (of_2b.wanted, of_2b.decision) == (date(2020, 2, 15), RequestState.WAITING)
    assert of_2b.reminded[:4] == tuple(date(2020, 1, day) for day in (2, 14, 20, 22))
    assert set(of_2b.reminded[4:]) <= {date(2020, 1, 31), date(2020, 2, 3), date(2020, 2, 7), date(2020, 2, 10)}


def test_what_was_not_sent_is_no_reminder(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 2, 10, 9, 0)
    boss.forgets()
    found = letter(world, "sonlong")
    assert found is not None
    # The admins' own list names it as late, and reminds nobody of the commune.
    assert [each.reminded for each in found.late] == [()]


def test_what_is_done_is_left_out(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 2, 10, 9, 0)
    lan.says("/done 2b")
    assert letter(world, "sondung") is None


def test_the_document_asks_and_does_not_command(office: Office, late: Letter) -> None:
    data = letter_docx(office, late, FOLDER)
    text = words(data)
    left, right = (cell.text.strip().splitlines() for cell in opened(data).tables[0].rows[1].cells)
    assert left[0].split() == ["Số:", "/PNV"]
    assert left[1] == "V/v đôn đốc thực hiện Kế hoạch cải cách hành chính năm 2020"
    assert right == ["Sơn Tây, ngày … tháng … năm 2020"]
    assert "Kính gửi: UBND xã Sơn Dung." in text
    assert "còn 1 kết quả đã quá thời hạn nhưng chưa hoàn thành, trong đó kết quả chậm lâu nhất là 7 ngày" in text
    assert "Phòng Nội vụ đề nghị UBND xã Sơn Dung khẩn trương hoàn thành" in text
    assert "trước ngày … tháng … năm 2020" in text
    assert "báo cáo Ủy ban nhân dân huyện Sơn Tây xem xét./." in text
    assert not {"yêu cầu", "phê bình"} & set(text.lower().split())
    row = table_with(data, "Thời hạn")[1]
    assert row[2:4] == ["trước ngày 31/01/2020 (hết ngày 30/01/2020)", "7"]
    assert row[4].startswith("02/01/2020, 14/01/2020, 20/01/2020, 22/01/2020")
    assert row[5] == (
        "vướng mắc: thiếu kinh phí, chưa có cán bộ chuyên trách; đã đề nghị gia hạn đến 15/02/2020, đang chờ quyết định"
    )


def test_whoever_was_never_reminded_is_told_so(office: Office, late: Letter) -> None:
    unheard = late.model_copy(
        update={
            "late": (late.late[0].model_copy(update={"reminded": (), "blocked": "", "wanted": None, "decision": None}),)
        }
    )
    text = words(letter_docx(office, unheard, FOLDER))
    assert "Chưa gửi tin nhắc" in text
    assert "Hệ thống chưa ghi nhận phản hồi" in text
    assert "Các lần hệ thống gửi" not in text


def test_the_same_letter_gives_the_same_file(office: Office, late: Letter) -> None:
    assert letter_docx(office, late, FOLDER) == letter_docx(office, late, FOLDER)


def test_of_many_reminders_the_letter_says_how_many(office: Office, late: Letter) -> None:
    days = tuple(date(2020, 2, day) for day in range(3, 11))
    often = late.model_copy(update={"late": (late.late[0].model_copy(update={"reminded": days}),)})
    assert "8 lần, từ ngày 03/02/2020 đến ngày 10/02/2020" in words(letter_docx(office, often, FOLDER))
