"""The small readers on any text: they raise nothing, lose nothing, and say the same of what they gave before."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import bodies
from intake.codes import assign
from intake.draft import Place
from intake.fields import OpenTask
from intake.labels import labelled
from intake.letters import joined, tidy
from intake.markers import Level, marked
from intake.word.numbering import formed

WORDS = st.sampled_from([
    "Phòng", "Kinh tế", "Văn phòng", "HĐND", "và", "UBND", "các", "xã", ",", ";", "-", "(", ")", "Chủ trì:", "Thời gian:",
    "phối hợp", "với", "trước", "31/01/2026", "Quý I", "đ)", "1.10", "II.", "\n", "+", "nt", "//", "Hạ tầng", "Đô thị", ":",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join))


@given(TEXTS)
def test_tidy_is_settled_and_composed(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "  " not in once
    assert once.isascii() or unicodedata.normalize("NFC", once) == once


@given(TEXTS)
def test_a_marker_and_its_words_are_the_line(text: str) -> None:
    line = tidy(text).replace("\n", " ")
    mark = marked(line)
    assert mark.rest in line
    assert (mark.level is Level.NONE) == (mark.code == "")


@given(TEXTS)
def test_a_line_parted_at_its_labels_keeps_its_words_in_order(text: str) -> None:
    line = tidy(text).replace("\n", " ")
    at = 0
    for piece in labelled(line):
        assert line.find(piece.text, at) >= at
        at = line.find(piece.text, at) + len(piece.text)


@given(TEXTS)
def test_names_stand_in_their_field_and_are_settled(text: str) -> None:
    field = tidy(text)
    for name in bodies.names(field):
        assert name
        assert len(bodies.names(name)) >= 1
    assert len(set(bodies.names(field))) == len(bodies.names(field))


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("trước ngày 31/01/", "2026", "trước ngày 31/01/2026"),
        ("31/01/20", "26", "31/01/2026"),
        ("31", "/01/2026", "31 /01/2026"),
        ("31/01/2026", "15/02/2026", "31/01/2026 15/02/2026"),
        ("Phòng", "Kinh tế", "Phòng Kinh tế"),
    ],
)
def test_a_date_that_a_narrow_column_broke_is_one_again(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == whole


@given(
    st.lists(st.tuples(st.sampled_from(["", "1", "2", "a", "đ", "1.10"]), st.sampled_from(["I", "II", ""])), max_size=8)
)
def test_two_tasks_share_a_code_only_where_the_document_gives_it_twice_in_one_section(
    rows: list[tuple[str, str]],
) -> None:
    tasks = [OpenTask("x", Place(), code=code, section=("", section)) for code, section in rows]
    codes = assign(tasks, {("", "I"): "I", ("", "II"): "II"})
    twice = {code for code in codes if codes.count(code) > 1}
    printed = {code for code, row in zip(codes, rows, strict=True) if code in twice and row[0]}
    assert twice <= printed | {code for code in twice if rows.count(rows[codes.index(code)]) > 1}
    assert all(codes)


@pytest.mark.parametrize(
    ("form", "values", "printed"),
    [
        ("lowerLetter", (1, 4, 26, 27), ("a", "d", "z", "aa")),
        ("upperRoman", (1, 4, 9, 14, 49), ("I", "IV", "IX", "XIV", "XLIX")),
        ("decimalZero", (1, 12), ("01", "12")),
        ("chicago", (3,), ("3",)),
    ],
)
def test_numbers_in_the_forms_of_word(form: str, values: tuple[int, ...], printed: tuple[str, ...]) -> None:
    assert tuple(formed(value, form) for value in values) == printed


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Phòng Kinh tế, Hạ tầng và Đô thị và Công an phường", ("Phòng Kinh tế, Hạ tầng và Đô thị", "Công an phường")),
        ("Văn phòng HĐND và UBND xã", ("Văn phòng HĐND và UBND xã",)),
        ("Các cơ quan, đơn vị, UBND các xã", ("Các cơ quan, đơn vị", "UBND các xã")),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Tài chính", ("Sở Văn hóa, Thể thao và Du lịch", "Sở Tài chính")),
        ("Phòng Nội vụ (thẩm định hồ sơ)", ("Phòng Nội vụ",)),
        ("Trung tâm Phục vụ hành chính công (TTPVHCC)", ("Trung tâm Phục vụ hành chính công (TTPVHCC)",)),
        ("Văn phòng\nHĐND và\nUBND xã", ("Văn phòng HĐND và UBND xã",)),
        ("Phòng Kinh tế\nCông an xã", ("Phòng Kinh tế", "Công an xã")),
        ("Công chức Phòng Văn hóa - Xã hội", ("Công chức Phòng Văn hóa - Xã hội",)),
    ],
)
def test_names_are_parted_where_one_begins(field: str, names: tuple[str, ...]) -> None:
    assert bodies.names(field) == names


@pytest.mark.parametrize(
    "name", ["các thôn", "UBND cấp xã", "Các sở, ban, ngành", "Chủ tịch UBND các xã", "thôn, tổ dân phố"]
)
def test_groups_are_known(name: str) -> None:
    assert bodies.is_group(name)


@pytest.mark.parametrize(
    "name", ["Phòng Kinh tế", "UBND xã Sơn Dung", "Ban Chỉ huy quân sự xã", "Văn phòng HĐND và UBND xã"]
)
def test_single_bodies_are_no_groups(name: str) -> None:
    assert not bodies.is_group(name)


def test_two_words_for_one_group_have_one_key() -> None:
    assert bodies.group_key("UBND cấp xã") == bodies.group_key("Chủ tịch UBND các xã")
    assert bodies.group_key("Các cơ quan, đơn vị") != bodies.group_key("UBND các xã")
