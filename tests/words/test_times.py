"""What was read from a time, and what is asked about it, in plain sentences of both languages."""

from datetime import date
from pathlib import Path

import pytest

from plan.due import read_times
from plan.times.values import Choice, Doubt, Why
from words import times
from words.catalogue import Catalogue, load

DATA = Path(__file__).parents[2] / "data"
VIETNAMESE = load(DATA / "texts_vi.toml")
SIGNED = date(2026, 1, 10)


@pytest.mark.parametrize("text", [VIETNAMESE, load(DATA / "texts_en.toml")])
@pytest.mark.parametrize("why", list(Why))
def test_every_doubt_has_its_question(text: Catalogue, why: Why) -> None:
    said = times.question(text, Doubt(why, "Quý I <b>& II", (Choice(()), Choice(()))))
    assert "Quý I <b>& II" in said
    assert said.endswith("?")


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("trước ngày 30/6/2026", "hạn 29/06/2026"),
        ("từ tháng 3 đến tháng 5/2026", "hạn 31/05/2026 (bắt đầu từ 01/03/2026)"),
        ("Thường xuyên", "thường xuyên, không có hạn"),
        ("Theo kế hoạch của tỉnh", "chưa có hạn, sẽ đặt ngày sau"),
        ("hằng quý", "định kỳ theo các kỳ báo cáo (quý, 6 tháng, năm)"),
        ("hằng năm", "mỗi năm một lần, theo kỳ báo cáo năm"),
        ("thứ Sáu hằng tuần", "hằng tuần, thứ Sáu"),
        ("trước ngày 05 hằng tháng", "hằng tháng, trước ngày 5"),
        ("ngày cuối cùng của tháng", "hằng tháng, ngày cuối tháng"),
        ("ngày 10 tháng sau", "hằng tháng, ngày 10 của tháng sau"),
        ("ngày 10 của tháng cuối quý", "hằng quý, ngày 10 (tháng 3, 6, 9, 12)"),
        ("6 tháng một lần", "6 tháng một lần"),
        ("trước 15/6 và 15/12 hằng năm", "hằng năm, trước ngày 15 (tháng 6, 12)"),
        ("2 năm một lần", "2 năm một lần"),
        ("05 ngày làm việc kể từ ngày ký", "5 ngày làm việc sau: ký (đặt hạn khi biết ngày)"),
        ("trước kỳ họp 15 ngày", "15 ngày trước: kỳ họp (đặt hạn khi biết ngày)"),
        ("sau khi có hướng dẫn", "sau khi có hướng dẫn (đặt hạn khi biết ngày)"),
    ],
)
def test_a_time_is_said_in_a_few_words(printed: str, said: str) -> None:
    (time,) = read_times(printed, SIGNED, 2026).times
    assert times.in_words(VIETNAMESE, time) == said


def test_the_answers_name_the_dates_to_which_they_lead() -> None:
    doubt = read_times("Quý I, II/2026", SIGNED, 2026).doubt
    assert doubt is not None
    assert times.answers(VIETNAMESE, doubt) == ["Hạn 30/06/2026", "2 kết quả, hạn 31/03/2026, 30/06/2026"]
    doubt = read_times("2026 và các năm tiếp theo", SIGNED, 2026).doubt
    assert doubt is not None
    assert times.answers(VIETNAMESE, doubt) == [
        "Mỗi năm một lần, theo kỳ báo cáo năm",
        "Thường xuyên, không có hạn",
        "Hạn 31/12/2026",
    ]
