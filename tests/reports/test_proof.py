"""The proof sheet of an obligation, as somebody reads it who has to judge what happened."""

from pathlib import Path

import pytest

from plan.status import EventKind
from reports.archive.proof import NoObligationError, build
from reports.archive.proof_page import docx, html
from reports.word.proof_words import Proof
from sandbox.world import World
from store import remarks
from store.types import EvidenceState
from tests.reports.answers import PDF, answer, erase, evidence, obligation, officer, withdraw
from tests.reports.book import Book, at
from tests.reports.docx_text import words

NOW = at(2020, 2, 10, 8)
TEMPLATES = Path(__file__).parents[2] / "data" / "templates"


def proof(book: Book, milestone: str = "2b.1", agency: str = "sondung") -> Proof:
    with book.store.look() as session:
        return build(session, book.office, obligation(session, milestone, agency).id or 0, NOW)


@pytest.fixture
def lan(book: Book) -> int:
    return officer(book, "Lan", at(2020, 1, 2, 8))


def test_it_says_what_is_owed_by_whom_and_how_the_date_came_about(book: Book) -> None:
    found = proof(book)
    assert (found.code, found.agency) == ("2b", "UBND xã Sơn Dung")
    assert found.basis == "số 2579/QĐ-UBND ngày 31/12/2019 của Chủ tịch Ủy ban nhân dân huyện Sơn Tây"
    assert found.dates == ("2b · trước ngày 31/01/2020 → hạn 30/01/2020, báo sau ngày này là quá hạn",)
    assert found.state == "chưa hoàn thành; quá hạn 7 ngày làm việc"
    assert [*found.told, *found.answers, *found.requests, *found.remarks] == []
    assert [step.what for step in found.steps] == ["Giao việc: hạn 30/01/2020"]
    assert [step.person for step in found.steps] == ["hệ thống"]
    sunday = proof(book, "8d.1", "noivu")
    assert "là ngày nghỉ, Chủ nhật: nhắc theo 29/01/2021, quá hạn sau 01/02/2021" in sunday.dates[0]


def test_answers_stand_with_their_files_also_those_that_no_longer_hold(book: Book, lan: int) -> None:
    first = answer(book, "2b.1", "sondung", lan, at(2020, 1, 20, 8), "gọi 0905 123 456", product_number="05/KH-UBND")
    withdraw(book, first, at(2020, 1, 21, 8), EventKind.RETURNED)
    second = answer(book, "2b.1", "sondung", lan, at(2020, 1, 22, 8), "đã bổ sung")
    evidence(book, lan, at(2020, 1, 22, 8), PDF, "ke-hoach.pdf", submission=second)
    evidence(book, lan, at(2020, 1, 22, 8), None, "", submission=second, state=EvidenceState.FAILED)
    found = proof(book)
    assert [(each.words, each.document, each.standing) for each in found.answers] == [
        ("gọi …456", "05/KH-UBND", "được trả lại 08:00 ngày 21/01/2020"),
        ("đã bổ sung", "", "đang được ghi"),
    ]
    files = found.answers[1].files
    assert (files[0].name, len(files[0].sha256)) == ("ke-hoach.pdf", 64)
    assert (files[1].name, files[1].sha256) == ("(không tên)", "nền tảng nhắn tin không còn giữ tệp")
    erase(book, lan, "cán bộ đã xóa")
    assert {each.person for each in proof(book).answers} == {"cán bộ đã xóa"}
    assert "0905" not in html(book.office, proof(book)).decode()


def test_what_an_admin_adds_stands_beside_what_happened(book: Book, lan: int) -> None:
    before = proof(book)
    with book.store.unit() as session:
        number = obligation(session, "2b.1", "sondung").id or 0
        remarks.add(session, number, "đã gọi 0905.123.456 nhắc trực tiếp", at(2020, 2, 3, 9), via="test", person_id=lan)
    found = proof(book)
    assert [(each.at, each.person, each.words) for each in found.remarks] == [
        ("09:00 ngày 03/02/2020", "Lan", "đã gọi …456 nhắc trực tiếp")
    ]
    assert found.steps == before.steps


def test_an_obligation_that_is_not_there_is_said(book: Book) -> None:
    with book.store.look() as session, pytest.raises(NoObligationError, match="999999"):
        build(session, book.office, 999_999, NOW)


def test_the_whole_story_of_a_conversation_is_on_the_sheet(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.says("/nhan 2b.1")
    world.later(minutes=5)
    lan.says("/vuongmac 2b.1 thiếu kinh phí <b>").says("/giahan 2b.1 15/02 chờ cấp kinh phí")
    boss.taps("Đồng ý")
    lan.says("/done 2b.1 KH 05/KH-UBND 10/01/2020")
    with world.service.store.look() as session:
        number = obligation(session, "2b.1", "sondung").id or 0
        found = build(session, world.service.office, number, world.service.clock())
    told = {(each.to, each.what, each.why, each.state) for each in found.told}
    assert ("Lan", "tin nhắc trong ngày", "nhắc trước hạn 7 ngày làm việc", "đã gửi") in told
    assert {each.through for each in found.told} == {"Telegram"}
    reminder = next(each for each in found.told if each.what == "tin nhắc trong ngày")
    assert reminder.answered.endswith("14/01/2020")
    assert [(step.person, step.what.partition(":")[0]) for step in found.steps] == [
        ("hệ thống", "Giao việc"), ("Lan", "Đã nhận việc"), ("Lan", "Báo vướng mắc"),
        ("Lan", "Đề nghị gia hạn đến 15/02/2020"), ("Hoa", "Gia hạn"), ("Lan", "Báo hoàn thành"),
    ]  # fmt: skip
    assert (found.requests[0].what, found.requests[0].reason) == ("gia hạn đến 15/02/2020", "chờ cấp kinh phí")
    assert found.requests[0].decision.startswith("đồng ý, Hoa, ")
    assert found.dates[1].startswith("2b: gia hạn 1 lần, từ 30/01/2020 đến 15/02/2020")
    page = html(world.service.office, found).decode()
    told_in_word = words(docx(found, TEMPLATES))
    for each in ("nhắc trước hạn 7 ngày làm việc", "thiếu kinh phí <b>", "2. Diễn biến", "NGƯỜI XÁC NHẬN"):
        assert each in told_in_word
    assert docx(found, TEMPLATES) == docx(found, TEMPLATES)
    assert "thiếu kinh phí &lt;b&gt;" in page
    assert "NGƯỜI XÁC NHẬN" in page
    assert "<script" not in page
