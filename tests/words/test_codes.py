"""The spellings of task codes: đ is not d, whatever it is typed with."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words import codes, tokens

KNOWN = ("1a", "1d", "1đ", "1e", "2b", "3d", "3đ", "5", "10b", "bc", "kh", "kp", "th")
SEPARATORS = ("", " ", ".", "-", "_", "/", ")", ". ", " .", "  ")
D_WITH_STROKE = ("đ", "Đ", "\u00d0", "\u00f0", "\u0189", "dd", "DD", "Dd", "d9", "D9")
ENDS = ("", " ", ".", ",", ": đã ban hành", " đã xong", "\nxong", ") ok")


@given(st.sampled_from(SEPARATORS), st.sampled_from(D_WITH_STROKE), st.sampled_from(ENDS), st.sampled_from("13"))
def test_every_spelling_of_d_with_stroke_is_one_code(separator: str, letter: str, end: str, section: str) -> None:
    assert codes.read(f"{section}{separator}{letter}{end}", KNOWN).code == f"{section}đ"


@given(st.sampled_from(SEPARATORS), st.sampled_from("dD"), st.sampled_from(ENDS), st.sampled_from(["", "0", " "]))
def test_d_stays_d(separator: str, letter: str, end: str, before: str) -> None:
    assert codes.read(f"{before}1{separator}{letter}{end}", KNOWN).code == "1d"


@given(st.sampled_from(D_WITH_STROKE))
def test_d_with_stroke_never_folds_to_d(letter: str) -> None:
    assert codes.read(f"1{letter}", ("1d",)).code is None


@given(st.sampled_from("dD"))
def test_d_never_becomes_d_with_stroke(letter: str) -> None:
    assert codes.read(f"1{letter}", ("1đ",)).code is None


@given(st.sampled_from(KNOWN))
def test_what_can_be_tapped_is_the_same_code(code: str) -> None:
    typed = codes.typeable(code)
    assert typed.isascii()
    assert typed.isalnum()
    assert codes.read(typed, KNOWN).code == code


@pytest.mark.parametrize(
    ("text", "code", "milestone", "rest"),
    [
        ("2b", "2b", None, ""),
        ("2B kế hoạch 05/KH-UBND", "2b", None, "kế hoạch 05/KH-UBND"),
        ("2b.1", "2b", 1, ""),
        ("2b_2 báo cáo", "2b", 2, "báo cáo"),
        ("10b", "10b", None, ""),
        ("5", "5", None, ""),
        ("5. đã xong", "5", None, "đã xong"),
        ("BC quý I", "bc", None, "quý I"),
        ("1 đã xong", None, None, "đã xong"),
        ("2bc", None, None, ""),
        ("2020", None, None, ""),
        ("20/01/2020", None, None, ""),
        ("bcd", None, None, "bcd"),
        ("", None, None, ""),
    ],
)
def test_codes_at_the_start_of_a_text(text: str, code: str | None, milestone: int | None, rest: str) -> None:
    for form in ("NFC", "NFD"):
        typed = codes.read(unicodedata.normalize(form, text), KNOWN)
        assert (typed.code, typed.milestone, typed.rest) == (code, milestone, rest)


def test_what_looked_like_a_code_is_named() -> None:
    assert codes.read("9z kế hoạch", KNOWN).wanted == "9z"
    assert codes.read("kế hoạch 9z", KNOWN).wanted == ""


def test_d_with_stroke_is_sorted_behind_d() -> None:
    wanted = ["1a", "1c", "1d", "1đ", "1e", "1g", "2a", "5", "10b", "bc", "đb", "kh", "th"]
    assert sorted(sorted(wanted), key=codes.sort_key) == wanted


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    typed = codes.read(text, KNOWN)
    assert typed.code is None or typed.code in KNOWN
    assert codes.normalise(text).strip().endswith(typed.rest) or typed.rest == ""


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậ ÐƉĐ", max_size=30))
def test_folding_knows_no_accents_and_keeps_the_length(text: str) -> None:
    folded = codes.fold(unicodedata.normalize("NFD", text))
    assert folded.isascii()
    assert len(folded) == len(codes.normalise(text))
    assert codes.fold(folded) == folded


def test_the_nearest_codes_share_the_section_or_the_letter() -> None:
    assert codes.nearest("1z", KNOWN) == ("1a", "1d", "1đ", "1e")
    assert codes.nearest("9b", KNOWN, 2) == ("2b", "10b")


@pytest.mark.parametrize("text", ["gv12", "GV12", "gv 12 đã xong", "gv-12"])
def test_assigned_work_is_typed_like_any_code(text: str) -> None:
    assert codes.read(text, {"gv1", "gv12", "2b"}).code == "gv12"


def test_assigned_work_comes_last_and_in_the_order_of_its_numbers() -> None:
    wanted = ["8d", "98a", "99b", "bc", "gv0", "gv2", "gv10"]
    assert sorted(sorted(wanted), key=codes.sort_key) == wanted


IN_PLACES = ("II.1.1", "II.1.2", "III.1.2", "IV.7.1", "A.2", "1.1", "1.10", "10.2a", "I.a", "I.đ", "2b", "7")


@pytest.mark.parametrize(
    ("text", "code", "milestone", "rest"),
    [
        ("II.1.1 đã xong", "II.1.1", None, "đã xong"),
        ("ii_1_1", "II.1.1", None, ""),
        ("ii.1.1.2", "II.1.1", 2, ""),
        ("1.1", "1.1", None, ""),  # printed so, and not II.1.1
        ("1.1.xong", "1.1", None, "xong"),
        ("1.1.2", "1.1", 2, ""),
        ("1.10", "1.10", None, ""),  # never 1.1
        ("1.100", None, None, ""),
        ("1.1a", None, None, ""),
        ("1.1.b", None, None, ""),
        ("1.2 xong", None, None, "xong"),  # II or III: nobody guesses
        ("7.1", "7", 1, ""),  # a milestone of 7, and not IV.7.1
        ("a2 xong", "A.2", None, "xong"),
        ("A.2", "A.2", None, ""),
        ("i.dd", "I.đ", None, ""),
        ("i.d", None, None, "i.d"),
        ("I đã xong", None, None, "I đã xong"),
        ("2b.2", "2b", 2, ""),
        ("10.2A", "10.2a", None, ""),
    ],
)
def test_codes_in_several_places(text: str, code: str | None, milestone: int | None, rest: str) -> None:
    typed = codes.read(text, IN_PLACES)
    assert (typed.code, typed.milestone, typed.rest) == (code, milestone, rest)


def test_a_code_is_typed_without_the_places_before_it_where_no_other_ends_so() -> None:
    assert codes.read("1.1", ("II.1.1", "II.1.2")).code == "II.1.1"
    assert codes.read("1.1", ("II.1.1", "III.1.1")).code is None


@given(st.sampled_from(IN_PLACES))
def test_what_is_tapped_for_a_code_in_places_is_that_code(code: str) -> None:
    typed = codes.typeable(code)
    assert re.fullmatch(r"[a-z0-9_]+", typed)
    assert codes.read(typed, IN_PLACES).code == code
    assert codes.read(f"{typed}_2", IN_PLACES).milestone == 2


def test_a_code_in_places_is_found_in_a_sentence_and_an_amount_is_none() -> None:
    known, today = frozenset(IN_PLACES), date(2026, 3, 2)
    for text, wanted in (
        ("em báo cáo II.1.1 đã xong", ["II.1.1"]),
        ("mới được 1.1 tỷ đồng", []),
        ("xong 1.10", ["1.10"]),
    ):
        assert [token.code for token in tokens.cut(text, known, today) if token.code] == wanted


def test_codes_in_places_stand_in_the_order_of_the_document() -> None:
    wanted = ["I.a", "I.d", "I.đ", "I.e", "1.1", "1.9", "1.10", "II.1.1", "II.1.2", "II.2", "III.1", "IX.1", "X.1"]
    assert sorted(wanted, key=codes.sort_key) == [
        "1.1", "1.9", "1.10", "I.a", "I.d", "I.đ", "I.e", "II.1.1", "II.1.2", "II.2", "III.1", "IX.1", "X.1",
    ]  # fmt: skip
    assert codes.nearest("ii.1.9", ("I.1", "II.1.1", "II.1.2"), 2) == ("II.1.1", "II.1.2")
