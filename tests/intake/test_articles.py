"""The orders of an amending document: no words break it, what it quotes is whole, and an ordinary plan is none."""

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.articles.orders import order
from intake.articles.statements import statements
from intake.draft import Place
from intake.errors import RefusedError
from intake.read import read
from intake.source import Line
from tests.intake.amendments import amendment

WORDS = st.sampled_from(
    ["Bãi bỏ", "Sửa đổi", "bổ sung", "điểm", "khoản", "Mục", "II", "2", "b", "đ", "a,", "và", "“", "”", '"', "như sau:",
     "thành", "thời hạn", "cụm từ", "được thay bằng", "trước ngày 15/7/2020", "\n", "nhiệm vụ", "2b", "Điều 1.", "-",
     "Cơ quan chủ trì: Phòng Nội vụ", "Quý III", "chuyển", "."]
)  # fmt: skip


@given(st.lists(WORDS, max_size=25))
@settings(deadline=None)
def test_any_words_are_an_order_or_none(words: list[str]) -> None:
    lines = [Line(each, Place()) for each in " ".join(words).split("\n") if each.strip()]
    taken = [line for each in statements(lines) for line in each.lines]
    assert taken == lines
    for each in statements(lines):
        found = order(each, ("", ""))
        assert found is None or found.op


@given(st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4))
@settings(deadline=None, max_examples=40)
def test_any_points_are_read_or_refused(points: list[str]) -> None:
    try:
        found = read(amendment(*points))
    except RefusedError:
        return
    if found.revision is not None and found.revision.articles:
        codes = [each.code for each in found.tasks]
        assert len(set(codes)) == len(codes)
        assert {each.task for each in found.revision.articles if each.task} == set(codes)
        assert len({each.key for each in found.revision.articles}) == len(found.revision.articles)
