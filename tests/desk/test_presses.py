"""How many presses a question takes, on the played year: links and buttons of the pages are followed, and counted.

On the same year the service's figures are what the script knows to be true; the whole of it is `make year`.
"""

import io
import re
import zipfile
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from reports.figures.boxes import Box
from sandbox.world import World
from tests.desk.computer import Computer
from tests.desk.people import seated
from tests.year import count, play

ADMIN = "Nguyễn Thị Hương"
LINK = re.compile(r"<a [^>]*href=\"([^\"]*)\"[^>]*>(.*?)</a>", re.DOTALL)
ROW = re.compile(r"<th scope=\"row\"><a href=\"([^\"]*)\"")
TAG = re.compile(r"<[^>]+>")


class Hand:
    """A person's hand on the screen, from its first page: what is pressed is there, and is counted."""

    def __init__(self, world: World) -> None:
        self.screen = seated(world, ADMIN).opens("/")
        self.presses = 0

    def link(self, words: str) -> str:
        """Where the first link with these words leads."""
        for href, inside in LINK.findall(self.screen.page):
            if words in " ".join(unescape(TAG.sub(" ", inside)).split()):
                return unescape(href)
        raise AssertionError(f"no link «{words}» on {self.screen.path}: {self.screen.text}")

    def follows(self, words: str) -> Computer:
        """Presses a link."""
        self.presses += 1
        return self.screen.opens(self.link(words))

    def opens_row(self) -> Computer:
        """Presses the code of the list's first line."""
        self.presses += 1
        found = ROW.search(self.screen.page)
        assert found is not None, self.screen.text
        return self.screen.opens(unescape(found[1]))

    def saves(self, words: str) -> bytes:
        """Presses a link to a file."""
        self.presses += 1
        return self.screen.reads(self.link(words))

    def sends(self, action: str) -> Computer:
        """Presses a form's button; nothing has to be filled in."""
        self.presses += 1
        return self.screen.sends(action)


def whose_work_is_late_why_and_how_often_it_was_urged(march: World) -> None:
    hand = Hand(march)
    page = hand.follows("Xem cả").shows("quá")
    # Why, and how often its agency was reminded and urged, stand in the line itself.
    assert all(f'class="col-{each}"' in page.page for each in ("blocked", "reminded", "urged"))
    assert hand.presses == 1
    hand.opens_row().shows("Lịch sử", "Tin đã gửi")
    assert hand.presses == 2


def who_has_not_handed_in_and_urging_them(march: World) -> None:
    hand = Hand(march)
    hand.follows("Báo cáo quý I").shows("Chưa nộp")
    assert hand.presses == 1
    hand = Hand(march)
    hand.follows("Đôn đốc các đơn vị chưa nộp").shows("Gửi tin đôn đốc")
    hand.sends("/lam/urge").shows("Đã chuyển đôn đốc")
    assert hand.presses == 2


def an_officers_complaint_with_the_sheet_in_hand(march: World) -> None:
    hand = Hand(march)
    hand.follows("Chờ xử lý").shows("đơn vị đã nộp bản giấy")
    hand.follows("2b – Xã Sơn Màu").shows("đơn vị đã nộp bản giấy")
    with zipfile.ZipFile(io.BytesIO(hand.saves("Phiếu đối chiếu"))) as sheet:
        assert "Sơn Màu" in sheet.read("word/document.xml").decode()
    assert hand.presses == 3
    # And it is answered on the page where it stands.
    assert "/lam/answer-opinion" in hand.screen.page


def five_sampled_tasks_for_an_audit(march: World) -> None:
    hand = Hand(march)
    hand.follows("Danh sách nhiệm vụ")
    address = hand.follows("Rút mẫu 5 việc").path
    with zipfile.ZipFile(io.BytesIO(hand.saves("Tải phiếu đối chiếu của 5 việc"))) as file:
        names = file.namelist()
        assert len(names) == 5
    assert hand.presses == 3
    # The same number draws the same.
    again = Hand(march)
    again.screen.opens(address)
    with zipfile.ZipFile(io.BytesIO(again.saves("Tải phiếu đối chiếu của 5 việc"))) as file:
        assert file.namelist() == names
    assert again.screen.opens("/nhiem-vu/mau?tim=khongcogica&so-rut=1").shows("không có việc nào để rút").status == 200
    assert again.screen.opens("/nhiem-vu/mau?so-rut=x").status == 200


def the_a4_of_monday(march: World) -> None:
    hand = Hand(march)
    # The first page is the sheet: its button prints, and the browser's own window is the second press.
    assert "data-print" in hand.screen.page
    assert hand.presses + 2 == 2


@pytest.mark.long
def test_on_the_tenth_of_march_the_figures_are_right_and_no_question_takes_more_presses(tmp_path: Path) -> None:
    # One test: the year up to then takes a minute, and each worker would play it.
    with play.begin(tmp_path) as world:
        year = play.Year(world)
        year.begin()
        year.play(date(2020, 3, 10))
        assert count.differences(year) == []
        figures = count.figures(year)
        assert all(counted == known for counted, known in figures.values())
        assert all(figures[box][1] for box in (Box.DONE_IN_TIME, Box.DONE_LATE, Box.OPEN, Box.OVERDUE))
        year.phones["Võ Màu"].says("/ykien 2b.1 đơn vị đã nộp bản giấy ngày 20/01")
        for asked in (
            whose_work_is_late_why_and_how_often_it_was_urged,
            who_has_not_handed_in_and_urging_them,
            an_officers_complaint_with_the_sheet_in_hand,
            five_sampled_tasks_for_an_audit,
            the_a4_of_monday,
        ):
            asked(world)
